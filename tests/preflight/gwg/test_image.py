"""GWG 2022: resolution of images, both sides of each limit."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.preflight.gwg_pages import Change, image, judged, sheets

SHEET, ADS, PACK, LARGE, DIGITAL = (
    "sheetcmyk-cmyk", "magazine-ads-cmyk", "packaging-offset", "large-format-print", "digital-print",
)  # fmt: skip
RECT = "0 0 0 1 k 20 20 5 5 re f"
# In points
INCH = 72


def place(width: float, height: float = INCH, x: float = 50, y: float = 50) -> str:
    return f"q {width} 0 0 {height} {x} {y} cm /I Do Q {RECT}"


def given(width: int, height: int, bits: int = 8, **entries: Any) -> Change:
    return lambda pdf: {"/XObject": Dictionary(I=image(pdf, width, height, bits, **entries))}


def severities(pdf: bytes, rule: str, variant: str, **shift: float) -> list[str]:
    return [found.severity for found in judged(pdf, rule, variant, **shift)]


@pytest.mark.parametrize(
    ("variant", "pixels", "found"),
    [
        (SHEET, 149, ["error"]), (SHEET, 150, ["warning"]), (SHEET, 224, ["warning"]), (SHEET, 225, []),
        (PACK, 239, ["error"]), (PACK, 240, ["warning"]), (PACK, 300, []), (DIGITAL, 96, ["warning"]),
    ],
)  # fmt: skip
def test_an_image_must_have_more_than_the_limit(variant: str, pixels: int, found: list[str]) -> None:
    assert severities(sheets(place(INCH), resources=given(pixels, pixels)), "R0031", variant) == found
    assert severities(sheets(place(INCH), resources=given(pixels, pixels)), "R0032", variant) == []


@pytest.mark.parametrize(
    ("pixels", "found"), [(549, ["error"]), (550, ["warning"]), (799, ["warning"]), (800, [])]
)
@pytest.mark.parametrize("kind", [{}, {"ImageMask": True}])
def test_images_and_stencils_of_one_bit_have_limits_of_their_own(
    pixels: int, found: list[str], kind: dict[str, Any]
) -> None:
    pdf = sheets(place(INCH), resources=given(pixels, pixels, 1, **kind))
    assert severities(pdf, "R0032", SHEET) == found
    assert severities(pdf, "R0031", SHEET) == []


@pytest.mark.parametrize("size", [(150, 300), (300, 150)])
def test_the_smaller_resolution_of_both_directions_counts(size: tuple[int, int]) -> None:
    found = judged(sheets(place(INCH), resources=given(*size)), "R0031", SHEET)
    assert [(one.measured, one.limit, one.severity) for one in found] == [(150, 224, "warning")]


@pytest.mark.parametrize(("matrix", "measured"), [("0 72 -36 0 90 90", 200), ("0 -36 72 0 90 90", 200)])
def test_resolution_is_told_through_rotation(matrix: str, measured: float) -> None:
    pdf = sheets(f"{RECT} {matrix} cm /I Do", resources=given(200, 200))
    assert [one.measured for one in judged(pdf, "R0031", SHEET)] == [measured]


@pytest.mark.parametrize(("size", "found"), [((16, 16), 0), ((17, 16), 1), ((16, 17), 1), ((1, 17), 1)])
def test_images_of_sixteen_pixels_are_left_alone(size: tuple[int, int], found: int) -> None:
    assert len(judged(sheets(place(INCH), resources=given(*size)), "R0031", SHEET)) == found
    assert len(judged(sheets(place(INCH), resources=given(*size, 1)), "R0032", SHEET)) == found


@pytest.mark.parametrize(
    ("x", "y", "found"),
    [
        (-62, 50, 0), (-61, 50, 1), (190, 50, 0), (189, 50, 1),
        (50, -62, 0), (50, -61, 1), (50, 190, 0), (50, 189, 1),
    ],
)  # fmt: skip
def test_images_outside_the_trim_do_not_count_on_any_edge(x: float, y: float, found: int) -> None:
    assert len(judged(sheets(place(INCH, INCH, x, y), resources=given(50, 50)), "R0031", SHEET)) == found


@pytest.mark.parametrize(
    ("paint", "found"),
    [("0 0 9 9 re W n", 0), ("/Clear gs", 0), ("/OC /Off BDC", 0), ("40 40 99 99 re W n", 1)],
)
def test_images_that_are_not_seen_do_not_count(paint: str, found: int) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="off"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([off]), D=Dictionary(OFF=Array([off])))
        state = Dictionary(Clear=Dictionary(ca=0))
        return {**given(50, 50)(pdf), "/ExtGState": state, "/Properties": Dictionary(Off=off)}

    assert len(judged(sheets(f"{paint} {place(INCH)}", resources=resources), "R0031", SHEET)) == found


def test_inline_images_count_and_soft_masks_do_not() -> None:
    inline = "q 72 0 0 72 50 50 cm BI /W 20 /H 20 /BPC 8 /CS /G ID " + "a" * 400 + " EI Q " + RECT
    assert [one.measured for one in judged(sheets(inline), "R0031", SHEET)] == [20]

    def masked(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return given(300, 300, SMask=image(pdf, 50, 50))(pdf)

    assert judged(sheets(place(INCH), resources=masked), "R0031", SHEET) == []


def test_the_coarsest_image_is_told_with_how_many_there_are_and_on_which_pages() -> None:
    two = place(INCH, INCH, 20, 20) + place(36, 36, 120, 120)
    found = judged(sheets(two, two, resources=given(60, 60)), "R0031", SHEET)
    assert [(one.pages, one.measured, one.count) for one in found] == [((1, 2), 60, 4)]
    assert found[0].box_mm == pytest.approx((3.528, 3.528, 28.928, 28.928))


def test_a_user_unit_makes_pixels_larger() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].UserUnit = 2

    pdf = sheets(place(INCH), change=change, resources=given(300, 300))
    assert [one.measured for one in judged(pdf, "R0031", SHEET)] == [150]


@pytest.mark.parametrize(
    ("shift", "pixels", "found"),
    [
        ({}, 239, ["error"]), ({}, 300, []), ({"distance_m": 2.0}, 119, ["error"]),
        ({"distance_m": 2.0}, 120, ["warning"]), ({"distance_m": 2.0}, 150, []),
        ({"distance_m": 2.0, "scale": 2.0}, 239, ["error"]), ({"distance_m": 2.0, "scale": 2.0}, 300, []),
    ],
)  # fmt: skip
def test_large_format_limits_follow_distance_and_scale(
    shift: dict[str, float], pixels: int, found: list[str]
) -> None:
    pdf = sheets(place(INCH), resources=given(pixels, pixels))
    assert severities(pdf, "R0031", LARGE, **shift) == found
    assert severities(pdf, "R0031", PACK, **shift) == (["error"] if pixels <= 239 else [])


@pytest.mark.parametrize(
    ("variant", "pixels", "found"),
    [
        (ADS, 149, ["error"]), (ADS, 150, ["warning"]), (ADS, 449, ["warning"]), (ADS, 450, []),
        (PACK, 449, ["error"]), (PACK, 450, ["warning"]), (PACK, 1199, ["warning"]), (PACK, 1200, []),
    ],
)  # fmt: skip
def test_a_page_that_is_one_image_needs_more(variant: str, pixels: int, found: list[str]) -> None:
    alone, exactly = f"{INCH} 0 0 {INCH} 10 10 cm /I Do", given(pixels, pixels)
    # the smaller of both counts
    narrow = sheets(alone, change=inch_of_trim, resources=given(pixels, 17))
    assert severities(narrow, "R0033", variant) == ["error"]
    whole = sheets(alone, change=inch_of_trim, resources=exactly)
    assert severities(whole, "R0033", variant) == found
    assert judged(whole, "R0031", variant) == []
    more = sheets(f"q {alone} Q {RECT}", change=inch_of_trim, resources=exactly)
    assert severities(more, "R0033", variant) == []


def inch_of_trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].TrimBox = Array([10, 10, 10 + INCH, 10 + INCH])


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("180 0 0 180 10 10", 1), ("180 0 0 180 11 10", 0), ("179 0 0 180 10 10", 0),
        ("180 0 0 180 10 11", 0), ("180 0 0 179 10 10", 0), ("-180 0 0 180 190 10", 1),
        ("140 140 -140 140 100 -40", 0),
        ("180 180 -180 180 100 -80", 1), ("200 0 0 200 0 0 cm 1 0 0 1 0 0", 1),
    ],
)  # fmt: skip
def test_only_an_image_that_covers_the_whole_trim_is_the_page(place: str, found: int) -> None:
    pdf = sheets(f"{place} cm /I Do", resources=given(50, 50))
    assert severities(pdf, "R0033", ADS) == ["error"] * found
    clipped = sheets(f"10 10 180 90 re W n {place} cm /I Do", resources=given(50, 50))
    assert severities(clipped, "R0033", ADS) == []


def test_an_image_of_one_bit_is_no_rasterised_page() -> None:
    pdf = sheets("200 0 0 200 0 0 cm /I Do", resources=given(50, 50, bits=1))
    assert severities(pdf, "R0033", ADS) == []
    assert severities(pdf, "R0032", ADS) == ["error"]


def test_marks_outside_the_trim_do_not_hide_a_page_that_is_one_image() -> None:
    alone = "0 0 0 1 k 1 1 5 5 re f q 180 0 0 180 10 10 cm /I Do Q"
    assert severities(sheets("", alone, resources=given(900, 900)), "R0033", ADS) == ["warning"]
