"""Rules about shapes: the disc, and what the trim cuts."""

from collections.abc import Iterator
from math import inf

from printkit.review.page import EVEN, ROUND, Box, Page, Reviewed, Shape
from printkit.review.registry import Hit, Limits, rule
from printkit.words import Message

# A shape that reaches so far over the trim on both sides is a field, not something that is cut.
ACROSS = 0.9
# One that reaches farther in is what things stand before, in parts of the width.
THING = 0.25


@rule("disc", "from_trim", "from_text", "tolerance_share")
def disc(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The disc is whole: away from the trim, and no text comes near its edge."""
    trim = piece.cover
    for one in discs(piece, limits["tolerance_share"]):
        edge = -one.box.beyond(trim)
        least = limits["from_trim"] * piece.width
        if edge < least - EVEN:
            yield Hit(
                Message("the disc is %(edge).1f mm from the trim", edge=edge),
                Message("move it inwards"),
                1,
                one.box,
                edge,
                least,
            )
        for line in piece.front.lines:
            # A text inside stands on the disc, one that crosses its edge is too near.
            inside = line.ink.common(one.box).area > 0.99 * line.ink.area
            gap, room = _from_disc(line.ink, one.box), limits["from_text"] * piece.width
            if not inside and gap < room - EVEN:
                what = Message(
                    "'%(text)s' is %(gap).1f mm from the disc", text=line.text.strip()[:30], gap=gap
                )
                yield Hit(what, Message("move one of them"), 1, line.ink, gap, room)


def discs(piece: Reviewed, tolerance: float) -> list[Shape]:
    """Return the shapes of the front that are as wide and high as one of the design's discs."""
    shares = {**piece.design.shares, **piece.grid.shares}
    # "people" is the share of a head, which is round too and no disc.
    wanted = [share * piece.width for name, share in shares.items() if name != "people"]
    return [
        shape
        for shape in piece.front.shapes
        if abs(shape.box.width - shape.box.height) <= ROUND * shape.box.width
        if any(abs(shape.box.width - one) <= tolerance * piece.width for one in wanted)
    ]


def _from_disc(ink: Box, disc: Box) -> float:
    """Return how far a box is from the round edge of a disc, negative inside."""
    x, y, radius = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2, disc.width / 2
    across = max(ink.left - x, x - ink.right, 0.0)
    down = max(ink.top - y, y - ink.bottom, 0.0)
    return float((across**2 + down**2) ** 0.5) - radius


@rule("slivers", "least_mm")
def slivers(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """No shape shows as a sliver at the trim."""
    least = limits["least_mm"]
    seen = Box(0, 0, piece.format.visible.width, piece.height)
    for page in piece.pages:
        cut = [(_depth(shape.box, seen), shape.box.common(seen), shape.order) for shape in _cut(page, seen)]
        # Ground that reaches far into the page hides no sliver on it.
        wide = [one for one in cut if least <= one[0] <= THING * seen.width]
        thin = [
            (depth, part)
            for depth, part, order in cut
            if depth < least and part.thickness > EVEN
            # What is drawn on a thing that is cut wide enough, or hidden by one, does not show by itself.
            if not any(part.beyond(other) <= EVEN for _, other, _ in wide)
            if not any(one.order > order and part.beyond(one.box) <= EVEN for one in page.shapes)
        ]
        if thin:
            # The thinnest is named: mended, it shows how the others can be.
            depth, part = min(thin, key=lambda one: one[0])
            others = (
                Message(", and %(count)s more under %(least)g mm", count=len(thin) - 1, least=least)
                if thin[1:]
                else ""
            )
            what = Message("a shape shows %(depth).2f mm at the trim%(others)s", depth=depth, others=others)
            yield Hit(what, Message("move it in or out"), page.number, part, depth, least)


def _depth(box: Box, seen: Box) -> float:
    """Return how far into the page a shape reaches from the trim that cuts it; inf where none does."""
    part = box.common(seen)
    across = box.left < seen.left - EVEN or box.right > seen.right + EVEN
    down = box.top < seen.top - EVEN or box.bottom > seen.bottom + EVEN
    return min([part.width] * across + [part.height] * down, default=inf)


@rule("ground-line", "tolerance_mm", "widest_share")
def ground_line(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """Nothing that stands on the ground is cut by its line; fields may run on below it."""
    line, tolerance = piece.grid.ground_mm, limits["tolerance_mm"]
    for shape in piece.front.shapes:
        ends_there = abs(shape.box.bottom - line) <= tolerance
        goes_on = shape.whole is not None and shape.whole.bottom > line + tolerance
        # A clip ends there what was drawn to go on.
        if ends_there and goes_on and shape.box.width < limits["widest_share"] * piece.width:
            below = shape.whole.bottom - line if shape.whole else 0.0
            what = Message("a shape goes on %(below).1f mm below the ground line", below=below)
            yield Hit(what, Message("lift it, or draw it in the ground"), 1, shape.box, below, 0)


def _cut(page: Page, seen: Box) -> Iterator[Shape]:
    """Yield the shapes that the trim cuts, but not those that lie along a whole edge."""
    for shape in page.shapes:
        box = shape.box
        part = box.common(seen)
        inside = part.width >= box.width - 0.01 and part.height >= box.height - 0.01
        along = part.width > ACROSS * seen.width or part.height > ACROSS * seen.height
        if not inside and not along and part.thickness > EVEN:
            yield shape
