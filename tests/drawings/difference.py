"""Colours of drawings as they are written, "#rrggbb": their Lab and their contrast."""

from printkit.color.difference import Lab
from printkit.color.difference import difference as difference
from printkit.color.difference import lab as lab_of
from printkit.review.colour_rules import contrast as contrast_of


def lab(color: str) -> Lab:
    return lab_of(_rgb8(color))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1), 1 to 21."""
    return contrast_of(_rgb8(one), _rgb8(other))


def _rgb8(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color[1:])
    return red, green, blue
