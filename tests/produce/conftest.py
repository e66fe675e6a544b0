"""The small workspace that templates are tried in."""

from tests.template.stage import stage

__all__ = ["stage"]
