"""Turn an sRGB layout into the process inks of a press."""

from printkit.separate.images import ImageRules
from printkit.separate.pages import separate
from printkit.separate.spec import SeparationSpec

__all__ = ["ImageRules", "SeparationSpec", "separate"]
