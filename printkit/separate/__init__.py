"""Turn an sRGB layout into the process inks of a press."""

from printkit.separate.images import ImagePress, ImageRules, convert_image
from printkit.separate.pages import separate
from printkit.separate.spec import SeparationSpec

__all__ = ["ImagePress", "ImageRules", "SeparationSpec", "convert_image", "separate"]
