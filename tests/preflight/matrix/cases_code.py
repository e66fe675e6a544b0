"""Samples of codes: read, large enough, free, dark, in one ink."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
from PIL import ImageFilter

from printkit.qr.outline import symbol_path
from printkit.qr.symbol import make_symbol
from printkit.units import Rect, pt
from tests.preflight.matrix.base import CODE, URL, Draft, bar, draft, symbol
from tests.preflight.matrix.cases_product import CODED, asking
from tests.preflight.matrix.objects import drawn, num, spot
from tests.preflight.matrix.sample import Row, Sample, cases
from tests.qr.test_symbol import raster

MODULE = CODE.width / 41
WORDED = asking(CODED, urls=(URL,))


def coded(place: Rect = CODE, paint: str = "", ink: str = "0 0 0 1 k", **other: Any) -> Draft:
    return draft(symbol(place, ink=ink) + paint, **other)


@cases("product/qr-decodes")
def decodes(row: Row) -> Iterator[Sample]:
    yield row.breaks("another address was ordered", coded(), ask=asking(CODED, urls=("https://example.no/",)))
    yield row.breaks("none is there", draft(), ask=WORDED)
    mirrored = f"q -1 0 0 1 {num(CODE.x0 + CODE.x1)} 0 cm {symbol()}Q\n"
    yield row.breaks("mirrored", draft(mirrored), ask=WORDED)
    yield row.passes("as ordered", coded(), ask=WORDED)
    yield row.passes("not ordered, but there", coded(), ask=CODED)


def sized(width_mm: float, version: int) -> Draft:
    """Return a page with a code so wide; it lies over the fold where it has to."""
    width = pt(width_mm)
    place = Rect(CODE.x0, CODE.y0, CODE.x0 + width, CODE.y0 + width)
    found = make_symbol(URL, "L", (version, version))
    quiet = 4 * width / found.modules
    white = bar(*place.inset(-quiet, -quiet, -quiet, -quiet).as_tuple())
    path = symbol_path(found.matrix, place).decode()
    return draft(f"0 0 0 0 k {white}0 0 0 1 k {path}\n", plain="")


@cases("product/qr-size")
def size(row: Row) -> Iterator[Sample]:
    # Versions 5 and 9 have 37 and 53 modules.
    yield row.breaks("just under 20 mm", sized(19.95, 5), "error", ask=CODED)
    yield row.passes("20 mm", sized(20, 5), ask=CODED)
    yield row.breaks("modules just under 0.4 mm", sized(53 * 0.395, 9), "error", ask=CODED)
    yield row.breaks("modules of 0.4 mm", sized(53 * 0.4, 9), "warning", ask=CODED)
    yield row.breaks("modules just under 0.5 mm", sized(41 * 0.49, 6), "warning", ask=CODED)
    yield row.passes("modules of 0.5 mm", sized(41 * 0.5, 6), ask=CODED)


SIDES = {"left": (-1, 0), "below": (0, -1), "right": (1, 0), "above": (0, 1)}


def dot(way: tuple[int, int], away: float) -> str:
    """Return a square of one module, so many modules off the code."""
    starts = {-1: -away * MODULE - MODULE, 0: CODE.width / 2, 1: CODE.width + away * MODULE}
    x, y = CODE.x0 + starts[way[0]], CODE.y0 + starts[way[1]]
    return f"q /OP gs 0 0 0 1 k {bar(x, y, x + MODULE, y + MODULE)}Q\n"


@cases("product/qr-quiet-zone")
def quiet(row: Row) -> Iterator[Sample]:
    for name, way in SIDES.items():
        yield row.breaks(f"a dot 3.5 modules {name}", coded(paint=dot(way, 3.5)), ask=CODED)
        yield row.passes(f"a dot 4.1 modules {name}", coded(paint=dot(way, 4.1)), ask=CODED)


@cases("product/qr-contrast")
def contrast(row: Row) -> Iterator[Sample]:
    def on(paint: str) -> Draft:
        return draft(symbol().replace("0 0 0 0 k", paint, 1))

    yield row.breaks("on a dark ground", on("0 0 0 0.5 k"), ask=CODED)
    yield row.passes("on a light ground", on("0 0 0 0.05 k"), ask=CODED)


@cases("product/qr-one-ink")
def one_ink(row: Row) -> Iterator[Sample]:
    for name, ink in (("with a little magenta", "0 0.01 0 1 k"), ("screened", "0 0 0 0.99 k")):
        yield row.breaks(name, coded(ink=ink), ask=CODED)
    yield row.passes(
        "by the name of black", draft(symbol(ink="/K cs 1 scn"), spot("K", "Black", "0 0 0 1")), ask=CODED
    )


@cases("product/qr-second-reader")
def second_reader(row: Row) -> Iterator[Sample]:
    faint = ("product/qr-contrast",)
    yield row.breaks("too soft for one of them", soft(0.43), "warning", also=faint, ask=CODED)
    yield row.passes("a little soft", soft(0.3), ask=CODED)


@cases("product/qr-robust")
def robust(row: Row) -> Iterator[Sample]:
    strained = asking(CODED, robust=True)
    yield row.breaks("soft from the start", soft(0.45, 2), "warning", ask=strained)
    yield row.passes("a little soft", soft(0.3), ask=strained)


@cache
def soft(modules: float, gain: float = 1) -> Draft:
    """Return a page whose code is a grey picture, as soft as so many modules, with its contrast raised."""
    image = (
        raster(make_symbol(URL, "M", (6, 6)).matrix, 8)
        .convert("L")
        .filter(ImageFilter.GaussianBlur(8 * modules))
    )
    image = image.point(lambda tone: min(max((tone - 128) * gain + 128, 0), 255))

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        stream = pdf.make_stream(image.tobytes(), Subtype=pikepdf.Name.Image, BitsPerComponent=8)
        stream.Width, stream.Height = image.size
        stream.ColorSpace = pikepdf.Name.DeviceGray
        page.Resources.XObject.Q = pdf.make_indirect(stream)

    side = CODE.width * 49 / 41
    return draft(drawn("Q", side, side, (CODE.x0 - 4 * MODULE, CODE.y0 - 4 * MODULE)), change)
