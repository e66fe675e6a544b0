"""What is visible on the product, and what overlaps."""

from typing import Any, TypeAlias

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.units import mm
from tests.preflight.inked_pages import spot
from tests.preflight.painted_pages import GROUND, broken, found, line, sheet, text

Resources: TypeAlias = dict[str, dict[str, Any]]
BLACK = text(9, "0 0 0 1 k")


def square(x0: float, y0: float, x1: float, y1: float, paint: str = "1 0 0 0 k") -> str:
    return f"q {paint} {x0} {y0} {x1 - x0} {y1 - y0} re f Q "


def test_only_what_lies_in_front_overlaps() -> None:
    assert broken(square(20, 20, 90, 90) + BLACK) == ["R0009"]
    assert broken(BLACK + square(20, 20, 90, 90)) == []


@pytest.mark.parametrize("beneath", [(20, 20, 40, 90), (20, 20, 90, 38), (78, 20, 90, 90), (20, 47, 90, 90)])
def test_what_touches_does_not_overlap(beneath: tuple[float, float, float, float]) -> None:
    # 34.013 wide from 40, from 1.863 beneath to 6.462 above 40
    assert broken(square(*beneath) + BLACK) == []


@pytest.mark.parametrize("beneath", [(20, 20, 41, 90), (20, 20, 90, 39), (74, 20, 90, 90), (20, 46, 90, 90)])
def test_what_reaches_in_overlaps(beneath: tuple[float, float, float, float]) -> None:
    assert broken(square(*beneath) + BLACK) == ["R0009"]


@pytest.mark.parametrize(
    "unseen",
    [
        square(20, 20, 90, 90, "/none gs 1 0 0 0 k"),
        "q 100 100 9 9 re W n " + square(20, 20, 90, 90) + "Q ",
        text(40, "3 Tr 1 0 0 0 k", "30 30"),
        "/OC /Off BDC " + square(20, 20, 90, 90) + "EMC ",
    ],
)
def test_what_is_not_visible_is_not_beneath(unseen: str) -> None:
    assert broken(unseen + BLACK, more=switched_off) == []


def switched_off(pdf: pikepdf.Pdf) -> Resources:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Off"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
    return {"Properties": {"Off": layer}}


def test_what_is_not_visible_breaks_nothing() -> None:
    for hidden in ("3 Tr", "/none gs", "7 Tr", "0 0 5 5 re W n", "60 60 0 0 re W n"):
        assert broken(GROUND + text(9, f"{hidden} 0 0 0 1 k")) == []
    assert broken(GROUND + "/OC /Off BDC " + BLACK + "EMC", more=switched_off) == []


@pytest.mark.parametrize("at", ["-40 40", "191 40", "40 2", "40 193"])
def test_text_outside_the_trim_breaks_nothing(at: str) -> None:
    assert broken(GROUND + text(9, "0 0 0 1 k", at)) == []


@pytest.mark.parametrize("at", ["-20 40", "188 40", "40 5", "40 189"])
def test_text_partly_on_the_product_counts(at: str) -> None:
    assert broken(GROUND + text(9, "0 0 0 1 k", at)) == ["R0009"]


def form(pdf: pikepdf.Pdf, content: str, **entries: Any) -> Resources:
    made = pikepdf.Stream(
        pdf, content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200]),
        **entries,
    )  # fmt: skip
    return {"XObject": {"X": made}}


def test_sizes_count_through_scaled_forms() -> None:
    def small(pdf: pikepdf.Pdf) -> Resources:
        return form(pdf, text(20, "0 1 1 0 k"), Matrix=Array([0.5, 0, 0, 0.5, 0, 0]))

    pdf = sheet("0.7 0 0 0.7 20 20 cm /X Do", small)
    assert [(one.id, one.measured) for one in found(pdf)] == [("R0017", 7)]
    assert found(sheet("0.8 0 0 0.8 20 20 cm /X Do", small)) == []


def test_text_in_a_soft_mask_is_not_on_the_product() -> None:
    def masked(pdf: pikepdf.Pdf) -> Resources:
        group = form(pdf, text(5, "0 1 1 0 k"), Group=Dictionary(S=Name.Transparency))["XObject"]["X"]
        mask = Dictionary(S=Name.Luminosity, G=group)
        return {"ExtGState": {"M": Dictionary(SMask=mask)}, "XObject": {"X": group}}

    assert broken("/M gs " + GROUND, more=masked) == []
    assert broken(GROUND + "/X Do", more=masked) == ["R0017"]


def test_a_group_that_is_transparent_is_no_black() -> None:
    def group(pdf: pikepdf.Pdf) -> Resources:
        return form(pdf, BLACK, Group=Dictionary(S=Name.Transparency))

    assert broken(GROUND + "/X Do", more=group) == ["R0009"]
    assert broken(GROUND + "/half gs /X Do", more=group) == []
    assert broken(GROUND + "/none gs /X Do", more=group) == []


def test_a_pattern_counts_where_it_is_used() -> None:
    def tiled(pdf: pikepdf.Pdf) -> Resources:
        tile = pikepdf.Stream(
            pdf, b"/Cs cs 1 scn 0 0 3 3 re f", PatternType=1, PaintType=1, TilingType=1, XStep=5, YStep=5,
            BBox=Array([0, 0, 5, 5]), Resources=Dictionary(ColorSpace=Dictionary(Cs=spot(pdf, "All"))),
        )  # fmt: skip
        return {"Pattern": {"P": tile}}

    assert broken("/Pattern cs /P scn 100 100 50 50 re f", more=tiled) == ["R0024"]
    assert broken("/Pattern cs /P scn 100 192 50 5 re f", more=tiled) == []


def test_a_letter_that_is_drawn_is_no_line() -> None:
    def drawn(pdf: pikepdf.Pdf) -> Resources:
        letter = pdf.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 20 re f")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), FirstChar=97, LastChar=97,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([1000]),
            Encoding=Dictionary(Differences=Array([97, Name.a])), CharProcs=Dictionary({"/a": letter}),
        )  # fmt: skip
        return {"Font": {"T": font}}

    content = GROUND + "0 0 0 1 k BT /T 14 Tf 40 40 Td (a) Tj ET"
    assert broken(content, more=drawn) == []


@pytest.mark.parametrize(
    ("rotate", "box"), [(0, (30, 20, 60, 30)), (90, (20, 120, 30, 150)), (180, (120, 150, 150, 160)),
    (270, (150, 30, 160, 60))],
)  # fmt: skip
def test_the_place_is_that_of_the_shown_page(rotate: int, box: tuple[float, ...]) -> None:
    content = "/All cs 1 scn 40 30 30 10 re f"
    pdf = sheet(content, Rotate=rotate, MediaBox=Array([-50, -20, 200, 200]))
    assert found(pdf)[0].box_mm == pytest.approx([mm(side) for side in box], abs=0.001)


def test_user_units_make_points_larger() -> None:
    assert broken(text(5, "0 1 1 0 k")) == ["R0017"]
    assert broken(text(5, "0 1 1 0 k"), UserUnit=2) == []
    assert broken(line(0.2, "0 1 1 0 K")) == ["R0019"]
    assert broken(line(0.2, "0 1 1 0 K"), UserUnit=2) == []


def test_a_smaller_file_has_smaller_limits_in_large_format() -> None:
    pdf = sheet(text(4, "0 1 1 0 k"))
    assert [one.limit for one in found(pdf, "large-format-print")] == [5]
    assert found(pdf, "large-format-print", scale=10) == []
    assert [one.limit for one in found(sheet(text(0.4, "0 1 1 0 k")), "large-format-print", 10)] == [0.5]
    assert [one.limit for one in found(pdf, "sheetcmyk-cmyk", 10)] == [8]


def test_findings_of_a_page_are_one_with_the_worst() -> None:
    pdf = sheet("".join(text(size, "0 1 1 0 k", f"40 {20 * size}") for size in (6, 5, 7)))
    (finding,) = found(pdf)
    assert (finding.measured, finding.limit, finding.count) == (5, 8, 3)
    assert finding.box_mm is not None
    assert finding.box_mm[1] == pytest.approx((100 - 10 - 1.035) / 72 * 25.4, abs=0.01)
