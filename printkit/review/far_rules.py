"""Rules about what is left of a front from far away, and as a thumbnail."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from printkit.color.difference import difference, lab
from printkit.review.colour_rules import OTHER, field_behind
from printkit.review.page import ROUND, Box, Line, Reviewed, Rgb8, Shape
from printkit.review.pressed import packed
from printkit.review.registry import Hit, Limits, rule
from printkit.review.shape_rules import discs
from printkit.review.type_rules import _short
from printkit.words import Message

# A disc is told from its field in the square within it, and from the headline in the middle of its width.
INSIDE, MIDDLE = 0.6, 0.35
# Rounds of this part of the width are discs where a design has none of its shares.
ROUND_SHARE = 0.1
SAME_WIDTH = 0.005

Away = NDArray[np.float64]


@rule("headline-far", "headline_mm", "read_m", "hung_m")
def headline_far(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """What hangs on a wall calls those who pass: its headline is read from farther than its place."""
    if piece.format.viewing_distance_m < limits["hung_m"]:
        return
    least = limits["headline_mm"] * limits["read_m"]
    for line in piece.headline:
        # A line without capitals that end level cannot be measured by them.
        if line.cap_mm is not None and line.cap_mm < least:
            what = Message(
                "'%(short)s' has capitals of %(cap_mm).1f mm", short=_short(line), cap_mm=line.cap_mm
            )
            cure = Message(
                "set it larger: %(least).1f mm are read from %(far)g m", least=least, far=limits["read_m"]
            )
            yield Hit(what, cure, 1, line.ink, line.cap_mm, least)


@rule("thumbnail", "pixels", "least_difference", "most_between")
def thumbnail(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """As small as a thumbnail, headline and disc differ from their field, and stand apart."""
    field = field_behind(piece.front, piece.headline)
    # Of texts that are tried in other lengths no picture is made.
    if piece.front.shown is None or field is None:
        return
    least, pixels = limits["least_difference"], limits["pixels"]
    scale = pixels / piece.cover.width
    away = _away(_small(piece, scale), field)

    def seen(box: Box) -> float:
        return float(away[_pixels(box, piece.cover, scale)].mean())

    # The line that shows least: a headline with one line lost says something else.
    band = min(seen(_capitals(line)) for line in piece.headline)
    if band < least:
        what = Message("at %(pixels)g pixels the headline hardly shows", pixels=pixels)
        yield Hit(what, OTHER, 1, piece.headline[0].ink, band, least)
    for disc in _discs(piece):
        found = seen(_part(disc.box, INSIDE, INSIDE))
        if found < least:
            what = Message("at %(pixels)g pixels the disc hardly shows", pixels=pixels)
            yield Hit(what, OTHER, 1, disc.box, found, least)
        # By the weaker of the two, as that one is lost first where they run together.
        between, most = _between(away, piece, disc, scale), limits["most_between"] * min(band, found)
        if between > most:
            what = Message("at %(pixels)g pixels headline and disc run together", pixels=pixels)
            yield Hit(what, Message("move the disc away"), 1, disc.box, between, most)


def _discs(piece: Reviewed) -> list[Shape]:
    """Return the discs; where a design has none in one piece, a round of several, or the first of many."""
    found = discs(piece, SAME_WIDTH)
    if found:
        return found
    whole = [shape for shape in piece.front.shapes if shape.is_whole]
    # A coin is painted in slices, one after the other.
    cut = (_together(list(one)) for _, one in groupby(whole, key=lambda shape: shape.fill))
    rounds = [
        shape
        for shape in (*cut, *whole)
        if shape.box.width >= ROUND_SHARE * piece.width
        if abs(shape.box.width - shape.box.height) <= ROUND * shape.box.width
    ]
    return sorted(rounds, key=lambda shape: (shape.box.top, shape.box.left))[:1]


def _together(shapes: list[Shape]) -> Shape:
    box = shapes[0].box
    for one in shapes[1:]:
        box = box.around(one.box)
    return replace(shapes[0], box=box)


def _small(piece: Reviewed, scale: float) -> Image.Image:
    """Return the cover in so many pixels a mm, as a list of files shows it."""
    page, cover = piece.front, piece.cover
    assert page.shown is not None
    wide, high = page.shown.size
    right, bottom = min(cover.right * page.ppmm, wide), min(cover.bottom * page.ppmm, high)
    part = (cover.left * page.ppmm, 0.0, right, bottom)
    size = round(cover.width * scale), round(cover.height * scale)
    return page.shown.resize(size, Image.Resampling.BOX, part)


def _away(picture: Image.Image, field: Rgb8) -> Away:
    """Return how far each pixel is from the field, dE00."""
    keys = packed(picture)
    # Each colour is compared once, as a field has few and the difference takes long.
    found, places = np.unique(keys, return_inverse=True)
    own = lab(field)
    apart = [difference(own, lab((int(one) >> 16, int(one) >> 8 & 255, int(one) & 255))) for one in found]
    return np.asarray(apart)[places].reshape(keys.shape)


def _capitals(line: Line) -> Box:
    """Return a line's ink without what hangs below it or stands above its capitals."""
    return Box(
        line.ink.left, line.ink.top if line.cap_top is None else line.cap_top, line.ink.right, line.base
    )


def _part(box: Box, across: float, down: float) -> Box:
    """Return the middle of a box, in parts of its width and height."""
    x, y = box.width * (1 - across) / 2, box.height * (1 - down) / 2
    return Box(box.left + x, box.top + y, box.right - x, box.bottom - y)


def _pixels(box: Box, cover: Box, scale: float) -> tuple[slice, slice]:
    """Return the rows and columns of a box on the cover, one of each at least."""
    top, bottom = round(box.top * scale), round(box.bottom * scale)
    left, right = round((box.left - cover.left) * scale), round((box.right - cover.left) * scale)
    return slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1))


def _between(away: Away, piece: Reviewed, disc: Shape, scale: float) -> float:
    """Return how far the emptiest row between the headline and a disc under it is from the field."""
    middle = _part(disc.box, MIDDLE, 1)
    first = piece.headline[-1].base - (piece.headline[-1].x_mm or 0.0) / 2
    # Beside the headline, or above it, there is no row between them.
    if disc.box.top < first:
        return 0.0
    rows, columns = _pixels(
        Box(middle.left, first, middle.right, (disc.box.top + disc.box.bottom) / 2), piece.cover, scale
    )
    return float(away[rows, columns].mean(axis=1).min())
