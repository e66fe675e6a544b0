"""How much ink stands on a page: pictures of its plates, and means over squares."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from printkit.content import MOST_OPERATORS, Element
from printkit.content.colour import ALL, PROCESS
from printkit.preflight.codes.found import CLEARLY_GREY, MIDDLE
from printkit.preflight.core.findings import BoxMm
from printkit.preflight.core.limits import CannotRun, NotAsked
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.ink.colour import NAMED, PROCESS_PLATES, IntentTransform, Plate
from printkit.preflight.ink.images import FULL, Images, Scale, summed_ink
from printkit.preflight.ink.most import most_ink, paints
from printkit.preflight.ink.plate_copy import PlateCopy
from printkit.preflight.ink.stream import page_copy
from printkit.preflight.seen.colours import used_spaces
from printkit.preflight.seen.visible import visible_elements
from printkit.profiles import GwgInk
from printkit.raster.pdfium import PdfiumFile
from printkit.raster.problem import PictureProblem
from printkit.units import MM_PER_INCH, PT_PER_INCH, Rect, pt
from printkit.words import Message

# Ink in 255ths; rows from the top of the shown page
Inked: TypeAlias = npt.NDArray[np.uint16]
Sums: TypeAlias = npt.NDArray[np.uint32]
# Bytes of pictures of plates that are kept for a second rule
MOST_KEPT = 32_000_000


@dataclass(frozen=True)
class Worst:
    """The square with most ink: its mean (1 is one full ink) and its box as `Finding` has them."""

    mean: float
    box_mm: BoxMm


def worst_square(subject: Subject, view: PageView, side_mm: float, spots: bool) -> Worst:
    """Return the square of a side of the trim with most ink; `spots`: every separation counts.

    A trim narrower or lower than the side is taken whole in that direction.
    """
    plates = _plates(subject, spots)
    known, key = subject.once(_measured), (view.number, side_mm, plates)
    if key not in known:
        known[key] = _worst_square(subject, view, side_mm, plates)
    return known[key]


def keeps_under(subject: Subject, view: PageView, limit: float, *, side_mm: float, spots: bool) -> bool:
    """Tell whether a page's colours alone say that no square has more ink than a limit, 1 is one full ink.

    CannotRun where `worst_square` could not be measured.
    """
    _grain(view, side_mm, _figures(subject))
    subject.check_shown()
    # There a square is the whole page, and only its mean tells
    if min(view.length(view.trim.width), view.length(view.trim.height)) < side_mm:
        return False
    most = most_ink(subject.once(paints)[view.number], subject.once(_images), _plates(subject, spots))
    return most is not None and most <= limit


def _plates(subject: Subject, spots: bool) -> tuple[Plate, ...]:
    return *PROCESS_PLATES, *(Plate((ink,)) for ink in subject.once(inks) if spots)


def _measured(_: Subject) -> dict[tuple[int, float, tuple[Plate, ...]], Worst]:
    """Return the place for squares that were measured: two rules ask for the same."""
    return {}


def _worst_square(subject: Subject, view: PageView, side_mm: float, plates: tuple[Plate, ...]) -> Worst:
    figures = _figures(subject)
    grain = _grain(view, side_mm, figures)
    inked = _inked(subject, view, grain, plates)
    side = round(side_mm / grain)
    height, width = min(side, inked.shape[0]), min(side, inked.shape[1])
    sums = _sums(inked, height, width)
    top, left = np.unravel_index(int(sums.argmax()), sums.shape)
    upper = view.length(view.shown(view.trim).height)
    x0, y1 = float(left) * grain, upper - float(top) * grain
    box = tuple(round(value, 3) for value in (x0, y1 - height * grain, x0 + width * grain, y1))
    return Worst(float(sums.max()) / (height * width * FULL), box)  # type: ignore[arg-type]


def inks(subject: Subject) -> tuple[str, ...]:
    """Return the names of all spot inks that elements are painted with, in order of the alphabet."""
    found = set[str]()
    for used in used_spaces(subject):
        if used.element is not None and used.element.context.step:
            continue
        space = used.space.base if used.space.family == "Indexed" and used.space.base else used.space
        if space.family in NAMED and used.role != "mask":
            found.update(space.colorants)
    return tuple(sorted(found - {*PROCESS, ALL, "None"}))


def _most_operators(subject: Subject) -> int:
    limits = subject.expected.limits
    return limits.operators if limits else MOST_OPERATORS


def _figures(subject: Subject) -> GwgInk:
    if subject.expected.gwg is None:
        raise NotAsked(Message("no variant of GWG 2022 was given"))
    return subject.expected.gwg.gwg.ink


def _grain(view: PageView, side_mm: float, figures: GwgInk) -> float:
    """Return the millimetres of a pixel: a whole number fills a square, fewer on a page of great size."""
    area = view.length(view.trim.width) * view.length(view.trim.height)
    # Coarser on a roll-up, whose square has as many pixels as it takes for a mean
    for pixels in (figures.square_pixels, figures.square_pixels // 2, figures.square_pixels // 4):
        grain = side_mm / pixels
        if area / grain**2 <= figures.page_pixels:
            return grain
    raise CannotRun(Message("a page measures %(area).1f square metres", area=area / 1e6))


def _inked(subject: Subject, view: PageView, grain_mm: float, plates: tuple[Plate, ...]) -> Sums:
    """Return the ink of plates, pixel by pixel."""
    first, *others = (_picture(subject, view, grain_mm, plate) for plate in plates)
    total = first.astype(np.uint32)
    for inked in others:
        total += inked
    return total


def _picture(subject: Subject, view: PageView, grain_mm: float, plate: Plate) -> Inked:
    """Return the ink of a plate, kept where there is room: two rules may ask for it."""
    kept, key = subject.once(_pictures), (view.number, grain_mm, plate)
    if key in kept:
        return kept[key]
    inked = ink_of_plate(subject, view, grain_mm, plate)
    if sum(known.nbytes for known in kept.values()) + inked.nbytes <= MOST_KEPT:
        # R0025 and R0026 share the process plates
        kept[key] = inked
    return inked


def _pictures(_: Subject) -> dict[tuple[int, float, Plate], Inked]:
    return {}


def ink_of_plate(subject: Subject, view: PageView, grain_mm: float, plate: Plate) -> Inked:
    """Return the ink of a plate over the trim as it is shown, in pixels of so many millimetres."""
    subject.clock.check()
    subject.check_shown()
    job = PlateCopy(subject.pdf, plate, subject.once(_images), _most_operators(subject))
    sheets = PdfiumFile(page_copy(view, job))
    show = sheets.grey if len(plate.inks) == 1 else sheets.colour
    try:
        picture = np.asarray(show(1, PT_PER_INCH / pt(grain_mm) * view.unit, view.shown(view.trim)))
    finally:
        sheets.close()
    return summed_ink(picture)


def _sums(inked: Sums, height: int, width: int) -> Sums:
    """Return the sum over the rectangle of a size at each place (differences stay right past 2 ** 32)."""
    # Sums over rectangles by a table of sums: each square costs four numbers, however large it is
    total = np.zeros((inked.shape[0] + 1, inked.shape[1] + 1), np.uint32)
    inked.cumsum(axis=1, out=total[1:, 1:])
    # numpy is slow down columns
    for above, row in pairwise(total):
        row += above
    sums: Sums = total[height:, width:] - total[:-height, width:]
    sums -= total[height:, :-width]
    sums += total[:-height, :-width]
    return sums


def _images(subject: Subject) -> Images:
    figures = _figures(subject)
    return Images(
        Scale(figures.image_pixels, figures.enough_pixels), IntentTransform(subject.pdf), subject.clock.check
    )


def is_bare(subject: Subject, view: PageView) -> bool:
    """Tell whether the trim is bare: it looks white and has no ink on any plate.

    A page with nothing but processing steps is bare too: a cutting line is no print.
    """
    if view.number in subject.once(_pages_of_steps):
        return True
    # A page that was searched for codes need not be drawn again.
    if view.number in subject.dark:
        return False
    ppi, trim = _figures(subject).bare_ppi * view.unit, view.shown(view.trim)
    try:
        # A strip of the middle tells of nearly every page that it is not empty
        middle = subject.shapes.grey(view.number, ppi, _middle(trim, ppi))
        if np.asarray(middle).min() < CLEARLY_GREY:
            return False
        looks = subject.sheets.grey(view.number, ppi, trim)
    except PictureProblem as error:
        raise CannotRun(error.fault) from error
    if looks.getextrema() != (FULL, FULL):
        return False
    # What looks white may have ink all the same: spots that are white, pictures that PDFium cannot show.
    marks = next(marks for on, marks in subject.marks if on is view)
    if not any(_may_have_ink(view, marks.element(number)) for number in range(marks.distinct)):
        return True
    grain = MM_PER_INCH / _figures(subject).bare_ppi
    return not any(ink_of_plate(subject, view, grain, plate).any() for plate in _plates(subject, spots=True))


def _pages_of_steps(subject: Subject) -> set[int]:
    """Return the pages that have processing steps and no page element."""
    marked = {view.number for view, marks in subject.marks if any(look.context.step for look in marks.kinds)}
    return marked - {one.view.number for one in subject.once(visible_elements)} if marked else marked


def _middle(trim: Rect, ppi: float) -> Rect:
    """Return a part of a trim that tells soon of most pages; a trim of few pixels is taken whole."""
    if trim.height * ppi / PT_PER_INCH < 2 * MIDDLE:
        return trim
    edge = trim.height * (1 - 1 / MIDDLE) / 2
    return trim.inset(0, edge, 0, edge)


def _may_have_ink(view: PageView, element: Element) -> bool:
    """Tell whether only plates say what ink an element has on the trim."""
    context = element.context
    if context.hidden or context.step or context.in_mask or not element.alpha:
        return False
    if element.visible.intersection(view.trim).empty:
        return False
    colours = [colour for colour in (element.fill, element.stroke) if colour is not None]
    if not colours or any(colour.pattern is not None for colour in colours):
        return True
    return any(colour.space.family in NAMED and any(colour.components) for colour in colours)
