"""Samples of what the product asks: the card that base.py draws, with a code on it."""

from collections.abc import Iterator
from dataclasses import replace

from printkit.units import Rect, mm, pt
from tests.preflight.matrix.base import (
    BLEED,
    CLEAN,
    CODE,
    SLUG,
    TRIM,
    Draft,
    bar,
    draft,
    ground,
    symbol,
)
from tests.preflight.matrix.cases_file import SIDES, box
from tests.preflight.matrix.cases_ink import area
from tests.preflight.matrix.objects import BLACK, WHITE, block, drawn, num, page_entry, picture, spot, text
from tests.preflight.matrix.sample import Ask, Row, Sample, cases

CARD = Ask(product=True)
CODED = Ask(product=True, codes=True, other=(("robust", False),))
# The zones of the card, in points from the trim's edge: what is hidden, what is unsafe, and the fold
HIDDEN, SAFE, FOLD, FOLD_SAFE = pt(2), pt(6), 90.0, pt(2)
TOLERANCE = pt(0.1)
NEAR = pt(0.05)


def asking(ask: Ask = CARD, **other: object) -> Ask:
    return replace(ask, other=tuple((dict(ask.other) | other).items()))


@cases("product/trim-size")
def trim(row: Row) -> Iterator[Sample]:
    side = mm(TRIM)
    for name, size in (("wide", (side + 0.02, side)), ("high", (side, side - 0.02))):
        yield row.breaks(f"0.02 mm off {name}", CLEAN, ask=asking(trim_mm=size))
    for edge, name in enumerate(SIDES):
        yield row.breaks(
            f"another edge at the {name}",
            draft("", page_entry("TrimBox", box(18, edge, 0.1))),
            also=("product/bleed-size",),
            ask=CARD,
        )
    yield row.passes("0.005 mm off", CLEAN, ask=asking(trim_mm=(side + 0.005, side - 0.005)))


@cases("product/page-count")
def pages(row: Row) -> Iterator[Sample]:
    yield row.breaks("two were ordered", CLEAN, ask=asking(pages=2))
    yield row.passes("one was ordered", CLEAN, ask=CARD)


@cases("product/bleed-size")
def bleed(row: Row) -> Iterator[Sample]:
    for edge, name in enumerate(SIDES):
        yield row.breaks(
            f"too small at the {name}", draft("", page_entry("BleedBox", box(SLUG, edge, 0.1))), ask=CARD
        )
        yield row.breaks(
            f"too large at the {name}", draft("", page_entry("BleedBox", box(SLUG, edge, -0.1))), ask=CARD
        )
        yield row.passes(
            f"within 0.01 mm at the {name}",
            draft("", page_entry("BleedBox", box(SLUG, edge, 0.02))),
            ask=CARD,
        )


def short(edge: int, by: float) -> Draft:
    sides: list[float] = [-BLEED, -BLEED, TRIM + BLEED, TRIM + BLEED]
    sides[edge] += by if edge < 2 else -by
    return draft(ground=ground(bleed=Rect(*sides)))


@cases("product/bleed-covered")
def covered(row: Row) -> Iterator[Sample]:
    for edge, name in enumerate(SIDES):
        yield row.breaks(f"0.3 mm short at the {name}", short(edge, pt(0.3)), ask=CARD)
        yield row.passes(f"beyond the bleed at the {name}", short(edge, -1), ask=CARD)
    yield row.passes("painted white", draft(ground=ground(WHITE)), ask=CARD)


SIZE = 20.0
# The ink of the letter A in the font of base.py
INK = Rect(0.05 * SIZE, 0, 0.55 * SIZE, 0.7 * SIZE)


def letter(edge: int, away: float) -> Draft:
    """Return a page with a letter whose ink is so far from an edge of the trim."""
    x = (away - INK.x0, 66, TRIM - away - INK.x1, 66)[edge]
    y = (66, away - INK.y0, 66, TRIM - away - INK.y1)[edge]
    return draft(f"{BLACK} BT /F {SIZE} Tf {num(x)} {num(y)} Td (A) Tj ET\n")


def code(edge: int, away: float) -> Draft:
    """Return a page with a code so far from an edge of the trim, on the side of the fold that has room."""
    side = CODE.width
    x = (away, CODE.x0, TRIM - away - side, CODE.x0)[edge]
    y = (CODE.y0, away, CODE.y0, TRIM - away - side)[edge]
    return draft(symbol(Rect(x, y, x + side, y + side)), plain="")


@cases("product/hidden-zone")
def hidden(row: Row) -> Iterator[Sample]:
    for edge, name in enumerate(SIDES):
        over = HIDDEN - TOLERANCE - NEAR
        yield row.breaks(f"a text at the {name}", letter(edge, over), ask=CARD)
        yield row.passes(
            f"within the tolerance at the {name}",
            letter(edge, HIDDEN - NEAR),
            also=("product/safe-zone",),
            ask=CARD,
        )
    yield row.passes("a drawing", draft(block(BLACK, (-9, 60))), ask=CARD)
    yield row.passes("text that is not painted", draft(text(20, f"3 Tr {BLACK}", (1, 60))), ask=CARD)


@cases("product/safe-zone")
def safe(row: Row) -> Iterator[Sample]:
    for edge, name in enumerate(SIDES):
        yield row.breaks(f"a text at the {name}", letter(edge, SAFE - TOLERANCE - NEAR), ask=CARD)
        yield row.passes(f"a text at the limit at the {name}", letter(edge, SAFE), ask=CARD)
        yield row.passes(f"within the tolerance at the {name}", letter(edge, SAFE - NEAR), ask=CARD)
    yield row.passes("a drawing", draft(block(BLACK, (HIDDEN, 66))), ask=CARD)
    for edge in (1, 2, 3):
        limit = pt(7) if edge == 1 else SAFE
        yield row.breaks(f"a code at the {SIDES[edge]}", code(edge, limit - pt(0.3)), ask=CODED)
        yield row.passes(f"a code at the limit at the {SIDES[edge]}", code(edge, limit), ask=CODED)


@cases("product/fold-zone")
def fold(row: Row) -> Iterator[Sample]:
    def beside(away: float, left: bool) -> Draft:
        x = FOLD - away - INK.x1 if left else FOLD + away - INK.x0
        return draft(f"{BLACK} BT /F {SIZE} Tf {num(x)} 66 Td (A) Tj ET\n")

    for left, name in ((True, "left"), (False, "right")):
        yield row.breaks(
            f"a text too near on the {name}", beside(FOLD_SAFE - TOLERANCE - NEAR, left), ask=CARD
        )
        yield row.passes(f"a text at the limit on the {name}", beside(FOLD_SAFE, left), ask=CARD)
    yield row.breaks("a text upon it", beside(-INK.width / 2, True), ask=CARD)
    yield row.breaks("a code upon it", draft(symbol(CODE.moved(-20, 0)), plain=""), ask=CODED)
    yield row.passes("a drawing upon it", draft(block(BLACK, (70, 60))), ask=CARD)


@cases("product/ink-limit")
def ink(row: Row) -> Iterator[Sample]:
    yield row.breaks("just over the press's limit", draft(area(2.42, (20, 60, 120, 160))), ask=CARD)
    yield row.passes("at it", draft(area(2.4, (20, 60, 120, 160))), ask=CARD)


@cases("product/process-colours")
def process(row: Row) -> Iterator[Sample]:
    every = spot("All", "All", "1 1 1 1")
    only = asking(process_only=True)
    yield row.breaks("a grey path", draft(block("0.5 g")), ask=only)
    bleeding = draft(f"/All cs 0.3 scn {bar(-8, 60, -1, 90)}", every)
    yield row.breaks("a mark in the bleed", bleeding, ask=only)
    marked = draft(f"/All cs 0.3 scn {bar(-18, 60, -10, 90)}", every)
    yield row.passes("a mark beside the bleed", marked, ask=only)
    yield row.passes("a grey image", draft(drawn("J", 1, 1), picture("J", (20, 20), "/DeviceGray")), ask=only)


@cases("product/picture-profile")
def picture_profile(row: Row) -> Iterator[Sample]:
    yield row.breaks("a picture in CMYK", CLEAN, "warning", ask=asking(by_press=("a.jpg is in CMYK",)))
    yield row.passes("none", CLEAN, ask=asking(by_press=()))


@cases("product/unconfirmed")
def unconfirmed(row: Row) -> Iterator[Sample]:
    yield row.breaks("a value", CLEAN, "warning", ask=asking(unconfirmed=("the deadline",)))
    yield row.passes("none", CLEAN, ask=asking(unconfirmed=()))
