"""Samples of what is asked of our own pieces: text that prints, its layout's look, the print id."""

from collections.abc import Iterator
from functools import cache

from printkit.qr import Code, CodeBox, CodeGeometry
from printkit.qr.symbol import make_symbol
from printkit.raster.pdfium import PdfiumFile
from printkit.raster.small import SmallPicture, small_picture
from printkit.units import Rect, mm, pt
from tests.preflight.matrix.base import CLEAN, CODE, EDGE, HOLE, TRIM, URL, bar, built, draft, symbol
from tests.preflight.matrix.cases_product import CARD, CODED, asking
from tests.preflight.matrix.objects import BLACK, WHITE, block, num, text
from tests.preflight.matrix.sample import Row, Sample, cases

OWN = asking(CARD, process_only=True)
ON_PAPER = (HOLE.x0 + 10, HOLE.y0 + 20)
SIZE = 20
# Above what the card keeps free at the bottom
PLACE = CODE.moved(0, 9)


@cases("product/text-ink")
def inkless(row: Row) -> Iterator[Sample]:
    yield row.breaks("white on bare paper", draft(text(SIZE, WHITE, ON_PAPER)), ask=OWN)
    yield row.breaks("painted with nothing", draft(text(SIZE, f"3 Tr {BLACK}")), ask=OWN)
    yield row.breaks(
        "white on a white rectangle", draft(f"{WHITE} {bar(20, 90, 90, 160)}{text(SIZE, WHITE, (30, 110))}"),
        ask=OWN,
    )  # fmt: skip
    yield row.breaks("white that overprints", draft(text(SIZE, f"/OP gs {WHITE}")), also=("R0007",), ask=OWN)
    yield row.passes("white in ink", draft(text(SIZE, WHITE)), ask=OWN)
    yield row.passes("black on bare paper", draft(text(SIZE, BLACK, ON_PAPER)), ask=OWN)


@cache
def laid_out(paint: str = "") -> tuple[SmallPicture, ...]:
    return (small_picture(PdfiumFile(built(draft(paint))), 1, Rect(0, 0, TRIM, TRIM).moved(EDGE, EDGE), 32),)


@cases("product/picture")
def looks(row: Row) -> Iterator[Sample]:
    like = asking(CARD, pictures=laid_out())
    yield row.breaks("a block too much", draft(block(BLACK, (20, 100))), ask=like)
    more = asking(CARD, pictures=laid_out(block(BLACK, (20, 100))))
    yield row.breaks("a block lost", CLEAN, ask=more)
    yield row.passes("the same", CLEAN, ask=like)
    yield row.passes("a little lighter in all", draft(ground="0.15 0 0 0 k " + ground_of()), ask=like)


def ground_of() -> str:
    return CLEAN.ground.partition(" k ")[2]


def ordered() -> Code:
    """Return the code of base.py as an order has it, with an id in letters of its font."""
    quiet = PLACE.width / 41 * 4
    geometry = CodeGeometry(mm(PLACE.width), mm(quiet), 6, (6, 6))
    box = PLACE.inset(-quiet, -quiet - pt(geometry.id_line_mm), -quiet, -quiet)
    return Code(CodeBox("qr", 1, box), make_symbol(URL, "M", (6, 6)), "ABC", geometry)


@cases("product/print-id")
def ids(row: Row) -> Iterator[Sample]:
    ask = asking(CODED, codes=(ordered(),))
    line = ordered().geometry.id_box(ordered().box.box)
    at = f"{num(line.x0 + 5)} {num(line.y0 + 3)} Td"

    def said(word: str) -> str:
        return f"{symbol(PLACE)}/OP gs {BLACK} BT /F 6 Tf {at} ({word}) Tj ET\n"

    yield row.breaks("another one", draft(said("CAB")), ask=ask)
    yield row.breaks("none", draft(symbol(PLACE)), ask=ask)
    yield row.passes("its own", draft(said("ABC")), ask=ask)
