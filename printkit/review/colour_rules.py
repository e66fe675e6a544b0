"""Rules about colours as they look in print."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from printkit.review.page import Box, Line, Page, Reviewed, Rgb8
from printkit.review.registry import Hit, Limits, rule
from printkit.review.type_rules import _short

Pixels = NDArray[np.uint8]


def contrast(one: Rgb8, other: Rgb8) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_relative(one), _relative(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _relative(colour: Rgb8) -> float:
    """Return relative luminance (WCAG 2.2, "relative luminance")."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def main_colour(picture: Image.Image) -> tuple[Rgb8, float]:
    """Return the colour that takes the most of a picture, and how much of it."""
    flat = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    found, counts = np.unique(flat, axis=0, return_counts=True)
    place = int(counts.argmax())
    red, green, blue = (int(part) for part in found[place])
    return (red, green, blue), float(counts[place] / len(flat))


@rule("contrast", "small", "large")
def contrast_of_text(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Text stands out from what lies behind it, as pressed: small sizes more than large ones."""
    large = piece.grid.sizes_pt["text"] + 0.25
    for page in piece.pages:
        for line in page.lines:
            behind, _ = main_colour(page.under(line.ink))
            found = contrast(line.colour, behind)
            least = limits["large"] if line.size_pt > large else limits["small"]
            if found < least:
                what = f"'{_short(line)}' stands out by {found:.1f}:1"
                yield Hit(what, "take a darker or lighter colour", page.number, line.ink, found, least)


@rule("touching-fields", "least", "edge_share", "field_share")
def touching_fields(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Large flat fields that touch differ in lightness."""
    for page in piece.pages:
        for one, other, long in _touching(page.bare, limits["field_share"]):
            found = contrast(one, other)
            if long >= limits["edge_share"] * page.bare.width and found < limits["least"]:
                what = f"fields {hex_of(one)} and {hex_of(other)} touch and differ by {found:.2f}:1"
                yield Hit(
                    what, "take another of the place's colours", page.number, None, found, limits["least"]
                )


def _touching(picture: Image.Image, least: float) -> Iterator[tuple[Rgb8, Rgb8, int]]:
    """Yield pairs of colours that each take a part of the picture, and how many pixels of edge they share."""
    flat = np.asarray(picture.convert("RGB")).astype(np.int64)
    keys = (flat[..., 0] << 16) | (flat[..., 1] << 8) | flat[..., 2]
    found, counts = np.unique(keys, return_counts=True)
    large = set(found[counts >= least * keys.size].tolist())
    edges: dict[tuple[int, int], int] = {}
    # Two pixels on: between flat fields lies one of a mixed colour.
    for one, other in ((keys[:-2], keys[2:]), (keys[:, :-2], keys[:, 2:])):
        differs = one != other
        pairs, times = np.unique(np.stack([one[differs], other[differs]], axis=1), axis=0, return_counts=True)
        for (first, second), count in zip(pairs.tolist(), times.tolist(), strict=True):
            if first in large and second in large:
                key = min(first, second), max(first, second)
                edges[key] = edges.get(key, 0) + count
    for (first, second), count in sorted(edges.items()):
        # Each point of an edge is seen twice, a pixel apart.
        yield _rgb(first), _rgb(second), count // 2


def _rgb(key: int) -> Rgb8:
    return key >> 16, (key >> 8) & 255, key & 255


def hex_of(colour: Rgb8) -> str:
    """Return a colour as #12355b."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def field_behind(page: Page, lines: list[Line]) -> Rgb8 | None:
    """Return the colour of the field that lines stand on, None where they stand on none."""
    if not lines:
        return None
    box: Box = lines[0].ink
    for line in lines[1:]:
        box = box.around(line.ink)
    return main_colour(page.under(box))[0]
