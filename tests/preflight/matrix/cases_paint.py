"""Samples of overprint, grey and the size of what is painted (R0007 to R0013, R0015 to R0019, R0024)."""

from collections.abc import Iterator

from tests.preflight.matrix.base import BLEED, TRIM, bar, draft
from tests.preflight.matrix.cases_file import SIDES
from tests.preflight.matrix.objects import (
    BARE,
    BLACK,
    GREY,
    WHITE,
    beam,
    block,
    drawn,
    entry,
    form,
    inks,
    num,
    on_step,
    picture,
    spot,
    stroke,
    text,
)
from tests.preflight.matrix.sample import Row, Sample, cases

# Larger and wider than any limit
TALL, BROAD = 20, 4
STEP = 0.01
CYAN = "1 0 0 0 k"
STROKED = "1 Tr 0 0 0 0 K"


def under(limit: float) -> float:
    return limit - min(STEP, limit / 100)


def over(limit: float) -> float:
    return limit + min(STEP, limit / 100)


@cases("R0007")
def white_text(row: Row) -> Iterator[Sample]:
    yield row.breaks("filled", draft(text(TALL, f"/OP gs {WHITE}")))
    yield row.breaks("filled, op alone", draft(text(TALL, f"/Fill gs {WHITE}")))
    yield row.breaks("filled, OPM 0", draft(text(TALL, f"/OP0 gs {WHITE}")))
    yield row.breaks("stroked", draft(text(TALL, f"{BROAD} w /Stroke gs {STROKED}")))
    yield row.passes("knocks out", draft(text(TALL, WHITE)))
    yield row.passes("overprints by the other paint", draft(text(TALL, f"/Stroke gs {WHITE}")))
    yield row.passes("stroke by the other paint", draft(text(TALL, f"{BROAD} w /Fill gs {STROKED}")))
    yield row.passes("almost white", draft(text(TALL, "/OP gs 0.01 0 0 0 k")))
    named = draft(text(TALL, "/OP gs /K cs 0 scn"), spot("K", "Black", "0 0 0 1"))
    yield row.breaks("none of an ink by its name", named)
    yield row.passes("on bare paper", draft(text(TALL, f"/OP gs {WHITE}", BARE)))


@cases("R0008")
def white_path(row: Row) -> Iterator[Sample]:
    line = f"{WHITE.upper()}"
    yield row.breaks("filled", draft(block(f"/OP gs {WHITE}")))
    yield row.breaks("filled, op alone", draft(block(f"/Fill gs {WHITE}")))
    yield row.breaks("stroked", draft(stroke(BROAD, f"/Stroke gs {line}")))
    yield row.passes("knocks out", draft(block(WHITE)))
    yield row.passes("overprints by the other paint", draft(block(f"/Stroke gs {WHITE}")))
    yield row.passes("stroke by the other paint", draft(stroke(BROAD, f"/Fill gs {line}")))
    yield row.passes("almost white", draft(block("/OP gs 0.01 0 0 0 k")))
    yield row.passes("on bare paper", draft(block(f"/OP gs {WHITE}", BARE)))


@cases("R0009")
def black_text(row: Row) -> Iterator[Sample]:
    small = under(row.A)
    yield row.breaks("just under the limit", draft(text(small)))
    yield row.breaks("under it, OPM 0", draft(text(small, f"/OP0 gs {BLACK}")))
    yield row.breaks("under it by the matrix", draft(matrix_text(small)))
    yield row.breaks(
        "under it by the page",
        draft(f"q {num(small / 10)} 0 0 {num(small / 10)} 18 110 cm {text(10, at=(0, 0))}Q"),
    )
    yield row.passes("at the limit", draft(text(row.A)))
    yield row.passes("at the limit by the matrix", draft(matrix_text(row.A)))
    yield row.passes("just over it", draft(text(over(row.A))))
    yield row.passes("under it, overprints", draft(text(small, f"/OP gs {BLACK}")))
    yield row.passes("under it, not all black", draft(text(small, "0 0 0 0.99 k")))
    yield row.passes("under it, on bare paper", draft(text(small, at=BARE)))
    both = f"2 Tr {CYAN.upper()} {BLACK}"
    yield row.breaks("under it, filled black, stroked in cyan", draft(text(small, both)))
    yield row.passes("under it, so, and the fill overprints", draft(text(small, f"/Fill gs {both}")))
    yield row.breaks("under it, stroked black", draft(text(small, f"1 Tr /Fill gs {BLACK.upper()}")))


@cases("R0009")
def grey_black_text(row: Row) -> Iterator[Sample]:
    """DeviceGray is another rule's, and what belongs to a processing step no rule's."""
    small = under(row.A)
    yield row.passes("under it, in DeviceGray", draft(text(small, "0 g")), also=("R0011",))
    yield row.passes("under it, on a step of cutting", draft(on_step(text(small))))


@cases("R0009")
def named_black_text(row: Row) -> Iterator[Sample]:
    """Black by its own name overprints with any OPM; what is not seen, or seen through, is no black text."""
    small, black = under(row.A), spot("K", "Black", "0 0 0 1")
    named, loose = "/K cs 1 scn", "/OP0 gs /K cs 1 scn"
    yield row.breaks("under it, by the name of black", draft(text(small, named), black))
    yield row.passes("under it, by name, overprints with OPM 0", draft(text(small, loose), black))
    half = entry("ExtGState", "Half", "<</ca 0.5>>")
    yield row.passes("under it, half transparent", draft(text(small, f"/Half gs {BLACK}"), half))
    mixed = entry("ExtGState", "Mixed", "<</BM /Multiply>>")
    yield row.passes("under it, multiplied", draft(text(small, f"/Mixed gs {BLACK}"), mixed))
    yield row.passes("under it, beside the trim", draft(text(small, at=(TRIM + 0.5, 60))))
    yield row.passes("under it, clipped away", draft(f"q 60 90 10 5 re W n {text(small)}Q"))
    yield row.passes("under it, not painted", draft(text(small, f"3 Tr {BLACK}")))
    nested = form("Fm", text(2 * small, at=(72, 190)), Matrix="[0.5 0 0 0.5 0 0]")
    yield row.breaks("under it in a form at half size", draft("q 1 0 0 1 -18 -18 cm /Fm Do Q", nested))


def matrix_text(size: float) -> str:
    return f"{BLACK} BT /F 1 Tf {num(size)} 0 0 {num(size)} 18 110 Tm (AB) Tj ET\n"


@cases("R0010")
def black_line(row: Row) -> Iterator[Sample]:
    small, line = under(row.A), BLACK.upper()
    yield row.breaks("just under the limit", draft(stroke(small, line)))
    yield row.breaks("under it, OPM 0", draft(stroke(small, f"/OP0 gs {line}")))
    yield row.breaks("a filled rectangle under it", draft(beam(small, BLACK)))
    yield row.breaks("under it by the page", draft(f"q 0.5 0 0 0.5 9 55 cm {stroke(2 * small, line)}Q"))
    yield row.passes("at the limit", draft(stroke(row.A, line)))
    yield row.passes("a filled rectangle at it", draft(beam(row.A, BLACK)))
    yield row.passes("just over it", draft(stroke(over(row.A), line)))
    yield row.passes("under it, overprints", draft(stroke(small, f"/OP gs {line}")))
    yield row.passes("a rectangle under it, overprints", draft(beam(small, f"/OP gs {BLACK}")))
    yield row.passes("under it, not all black", draft(stroke(small, "0 0 0 0.99 K")))
    yield row.passes("under it, in DeviceGray", draft(stroke(small, "0 G")), also=("R0012",))
    yield row.passes("under it, on a step of cutting", draft(on_step(stroke(small, line))))
    yield row.passes("under it, on bare paper", draft(stroke(small, line, BARE)))


@cases("R0011")
def grey_text(row: Row) -> Iterator[Sample]:
    small = under(row.A)
    yield row.breaks("just under the limit", draft(text(small, GREY)))
    yield row.breaks("stroked, under it", draft(text(small, "1 Tr 0.5 w 0.5 G")))
    yield row.passes("at the limit", draft(text(row.A, GREY)))
    yield row.passes("under it, in black's tint", draft(text(small, "0 0 0 0.5 k")))
    yield row.passes("under it, on bare paper", draft(text(small, GREY, BARE)))


@cases("R0012")
def grey_line(row: Row) -> Iterator[Sample]:
    small, line = under(row.A), GREY.upper()
    yield row.breaks("just under the limit", draft(stroke(small, line)))
    yield row.breaks("a filled rectangle under it", draft(beam(small, GREY)))
    yield row.passes("at the limit", draft(stroke(row.A, line)))
    yield row.passes("a filled rectangle at it", draft(beam(row.A, GREY)))
    yield row.passes("under it, in black's tint", draft(stroke(small, "0 0 0 0.5 K")))
    yield row.passes("under it, on bare paper", draft(stroke(small, line, BARE)))


@cases("R0013")
def grey_overprint(row: Row) -> Iterator[Sample]:
    grey = picture("Grey", (60, 60), "/DeviceGray")
    shown = drawn("Grey", 4, 4)
    yield row.breaks("text", draft(text(TALL, f"/OP gs {GREY}")))
    yield row.breaks("a path", draft(block(f"/OP gs {GREY}")))
    yield row.breaks("a stroke", draft(stroke(BROAD, f"/Stroke gs {GREY.upper()}")))
    yield row.breaks("an image", draft(f"q /OP gs {shown}Q", grey))
    yield row.passes("text knocks out", draft(text(TALL, GREY)))
    yield row.passes("an image knocks out", draft(shown, grey))
    yield row.passes("a stroke by the other paint", draft(stroke(BROAD, f"/Fill gs {GREY.upper()}")))
    yield row.passes("in black's tint", draft(block("/OP gs 0 0 0 0.5 k")))
    yield row.passes("on bare paper", draft(block(f"/OP gs {GREY}", BARE)))


@cases("R0015")
def rich_black(row: Row) -> Iterator[Sample]:
    least, most = row.A, row.facts.B

    def mixed(black: float, total: float, tail: str = "k") -> str:
        return f"{' '.join([num((total - black) / 3)] * 3)} {num(black)} {tail}"

    yield row.breaks("just over the limit", draft(text(TALL, mixed(least, most + STEP))))
    yield row.breaks("over it, all black", draft(text(TALL, mixed(1, most + STEP))))
    named = inks("Rich", "Cyan", "Magenta", "Yellow", "Black")
    yield row.breaks(
        "over it, in DeviceN", draft(text(TALL, f"/Rich cs {mixed(1, most + STEP, 'scn')}"), named)
    )
    yield row.passes("over it, stroked", draft(text(TALL, f"1 Tr {BROAD} w {mixed(1, most + STEP, 'K')}")))
    spot_ink = inks("Rich", "Cyan", "Magenta", "Yellow", "Black", "Gold")
    with_spot = text(TALL, f"/Rich cs {mixed(least, most, '1 scn')}")
    yield row.passes("at the limit, and a spot ink", draft(with_spot, spot_ink), also=("R0020",))
    yield row.passes("at the limit", draft(text(TALL, mixed(least, most))))
    yield row.passes("over it, but less black", draft(text(TALL, mixed(least - STEP, most + STEP))))
    yield row.passes("over it, a path", draft(block(mixed(1, most + STEP))))
    unseen = text(TALL, mixed(1, most + STEP), (TRIM + BLEED, 60))
    yield row.passes("over it, outside the trim", draft(unseen))


@cases("R0016")
def white_small(row: Row) -> Iterator[Sample]:
    small = under(row.A)
    yield row.breaks("just under the limit", draft(text(small, WHITE)))
    outlined = f"2 Tr 0.5 w {WHITE} {CYAN.upper()}"
    yield row.breaks("under it, stroked in cyan", draft(text(small, outlined)))
    yield row.passes("under it, stroked alone", draft(text(small, f"0.5 w {STROKED}")))
    yield row.passes("at the limit", draft(text(row.A, WHITE)))
    yield row.passes("just over it", draft(text(over(row.A), WHITE)))
    yield row.passes("under it, almost white", draft(text(small, "0.01 0 0 0 k")))
    yield row.passes("under it, on bare paper", draft(text(small, WHITE, BARE)))


TWO = "0.5 0.5 0 0 k"


@cases("R0017")
def inks_small(row: Row) -> Iterator[Sample]:
    small = under(row.A)
    duo = inks("Duo", "Cyan", "Magenta")
    yield row.breaks("just under the limit", draft(text(small, TWO)))
    yield row.breaks("under it, on bare paper", draft(text(small, TWO, BARE)))
    yield row.breaks("under it, in DeviceN", draft(text(small, "/Duo cs 0.5 0.5 scn"), duo))
    yield row.passes("at the limit", draft(text(row.A, TWO)))
    yield row.passes("just over it", draft(text(over(row.A), TWO)))
    yield row.passes("under it, in one ink", draft(text(small, "0.5 0 0 0 k")))
    yield row.passes("under it, one of two inks", draft(text(small, "/Duo cs 0.5 0 scn"), duo))


@cases("R0018")
def white_thin(row: Row) -> Iterator[Sample]:
    small, line = under(row.A), WHITE.upper()
    yield row.breaks("just under the limit", draft(stroke(small, line)))
    yield row.breaks("a filled rectangle under it", draft(beam(small, WHITE)))
    yield row.passes("at the limit", draft(stroke(row.A, line)))
    yield row.passes("a filled rectangle at it", draft(beam(row.A, WHITE)))
    yield row.passes("just over it", draft(stroke(over(row.A), line)))
    yield row.passes("under it, almost white", draft(stroke(small, "0.01 0 0 0 K")))
    yield row.passes("under it, on bare paper", draft(stroke(small, line, BARE)))


@cases("R0019")
def inks_thin(row: Row) -> Iterator[Sample]:
    small, line = under(row.A), TWO.upper()
    yield row.breaks("just under the limit", draft(stroke(small, line)))
    yield row.breaks("a filled rectangle under it", draft(beam(small, TWO)))
    yield row.breaks("under it, on bare paper", draft(stroke(small, line, BARE)))
    yield row.breaks("a filled path of two points", draft(f"q {TWO} 18 120 m 58 120 l f Q"))
    yield row.breaks("a filled path of points on one line", draft(f"q {TWO} 18 120 m 58 120 l 30 120 l f Q"))
    yield row.breaks("a filled curve on one line", draft(f"q {TWO} 18 120 m 30 120 40 120 58 120 c f Q"))
    yield row.passes("two points, the path ended", draft(f"q {TWO} 18 120 m 58 120 l n Q"))
    yield row.passes("at the limit", draft(stroke(row.A, line)))
    yield row.passes("a filled rectangle at it", draft(beam(row.A, TWO)))
    yield row.passes("just over it", draft(stroke(over(row.A), line)))
    yield row.passes("under it, in one ink", draft(stroke(small, "0.5 0 0 0 K")))


@cases("R0024")
def registration(row: Row) -> Iterator[Sample]:
    every, tint = spot("All", "All", "1 1 1 1"), "/All cs 0.3 scn"
    far = TRIM + BLEED
    inside = ((-9, 60, 4, 90), (60, -9, 90, 4), (TRIM - 4, 60, far, 90), (60, TRIM - 4, 90, far))
    beside = ((-9, 60, 0, 90), (60, -9, 90, 0), (TRIM, 60, far, 90), (60, TRIM, 90, far))
    for side, within, off in zip(SIDES, inside, beside, strict=True):
        yield row.breaks(f"a path just inside, {side}", draft(f"q {tint} {bar(*within)}Q", every))
        yield row.passes(f"a path just outside, {side}", draft(f"q {tint} {bar(*off)}Q", every))
    yield row.breaks("text", draft(text(TALL, tint), every))
    yield row.breaks("an image", draft(drawn("J", 4, 4), every, picture("J", (60, 60), ALL)))
    yield row.passes("on a step of cutting", draft(on_step(block(tint)), every))
    yield row.passes("black alone", draft(block("/K cs 1 scn"), spot("K", "Black", "0 0 0 1")))


ALL = "[/Separation /All /DeviceCMYK <</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1>>]"
