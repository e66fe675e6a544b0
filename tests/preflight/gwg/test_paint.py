"""What overprints, what knocks out, what is grey: one page that breaks a rule and one that just does not."""

from typing import Any

import pikepdf
import pytest

from tests.preflight.inked_pages import gwg
from tests.preflight.painted_pages import GROUND, bar, broken, found, line, sheet, text, tinted

WHITE, BLACK, GREY = "0 0 0 0 k 0 0 0 0 K", "0 0 0 1 k 0 0 0 1 K", "0.5 g 0.5 G"
OVERPRINT = [
    # white text: fill, stroke, both; each by its own overprint
    ("R0007", f"/fill gs 0 Tr {WHITE}", f"/stroke gs 0 Tr {WHITE}"),
    ("R0007", f"/stroke gs 1 Tr {WHITE}", f"/fill gs 1 Tr {WHITE}"),
    ("R0007", "/stroke gs 2 Tr 1 0 0 0 k 0 0 0 0 K", "/stroke gs 2 Tr 0 0 0 0 k 1 0 0 0 K"),
    ("R0007", "/OP gs 0 Tr 0 0 0 0 k", "/op gs 0 Tr 0 0 0 0.001 k"),
    ("R0007", "/op gs 0 Tr 0 0 0 0 k", "/op gs 3 Tr 0 0 0 0 k"),
    ("R0007", "/op gs /Spot cs 0 scn", "/op gs /Spot cs 0.01 scn"),
    ("R0007", "/op gs /Duo cs 0 0 scn", "/op gs /Duo cs 0 0.01 scn"),
    ("R0007", "/op0 gs 0 0 0 0 k", "/op gs /none gs 0 0 0 0 k"),
]


@pytest.mark.parametrize(("rule", "wrong", "right"), OVERPRINT)
def test_white_text_never_overprints(rule: str, wrong: str, right: str) -> None:
    assert broken(GROUND + text(20, wrong)) == [rule]
    assert broken(GROUND + text(20, right)) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (f"q /fill gs {WHITE} 30 30 50 50 re f Q", f"q /stroke gs {WHITE} 30 30 50 50 re f Q"),
        (f"q /stroke gs {WHITE} 4 w 30 30 50 50 re S Q", f"q /fill gs {WHITE} 4 w 30 30 50 50 re S Q"),
        ("q /stroke gs 1 0 0 0 k 0 0 0 0 K 30 30 50 50 re B Q", f"q {WHITE} 30 30 50 50 re B Q"),
    ],
)
def test_white_line_work_never_overprints(wrong: str, right: str) -> None:
    assert broken(GROUND + wrong) == ["R0008"]
    assert broken(GROUND + right) == []
    assert broken(wrong) == []


def test_white_line_work_is_an_error_in_packaging_only() -> None:
    pdf = sheet(GROUND + "/op gs 0 0 0 0 k 30 30 50 50 re f")
    assert [one.severity for one in found(pdf)] == ["warning"]
    assert [one.severity for one in found(pdf, "packaging-flexo")] == ["error"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (BLACK, f"/op gs {BLACK}"),
        (f"/op0 gs {BLACK}", f"/OP gs {BLACK}"),
        (f"/stroke gs {BLACK}", f"/fill gs {BLACK}"),
        (f"1 Tr /fill gs {BLACK}", f"1 Tr /stroke gs {BLACK}"),
        (f"2 Tr /stroke gs {BLACK}", f"2 Tr /op gs {BLACK}"),
        (f"2 Tr {BLACK} 1 0 0 0 K", f"2 Tr /fill gs {BLACK} 1 0 0 0 K"),
        ("2 Tr 1 0 0 0 k 0 0 0 1 K", "2 Tr /stroke gs 1 0 0 0 k 0 0 0 1 K"),
        ("/Black cs 1 scn", "/op0 gs /Black cs 1 scn"),
        ("/Duo cs 0 1 scn", "/op0 gs /Duo cs 0 1 scn"),
        (BLACK, f"/half gs {BLACK}"),
        (BLACK, f"/multiply gs {BLACK}"),
        (BLACK, "0 0 0 0.99 k"),
        (BLACK, f"3 Tr {BLACK}"),
    ],
)
def test_small_black_text_overprints(wrong: str, right: str) -> None:
    assert broken(GROUND + text(9, wrong)) == ["R0009"]
    assert broken(GROUND + text(9, right)) == []
    assert broken(text(9, wrong)) == []


def test_thin_black_lines_overprint() -> None:
    for draw in (line, bar):
        assert broken(GROUND + draw(1, BLACK)) == ["R0010"]
        assert broken(GROUND + draw(1, f"/op gs {BLACK}")) == []
        assert broken(GROUND + draw(1, f"/op0 gs {BLACK}")) == ["R0010"]
        assert broken(draw(1, BLACK)) == []


def test_grey_of_the_device_is_for_large_things() -> None:
    assert broken(GROUND + text(9, GREY)) == ["R0011"]
    assert broken(GROUND + text(9, f"1 Tr {GREY}")) == ["R0011"]
    assert broken(GROUND + text(9, "2 Tr 1 0 0 0 k 0.5 G")) == ["R0011"]
    assert broken(GROUND + text(9, "0 0 0 0.5 k")) == broken(text(9, GREY)) == []
    assert broken(GROUND + line(1, GREY)) == broken(GROUND + bar(1, GREY)) == ["R0012"]
    assert broken(GROUND + line(1, "0 0 0 0.5 K")) == broken(line(1, GREY)) == []


def test_grey_of_the_device_does_not_overprint() -> None:
    square = "30 30 50 50 re f"
    assert broken(GROUND + f"/fill gs 0.5 g {square}") == ["R0013"]
    assert broken(GROUND + f"/stroke gs 0.5 g {square}") == []
    assert broken(f"/fill gs 0.5 g {square}") == []
    assert broken(GROUND + text(20, f"/op gs {GREY}")) == ["R0013"]
    assert broken(GROUND + text(20, f"/op gs 1 Tr {GREY}")) == ["R0013"]
    assert broken(GROUND + text(20, "/op gs 0 0 0 0.5 k")) == []


def test_a_grey_image_does_not_overprint() -> None:
    image = "q {} 50 0 0 50 30 30 cm BI /W 1 /H 1 /BPC 8 /CS /{} ID {} EI Q"
    assert broken(GROUND + image.format("/op gs", "G", "x")) == ["R0013"]
    assert broken(GROUND + image.format("", "G", "x")) == []
    assert broken(GROUND + image.format("/op gs", "CMYK", "xxxx")) == []


# rule, what is drawn with a size, the rules broken under the limit
SIZED = [
    ("R0009", lambda size: text(size, BLACK)),
    ("R0010", lambda size: line(size, BLACK)),
    ("R0010", lambda size: bar(size, BLACK)),
    ("R0011", lambda size: text(size, f"/half gs {GREY}")),
    ("R0012", lambda size: line(size, f"/half gs {GREY}")),
    ("R0016", lambda size: text(size, WHITE)),
    ("R0017", lambda size: text(size, "0 1 1 0 k")),
    ("R0018", lambda size: line(size, WHITE)),
    ("R0018", lambda size: bar(size, WHITE)),
    ("R0019", lambda size: line(size, "0 1 1 0 K")),
    ("R0019", lambda size: bar(size, "0 1 1 0 k")),
]
VARIANTS = gwg().variants


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("rule", "draw"), SIZED)
def test_a_limit_itself_passes_and_less_does_not(rule, draw, variant: str) -> None:  # type: ignore[no-untyped-def]
    limits = gwg().rules[rule].variants[variant]
    assert limits.A is not None or limits.severity == "ignore"
    for size in (limits.A or 1, (limits.A or 1) * 1.001):
        assert rule not in broken(GROUND + draw(size), variant)
    wanted = limits.severity != "ignore"
    assert (rule in broken(GROUND + draw((limits.A or 1) * 0.999), variant)) is wanted


@pytest.mark.parametrize("variant", VARIANTS)
def test_black_text_with_all_inks(variant: str) -> None:
    limits = gwg().rules["R0015"].variants[variant]
    each = 0.65 if limits.B == 2.8 else 0.45
    wanted = [] if limits.severity == "ignore" else ["R0015"]
    assert broken(text(20, f"{each} {each} {each + 0.001} 0.85 k"), variant) == wanted
    assert broken(text(20, f"{each} {each} {each} 0.85 k"), variant) == []
    assert broken(text(20, "1 1 0.97 0.849 k"), variant) == []


def test_rich_black_is_a_fill_of_process_inks() -> None:
    rich = "0.99 0.99 0.97 0.86"
    assert broken(text(20, f"2 Tr {rich} k")) == ["R0015"]
    assert broken(text(20, "/Rich cs 1 1 1 1 scn"), more=rich_inks) == ["R0015"]
    assert broken(text(20, f"1 Tr {rich} k {rich} K")) == []
    assert broken(text(20, "/SpotBlack cs 1 1 scn")) == []
    # 240 % of process inks and 100 % of a spot colour
    assert broken(text(20, "/Rich5 cs 0.6 0.6 0.2 1 1 scn"), more=rich_inks) == []


def rich_inks(pdf: pikepdf.Pdf) -> dict[str, dict[str, Any]]:
    process = ("Cyan", "Magenta", "Yellow", "Black")
    return {"ColorSpace": {"Rich": tinted(pdf, *process), "Rich5": tinted(pdf, *process, "Orange")}}


def test_more_than_one_ink() -> None:
    several = ["0 0.1 0 0.1 k", "/Duo cs 0.5 0.5 scn", "/SpotBlack cs 0.1 0.2 scn", "1 Tr 0 1 1 0 K"]
    for paint in several:
        assert broken(text(5, paint)) == ["R0017"]
    for paint in ("0 0.1 0 0 k", "/Duo cs 0.5 0 scn", "/Spot cs 1 scn", "0 1 1 0 K", "3 Tr 0 1 1 0 k"):
        assert broken(text(5, paint)) == []


def test_registration_colour_on_the_product() -> None:
    assert broken("/All cs 1 scn 30 30 50 50 re f") == ["R0024"]
    assert broken("/All CS 1 SCN 3 w 30 30 50 50 re S") == ["R0024"]
    assert broken("/All cs 1 scn 0 0 9 200 re f 191 0 9 200 re f 0 0 200 9 re f 0 191 200 9 re f") == []
    assert broken("/All cs /Spot cs 1 scn 30 30 50 50 re f") == []


@pytest.mark.parametrize("edge", ["0 50 11 9", "189 50 11 9", "50 0 9 11", "50 189 9 11"])
def test_registration_colour_that_reaches_in(edge: str) -> None:
    assert broken(f"/All cs 1 scn {edge} re f") == ["R0024"]
    away = edge.replace("11", "10").replace("189", "190")
    assert broken(f"/All cs 1 scn {away} re f") == []
