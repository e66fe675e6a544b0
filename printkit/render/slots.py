"""Where the slots of a layout stand and how much room their boxes have left, for who looks at a design."""

from collections.abc import Iterator
from dataclasses import dataclass

from printkit.render.check import in_trim
from printkit.render.placed import FitBox, Reading
from printkit.template import Artwork
from printkit.units import Rect, mm


@dataclass(frozen=True)
class SlotBox:
    """A slot's box in mm from the trim's lower left corner; a fitted one has a size and room.

    `size_pt` is what its text was fitted at, `room` the part of the box's height that the text leaves.
    """

    slot: str
    page: int
    box: Rect
    size_pt: float | None = None
    room: float | None = None


def slot_boxes(artwork: Artwork, reading: Reading, sizes: dict[str, float]) -> tuple[SlotBox, ...]:
    """Return the boxes of fitted slots, and of the others the box round their text on each page."""
    return (*_fitted(artwork, reading, sizes), *_others(artwork, reading), *_codes(artwork, reading))


def _fitted(artwork: Artwork, reading: Reading, sizes: dict[str, float]) -> Iterator[SlotBox]:
    for fit in reading.fits:
        yield SlotBox(
            fit.slot, fit.page, _in_mm(artwork, fit.content), sizes.get(fit.slot), round(_room(fit), 3)
        )


def _room(fit: FitBox) -> float:
    # The room beneath the last line, which is where an author can lengthen a text
    lowest = max((line.frame.y1 for line in fit.lines), default=fit.content.y0)
    return max(0.0, 1 - (lowest - fit.content.y0) / fit.content.height) if fit.content.height else 0.0


def _others(artwork: Artwork, reading: Reading) -> Iterator[SlotBox]:
    fitted, found = {fit.slot for fit in reading.fits}, dict[tuple[str, int], Rect]()
    for run in reading.runs:
        if run.slot is None or run.slot in fitted:
            continue
        key = run.slot, run.page
        found[key] = run.frame.union(found[key]) if key in found else run.frame
    for (slot, page), frame in found.items():
        yield SlotBox(slot, page, _in_mm(artwork, frame))


def _codes(artwork: Artwork, reading: Reading) -> Iterator[SlotBox]:
    for code in reading.codes:
        yield SlotBox(code.slot, code.page, _in_mm(artwork, code.frame))


def _in_mm(artwork: Artwork, frame: Rect) -> Rect:
    return in_trim(artwork, frame).scaled(mm(1))
