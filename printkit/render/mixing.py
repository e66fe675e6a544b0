"""Colours mixed as CSS mixes them."""

from typing import Any

from tinycss2.color5 import Color


def mixed(ends: tuple[Any, Any], share: float) -> Any:
    """Return the colour at a share of the way between two, premultiplied (CSS Images 3, section 3.5.2)."""
    (first, alpha), (last, other) = ((end.to("srgb").coordinates, end.alpha) for end in ends)
    whole = alpha * (1 - share) + other * share
    weights = (alpha * (1 - share) / whole, other * share / whole) if whole else (1 - share, share)
    parts = tuple(one * weights[0] + two * weights[1] for one, two in zip(first, last, strict=True))
    return Color("srgb", parts, whole)
