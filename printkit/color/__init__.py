"""Turn sRGB into the inks of one printing condition."""

from printkit.color.ink import Cmyk, InkError, check_recipe, ink_of_pixels, limit_pixels
from printkit.color.lab import lab_of_d50, lab_to_srgb
from printkit.color.light import Rgb, lightness, luminance
from printkit.color.press import PressColor
from printkit.color.profile import PressProfile, ProfileProblem
from printkit.color.proof import prepare_proof, soft_proof

__all__ = [
    "Cmyk",
    "InkError",
    "PressColor",
    "PressProfile",
    "ProfileProblem",
    "Rgb",
    "check_recipe",
    "ink_of_pixels",
    "lab_of_d50",
    "lab_to_srgb",
    "lightness",
    "limit_pixels",
    "luminance",
    "prepare_proof",
    "soft_proof",
]
