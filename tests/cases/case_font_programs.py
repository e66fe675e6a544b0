"""Fonts whose program is garbage, or is not as wide as the dictionary says."""

from pathlib import Path

from tests.cases.registry import case
from tests.cases.sound import report
from tests.preflight.matrix.base import Draft
from tests.preflight.matrix.cases_x4_fonts import other_font


def _told(draft: Draft) -> set[str]:
    return {one.id for one in report(draft).findings if one.severity == "error"}


@case("preflight/bad-font-program")
def garbage(_: Path) -> None:
    """A font whose embedded program is garbage is not embedded in any useful sense: an error."""
    assert _told(other_font(data=b"garbage " * 99)) == {"R0001", "x4/font-program"}


@case("preflight/p06-widths-inconsistent")
def half_as_wide(_: Path) -> None:
    """Widths that are half of the program's are an error: readers differ in which of both they go by."""
    assert _told(other_font(widths=(300, 300, 300))) == {"R0001", "x4/font-widths"}
    assert _told(other_font(widths=(599, 600, 601))) == set()
