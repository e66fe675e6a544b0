"""Which elements overprint: full black small text and thin lines, nothing else."""

from typing import NamedTuple

from pikepdf import Dictionary

from printkit.content import Colour, Element, Kind
from printkit.separate.inks import Target, inks_of
from printkit.separate.spec import SeparationSpec

FULL_BLACK = (0.0, 0.0, 0.0, 1.0)


class Overprint(NamedTuple):
    """Say whether fill and stroke overprint what lies beneath."""

    fill: bool = False
    stroke: bool = False

    @property
    def name(self) -> str:
        """The resource name of the graphics state that sets this."""
        parts = ["Fill"] * self.fill + ["Stroke"] * self.stroke
        return "/Overprint" + "".join(parts) if parts else "/Knockout"

    def state(self) -> Dictionary:
        """Return the graphics state; OPM 1 lets the inks that black lacks show through."""
        return Dictionary(OP=self.stroke, op=self.fill, OPM=1 if any(self) else 0)


KNOCKOUT = Overprint()


def wanted_overprint(element: Element, spec: SeparationSpec, target: Target) -> Overprint:
    """Return how an element prints; where only one of fill and stroke is painted the other goes along."""
    fill = element.fills and _allowed(element, element.fill, element.state.fill_alpha, spec, target)
    stroke = element.strokes and _allowed(element, element.stroke, element.state.stroke_alpha, spec, target)
    if element.fills and element.strokes:
        return Overprint(fill and element.kind is Kind.TEXT, stroke)
    return Overprint(fill or stroke, fill or stroke)


def _allowed(
    element: Element, colour: Colour | None, alpha: float, spec: SeparationSpec, target: Target
) -> bool:
    state = element.state
    plain = alpha == 1 and state.blend == "Normal" and state.soft_mask is None
    if not plain or colour is None or colour.space.family == "Pattern" or not _is_small(element, spec):
        return False
    return inks_of(colour, target) == FULL_BLACK


def _is_small(element: Element, spec: SeparationSpec) -> bool:
    if element.kind is Kind.TEXT:
        return element.font_size is not None and element.font_size < spec.overprint_text_pt
    width = element.as_line if element.kind is Kind.PATH else None
    return width is not None and width < spec.overprint_line_pt
