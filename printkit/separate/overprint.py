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
    state, plain = element.state, _is_plain(element, spec)
    fill = plain and state.fill_alpha == 1 and _is_black(element.fill, target)
    stroke = plain and state.stroke_alpha == 1 and _is_black(element.stroke, target)
    # Of a path only the line can be thin; what it encloses may be a whole page, and knocks out
    if element.fills and element.strokes:
        return Overprint(fill and element.kind is Kind.TEXT, stroke)
    return Overprint(fill or stroke, fill or stroke)


def _is_plain(element: Element, spec: SeparationSpec) -> bool:
    state = element.state
    return state.blend == "Normal" and state.soft_mask is None and _is_small(element, spec)


def _is_black(colour: Colour | None, target: Target) -> bool:
    if colour is None or colour.space.family == "Pattern":
        return False
    # Tried on plates: with OPM 1 a tint of K keeps what lies beneath and comes out too dark, and DeviceGray
    # never overprints on a CMYK press. So full K in DeviceCMYK alone
    return inks_of(colour, target) == FULL_BLACK


def _is_small(element: Element, spec: SeparationSpec) -> bool:
    if element.kind is Kind.TEXT:
        return element.font_size is not None and element.font_size < spec.overprint_text_pt
    width = element.as_line if element.kind is Kind.PATH else None
    return width is not None and width < spec.overprint_line_pt
