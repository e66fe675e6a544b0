"""Rules about colours as they look in print."""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from printkit.color.light import linear
from printkit.review.page import Box, Line, Page, Reviewed, Rgb8, Shape
from printkit.review.pressed import packed
from printkit.review.registry import Hit, Limits, rule
from printkit.review.shape_rules import discs
from printkit.review.type_rules import _short
from printkit.words import Message

# Of a large picture every so many pixels tell which colours are fields.
SAMPLED = 2
# A field fills so many of those rows; fewer are a line.
MANY_ROWS = 4
# Discs are as wide as a share of the design says, within this part of the page's width.
SAME_WIDTH = 0.005
# Rings at a disc's edge, in radii
INSIDE, OUTSIDE = (0.8, 0.95), (1.05, 1.2)
OTHER = Message("take another of the place's colours")


def contrast(one: Rgb8, other: Rgb8) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_relative(one), _relative(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _relative(colour: Rgb8) -> float:
    """Return relative luminance (WCAG 2.2, "relative luminance")."""
    red, green, blue = (linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def main_colour(picture: Image.Image) -> tuple[Rgb8, float]:
    """Return the colour that takes the most of a picture, and how much of it."""
    keys = packed(picture)
    found, counts = np.unique(keys, return_counts=True)
    place = int(counts.argmax())
    return _rgb(int(found[place])), float(counts[place] / keys.size)


@rule("contrast", "small", "large")
def contrast_of_text(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Text stands out from what lies behind it, as pressed: small sizes more than large ones."""
    # All that is set larger than running text.
    large = piece.grid.sizes_pt["text"] + 0.25
    # Behind a text may lie what is empty here.
    for page in piece.pages if piece.is_drawn else ():
        for line in page.lines:
            # What most of the text stands on; a letter on an edge is read by the others.
            behind, _ = main_colour(page.under(line.ink))
            found = contrast(line.colour, behind)
            least = limits["large"] if line.size_pt > large else limits["small"]
            if found < least:
                what = Message("'%(short)s' stands out by %(found).1f:1", short=_short(line), found=found)
                yield Hit(
                    what, Message("take a darker or lighter colour"), page.number, line.ink, found, least
                )


@rule("touching-fields", "least", "edge_share", "row_share")
def touching_fields(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Fields that fill rows of the page, and plain discs, differ in lightness from what they touch."""
    # Where a drawing is left out, fields touch that it parts.
    if not piece.is_drawn:
        return
    for page in piece.pages:
        # Panels are parted by their fold.
        for panel in piece.panels(page.number):
            bare = page.under(panel)
            for one, other, long in _touching(bare, limits["row_share"]):
                found = contrast(one, other)
                # Fields that touch in a corner only are told apart by their shapes.
                if long >= limits["edge_share"] * bare.width and found < limits["least"]:
                    what = Message(
                        "fields %(one)s and %(other)s touch and differ by %(found).2f:1",
                        one=hex_of(one),
                        other=hex_of(other),
                        found=found,
                    )
                    yield Hit(what, OTHER, page.number, None, found, limits["least"])
    for disc in discs(piece, SAME_WIDTH):
        if _is_plain(piece.front, disc) and not _lies_over(disc, discs(piece, SAME_WIDTH)):
            inside, outside = (_ring(piece.front, disc.box, *part) for part in (INSIDE, OUTSIDE))
            found = contrast(inside, outside)
            if found < limits["least"]:
                what = Message(
                    "the disc, %(inside)s, stands on %(outside)s, %(found).2f:1",
                    inside=hex_of(inside),
                    outside=hex_of(outside),
                    found=found,
                )
                yield Hit(what, OTHER, 1, disc.box, found, limits["least"])


def _is_plain(page: Page, disc: Shape) -> bool:
    """Tell whether nothing is drawn in a disc."""
    return not any(
        one.order > disc.order and one.is_framed and one.clip and one.clip.beyond(disc.box) <= 1
        for one in page.shapes
    )


def _lies_over(disc: Shape, others: list[Shape]) -> bool:
    """Tell whether a disc in the same place was painted before, of which it is the rim."""
    return any(
        one.order < disc.order and disc.box.beyond(one.box) <= 1 and one.box.beyond(disc.box) <= 1
        for one in others
    )


def _ring(page: Page, disc: Box, first: float, last: float) -> Rgb8:
    """Return the main colour of a ring round a disc's middle, between two parts of its radius."""
    # Wide enough for the outermost ring, with the disc in its middle.
    picture = page.under(disc.wider(disc.width * (last - 1) / 2))
    keys = packed(picture)
    rows, columns = np.ogrid[: keys.shape[0], : keys.shape[1]]
    away = np.hypot(rows - (keys.shape[0] - 1) / 2, columns - (keys.shape[1] - 1) / 2)
    radius = disc.width * page.ppmm / 2
    found, counts = np.unique(keys[(away >= first * radius) & (away <= last * radius)], return_counts=True)
    return _rgb(int(found[counts.argmax()]))


def _touching(picture: Image.Image, least: float) -> Iterator[tuple[Rgb8, Rgb8, int]]:
    """Yield pairs of colours that each fill a part of some row, and how many pixels of edge they share."""
    keys = packed(picture)
    sample = keys[::SAMPLED, ::SAMPLED]
    found, counts = np.unique(sample, return_counts=True)
    # What fills no more pixels than a row has fills no field of rows.
    large = [int(one) for one in found[counts >= least * sample.shape[1] * MANY_ROWS]]
    fields = np.zeros(keys.shape, np.int64)
    for number, colour in enumerate(large, 1):
        seen = keys == colour
        # The same colour beside other things in a row is a thing too.
        fields[seen & (seen.mean(axis=1) >= least)[:, np.newaxis]] = number
    count = len(large) + 1
    pairs = np.zeros(count * count, np.int64)
    # Two pixels on: between flat fields lies one of a mixed colour.
    for one, other in ((fields[:-2], fields[2:]), (fields[:, :-2], fields[:, 2:])):
        pairs += np.bincount((one * count + other).ravel(), minlength=count * count)
    edges = pairs.reshape(count, count)
    for first in range(1, count):
        for second in range(first + 1, count):
            # Each point of an edge is seen twice, a pixel apart.
            if long := int(edges[first, second] + edges[second, first]) // 2:
                yield _rgb(large[first - 1]), _rgb(large[second - 1]), long


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
