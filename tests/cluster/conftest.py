"""A workspace and its profiles, as batches have them."""

from tests.batch.conftest import profiles, workspace

__all__ = ["profiles", "workspace"]
