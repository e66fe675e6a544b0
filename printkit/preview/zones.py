"""Everything that a page draws over its picture, as boxes in mm from the trim's upper left corner."""

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from printkit.preview.asked import Mark, PlacedSlot
from printkit.profiles import Design, Format
from printkit.units import Rect

Box = tuple[float, float, float, float]


class Line(TypedDict):
    """One box: left, top, width and height; `page` 0 means all pages."""

    kind: str
    page: int
    box: Box
    text: NotRequired[str]


def zones(page: Format, design: Design | None) -> list[Line]:
    """Return trim, safe zone, strips that nobody sees, folds with what lies beside them, and the grid."""
    return [*_zones(page), *_folds(page), *(_grid(page, design) if design else ())]


def slot_lines(page: Format, slots: tuple[PlacedSlot, ...]) -> Iterator[Line]:
    """Yield the box of each slot with its name and size, and the room that is left beneath its text."""
    for one in slots:
        box = boxed(page, Rect(*one.box_mm))
        size = f" {one.size_pt:g} pt" if one.size_pt else ""
        free = "" if one.room is None else f", {one.room:.0%} free"
        yield {"kind": "slot", "page": one.page, "box": box, "text": f"{one.slot}{size}{free}"}
        if one.room:
            left, top, width, height = box
            room = (left, top + height * (1 - one.room), width, height * one.room)
            yield {"kind": "room", "page": one.page, "box": room}


def mark_lines(page: Format, marks: tuple[Mark, ...]) -> Iterator[Line]:
    """Yield the box of each finding that has a place, under its number."""
    for number, mark in enumerate(marks, 1):
        if mark.box_mm and mark.page:
            box = boxed(page, Rect(*mark.box_mm))
            yield {"kind": f"mark {mark.severity}", "page": mark.page, "box": box, "text": str(number)}


def boxed(page: Format, box: Rect) -> Box:
    """Turn a box from the trim's lower left corner into left, top, width and height."""
    # PDF counts from below, browsers from above
    return box.x0, page.trim_mm[1] - box.y1, box.width, box.height


def _zones(page: Format) -> Iterator[Line]:
    yield {"kind": "trim", "page": 0, "box": boxed(page, page.trim)}
    yield {"kind": "safe", "page": 0, "box": boxed(page, page.safe)}
    for strip in _between(page.trim, page.visible):
        yield {"kind": "hidden", "page": 0, "box": boxed(page, strip)}
    if page.code_clear_bottom_mm:
        seen = page.visible
        low = Rect(seen.x0, seen.y0, seen.x1, seen.y0 + page.code_clear_bottom_mm)
        yield {"kind": "clear", "page": 0, "box": boxed(page, low)}


def _folds(page: Format) -> Iterator[Line]:
    for number, row in enumerate(page.folds_mm, 1):
        for fold in row:
            margin, height = page.fold_safe_mm, page.trim_mm[1]
            yield {"kind": "beside-fold", "page": number, "box": (fold - margin, 0, 2 * margin, height)}
            yield {"kind": "fold", "page": number, "box": (fold, 0, 0, height)}


def _grid(page: Format, design: Design) -> Iterator[Line]:
    """Yield the margins of a format's grid, and its lines across the page with their names."""
    grid, seen = design.formats.get(page.id), page.visible
    if grid is None:
        return
    top = page.trim_mm[1] - seen.y1
    yield {"kind": "design", "page": 0, "box": boxed(page, seen.inset(*[grid.margin_mm] * 4))}
    for name, down in (
        ("ground", (grid.ground_mm,)),
        ("headline", grid.headline_mm),
        ("names", grid.names_mm),
        ("act", grid.act_mm),
    ):
        for line in down:
            yield {"kind": "design", "page": 0, "box": (seen.x0, top + line, seen.width, 0), "text": name}


def _between(outer: Rect, inner: Rect) -> Iterator[Rect]:
    """Yield the strips of a box that another one inside leaves free, each corner once."""
    strips = (
        Rect(outer.x0, inner.y1, outer.x1, outer.y1),
        Rect(outer.x0, outer.y0, outer.x1, inner.y0),
        Rect(outer.x0, inner.y0, inner.x0, inner.y1),
        Rect(inner.x1, inner.y0, outer.x1, inner.y1),
    )
    yield from (strip for strip in strips if not strip.empty)
