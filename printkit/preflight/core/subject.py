"""The file under test and what is expected of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from xml.etree import ElementTree

import pikepdf

from printkit.content import (
    MOST_OPERATORS,
    UNFINISHED,
    BadOperand,
    ContentError,
    Element,
    Fault,
    PageElements,
    Reader,
    Shared,
    TooMuch,
    Trouble,
    entry,
    heard,
    number,
    page_box,
    read_layers,
    read_page,
    rect_of,
    without_steps,
)
from printkit.preflight.core.damage import Damaged, as_damaged
from printkit.preflight.core.findings import BoxMm
from printkit.preflight.core.limits import BROKEN, RAISE, CannotRun, Clock
from printkit.preflight.core.requirements import Requirements
from printkit.profiles import CheckLimits, CodeRules, Format, ProductRules
from printkit.qr import Code
from printkit.raster.grey import with_grey_photographs
from printkit.raster.pdfium import PdfiumFile
from printkit.raster.small import SmallPicture
from printkit.streams import data_of
from printkit.units import Rect, mm, pt
from printkit.words import Message

T = TypeVar("T")

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
# So often is the clock looked at
TICK = 1000


@dataclass(frozen=True)
class Expected:
    """Say what the file should be; what is None is not checked.

    `format` is the page's geometry with its zones, `product_rules` the figures they are judged by.
    `process_only`: nothing but DeviceCMYK, grey images and masks, and marks in All outside the bleed.
    `by_press` tells of pictures in CMYK without a profile whose inks were taken as the press's.
    `codes` are known with their places, `urls` only by what they say; others are searched for on all pages
    where `search` is set. `robust` has the densest code read under worse conditions too. `gwg` are the
    Ghent Workgroup's requirements in one of their variants.
    `limits` are what the check may cost; without them only what the libraries bear.
    `ink_limit` is the press's, in percent. `pictures` show each page's trim as it was laid out, codes apart.
    """

    trim_mm: tuple[float, float] | None = None
    bleed_mm: float | None = None
    pages: int | None = None
    codes: tuple[Code, ...] | None = None
    code_rules: CodeRules | None = None
    unconfirmed: tuple[str, ...] | None = None
    by_press: tuple[str, ...] | None = None
    process_only: bool | None = None
    ink_limit: float | None = None
    format: Format | None = None
    product_rules: ProductRules | None = None
    urls: tuple[str, ...] | None = None
    search: bool = True
    robust: bool = True
    gwg: Requirements | None = None
    limits: CheckLimits | None = None
    pictures: tuple[SmallPicture, ...] | None = None


@dataclass(frozen=True)
class PageView:
    """A page and its boxes in points, as PDF says them by default where they are absent.

    Boxes are in page space; what the page looks like to a reader follows from `rotate` (degrees clockwise)
    and `unit` (UserUnit).
    """

    number: int
    page: pikepdf.Page
    media: Rect
    crop: Rect
    bleed: Rect
    trim: Rect
    unit: float
    rotate: int = 0

    def shown(self, rect: Rect) -> Rect:
        """Return a rectangle as the page is shown, in points from the shown MediaBox's lower left corner."""
        x0, y0, x1, y1 = rect.as_tuple()
        media = self.media
        # Places are told as people see the page, which boxes of a turned page are not
        if self.rotate == 90:
            return Rect(y0 - media.y0, media.x1 - x1, y1 - media.y0, media.x1 - x0)
        if self.rotate == 180:
            return Rect(media.x1 - x1, media.y1 - y1, media.x1 - x0, media.y1 - y0)
        if self.rotate == 270:
            return Rect(media.y1 - y1, x0 - media.x0, media.y1 - y0, x1 - media.x0)
        return rect.moved(-media.x0, -media.y0)

    def on_page(self, shown: Rect) -> Rect:
        """Return a rectangle of the page as it is shown in page space: the way back from `shown`."""
        x0, y0, x1, y1 = shown.as_tuple()
        media = self.media
        if self.rotate == 90:
            return Rect(media.x1 - y1, x0 + media.y0, media.x1 - y0, x1 + media.y0)
        if self.rotate == 180:
            return Rect(media.x1 - x1, media.y1 - y1, media.x1 - x0, media.y1 - y0)
        if self.rotate == 270:
            return Rect(y0 + media.x0, media.y1 - x1, y1 + media.x0, media.y1 - x0)
        return shown.moved(media.x0, media.y0)

    def in_mm(self, rect: Rect) -> BoxMm:
        """Return a rectangle of page space in mm from the trim's lower left corner, as the page is shown."""
        return self.shown_mm(self.shown(rect))

    def shown_mm(self, shown: Rect) -> BoxMm:
        """Return a rectangle of the shown page in mm from the trim's lower left corner."""
        trim = self.shown(self.trim)
        x0, y0, x1, y1 = shown.moved(-trim.x0, -trim.y0).as_tuple()
        return self.length(x0), self.length(y0), self.length(x1), self.length(y1)

    def from_mm(self, box: Rect) -> Rect:
        """Return a rectangle in mm from the trim's lower left corner in page space: the way back."""
        trim = self.shown(self.trim)
        return self.on_page(box.scaled(pt(1) / self.unit).moved(trim.x0, trim.y0))

    def length(self, points: float) -> float:
        return round(mm(points) * self.unit, 3)


class Subject:
    """The bytes, the opened file and, once asked for, its pages, objects and painted elements.

    `shown` tells that PDFium has shown such pages before.
    """

    def __init__(self, data: bytes, pdf: pikepdf.Pdf, expected: Expected, shown: bool = False) -> None:
        self.data, self.pdf, self.expected, self.shown = data, pdf, expected, shown
        self.clock = Clock(expected.limits)
        self.warnings: list[str] = []
        # numbers of pages on whose trim something dark was seen while they were looked at for codes
        self.dark: set[int] = set()
        self._faults: list[tuple[PageView, Fault]] = []
        self._made: dict[Callable[[Subject], Any], Any] = {}
        self._failed: dict[Callable[[Subject], Any], Exception] = {}

    def once(self, make: Callable[["Subject"], T]) -> T:
        """Return what a function makes of this file, or fail as it did; it is called once for all rules."""
        # It fails for all who need it, at once: trying again would take the same time again
        if make in self._failed:
            raise self._failed[make]
        if make not in self._made:
            try:
                with self.clock.work():
                    self._made[make] = make(self)
            except (CannotRun, *BROKEN) as error:
                self._failed[make] = error
                raise
        found: T = self._made[make]
        return found

    @cached_property
    def sheets(self) -> PdfiumFile:
        """The file's pages as pictures; PictureProblem where PDFium cannot open it.

        CannotRun as `check_shown` says.
        """
        self.check_shown()
        return PdfiumFile(self._printed)

    @cached_property
    def _printed(self) -> bytes:
        """The file without its processing steps, such as cutting lines, which are no print."""
        return without_steps(self.data) if read_layers(self.pdf).steps else self.data

    @cached_property
    def shapes(self) -> PdfiumFile:
        """As `sheets`, with photographs in grey: for what is there, not for how it looks, and much faster."""
        sheets = self.sheets
        try:
            grey = with_grey_photographs(self._printed)
        except pikepdf.PikepdfError:
            return sheets
        return sheets if grey is self._printed else PdfiumFile(grey)

    def check_shown(self) -> None:
        """Raise CannotRun or ContentError for pages that PDFium would unfold until memory ends."""
        if not self.shown:
            self.once(_check_shown)

    @cached_property
    def pages(self) -> tuple[PageView, ...]:
        return tuple(_view(number, page) for number, page in enumerate(self.pdf.pages, 1))

    @property
    def marks(self) -> tuple[tuple[PageView, PageElements], ...]:
        """What each page is painted with; CannotRun or Damaged where a page cannot be read."""
        return self.once(_read).pages

    @cached_property
    def elements(self) -> tuple[tuple[PageView, Element], ...]:
        """Every painted element with its page, one by one: for rules that look at few; see `marks`."""
        return self.once(_elements)

    @property
    def faults(self) -> tuple[tuple[PageView, Fault], ...]:
        """What in the pages' content cannot be made out, with its page."""
        self.once(_read)
        return tuple(self._faults)

    def listen(self) -> list[str]:
        """Return what qpdf has warned of since last asked; `warnings` keeps all of it."""
        told = list(map(str, self.pdf.get_warnings()))
        self.warnings += told
        return told

    def note(self, view: PageView, faults: Iterable[Fault]) -> None:
        """Note what cannot be made out in a page's content."""
        self._faults += [(view, fault) for fault in faults]

    @cached_property
    def holders(self) -> tuple[Any, ...]:
        """Every dictionary and stream that the file's root or its Info leads to, direct ones included.

        What an earlier version of the file has left behind is not part of it.
        """
        return self.once(_all_holders)

    @cached_property
    def xmp(self) -> Any:
        """The XMP metadata by property; None where there is none, or it is not well-formed or other XML."""
        packet = entry(self.pdf.Root, "/Metadata")
        return self.pdf.open_metadata() if well_formed(packet) and has_rdf(packet) else None

    @cached_property
    def info(self) -> Any:
        return entry(self.pdf.trailer, "/Info")


def well_formed(packet: Any) -> bool:
    """Tell whether it is a stream of well-formed XML."""
    if not isinstance(packet, pikepdf.Stream):
        return False
    return _xml(data_of(packet)) is not None


def has_rdf(packet: pikepdf.Stream) -> bool:
    """Tell whether well-formed XML holds what XMP is written in (ISO 16684-1, 7.3)."""
    found = _xml(data_of(packet))
    return found is not None and next(found.iter(_RDF), None) is not None


def _xml(data: bytes) -> ElementTree.Element | None:
    # Programs fill the packet up, some with zeros; in UTF-16 a zero is half of a character.
    for text in (data, data.strip(b"\0 \t\r\n")):
        try:
            return ElementTree.fromstring(text)
        except (ElementTree.ParseError, ValueError):
            continue
    return None


class _Read(NamedTuple):
    """The marks of all pages, whether some content calls itself, and whether a pattern has too many cells."""

    pages: tuple[tuple[PageView, PageElements], ...]
    loops: bool
    crowded: bool


def _check_shown(subject: Subject) -> bool:
    # Too many operators, or none that can be read
    found = subject.once(_read)
    if found.crowded:
        raise CannotRun(Message("the pages are not shown: a pattern comes again too often in a small space"))
    if found.loops:
        raise CannotRun(Message("the pages are not shown: forms call themselves"))
    return True


def _read(subject: Subject) -> _Read:
    """Read the content of all pages, once for all rules."""
    shared, pages = Shared(read_layers(subject.pdf)), []
    limits, count = subject.expected.limits, 0
    for view in subject.pages:
        marks = _marks(subject, view, shared)
        pages.append((view, marks))
        count += len(marks)
        # Past it every rule would take its time over them, one after the other
        if limits and count > limits.elements:
            raise CannotRun(
                Message("the file has more than %(elements)s painted elements", elements=limits.elements)
            )
    return _Read(tuple(pages), shared.loops, shared.crowded)


def _elements(subject: Subject) -> tuple[tuple[PageView, Element], ...]:
    return tuple((view, element) for view, marks in subject.marks for element in marks.elements())


def _marks(subject: Subject, view: PageView, shared: Shared) -> PageElements:
    """Return a page's marks, note what cannot be made out; CannotRun or Damaged tell its number."""
    limits = subject.expected.limits
    operators = limits.operators if limits else MOST_OPERATORS
    faults: dict[Fault, None] = {}
    # A dict keeps their order, each once
    shared.faults = faults
    subject.listen()
    try:
        marks = read_page(view.page, shared, Reader(PageElements(), operators, subject.clock.check))
    except TooMuch as error:
        raise CannotRun(Message("%(error)s (page %(number)s)", error=error, number=view.number)) from error
    except (ContentError, pikepdf.PikepdfError) as error:
        raise Damaged(str(as_damaged(error)), view.number) from error
    told = dict.fromkeys(heard(subject.listen()))
    if told or {fault.trouble for fault in faults if fault != UNFINISHED} & {Trouble.END}:
        faults.pop(UNFINISHED, None)
    subject.note(view, [*faults, *told])
    return marks


def _all_holders(subject: Subject) -> tuple[Any, ...]:
    limits = subject.expected.limits
    trailer = subject.pdf.trailer
    found = _reached([entry(trailer, "/Root"), entry(trailer, "/Info")])
    return tuple(_counted(subject, found, limits.objects if limits else None, "dictionaries"))


def _counted(subject: Subject, things: Iterable[T], most: int | None, what: str) -> Iterator[T]:
    """Yield things as long as there are not too many of them and there is time."""
    for count, thing in enumerate(things):
        if count % TICK == 0:
            subject.clock.check()
        if count == most:
            raise CannotRun(
                Message(
                    "the file has more than %(most)s %(what)s (%(cure)s)", most=most, what=what, cure=RAISE
                )
            )
        yield thing


def _view(number: int, page: pikepdf.Page) -> PageView:
    media = page_box(page)
    # Defaults of ISO 32000-1, 14.11.2: trim and bleed are the crop, the crop is the media
    crop = _area({"/B": page.cropbox}, "/B") or media
    bleed = _area(page.obj, "/BleedBox") or crop
    trim = _area(page.obj, "/TrimBox") or _area(page.obj, "/ArtBox") or crop
    unit = user_unit(page.obj) or 1.0
    return PageView(number, page, media, crop, bleed, trim, unit, page.rotation % 360)


def _area(holder: Any, key: str) -> Rect | None:
    """Return a box that has an area; a rule of its own tells of one without."""
    box = rect_of(holder, key)
    return None if box is None or box.empty else box


def user_unit(page: Any) -> float | None:
    """Return a page's UserUnit, 1 by default; None where it is not a number above zero."""
    try:
        unit = number(page.get("/UserUnit", 1))
    except BadOperand:
        return None
    return unit if unit > 0 else None


def _reached(left: list[Any]) -> Iterator[Any]:
    """Yield the dictionaries and streams that some objects lead to, themselves included, each once."""
    seen: set[tuple[int, int]] = set()
    while left:
        item = left.pop()
        if not isinstance(item, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
            continue
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            left += list(item)
        else:
            yield item
            left += [child for _, child in item.items()]
