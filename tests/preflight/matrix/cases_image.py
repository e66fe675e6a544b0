"""Samples of resolution (R0031 to R0033), and of viewing distance and scale (R0037)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.preflight.matrix.base import BLEED, SHEET, SLUG, Draft, draft
from tests.preflight.matrix.facts import facts
from tests.preflight.matrix.objects import BLACK, WHITE, drawn, picture, stroke, text
from tests.preflight.matrix.sample import Ask, Row, Sample, cases

PIXELS, SMALL = 20, 16
INCH = 72
CMYK, GRAY = "/DeviceCMYK", "/DeviceGray"


def shown(ppi: float, other: float = 0, pixels: int = PIXELS, bits: int = 8, space: str = CMYK) -> Draft:
    """Return a page with an image of so many pixels an inch, or of others from bottom to top."""
    width, height = INCH * pixels / ppi, INCH * pixels / (other or ppi)
    place = drawn("J", width, height, (10, 62))
    return draft(place, picture("J", (pixels, pixels), space, bits))


@cases("R0031")
def images(row: Row) -> Iterator[Sample]:
    error, warning = row.facts.error, row.facts.warning
    for name, ppi in (("just under", error - 1), ("at", error)):
        yield row.breaks(f"{name} the error limit", shown(ppi), "error")
    yield row.breaks("at it from left to right only", shown(error, 2000), "error")
    yield row.breaks("at it from bottom to top only", shown(2000, error), "error")
    for name, ppi in (("just over the error limit", error + 0.5), ("at the warning limit", warning)):
        yield row.breaks(name, shown(ppi), "warning")
    yield row.passes("just over the warning limit", shown(warning + 0.5))
    yield row.passes("of 16 pixels, under all limits", shown(error - 1, pixels=SMALL))
    yield row.breaks("of 17 pixels", shown(error, pixels=SMALL + 1), "error")


@cases("R0032")
def bitmaps(row: Row) -> Iterator[Sample]:
    error, warning = row.facts.error, row.facts.warning
    for name, ppi in (("just under", error - 1), ("at", error)):
        yield row.breaks(f"{name} the error limit", bitmap(ppi), "error")
    for name, ppi in (("just over the error limit", error + 0.5), ("at the warning limit", warning)):
        yield row.breaks(name, bitmap(ppi), "warning")
    yield row.breaks("a stencil at the error limit", stencil(error), "error")
    yield row.passes("just over the warning limit", bitmap(warning + 0.5))
    yield row.passes("a stencil just over it", stencil(warning + 0.5))
    yield row.passes("of 16 pixels, under all limits", bitmap(error - 1, SMALL))


def bitmap(ppi: float, pixels: int = PIXELS) -> Draft:
    return shown(ppi, pixels=pixels, bits=1, space=GRAY)


def stencil(ppi: float) -> Draft:
    size = INCH * PIXELS / ppi
    paint = f"q {BLACK} {drawn('J', size, size, (10, 62))}Q"
    return draft(paint, picture("J", (PIXELS, PIXELS), GRAY, 1, ImageMask="true", ColorSpace=None))


@cases("R0033")
def rasterised(row: Row) -> Iterator[Sample]:
    error, warning = row.facts.error, row.facts.warning
    plain, bits = facts("R0031", row.facts.variant), facts("R0032", row.facts.variant)
    assert plain is not None
    assert bits is not None
    yield row.breaks("at the error limit", page(error), "error")
    yield row.breaks("just over the error limit", page(error + 1), "warning")
    yield row.breaks("at the warning limit", page(warning), "warning")
    yield row.passes("just over the warning limit", page(warning + 1))
    yield row.passes("a small picture alone", logo(plain.warning + 1))
    bitmap_only = page(bits.error, bits=1)
    yield row.passes("at the error limit of one bit", bitmap_only, also=("R0032 error",))
    other = max(error, plain.warning) + 1
    yield row.passes("under the warning limit with a word on it", page(other, text(20, BLACK)))


def logo(ppi: float) -> Draft:
    """Return a page on which a picture in the middle stands alone."""
    return replace(shown(ppi, space=GRAY), ground="", plain="")


def page(ppi: float, over: str = "", bits: int = 8) -> Draft:
    """Return a page that is one image up to the bleed's edge; its last row of pixels reaches farther."""
    side = SHEET - 2 * SLUG
    pixels = round(side / INCH * ppi)
    size = INCH * pixels / ppi
    paint = drawn("J", size, size, (-BLEED, -BLEED))
    return draft(paint + over, picture("J", (pixels, pixels), GRAY, bits), ground="", plain="")


@cases("R0037")
def shifted(row: Row) -> Iterator[Sample]:
    """Show each limit moved by distance and scale: at it, and just beyond."""
    for distance, scale in ((4.0, 1.0), (1.0, 0.5), (0.5, 1.0), (4.0, 10.0)):
        yield from resolutions(row, Ask(distance, scale))
    for scale in (0.5, 10.0):
        yield from sizes(row, Ask(4.0, scale))


def resolutions(row: Row, ask: Ask) -> Iterator[Sample]:
    how: dict[str, Any] = {"ask": ask, "fits": False}
    for rule, draw in (("R0031", shown), ("R0032", bitmap)):
        found = facts(rule, row.facts.variant)
        assert found is not None
        error, warning = (limit / ask.distance * ask.scale for limit in (found.error, found.warning))
        name = f"{rule} from {ask.distance:g} m at 1:{ask.scale:g}"
        yield row.breaks(f"{name}, error limit", draw(error), "error", shown=rule, **how)
        yield row.breaks(f"{name}, warning limit", draw(warning), "warning", shown=rule, **how)
        yield row.passes(f"{name}, just over", draw(warning * 1.001), **how)


def sizes(row: Row, ask: Ask) -> Iterator[Sample]:
    how: dict[str, Any] = {"ask": ask, "fits": False}
    for rule, draw in SIZED.items():
        found = facts(rule, row.facts.variant)
        assert found is not None
        limit, name = found.A / ask.scale, f"{rule} at 1:{ask.scale:g}"
        yield row.breaks(f"{name}, just under", draw(limit * 0.99), found.severity, shown=rule, **how)
        yield row.passes(f"{name}, at the limit", draw(limit), **how)


SIZED: dict[str, Callable[[float], Draft]] = {
    "R0009": lambda size: draft(text(size, BLACK)),
    "R0011": lambda size: draft(text(size, "0.5 g")),
    "R0016": lambda size: draft(text(size, WHITE)),
    "R0017": lambda size: draft(text(size, "0.5 0.5 0 0 k")),
    "R0018": lambda width: draft(stroke(width, WHITE.upper())),
    "R0019": lambda width: draft(stroke(width, "0.5 0.5 0 0 K")),
}
