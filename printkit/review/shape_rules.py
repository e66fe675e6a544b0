"""Rules about shapes: the disc, and what the trim cuts."""

from collections.abc import Iterator

from printkit.review.page import Box, Page, Reviewed, Shape
from printkit.review.registry import Hit, Limits, rule

# Lengths in mm that differ by less are one: nobody sees it, and sums of floats do
EVEN = 0.05
# A shape this much wider than high, or less, is no disc.
ROUND = 0.01
# A shape that reaches so far over the trim on both sides is a field, not something that is cut.
ACROSS = 0.9


@rule("disc", "from_trim", "from_text", "tolerance_share")
def disc(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The disc is whole: away from the trim, and no text comes near its edge."""
    if piece.is_panelled:
        return
    trim = Box(0, 0, piece.format.visible.width, piece.height)
    for one in discs(piece, limits["tolerance_share"]):
        edge = min(one.box.left, one.box.top, trim.right - one.box.right, trim.bottom - one.box.bottom)
        least = limits["from_trim"] * piece.width
        if edge < least - EVEN:
            yield Hit(f"the disc is {edge:.1f} mm from the trim", "move it inwards", 1, one.box, edge, least)
        for line in piece.front.lines:
            # A text inside stands on the disc, one that crosses its edge is too near.
            inside = line.ink.common(one.box).area > 0.99 * line.ink.area
            gap, room = _from_disc(line.ink, one.box), limits["from_text"] * piece.width
            if not inside and gap < room - EVEN:
                what = f"'{line.text.strip()[:30]}' is {gap:.1f} mm from the disc"
                yield Hit(what, "move one of them", 1, line.ink, gap, room)


def discs(piece: Reviewed, tolerance: float) -> list[Shape]:
    """Return the shapes of the front that are as wide and high as one of the design's discs."""
    shares = {**piece.design.shares, **piece.grid.shares}
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
        parts = [shape.box.common(seen) for shape in _cut(page, seen)]
        thin = sorted((part for part in parts if part.thickness < least), key=lambda part: part.thickness)
        if thin:
            part, width = thin[0], thin[0].thickness
            others = f", and {len(thin) - 1} more under {least:g} mm" if thin[1:] else ""
            what = f"a shape shows {width:.2f} mm at the trim{others}"
            yield Hit(what, "move it in or out", page.number, part, width, least)


def _cut(page: Page, seen: Box) -> Iterator[Shape]:
    """Yield the shapes that the trim cuts, but not those that lie along a whole edge."""
    for shape in page.shapes:
        box = shape.box
        part = box.common(seen)
        inside = part.width >= box.width - 0.01 and part.height >= box.height - 0.01
        along = part.width > ACROSS * seen.width or part.height > ACROSS * seen.height
        if not inside and not along and part.thickness > EVEN:
            yield shape
