"""Codes: read by two readers, measured, on pages of every kind of geometry."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Name, Pdf
from PIL import ImageFilter

from printkit.preflight import Expected
from printkit.preflight.checks import check
from printkit.qr import zbar as second_reader
from printkit.qr.symbol import make_symbol
from printkit.units import mm
from tests.finish.pages import GEOMETRY, code, written
from tests.preflight.zone_pages import (
    CODE_RULES,
    GEOMETRIES,
    GROUND,
    ORDER,
    PLAIN,
    URL,
    Geometry,
    found,
    ordered,
    page,
    symbol,
)
from tests.qr.test_symbol import raster

# A code of 41 modules of half a millimetre, in the middle of the page
WIDTH, AT = 20.5, (40, 25)
MODULE = 0.5
SIDES = {"on the left": (-1, 0), "on the right": (1, 0), "above": (0, 1), "below": (0, -1)}
CORNERS = {"upper left": (-1, 1), "upper right": (1, 1), "lower left": (-1, -1), "lower right": (1, -1)}
CODED = GROUND + symbol(AT, WIDTH)
MIRRORED = GROUND + f"q -1 0 0 1 100 0 cm {symbol(AT, WIDTH)} Q"


def dot(way: tuple[int, int], away: float) -> str:
    """Return a square of one module so many modules off the code, beside it or at a corner."""
    place = []
    for start, sign in zip(AT, way, strict=True):
        near = {-1: start - away * MODULE - MODULE, 0: start + WIDTH / 2, 1: start + WIDTH + away * MODULE}
        place.append(near[sign])
    return f"0 0 0 1 k {place[0]} {place[1]} {MODULE} {MODULE} re f\n"


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_an_ordered_code_is_read_at_its_place_on_any_page(geometry: Geometry) -> None:
    one = code((30, 20), URL)
    x, y = mm(one.symbol_box.x0), mm(one.symbol_box.y0)
    order = replace(ORDER, codes=(one,))
    report = check(page(GROUND + symbol((x, y), GEOMETRY.width_mm), geometry), order)
    assert [finding for finding in report.findings if "qr" in finding.id] == []
    (read,) = report.codes
    assert (read.slot, read.text, read.upright, read.modules_match) == ("qr", URL, True, True)
    assert read.box_mm == pytest.approx((x, y, x + WIDTH, y + WIDTH), abs=0.03)


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_a_code_that_nobody_ordered_is_found_with_its_place(geometry: Geometry) -> None:
    (read,) = check(page(CODED, geometry), ORDER).codes
    assert (read.slot, read.text, read.upright) == ("", URL, True)
    assert read.box_mm == pytest.approx((*AT, AT[0] + WIDTH, AT[1] + WIDTH), abs=0.03)


def test_addresses_known_without_places_must_stand_somewhere() -> None:
    order = replace(ORDER, urls=(URL, "https://example.no/annet"))
    (finding,) = found(page(CODED), "qr-decodes", order)
    assert finding.message == "no code on any page says https://example.no/annet"


@pytest.mark.parametrize("degrees", [90, 180, 270, 33])
def test_a_turned_code_of_others_is_read_and_measured(degrees: float) -> None:
    from math import cos, radians, sin

    c, s = cos(radians(degrees)), sin(radians(degrees))
    drawn = f"q {c:.9f} {s:.9f} {-s:.9f} {c:.9f} 50 35 cm {symbol((-WIDTH / 2, -WIDTH / 2), WIDTH)} Q"
    report = check(page(GROUND + drawn), ORDER)
    assert [finding.id for finding in report.findings if "qr" in finding.id] == []
    assert report.codes[0].text == URL


def test_a_mirrored_code_of_others_is_found() -> None:
    (finding,) = found(page(MIRRORED), "qr-decodes")
    assert finding.message == f"the code '{URL}' is mirrored"


def test_a_code_that_two_readers_read_differently_is_found() -> None:
    inner = symbol((AT[0] + 7.75, AT[1] + 7.75), 5, "https://b.no")
    (finding,) = found(page(CODED + inner), "qr-decodes")
    assert finding.message.endswith(f"says https://b.no to zbar, {URL} to zxing-cpp")


@pytest.mark.parametrize("geometry", [PLAIN, GEOMETRIES[3], GEOMETRIES[-1]])
@pytest.mark.parametrize("side", SIDES)
def test_dirt_in_the_quiet_zone_is_found_on_every_side(side: str, geometry: Geometry) -> None:
    (finding,) = found(page(CODED + dot(SIDES[side], 3.5), geometry), "qr-quiet-zone")
    assert finding.message.endswith(f"has less than 4 modules of free ground {side}")
    assert finding.measured == pytest.approx(3.5, abs=0.2)
    assert found(page(CODED + dot(SIDES[side], 4.05), geometry), "qr-quiet-zone") == []


@pytest.mark.parametrize("corner", CORNERS)
def test_dirt_at_a_corner_of_the_quiet_zone_is_found(corner: str) -> None:
    (finding,) = found(page(CODED + dot(CORNERS[corner], 3)), "qr-quiet-zone")
    assert finding.message.endswith(f"free ground at the {corner}")
    assert found(page(CODED + dot(CORNERS[corner], 4.05)), "qr-quiet-zone") == []


@pytest.mark.parametrize("side", SIDES)
def test_a_quiet_zone_that_the_knife_cuts_off_is_found(side: str) -> None:
    places = {"on the left": (1, 25), "on the right": (78.5, 25), "above": (40, 48.5), "below": (40, 1)}
    (finding,) = found(page(GROUND + symbol(places[side], WIDTH)), "qr-quiet-zone")
    assert finding.message.endswith(side)
    assert finding.measured == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize(("ink", "hits"), [("0 0 0 1 k", 0), ("0 0 0 0.6 k", 0), ("0 0 0 0.4 k", 1)])
def test_contrast_is_measured(ink: str, hits: int) -> None:
    assert len(found(page(GROUND + symbol(AT, WIDTH, ink=ink)), "qr-contrast")) == hits


@pytest.mark.parametrize(
    ("ink", "words"),
    [
        ("0.7 0.6 0 1 k", "DeviceCMYK 0.7 0.6 0 1"),
        ("0 0.01 0 1 k", "DeviceCMYK 0 0.01 0 1"),
        ("0 0 0 0.95 k", "DeviceCMYK 0 0 0 0.95"),
        ("0 0 0 rg", "DeviceRGB 0 0 0"),
    ],
)
def test_other_inks_in_a_code_are_found(ink: str, words: str) -> None:
    (finding,) = found(page(GROUND + symbol(AT, WIDTH, ink=ink)), "qr-one-ink")
    assert f"is painted in {words}; black alone" in finding.message
    assert found(page(GROUND + symbol(AT, WIDTH, ink="0 g")), "qr-one-ink") == []


def test_ink_laid_over_a_code_is_found_and_ink_under_its_ground_is_not() -> None:
    spot = "1 0 0 0 k 45 30 3 3 re f\n"
    assert found(page(GROUND + spot + symbol(AT, WIDTH)), "qr-one-ink") == []
    assert len(found(page(CODED + spot), "qr-one-ink")) == 1


def test_a_code_that_is_an_image_must_be_grey() -> None:
    assert found(pictured(Name.DeviceGray), "qr-one-ink") == []
    (finding,) = found(pictured(Name.DeviceRGB), "qr-one-ink")
    assert "an image in DeviceRGB" in finding.message


def pictured(space: Any, blur: float = 0) -> bytes:
    """Return a page whose code is an image of 8 pixels a module, as soft as so many modules."""
    image = raster(make_symbol(URL, "M", (6, 6)).matrix, 8).filter(ImageFilter.GaussianBlur(8 * blur))
    side = WIDTH * 49 / 41
    with pikepdf.open(BytesIO(page(GROUND + f"q {side} 0 0 {side} 38 23 cm /Code Do Q"))) as pdf:
        pixels = image.convert("RGB" if space == Name.DeviceRGB else "L")
        stream = pdf.make_stream(pixels.tobytes(), Subtype=Name.Image, BitsPerComponent=8, ColorSpace=space)
        stream.Width, stream.Height = image.size
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Code=stream)
        return written(pdf)


@pytest.mark.parametrize(
    ("width", "severities"),
    [
        (20.5, []),
        (20.4, ["warning"]),
        (20, ["warning"]),
        (19.9, ["error", "warning"]),
        (16.3, ["error", "error"]),
    ],
)
def test_the_size_on_the_page_is_measured(width: float, severities: list[str]) -> None:
    hits = found(page(GROUND + symbol(AT, width)), "qr-size")
    assert [hit.severity for hit in hits] == severities


def test_a_code_too_small_for_its_viewing_distance_is_a_warning() -> None:
    (hit,) = found(page(CODED), "qr-size", ordered(viewing_distance_m=0.25))
    assert (hit.severity, hit.limit) == ("warning", 25)


def test_a_code_that_only_the_first_reader_reads_is_a_warning() -> None:
    (hit,) = found(pictured(Name.DeviceGray, 0.46), "qr-second-reader")
    assert hit.severity == "warning"
    assert "is not read by zbar at any of four scales" in hit.message


def test_a_code_is_strained_and_what_fails_is_named() -> None:
    (soft,) = found(pictured(Name.DeviceGray, 0.43), "qr-robust")
    assert (soft.severity, soft.message[-29:]) == ("warning", "is not read in a soft picture")
    (far,) = found(page(CODED), "qr-robust", ordered(viewing_distance_m=3))
    assert far.message.endswith("is not read from 3 m")
    assert "product/qr-robust" not in check(page(CODED), replace(ORDER, robust=False)).rules_run


def read_by(**figures: Any) -> Expected:
    """Return an order whose codes are read by other figures."""
    reading = CODE_RULES.reading.model_copy(update=figures)
    return replace(ORDER, code_rules=CODE_RULES.model_copy(update={"reading": reading}))


@pytest.mark.parametrize(
    ("figures", "how"),
    [
        ({"contrast": 0.05}, "with 5% of its contrast"),
        ({"module_pixels": 3, "turn_degrees": 20}, "when turned by 20 degrees"),
        ({"blur_modules": 2}, "in a soft picture"),
    ],
)
def test_each_strain_is_named_by_which_a_code_is_lost(figures: dict[str, float], how: str) -> None:
    (finding,) = found(page(CODED), "qr-robust", read_by(**figures))
    assert finding.message == f"the code '{URL}' is not read {how}"
    assert found(page(CODED), "qr-robust", read_by(module_pixels=3, turn_degrees=7)) == []


def test_the_densest_code_is_strained_and_found_on_its_page() -> None:
    dense, coarse = (symbol((10, 20), 18, "https://b.no"), symbol((45, 15), 41))
    with Pdf.open(BytesIO(page(GROUND + coarse))) as pdf, Pdf.open(BytesIO(page(CODED + dense))) as other:
        pdf.pages.extend(other.pages)
        (finding,) = found(written(pdf), "qr-robust", ordered(viewing_distance_m=2.4, pages=2))
    assert (finding.page, finding.message) == (2, "the code 'https://b.no' is not read from 2.4 m")
    assert finding.box_mm == pytest.approx((10, 20, 28, 38), abs=0.05)


def test_more_pages_than_are_searched_leave_every_rule_of_codes_open() -> None:
    order = read_by(most_pages=1)
    with Pdf.open(BytesIO(page(CODED))) as pdf:
        pdf.pages.append(pdf.pages[0])
        data = written(pdf)
    for asked, kind in (((), "not-asked"), ((URL,), "stopped")):
        report = check(data, replace(order, urls=asked))
        assert [one for one in report.rules_run if one.startswith("product/qr")] == []
        left = [one for one in report.rules_not_run if one.id.startswith("product/qr")]
        assert {(one.kind, "2 pages; codes are searched on 1" in one.why) for one in left} == {(kind, True)}


def test_without_the_second_reader_a_code_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_reader, "FILES", ("libnone.so",))
    second_reader._library.cache_clear()
    try:
        report = check(page(CODED), ORDER)
    finally:
        second_reader._library.cache_clear()
    left = {rule.id: rule.why for rule in report.rules_not_run}
    assert left["product/qr-second-reader"].endswith("not installed; install the package libzbar0")
    assert ("product/qr-second-reader", "stopped") in {(one.id, one.kind) for one in report.rules_not_run}
    assert "product/qr-decodes" in report.rules_run
