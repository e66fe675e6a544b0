"""Annotations that print with their page: marks of the printer, and traps."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf

from printkit.content.layers import Layers
from printkit.content.matrix import Matrix
from printkit.content.nested import group_of, visit
from printkit.content.objects import entry, items_of, matrix_of, rect_of
from printkit.content.state import FORM, Context, Nested, State
from printkit.units import Rect

# ISO 32000-1, 14.11.3 and 14.11.6: all others are for screens
MARKING = ("/PrinterMark", "/TrapNet")
# Table 165: flag of an annotation that is neither shown nor printed
_HIDDEN = 2


def printed_annotations(page: Any, state: State, layers: Layers) -> Iterator[Nested]:
    """Yield the appearances of a page's marks and traps, each in its rectangle."""
    for annotation in items_of(entry(page, "/Annots"), one=True):
        if entry(annotation, "/Subtype") not in MARKING:
            continue
        appearance, flags = _appearance(annotation), entry(annotation, "/F")
        if not isinstance(appearance, pikepdf.Stream) or (isinstance(flags, int) and flags & _HIDDEN):
            continue
        context = layers.enter(replace(Context(), in_form=True), entry(annotation, "/OC"))
        placed = state._replace(ctm=_placed(appearance, rect_of(annotation, "/Rect")).then(state.ctm))
        for event in visit(group_of(appearance, FORM, placed, context)):
            if isinstance(event, Nested):
                yield event


def _appearance(annotation: Any) -> Any:
    """Return the usual appearance; of several the one that the annotation's state names (12.5.5)."""
    found = entry(annotation, "/AP", "/N")
    if isinstance(found, pikepdf.Stream) or found is None:
        return found
    name = entry(annotation, "/AS")
    return entry(found, str(name)) if isinstance(name, pikepdf.Name) else None


def _placed(appearance: pikepdf.Stream, place: Rect | None) -> Matrix:
    """Return what brings an appearance's box into the annotation's rectangle (12.5.5, algorithm 8.1)."""
    own = rect_of(appearance)
    box = None if own is None else matrix_of(appearance).box(own)
    if box is None or place is None or box.empty:
        return Matrix()
    across, upwards = place.width / box.width, place.height / box.height
    return Matrix(across, 0, 0, upwards, place.x0 - box.x0 * across, place.y0 - box.y0 * upwards)
