"""Samples of ink coverage (R0025, R0026)."""

import math
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from tests.preflight.matrix.base import TRIM, Draft, bar, draft
from tests.preflight.matrix.objects import drawn, num, on_step, spot
from tests.preflight.matrix.sample import Row, Sample, cases
from tests.preflight.packed_images import ccitt, group4, made, rings

INCH_MM = 25.4
# More than eight bits a plate round away
STEP = 0.02
# The ink of the ground
GROUND = 0.2


def area(total: float, box: tuple[float, float, float, float], spot_part: float = 0.0) -> str:
    """Return a rectangle with so much ink in all, a part of it in a spot colour that overprints."""
    quarter = num((total - spot_part) / 4)
    inked = f"{quarter} {quarter} {quarter} {quarter} k {bar(*box)}"
    if spot_part:
        inked += f"/OP gs /S0 cs {num(spot_part)} scn {bar(*box)}"
    return f"q {inked}Q\n"


def corners(side: float) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Yield a square at each corner of the trim and one inside."""
    far = TRIM - side
    yield "lower left", (0, 0, side, side)
    yield "lower right", (far, 0, TRIM, side)
    yield "upper right", (far, far, TRIM, TRIM)
    yield "upper left", (0, far, side, TRIM)
    yield "middle", (60.3, 61.7, 60.3 + side, 61.7 + side)


@cases("R0025", "R0026")
def coverage(row: Row) -> Iterator[Sample]:
    side = row.facts.B / INCH_MM * 72
    # A pixel more on each side, whatever way they lie
    whole = side + 2
    for name, square in corners(whole):
        yield row.breaks(f"just over the limit, {name}", draft(area(row.A + STEP, square)), fits=False)
    large = (20, 60, 120, 160)
    yield row.passes("at the limit", draft(area(row.A, large)), fits=False)
    yield row.passes("just under the limit", draft(area(row.A - STEP, large)), fits=False)
    for name, mean, judge in (("under", row.A - 0.1, row.passes), ("over", row.A + 0.1, row.breaks)):
        share = (mean - GROUND) / (4 - GROUND)
        yield judge(
            f"{name} it in a part of a square",
            draft(area(4, (20, 60, 20 + whole, 60 + side * share))),
            fits=False,
        )
    yield row.passes("over it, beside the trim", draft(area(4, (TRIM, 20, TRIM + 9, 80))), fits=False)
    yield row.passes("over it, on a step of cutting", draft(on_step(area(4, large))), fits=False)
    yield row.passes("over it, beneath white", draft(area(4, large) + f"0 0 0 0 k {bar(*large)}"), fits=False)


@cases("R0025")
def with_spot(row: Row) -> Iterator[Sample]:
    gold, large = spot("S0", "Gold"), (20, 60, 120, 160)
    yield row.breaks("over it with a spot colour", draft(area(row.A + STEP, large, 0.9), gold), fits=False)
    yield row.passes("at it with a spot colour", draft(area(row.A, large, 0.9), gold), fits=False)


@cases("R0026")
def but_spot(row: Row) -> Iterator[Sample]:
    drafted = draft(area(row.A + 0.8, (20, 60, 120, 160), 0.9), spot("S0", "Gold"))
    yield row.passes("over it with a spot colour only", drafted, also=("R0020",), fits=False)


def fax(light: int, dark: int) -> Draft:
    """Return a page with a picture of two colours, each by its 255ths of each ink, as a fax."""
    table = f"<{light:02X}{light:02X}{light:02X}{light:02X}{dark:02X}{dark:02X}{dark:02X}{dark:02X}>"

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        told = {"BitsPerComponent": 1, "Filter": Name.CCITTFaxDecode, "DecodeParms": ccitt()}
        space = pikepdf.Object.parse(f"[/Indexed /DeviceCMYK 1 {table}]".encode())
        page.Resources.XObject.X = pdf.make_indirect(made(pdf, group4(rings()), ColorSpace=space, **told))

    # Four times, as fine as pictures of one bit have to be
    places = ((20, 90), (55, 90), (20, 116), (55, 116))
    return draft("".join(drawn("X", 35, 26, place) for place in places), change)


@cases("R0026")
def packed(row: Row) -> Iterator[Sample]:
    most = math.floor(row.A / 4 * 255)
    yield row.breaks("a fax in two colours over it", fax(most + 4, most + 8), fits=False)
    yield row.passes("a fax in two colours under it", fax(most - 8, most - 4), fits=False)
