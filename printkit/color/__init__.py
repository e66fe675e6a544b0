"""Turn sRGB into the inks of one printing condition."""

from printkit.color.ink import Cmyk, InkError, check_recipe, ink_of_pixels, ink_sum, limit_ink, limit_pixels
from printkit.color.lab import lab_of_d50, lab_to_srgb
from printkit.color.light import Rgb, Rgb8, lightness, luminance, rgb8
from printkit.color.press import PressColor, Stop
from printkit.color.profile import PressProfile, ProfileProblem
from printkit.color.proof import soft_proof

__all__ = [
    "Cmyk",
    "InkError",
    "PressColor",
    "PressProfile",
    "ProfileProblem",
    "Rgb",
    "Rgb8",
    "Stop",
    "check_recipe",
    "ink_of_pixels",
    "ink_sum",
    "lab_of_d50",
    "lab_to_srgb",
    "lightness",
    "limit_ink",
    "limit_pixels",
    "luminance",
    "rgb8",
    "soft_proof",
]
