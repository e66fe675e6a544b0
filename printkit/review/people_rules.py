"""Rules about drawn people: whole, seen, and not all alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from printkit.color.difference import difference, lab
from printkit.review.asked import Ask, Outline
from printkit.review.page import ROUND, Page, Reviewed, Rgb8, Shape
from printkit.review.registry import Hit, Limits, rule, series_rule
from printkit.words import Message

# How far from its middle a person reaches to either side, in diameters of its head
REACH = 1.2
# A skin's round of fewer heads is a hand.
HAND = 0.6
# The ring round a face beyond its hair, in radii, above its chin
RING, CHIN = (2.0, 2.6), 0.3


def heads(piece: Reviewed) -> list[Shape]:
    """Return the heads that stand on a front's picture, not those in a disc; hands are half as wide."""
    people = piece.design.people
    if people is None:
        return []
    # Heads are a share of the picture, which need not fill the page.
    wide = piece.grid.picture_mm or piece.width
    found = [
        shape
        for shape in piece.front.shapes
        if shape.fill in piece.skins and not shape.is_framed
        if (whole := shape.whole or shape.box).width >= 0.95 * people.head * wide
        if abs(whole.width - whole.height) <= ROUND * whole.width
    ]
    # Compared with those of the same skin beside it: by its width alone a hand may be a small head.
    return [one for one in found if not any(_is_hand(one, other) for other in found)]


def _is_hand(one: Shape, other: Shape) -> bool:
    hand, head = one.whole or one.box, other.whole or other.box
    smaller = hand.width < HAND * head.width
    return smaller and one.fill == other.fill and hand.gap(head) < 4 * head.width


@rule("people", "least")
def people(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """A front that shows people shows some whole ones, and cuts none at the trim."""
    seen, whole = heads(piece), []
    for head in seen:
        middle, reach = (head.box.left + head.box.right) / 2, REACH * (head.whole or head.box).width
        # A head may be whole while an arm is cut.
        if head.is_whole and reach <= middle <= piece.format.visible.width - reach:
            whole.append(head)
    if seen and len(whole) < limits["least"]:
        what = Message("%(count)s whole people on the front", count=len(whole))
        yield Hit(
            what, Message("move the picture, or put people in"), 1, seen[0].box, len(whole), limits["least"]
        )


@rule("faces", "least_difference", "most_share")
def faces(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """A face differs from what lies round it, as pressed."""
    for head in heads(piece):
        # Heads are told by their fill.
        colour = piece.skins[head.fill or (0, 0, 0)]
        part = _alike(piece.front, head, colour, limits["least_difference"])
        if part > limits["most_share"]:
            what = Message("%(part).0f%% of what lies round a face looks as it does", part=part * 100)
            cure = Message("take another person, or another place")
            yield Hit(what, cure, 1, head.box, part, limits["most_share"])


def _alike(page: Page, head: Shape, colour: Rgb8, least: float) -> float:
    """Return which part of the ring round a face has its colour, nearly."""
    box = head.box
    x, y, radius = (box.left + box.right) / 2, (box.top + box.bottom) / 2, box.width / 2
    side = int(RING[1] * radius * page.ppmm) + 1
    across, down = round(x * page.ppmm), round(y * page.ppmm)
    rows, columns = np.mgrid[-side : side + 1, -side : side + 1]
    away = np.hypot(rows, columns) / (radius * page.ppmm)
    ring = (away >= RING[0]) & (away <= RING[1]) & (rows <= CHIN * radius * page.ppmm)
    # Out of the page there is nothing; Pillow fills it with black, which no skin is.
    patch = page.bare.crop((across - side, down - side, across + side + 1, down + side + 1))
    pixels = np.asarray(patch.convert("RGB"))
    face = lab(colour)
    found, counts = np.unique(pixels[ring], axis=0, return_counts=True)
    near = [difference(face, lab(_rgb8(one))) < least for one in found]
    return float(counts[near].sum() / counts.sum())


def _rgb8(pixel: Sequence[int]) -> tuple[int, int, int]:
    red, green, blue = (int(part) for part in pixel)
    return red, green, blue


@series_rule("skins", "least")
def skins(pieces: Sequence[Outline], limits: Limits) -> Iterator[tuple[Ask, Hit]]:
    """The people of a family have several colours of skin."""
    families: dict[str, list[Outline]] = defaultdict(list)
    for piece in pieces:
        families[piece.ask.template].append(piece)
    for family in families.values():
        found = frozenset().union(*(piece.skins for piece in family))
        if found and len(found) < limits["least"]:
            what = Message("people of %(count)s colours of skin in the whole family", count=len(found))
            cure = Message("show others too")
            yield family[0].ask, Hit(what, cure, 1, None, len(found), limits["least"])
