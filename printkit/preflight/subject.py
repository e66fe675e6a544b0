"""The file under test and what is expected of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

from printkit.content import Element, entry, page_box, rect_of, walk
from printkit.preflight.report import BoxMm
from printkit.profiles import CodeRules
from printkit.qr import Code
from printkit.units import Rect, mm

DEEPEST = 64


@dataclass(frozen=True)
class Expected:
    """Say what the file should be; what is None is not checked.

    `process_only`: nothing but DeviceCMYK, grey images and masks, and marks in All outside the bleed.
    """

    trim_mm: tuple[float, float] | None = None
    bleed_mm: float | None = None
    pages: int | None = None
    codes: tuple[Code, ...] | None = None
    code_rules: CodeRules | None = None
    unconfirmed: tuple[str, ...] | None = None
    process_only: bool | None = None


@dataclass(frozen=True)
class PageView:
    """Hold a page and its boxes in points, as PDF says them by default where they are absent."""

    number: int
    page: pikepdf.Page
    media: Rect
    crop: Rect
    bleed: Rect
    trim: Rect
    unit: float

    def in_mm(self, rect: Rect) -> BoxMm:
        """Return a rectangle on the page in mm from the trim's lower left corner."""
        x0, y0, x1, y1 = rect.moved(-self.trim.x0, -self.trim.y0).as_tuple()
        return self.length(x0), self.length(y0), self.length(x1), self.length(y1)

    def length(self, points: float) -> float:
        return round(mm(points) * self.unit, 3)


class Subject:
    """Hold the bytes, the opened file and, once asked for, its pages, objects and painted elements."""

    def __init__(self, data: bytes, pdf: pikepdf.Pdf, expected: Expected) -> None:
        self.data, self.pdf, self.expected = data, pdf, expected
        # what was read at each expected code's place
        self.looks: dict[Code, Any] = {}

    @cached_property
    def pages(self) -> tuple[PageView, ...]:
        return tuple(_view(number, page) for number, page in enumerate(self.pdf.pages, 1))

    @cached_property
    def elements(self) -> tuple[tuple[PageView, Element], ...]:
        """Every painted element with its page; ContentError where a page cannot be read."""
        return tuple((view, element) for view in self.pages for element in walk(view.page, self.pdf))

    @cached_property
    def holders(self) -> tuple[Any, ...]:
        """Every dictionary and stream in the file, direct ones included."""
        return tuple(found for item in self.pdf.objects for found in _holders(item, 0))

    @cached_property
    def xmp(self) -> Any:
        return self.pdf.open_metadata()

    @cached_property
    def info(self) -> Any:
        return entry(self.pdf.trailer, "/Info")


def _view(number: int, page: pikepdf.Page) -> PageView:
    media = page_box(page)
    crop = rect_of({"/B": page.cropbox}, "/B") or media
    bleed = rect_of(page.obj, "/BleedBox") or crop
    trim = rect_of(page.obj, "/TrimBox") or rect_of(page.obj, "/ArtBox") or crop
    return PageView(number, page, media, crop, bleed, trim, float(page.obj.get("/UserUnit", 1)))


def _holders(item: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        return
    children: list[Any] = []
    if isinstance(item, pikepdf.Array):
        children = list(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        children = [child for _, child in item.items()]
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _holders(child, depth + 1)
