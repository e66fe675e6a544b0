"""Rules about places: what stands on the format's grid."""

from collections.abc import Iterator

from printkit.review.page import ROUND, Box, Line, Page, Reviewed
from printkit.review.registry import Hit, Limits, rule
from printkit.review.type_rules import _is_print_id, _short
from printkit.words import Message

# How far from the margin, in parts of the width, a line counts as hung at it
HUNG = 0.03
# A round of so many heights of its figure is made for it.
MOST_ROUND = 4


def _off(found: float, wanted: float, tolerance: float) -> bool:
    return abs(found - wanted) > tolerance


@rule("headline-top", "tolerance_share")
def headline_top(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The headline's capitals begin where the grid says."""
    wanted = piece.grid.headline_mm[0]
    for line in piece.headline[:1]:
        if line.cap_top is not None and _off(line.cap_top, wanted, limits["tolerance_share"] * piece.width):
            what = Message("the headline's capitals begin at %(cap_top).1f mm", cap_top=line.cap_top)
            yield Hit(
                what, Message("move them to %(wanted)g mm", wanted=wanted), 1, line.ink, line.cap_top, wanted
            )


@rule("left-edge", "tolerance_share")
def left_edge(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The ink of every line that hangs at the left begins at the margin."""
    tolerance = limits["tolerance_share"] * piece.width
    for page in piece.pages:
        margins = [panel.left + piece.grid.margin_mm for panel in piece.panels(page.number)]
        for line in page.lines:
            # Of several panels the margin that the line is nearest to is the one it was hung at.
            wanted = min(margins, key=lambda margin: abs(line.ink.left - margin))
            near = abs(line.ink.left - wanted) <= HUNG * piece.width and not _in_round(page, line)
            if near and _off(line.ink.left, wanted, tolerance):
                what = Message(
                    "the ink of '%(short)s' begins at %(left).2f mm", short=_short(line), left=line.ink.left
                )
                cure = Message("hang it at %(wanted)g mm, by its first letter's side bearing", wanted=wanted)
                yield Hit(what, cure, page.number, line.ink, line.ink.left, wanted)


def _in_round(page: Page, line: Line) -> bool:
    """Tell whether a text stands in a round shape, as the number of a step does: that hangs in its place."""
    return any(
        abs(shape.box.width - shape.box.height) <= ROUND * shape.box.width
        and line.ink.beyond(shape.box) <= 0
        and shape.box.width < MOST_ROUND * line.ink.height
        for shape in page.shapes
    )


@rule("code-edge", "tolerance_share")
def code_edge(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The code's last module ends at the right margin of page or panel."""
    for page in piece.pages:
        for code in page.codes:
            # The panel that the code begins in, which its right margin is of.
            edge = next(one.right for one in piece.panels(page.number) if code.modules.left < one.right)
            wanted = edge - piece.grid.margin_mm
            if _off(code.modules.right, wanted, limits["tolerance_share"] * piece.width):
                what = Message(
                    "code '%(slot)s' ends at %(right).1f mm", slot=code.slot, right=code.modules.right
                )
                cure = Message("move its last module to %(wanted)g mm", wanted=wanted)
                yield Hit(what, cure, page.number, code.modules, code.modules.right, wanted)


@rule("call-top", "tolerance_share")
def call_top(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The call's capitals and the code beside it begin at one height."""
    codes = piece.codes
    for line in piece.call[:1] if codes else ():
        wanted = codes[0].modules.top
        if line.cap_top is not None and _off(line.cap_top, wanted, limits["tolerance_share"] * piece.width):
            what = Message(
                "the call's capitals begin at %(cap_top).1f mm, the code at %(wanted).1f mm",
                cap_top=line.cap_top,
                wanted=wanted,
            )
            yield Hit(what, Message("bring both to one height"), 1, line.ink, line.cap_top, wanted)


@rule("mark", "tolerance_share")
def mark(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The sender's mark stands on the front, at the left margin, in its height, its foot at the act row's."""
    wanted, tolerance = piece.grid.mark_mm, limits["tolerance_share"] * piece.width
    foot = piece.grid.act_mm[1]
    found = _mark(piece)
    if found is None:
        yield Hit(
            Message("no mark ends at %(foot)g mm", foot=foot),
            Message("put it there, %(wanted)g mm high", wanted=wanted),
            1,
            None,
            0,
            wanted,
        )
        return
    if _off(found.bottom, foot, tolerance):
        what = Message("the mark's foot is at %(bottom).1f mm", bottom=found.bottom)
        yield Hit(
            what, Message("move it to %(foot)g mm, the code's foot", foot=foot), 1, found, found.bottom, foot
        )
    if _off(found.height, wanted, tolerance):
        what = Message("the mark is %(height).1f mm high", height=found.height)
        yield Hit(what, Message("make it %(wanted)g mm high", wanted=wanted), 1, found, found.height, wanted)


def _mark(piece: Reviewed) -> Box | None:
    """Return the box round the shapes at the act row's foot, from the left margin on, that no text is."""
    grid = piece.grid
    left = piece.cover.left
    # Room for a mark that is too high or stands a little off, so that its fault is told and not its absence.
    near = Box(
        left + grid.margin_mm * 0.8,
        grid.act_mm[1] - grid.mark_mm * 1.3,
        left + piece.width * 0.6,
        grid.act_mm[1] * 1.02,
    )
    boxes = [
        shape.box
        for shape in piece.front.shapes
        if near.left <= shape.box.left and shape.box.right <= near.right
        if near.top <= shape.box.top and shape.box.bottom <= near.bottom and shape.box.area
    ]
    if not boxes:
        return None
    found = boxes[0]
    for box in boxes[1:]:
        found = found.around(box)
    return found


@rule("name-base", "tolerance_mm")
def name_base(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The place's last line stands at the grid's base, so that the act row is as far below it everywhere."""
    wanted = piece.grid.names_mm[1]
    for line in piece.place[-1:]:
        if _off(line.base, wanted, limits["tolerance_mm"]):
            what = Message("the place's last line stands at %(base).1f mm", base=line.base)
            yield Hit(
                what, Message("move it to %(wanted)g mm", wanted=wanted), 1, line.ink, line.base, wanted
            )


@rule("print-id-edge", "tolerance_share")
def print_id_edge(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """The print id begins with the code's first module."""
    for page in piece.pages:
        ids = [line for line in page.lines if _is_print_id(line, piece)]
        for line in ids:
            # Where there are several codes, the one that the id stands at.
            code = min(page.codes, key=lambda one: one.modules.gap(line.ink), default=None)
            if code and _off(line.ink.left, code.modules.left, limits["tolerance_share"] * piece.width):
                what = Message(
                    "print id %(id)s begins at %(left).1f mm", id=line.text.strip(), left=line.ink.left
                )
                cure = Message("set it flush left with the code, at %(left).1f mm", left=code.modules.left)
                yield Hit(what, cure, page.number, line.ink, line.ink.left, code.modules.left)


@rule("standing", "code_least_mm", "code_most_mm", "text_least_mm", "from_mm")
def standing(piece: Reviewed, limits: Limits) -> Iterator[Hit]:
    """What stands on the floor has its code where hands hold a telephone, and no text near the feet."""
    if piece.height < limits["from_mm"]:
        return
    for code in piece.front.codes:
        middle = piece.height - (code.modules.top + code.modules.bottom) / 2
        least, most = limits["code_least_mm"], limits["code_most_mm"]
        if not least <= middle <= most:
            what = Message("the code's middle is %(middle).0f mm over the foot", middle=middle)
            limit = least if middle < least else most
            yield Hit(
                what,
                Message("move it to %(least)g to %(most)g mm", least=least, most=most),
                1,
                code.modules,
                middle,
                limit,
            )
    for line in piece.front.lines:
        above = piece.height - line.ink.bottom
        if above < limits["text_least_mm"]:
            what = Message("'%(short)s' stands %(above).0f mm over the foot", short=_short(line), above=above)
            yield Hit(what, Message("move it up"), 1, line.ink, above, limits["text_least_mm"])
