"""Printer's marks outside the bleed, on every plate (colorant All)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from printkit.units import PageBoxes, Rect, pt, short

# The name of the Separation colour space in the page's resources.
COLOUR_SPACE = "PkAll"
# Of a point, in the places of marks; a thousandth is finer than any plate.
DIGITS = 3
# Control points of a quarter circle by a cubic curve, in radii
KAPPA = 0.5523

Line: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True)
class MarkStyle:
    """What a printer asks of marks: room between bleed and mark and length in mm, line width in pt."""

    gap_mm: float
    length_mm: float
    line_pt: float


@dataclass(frozen=True)
class Marks:
    """Say which marks are drawn and how."""

    crop: bool
    registration: bool
    fold: bool
    style: MarkStyle

    @property
    def slug_mm(self) -> float:
        """How far MediaBox reaches beyond the bleed on every side."""
        wanted = self.crop or self.registration or self.fold
        return self.style.gap_mm + self.style.length_mm if wanted else 0.0


def draw_marks(marks: Marks, boxes: PageBoxes, folds_mm: Iterable[float]) -> bytes:
    """Return content that draws the marks of one page; folds count from the trim's left edge."""
    parts: list[str] = []
    if marks.crop:
        parts += [_line(line) for line in _crop(marks.style, boxes)]
    if marks.registration:
        parts += [_target(marks.style, x, y) for x, y in _middles(marks.style, boxes)]
    if marks.fold:
        parts += _folds(marks.style, boxes, folds_mm)
    if not parts:
        return b""
    head = f"q /{COLOUR_SPACE} CS 1 SCN {short(marks.style.line_pt, DIGITS)} w 0 J"
    return "\n".join((head, *parts, "Q\n")).encode()


def _outer(style: MarkStyle, boxes: PageBoxes) -> tuple[Rect, Rect]:
    """Return the rectangles between which marks stand: the near one and the far one."""
    gap, far = pt(style.gap_mm), pt(style.gap_mm + style.length_mm)
    return boxes.bleed.inset(-gap, -gap, -gap, -gap), boxes.bleed.inset(-far, -far, -far, -far)


def _crop(style: MarkStyle, boxes: PageBoxes) -> Iterator[Line]:
    near, far = _outer(style, boxes)
    for x in (boxes.trim.x0, boxes.trim.x1):
        yield x, far.y0, x, near.y0
        yield x, near.y1, x, far.y1
    for y in (boxes.trim.y0, boxes.trim.y1):
        yield far.x0, y, near.x0, y
        yield near.x1, y, far.x1, y


def _middles(style: MarkStyle, boxes: PageBoxes) -> Iterator[tuple[float, float]]:
    near, far = _outer(style, boxes)
    x, y = (boxes.trim.x0 + boxes.trim.x1) / 2, (boxes.trim.y0 + boxes.trim.y1) / 2
    yield from ((x, (edge + end) / 2) for edge, end in ((near.y0, far.y0), (near.y1, far.y1)))
    yield from (((edge + end) / 2, y) for edge, end in ((near.x0, far.x0), (near.x1, far.x1)))


def _folds(style: MarkStyle, boxes: PageBoxes, folds_mm: Iterable[float]) -> list[str]:
    """Return dashed lines at each fold, below and above the page."""
    near, far = _outer(style, boxes)
    places = [boxes.trim.x0 + pt(fold) for fold in folds_mm]
    lines = [_line((x, y0, x, y1)) for x in places for y0, y1 in ((far.y0, near.y0), (near.y1, far.y1))]
    dash = short(pt(style.length_mm) / 5, DIGITS)
    return [f"[{dash}] 0 d", *lines, "[] 0 d"] if lines else []


def _target(style: MarkStyle, x: float, y: float) -> str:
    """Return a cross as long as a mark with a circle half as wide."""
    arm = pt(style.length_mm) / 2
    cross = (_line((x - arm, y, x + arm, y)), _line((x, y - arm, x, y + arm)))
    return "\n".join((*cross, _circle(x, y, arm / 2)))


def _circle(x: float, y: float, radius: float) -> str:
    k, r = KAPPA * radius, radius
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    return " ".join((_numbers((x + r, y)) + " m", *(_numbers(curve) + " c" for curve in curves), "s"))


def _line(line: Line) -> str:
    return f"{_numbers(line[:2])} m {_numbers(line[2:])} l S"


def _numbers(values: Iterable[float]) -> str:
    return " ".join(short(value, DIGITS) for value in values)
