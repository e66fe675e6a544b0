"""Codes as they are found: each expected one at its place, others by a search of the whole page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot, sqrt

from PIL import Image

from printkit.preflight.codes.near import Near, bounds
from printkit.preflight.core.findings import BoxMm, FoundCode
from printkit.preflight.core.limits import CannotRun, NotAsked
from printkit.preflight.core.subject import PageView, Subject
from printkit.profiles import CodeRules
from printkit.qr import Code
from printkit.qr.reading import Reading, differing, read
from printkit.qr.zbar import read_again, second_reader_version
from printkit.raster.pdfium import MOST_PIXELS
from printkit.raster.problem import PictureProblem
from printkit.units import PT_PER_INCH, PT_PER_MM, Rect
from printkit.words import Message

# A module more than the quiet zone, so that what lies beyond it is seen
BEYOND = 1
# What is not white for sure, and the part of a trim's height that tells soon of most pages
CLEARLY_GREY, MIDDLE = 200, 8
# Rounding must not bring a picture over what it may hold.
NEARLY = 0.999
SHOWN_CHARACTERS = 60


@dataclass(frozen=True)
class CodeView:
    """What is seen of one code, or why nothing is.

    `code` is the one that is expected at this place, if any; `count` tells how many were read here, `wrong`
    how many modules differ from the expected symbol's, `second` what a second reader read.
    """

    page: int
    code: Code | None = None
    near: Near | None = None
    count: int = 0
    wrong: int = 0
    second: tuple[bytes, ...] = ()
    failure: str = ""

    @property
    def name(self) -> str:
        if self.code is not None:
            return Message("code '%(slot)s'", slot=self.code.box.slot)
        return (
            Message("the code '%(text)s'", text=self.near.reading.text[:SHOWN_CHARACTERS])
            if self.near
            else Message("a code")
        )

    @property
    def box_mm(self) -> BoxMm | None:
        """The symbol's place in mm from the trim's lower left corner; where it should be if none was read."""
        if self.near is not None:
            return self.near.box_mm
        if self.code is None:
            return None
        x0, y0, x1, y1 = self.code.symbol_box.scaled(1 / PT_PER_MM).as_tuple()
        return round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)

    @property
    def found(self) -> FoundCode | None:
        """What a report tells about the code, None where none was read."""
        if self.near is None:
            return None
        reading, slot = self.near.reading, self.code.box.slot if self.code else ""
        matches = self.code is not None and self.wrong == 0
        return FoundCode(slot, self.page, reading.text, self.near.box_mm, reading.upright, matches)


def code_views(subject: Subject) -> tuple[CodeView, ...]:
    """Return every code: those expected, at their places, then others that the pages show.

    CannotRun or NotAsked where there are too many pages to search.
    """
    rules, expected = subject.expected.code_rules, subject.expected
    # A book of many pages would be searched for minutes, for codes that nobody asked about
    if rules and expected.search and len(subject.pages) > rules.reading.most_pages:
        most = rules.reading.most_pages
        why = Message(
            "the file has %(count)s pages; codes are searched on %(most)s at most",
            count=len(subject.pages),
            most=most,
        )
        asked = expected.urls or expected.codes
        raise CannotRun(why) if asked else NotAsked(Message("no address was given, and %(why)s", why=why))
    return subject.once(known_code_views)


def known_code_views(subject: Subject) -> tuple[CodeView, ...]:
    """Return the codes that can be told, as `code_views` does; of too many pages those that are expected."""
    rules = subject.expected.code_rules
    if rules is None:
        return ()
    expected = tuple(_at_place(subject, code, rules) for code in subject.expected.codes or ())
    if not subject.expected.search or len(subject.pages) > rules.reading.most_pages:
        return expected
    return expected + tuple(sight for view in subject.pages for sight in _others(subject, view, rules))


def look(
    subject: Subject, view: PageView, place: tuple[Rect, float], pixels: int
) -> tuple[Rect, Image.Image]:
    """Return what is seen of a symbol (box and module in points of the shown page): the part, its picture."""
    (box, module), rules = place, subject.expected.code_rules
    edge = ((rules.quiet_zone_modules if rules else 0) + BEYOND) * module
    part = box.inset(-edge, -edge, -edge, -edge)
    return part, subject.sheets.grey(view.number, pixels / module * PT_PER_INCH, part)


def _at_place(subject: Subject, code: Code, rules: CodeRules) -> CodeView:
    sight, pixels = CodeView(code.box.page, code), rules.reading.module_pixels
    if not 1 <= sight.page <= len(subject.pages):
        return replace(
            sight,
            failure=Message(
                "stands on page %(page)s, the file has %(count)s", page=sight.page, count=len(subject.pages)
            ),
        )
    view = subject.pages[sight.page - 1]
    box = _place(view, code)
    try:
        part, image = look(subject, view, (box, box.width / code.symbol.modules), pixels)
    except PictureProblem as problem:
        return replace(sight, failure=Message("cannot be looked at: %(fault)s", fault=problem.fault))
    readings = read(image)
    if not readings:
        return replace(sight, failure=Message("is not read at its place"))
    # Others at the same place are told by their count
    near = Near(view, part, pixels, readings[0], image)
    edge = (rules.quiet_zone_modules + BEYOND) * pixels
    far = image.width - edge
    wrong = differing(image, ((edge, edge), (far, edge), (far, far), (edge, far)), code.symbol.matrix)
    # Nothing hides in a symbol whose modules are all as expected: half the pixels and every second line do,
    # in a fifth of the time.
    half = () if wrong else tuple(read_again(near.image.reduce(2), step=2))
    second = half or _read_again(subject, near, rules)
    return replace(sight, near=near, count=len(readings), wrong=wrong, second=second)


def _place(view: PageView, code: Code) -> Rect:
    """Return where the symbol should be, in points of the shown page."""
    trim = view.shown(view.trim)
    return code.symbol_box.scaled(1 / view.unit).moved(trim.x0, trim.y0)


def _others(subject: Subject, view: PageView, rules: CodeRules) -> Iterator[CodeView]:
    """Yield the codes on a page that stand at no expected one's place, or say that it cannot be seen."""
    try:
        yield from _strangers(subject, view, rules)
    except PictureProblem as problem:
        yield CodeView(
            view.number,
            failure=Message(
                "may stand on this page, which cannot be searched: %(fault)s", fault=problem.fault
            ),
        )


def _strangers(subject: Subject, view: PageView, rules: CodeRules) -> Iterator[CodeView]:
    codes = [code for code in subject.expected.codes or () if code.box.page == view.number]
    places = [_place(view, code) for code in codes]
    for box, reading in _searched(subject, view, rules):
        # By its middle: a search finds edges to a few pixels
        if not any(_middle_inside(box, place) for place in places):
            yield _nearer(subject, view, (box, reading), rules)


def _searched(subject: Subject, view: PageView, rules: CodeRules) -> Iterator[tuple[Rect, Reading]]:
    """Yield the codes that touch the trimmed page, with their rough places in points of the shown page."""
    area, trim = view.shown(view.bleed.intersection(view.media)), view.shown(view.trim)
    if area.empty:
        return
    most = sqrt(MOST_PIXELS / (area.width * area.height)) * PT_PER_INCH
    ppi = min(rules.reading.search_ppi * view.unit, most * NEARLY)
    # Photographs in grey: a code is told by light and dark, and PDFium shows grey seven times as fast as inks
    picture = subject.shapes.grey(view.number, ppi, area)
    if _is_dark(picture, trim.moved(-area.x0, -area.y1).scaled(ppi / PT_PER_INCH)):
        subject.dark.add(view.number)
    for reading in read(picture):
        found = bounds(reading)
        shown = Rect(found.x0, -found.y1, found.x1, -found.y0).scaled(PT_PER_INCH / ppi)
        box = shown.moved(area.x0, area.y1)
        if not box.intersection(trim).empty:
            yield box, reading


def _is_dark(picture: Image.Image, trim: Rect) -> bool:
    """Tell whether anything is dark in the middle of a trim, whose place is in pixels, y upwards."""
    edge = trim.height * (1 - 1 / MIDDLE) / 2
    within = (round(trim.x0) + 1, round(edge - trim.y1), round(trim.x1) - 1, round(-trim.y0 - edge))
    if within[0] >= within[2] or within[1] >= within[3]:
        return False
    darkest = picture.crop(within).getextrema()[0]
    return isinstance(darkest, int | float) and darkest < CLEARLY_GREY


def _nearer(subject: Subject, view: PageView, found: tuple[Rect, Reading], rules: CodeRules) -> CodeView:
    """Look at a found code again at press size."""
    (box, first), pixels = found, rules.reading.module_pixels
    # A turned code's box is wider than the code
    module = box.width / first.modules * _length(first) / bounds(first).width
    part, image = look(subject, view, (box, module), pixels)
    for reading in read(image):
        if _middle_inside(Rect(0, 0, *image.size), bounds(reading)):
            near = Near(view, part, pixels, reading, image)
            return CodeView(view.number, near=near, count=1, second=_read_again(subject, near, rules))
    text = first.text[:SHOWN_CHARACTERS]
    return CodeView(
        view.number, failure=Message("that says %(text)s is read on the whole page, not by itself", text=text)
    )


def _read_again(subject: Subject, near: Near, rules: CodeRules) -> tuple[bytes, ...]:
    """Return what a second reader reads at the first scale where it reads anything."""
    found = read_again(near.image)
    # zbar misses some two in a hundred clean codes, others at each scale
    others = rules.reading.other_module_pixels if second_reader_version() else ()
    for pixels in others:
        if not found:
            size = near.image.width * pixels // near.pixels
            found = read_again(
                subject.sheets.grey(near.view.number, size / near.part.width * PT_PER_INCH, near.part)
            )
    return tuple(found)


def _length(reading: Reading) -> float:
    (x0, y0), (x1, y1), *_ = reading.corners
    return hypot(x1 - x0, y1 - y0)


def _middle_inside(box: Rect, place: Rect) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return place.contains(Rect(x, y, x, y))
