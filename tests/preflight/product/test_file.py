"""What was ordered: size, pages, colours, codes."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.finish import finish
from printkit.preflight import Expected
from printkit.qr.symbol import make_symbol
from printkit.units import pt
from tests.finish.pages import BLEED, GEOMETRY, MARKS, TRIM, URL, code, layout, spec
from tests.preflight.files import CODES, ORDER, RULES, broken, findings, press_file, report

ONE = code((20, 10))
ONLY = Expected(codes=(ONE,), code_rules=RULES)
SIDES = ("on the left", "at the bottom", "on the right", "at the top")


@pytest.mark.parametrize(
    ("off", "found"), [((0.02, 0), 1), ((0, -0.02), 1), ((0.005, -0.005), 0), ((1, 1), 2)]
)
def test_the_trim_is_the_formats_to_a_hundredth(off: tuple[float, float], found: int) -> None:
    order = replace(ORDER, trim_mm=(TRIM[0] + off[0], TRIM[1] + off[1]))
    assert len(findings(press_file(), "product/trim-size", order)) == found


@pytest.mark.parametrize(("edge", "name"), list(enumerate(SIDES)))
def test_the_bleed_is_the_formats_on_all_four_sides(edge: int, name: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        box = pdf.pages[0].obj.BleedBox
        box[edge] = float(box[edge]) + (pt(1) if edge < 2 else -pt(1))

    (finding,) = findings(broken(change), "product/bleed-size")
    assert finding.message == f"the bleed is 2.00 mm {name}, the format asks for 3.00 mm"


def test_pages_are_counted() -> None:
    (finding,) = findings(press_file(), "product/page-count", replace(ORDER, pages=2))
    assert (finding.measured, finding.limit) == (1, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"1 0 0 rg 30 30 9 9 re f", "line work in DeviceRGB"),
        (b"0 g 30 30 9 9 re f", "line work in DeviceGray"),
        (b"0.5 G 30 30 m 60 60 l S", "line work in DeviceGray"),
        (b"/Spot cs 1 scn 30 30 9 9 re f", "line work in Separation Gold"),
        (b"/PkAll cs 1 scn 30 30 9 9 re f", "line work in Separation All"),
        (b"q 9 0 0 9 30 30 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc\nEI Q", "an image in DeviceRGB"),
    ],
)
def test_other_colours_than_process_inks_are_named_with_their_place(content: bytes, words: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 1, 0], N=1)
        gold = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint])
        pdf.pages[0].obj.Resources.ColorSpace.Spot = gold
        pdf.pages[0].contents_add(content)

    (finding,) = findings(broken(change), "product/process-colours")
    assert (finding.message, finding.page) == (words, 1)
    assert finding.box_mm is not None
    assert 0 <= finding.box_mm[0] < 5


def test_grey_images_are_process_colours() -> None:
    grey = b"q 9 0 0 9 30 30 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a\nEI Q"
    assert findings(broken(lambda pdf: pdf.pages[0].contents_add(grey)), "product/process-colours") == []


def test_a_luminosity_mask_in_grey_is_no_other_colour() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceGray)
        form = pdf.make_stream(b"1 g 0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9], Group=group)
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form)
        pdf.pages[0].obj.Resources.ExtGState = Dictionary(Soft=Dictionary(SMask=mask))
        pdf.pages[0].contents_add(b"q /Soft gs 0 0 0 1 k 0 0 9 9 re f Q")

    assert findings(broken(change), "product/process-colours") == []


def coded(order: Expected, drawn: Any, content: bytes = b"", marks: Any = None) -> list[str]:
    """Finish a page with `drawn` codes and return what is found about those ordered."""
    data = finish(layout(content), spec(codes=drawn, marks=marks))
    return [finding.message for finding in findings(data, "product/qr-decodes", order)]


@pytest.mark.parametrize("marks", [None, MARKS])
def test_a_code_in_its_place_is_read_and_its_box_found(marks: Any) -> None:
    data = finish(layout(), spec(codes=CODES, marks=marks))
    found = report(data).codes
    assert [reading.text for reading in found] == [one.url for one in CODES]
    for reading, one in zip(found, CODES, strict=True):
        assert reading.box_mm == pytest.approx(one.symbol_box.scaled(1 / pt(1)).as_tuple(), abs=0.1)


@pytest.mark.parametrize("shift", [(0.4, 0), (-0.4, 0), (0, 0.4), (0, -0.4)])
def test_a_code_that_stands_a_module_beside_its_place_is_found(shift: tuple[float, float]) -> None:
    moved = replace(ONE, box=replace(ONE.box, box=ONE.box.box.moved(pt(shift[0]), pt(shift[1]))))
    (message,) = coded(ONLY, (moved,))
    assert "modules: out of place or damaged" in message


def test_another_address_a_missing_code_and_a_covered_one_are_found() -> None:
    other = replace(ONE, symbol=make_symbol("https://example.no/feil", "M", GEOMETRY.versions))
    assert f"says https://example.no/feil, not {URL}" in coded(ONLY, (other,))[0]
    assert coded(ONLY, ()) == ["code 'qr' is not read at its place"]
    assert coded(Expected(codes=(code((9, 9), page=3),), code_rules=RULES), ()) == [
        "code 'qr' stands on page 3, the file has 1"
    ]


def test_a_mirrored_code_is_found_although_it_still_decodes() -> None:
    data = finish(layout(), spec(codes=(ONE,)))
    box = ONE.symbol_box.moved(pt(BLEED), pt(BLEED))
    with pikepdf.open(BytesIO(data)) as pdf:
        streams = pdf.pages[0].obj.Contents
        flip = f"-1 0 0 1 {box.x0 + box.x1} 0 cm\n".encode()
        streams[-1] = pdf.make_stream(flip + streams[-1].read_bytes())
        out = BytesIO()
        pdf.save(out)
    (finding,) = findings(out.getvalue(), "product/qr-decodes", ONLY)
    assert finding.message == "code 'qr' is mirrored"
