"""GWG 2022: rules about pages, fonts, layers and the output intent."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Requirements
from printkit.preflight.checks import check
from tests.preflight.gwg_pages import Change, judged, left_out, sheets
from tests.preflight.inked_pages import gwg

SHEET, NEWS, ADS, PACK, LARGE = (
    "sheetcmyk-cmyk", "webcmyknews-cmyk", "magazine-ads-cmyk", "packaging-offset", "large-format-print",
)  # fmt: skip
TEXT = "BT /F 12 Tf 50 50 Td (Hei) Tj ET"


def page(key: str, value: Any, number: int = 0) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[number].obj[Name("/" + key)] = value

    return change


def font(name: str, **entries: Any) -> Change:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        kind = {"Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name("/" + name)}
        return {"/Font": Dictionary(F=Dictionary(**(kind | entries)))}

    return resources


def layers(names: str, **default: Any) -> Change:
    """Give the file layers named by letters; capitals in `default` name those in its arrays."""

    def change(pdf: pikepdf.Pdf) -> None:
        made = {name: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in names}
        lists = {
            f"/{key}": Array([made[name] for name in value]) if isinstance(value, str) else value
            for key, value in default.items()
        }
        pdf.Root.OCProperties = Dictionary(OCGs=Array(made.values()), D=Dictionary(lists))

    return change


@pytest.mark.parametrize(("variant", "severity"), [(SHEET, "error"), (LARGE, "warning")])
def test_user_unit_is_found_even_where_it_changes_nothing(variant: str, severity: str) -> None:
    found = judged(sheets("", "", change=page("UserUnit", 1, 1)), "R0002", variant)
    assert [(one.page, one.severity, one.measured) for one in found] == [(2, severity, 1.0)]
    assert judged(sheets(""), "R0002", variant) == []


@pytest.mark.parametrize("edge", range(4))
def test_a_crop_box_must_equal_the_media_box_on_all_edges(edge: int) -> None:
    box = [0, 0, 200, 200]
    assert judged(sheets("", change=page("CropBox", Array(box))), "R0003", SHEET) == []
    box[edge] += 1 if edge < 2 else -1
    found = judged(sheets("", change=page("CropBox", Array(box))), "R0003", SHEET)
    assert [one.message for one in found] == ["CropBox differs from MediaBox"]


def test_a_crop_box_is_inherited_too() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.CropBox = Array([0, 0, 150, 200])

    (one,) = judged(sheets("", "", change=change), "R0003", SHEET)
    assert (one.pages, one.count) == ((1, 2), 2)


@pytest.mark.parametrize("edge", range(4))
def test_trim_sizes_are_compared_not_places(edge: int) -> None:
    box = [5, 5, 185, 185]
    assert judged(sheets("", "", change=page("TrimBox", Array(box), 1)), "R0004", SHEET) == []
    box[edge] += 2
    found = judged(sheets("", "", change=page("TrimBox", Array(box), 1)), "R0004", NEWS)
    assert [(one.page, one.severity) for one in found] == [(2, "error")]


def test_a_turned_page_is_found_but_not_one_turned_by_nothing() -> None:
    found = judged(sheets("", "", change=page("Rotate", 90, 1)), "R0004", SHEET)
    assert [(one.page, one.message, one.severity) for one in found] == [
        (2, "the page is turned by 90 degrees", "warning")
    ]
    assert judged(sheets("", change=page("Rotate", 0)), "R0004", SHEET) == []


@pytest.mark.parametrize(("variant", "severity"), [(ADS, "error"), (PACK, "warning")])
def test_exactly_one_page(variant: str, severity: str) -> None:
    assert judged(sheets(""), "R0006", variant) == []
    found = judged(sheets("", ""), "R0006", variant)
    assert [(one.severity, one.measured) for one in found] == [(severity, 2)]


@pytest.mark.parametrize(
    ("name", "found"), [("Courier", 1), ("ABCDEF+Courier", 1), ("Courier-Bold", 0), ("CourierNew", 0)]
)
def test_courier_is_named_exactly(name: str, found: int) -> None:
    assert len(judged(sheets(TEXT, resources=font(name)), "R0014", SHEET)) == found


def test_courier_is_found_as_the_descendant_of_a_composite_font() -> None:
    child = Dictionary(Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Courier"))
    resources = font("Courier-Identity-H", Subtype=Name.Type0, DescendantFonts=Array([child]))
    assert len(judged(sheets(TEXT, resources=resources), "R0014", SHEET)) == 1


@pytest.mark.parametrize("place", ["-90 50", "205 50", "50 -20", "50 205", "50 50 Td 3 Tr 0 0"])
def test_courier_counts_on_the_product_only(place: str) -> None:
    text = f"BT /F 12 Tf {place} Td (Hei) Tj ET"
    assert judged(sheets(text, resources=font("Courier")), "R0014", SHEET) == []


def test_configs_are_found_and_a_default_one_is_none() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layers("ab")(pdf)
        pdf.Root.OCProperties.Configs = Array()

    assert [one.severity for one in judged(sheets("", change=change), "R0034", ADS)] == ["error"]
    assert judged(sheets("", change=layers("ab")), "R0034", ADS) == []


@pytest.mark.parametrize(("space", "found"), [(b"CMYK", 0), (b"RGB ", 1), (b"GRAY", 1)])
def test_the_intent_is_cmyk(space: bytes, found: int) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        profile = pikepdf.Stream(pdf, bytes(12) + b"prtr" + space + bytes(108), N=4)
        intent = Dictionary(S=Name.GTS_PDFX, DestOutputProfile=pdf.make_indirect(profile))
        pdf.Root.OutputIntents = Array([intent])

    assert len(judged(sheets("", change=change), "R0035", SHEET)) == found


@pytest.mark.parametrize(
    ("default", "off"),
    [
        ({}, ""),
        ({"OFF": "b"}, "b"),
        ({"ON": "a"}, ""),
        ({"BaseState": Name.OFF}, "ab"),
        ({"BaseState": Name.OFF, "ON": "a"}, "b"),
        ({"BaseState": Name.OFF, "ON": "ab"}, ""),
        ({"BaseState": Name.Unchanged, "OFF": "a"}, "a"),
    ],
)
def test_layers_off_at_first_are_named(default: dict[str, Any], off: str) -> None:
    found = judged(sheets("", change=layers("ab", **default)), "R0036", LARGE)
    assert [one.message for one in found] == [f"layer '{name}' is off at first" for name in off]


def test_scale_and_distance_are_run_where_limits_shift_and_find_nothing() -> None:
    assert judged(sheets(""), "R0037", LARGE, distance_m=4, scale=10) == []
    assert left_out(sheets(""), "R0037", SHEET) == f"ignored by {SHEET}"


@pytest.mark.parametrize("shift", [{"distance_m": 0.0}, {"scale": -1.0}, {"scale": float("nan")}])
def test_scales_and_distances_that_nothing_can_be_judged_by_are_refused(shift: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above zero"):
        Requirements(gwg(), LARGE, **shift)


def test_a_broken_page_tree_is_a_verdict_that_is_the_same_each_time() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages])

    reports = [check(sheets("", change=change)) for _ in range(2)]
    assert reports[0] == reports[1]
    assert reports[0].verdict == "unreadable"
    assert "0x" not in reports[0].findings[0].message
