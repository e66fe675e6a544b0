"""How much ink stands where, held against Ghostscript's tiffsep."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.preflight.checks import check
from printkit.preflight.core.subject import Subject
from printkit.preflight.ink.colour import Plate
from printkit.preflight.ink.coverage import ink_of_plate, inks, worst_square
from printkit.units import pt
from tests.preflight.inked_pages import (
    SQUARE_MM,
    image,
    judged_by,
    page,
    separated,
    spot,
    squares,
    with_intent,
)

TOLERANCE = 0.02
SIDE = 48


def linear(**entries: Any) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], N=1, **entries)


def gradients(pdf: pikepdf.Pdf) -> Any:
    inks = linear(C0=[0.9, 0, 0.2, 0.1], C1=[0, 0.7, 1, 0])
    axial = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 75, 0], Function=inks)
    round_one = Dictionary(
        ShadingType=3, ColorSpace=spot(pdf), Coords=[30, 30, 0, 30, 30, 25], Function=linear(C0=[1], C1=[0])
    )
    pattern = Dictionary(PatternType=2, Shading=round_one, Matrix=[2.8346, 0, 0, 2.8346, 0, 0])
    return {"/Shading": Dictionary(A=axial), "/Pattern": Dictionary(P=pattern)}


def mesh(pdf: pikepdf.Pdf) -> Any:
    corners = [(0, 0, 0, (255, 0, 0, 0)), (0, 255, 0, (0, 255, 0, 0)), (0, 0, 255, (0, 0, 255, 128))]
    data = b"".join(bytes((flag, x, y, *inks)) for flag, x, y, inks in corners)
    made = pikepdf.Stream(
        pdf, data, ShadingType=4, ColorSpace=Name.DeviceCMYK, BitsPerCoordinate=8, BitsPerComponent=8,
        BitsPerFlag=8, Decode=Array([0, 75, 0, 60, *[0, 1] * 4]),
    )  # fmt: skip
    return {"/Shading": Dictionary(A=pdf.make_indirect(made))}


def wavy(width: int, height: int) -> Any:
    y, x = np.mgrid[0:height, 0:width]
    waves = [x / width, y / height, (x + y) % 64 / 64, (x > width / 2) * 0.6]
    return np.rint(np.stack(waves, axis=2) * 255).astype(np.uint8)


def images(pdf: pikepdf.Pdf) -> Any:
    pixels, jpeg = wavy(400, 300), BytesIO()
    # Pillow writes inks turned round, as Photoshop does
    Image.fromarray(pixels, "CMYK").save(jpeg, "JPEG", quality=95)
    raw = image(pdf, pixels.tobytes(), (400, 300), ColorSpace=Name.DeviceCMYK)
    turned = image(
        pdf, jpeg.getvalue(), (400, 300), ColorSpace=Name.DeviceCMYK, Filter=Name.DCTDecode, Decode=[1, 0] * 4
    )
    bits = image(pdf, bytes([0b10100000, 0b01000000]), (3, 2), ColorSpace=Name.DeviceGray, BitsPerComponent=1)
    table = bytes([255, 0, 0, 0, 0, 128, 255, 0, 0, 0, 0, 255])
    indexed = Array([Name.Indexed, Name.DeviceCMYK, 2, pikepdf.String(table)])
    few = image(pdf, bytes([0b00011000, 0b10000100]), (4, 2), ColorSpace=indexed, BitsPerComponent=2)
    return {"/XObject": Dictionary(A=raw, B=turned, C=bits, D=few)}


def masked(pdf: pikepdf.Pdf) -> Any:
    soft = image(pdf, wavy(40, 30)[:, :, 0].tobytes(), (40, 30), ColorSpace=Name.DeviceGray)
    one = image(
        pdf, wavy(40, 30).tobytes(), (40, 30), ColorSpace=Name.DeviceCMYK, SMask=pdf.make_indirect(soft)
    )
    keyed = image(
        pdf,
        wavy(40, 30).tobytes(),
        (40, 30),
        ColorSpace=Name.DeviceCMYK,
        Mask=[0, 255, 0, 255, 0, 255, 100, 255],
    )
    stencil = image(pdf, bytes([0x55, 0xAA] * 8), (8, 16), ImageMask=True, BitsPerComponent=1)
    return {"/XObject": Dictionary(A=one, B=keyed, C=stencil)}


def glass(pdf: pikepdf.Pdf) -> Any:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    form = pikepdf.Stream(pdf, b"0.8 0 0 0 k 0 0 30 30 re f 0 1 0 0 k 15 15 30 30 re f")
    form.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 45, 45], Group=group)
    fade = pikepdf.Stream(pdf, b"0.5 g 0 0 40 60 re f")
    fade.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 75, 60],
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
    )  # fmt: skip
    states = Dictionary(
        Half=Dictionary(ca=0.5), Under=Dictionary(BM=Name.Multiply, ca=1),
        Fade=Dictionary(BM=Name.Normal, SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(fade))),
    )  # fmt: skip
    return {"/ExtGState": states, "/XObject": Dictionary(F=pdf.make_indirect(form))}


def tiles(pdf: pikepdf.Pdf) -> Any:
    def cell(content: bytes, kind: int) -> Any:
        made = pikepdf.Stream(pdf, content)
        made.stream_dict = Dictionary(
            PatternType=1, PaintType=kind, TilingType=1, BBox=[0, 0, 10, 10], XStep=10, YStep=10,
            Matrix=[pt(1), 0, 0, pt(1), 0, 0],
            Resources=Dictionary(),
        )  # fmt: skip
        return pdf.make_indirect(made)

    own, bare = cell(b"0.9 0.1 0 0 k 0 0 4 10 re f 0 0 1 0 k 5 0 4 10 re f", 1), cell(b"0 0 6 6 re f", 2)
    spaces = Dictionary(U=Array([Name.Pattern, Name.DeviceCMYK]))
    return {"/Pattern": Dictionary(O=own, B=bare), "/ColorSpace": spaces}


def printing_over(pdf: pikepdf.Pdf) -> Any:
    states = Dictionary(
        Over=Dictionary(OP=True, op=True, OPM=1), Whole=Dictionary(OP=True, op=True, OPM=0),
        Out=Dictionary(OP=False, op=False),
    )  # fmt: skip
    return {"/ExtGState": states, "/ColorSpace": Dictionary(S=spot(pdf))}


def forms(pdf: pikepdf.Pdf) -> Any:
    def form(content: bytes, **entries: Any) -> Any:
        made = pikepdf.Stream(pdf, content)
        made.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 75, 60], **entries)
        return pdf.make_indirect(made)

    inner = form(b"0 0 20 20 re f 0 0 1 0 k 20 0 10 20 re f")
    outer = form(b"/I Do", Matrix=[2, 0, 0, 1, 0, 0], Resources=Dictionary(XObject=Dictionary(I=inner)))
    hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Hidden"))
    pdf.Root.OCProperties = Dictionary(OCGs=[hidden], D=Dictionary(OFF=[hidden]))
    glyphs = {
        "/own": pdf.make_stream(b"1000 0 d0 0 0.6 0 0 k 0 0 500 1000 re f"),
        "/bare": pdf.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 500 re f"),
    }
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3,
        FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(glyphs), FirstChar=65, LastChar=66, Widths=[1000, 1000], Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=[65, Name.own, Name.bare]),
    )  # fmt: skip
    return {
        "/XObject": Dictionary(O=outer, H=form(b"1 1 1 1 k 0 0 75 60 re f", OC=hidden)),
        "/Properties": Dictionary(L=hidden),
        "/Font": Dictionary(T=pdf.make_indirect(font)),
    }


PAGES = {
    "forms and glyphs": (
        "0.7 0 0 0 k /O Do q 1 0 0 1 0 30 cm 0 0 0 0.5 k /O Do Q BT /T 20 Tf 35 35 Td 0 0 0.8 0 k (AB) Tj ET",
        forms,
    ),
    "solids": ("0.1 0.2 0.3 1 k 0 0 40 60 re f 0.3 g 40 0 35 20 re f 1 0 0 0 K 6 w 40 40 m 75 9 l S", None),
    "gradients": ("/A sh /Pattern cs /P scn 0 0 60 60 re f", gradients),
    "a mesh": ("/A sh", mesh),
    "images": (
        " ".join(
            f"q 30 0 0 25 {x} {y} cm /{name} Do Q"
            for name, x, y in [("A", 0, 5), ("B", 40, 0), ("C", 0, 30), ("D", 40, 30)]
        ),
        images,
    ),
    "masked images": (
        "0 0 0.5 0 k 0 0 75 60 re f q 35 0 0 50 2 2 cm /A Do Q q 30 0 0 25 40 2 cm /B Do Q"
        " 0 1 0 0.5 k q 30 0 0 25 40 30 cm /C Do Q",
        masked,
    ),
    "an inline image": (
        "q 60 0 0 40 5 5 cm BI /W 2 /H 1 /CS /CMYK /BPC 8 ID \x7f\x00\x10\x20\x00\x7f\x20\x10 EI Q",
        None,
    ),
    "transparency": (
        "0 0 1 0 k 0 0 75 30 re f q /Half gs /F Do Q q /Under gs 1 0 0 1 30 10 cm /F Do Q"
        " q /Fade gs 0 0 0 1 k 10 40 60 20 re f Q",
        glass,
    ),
    "tiling patterns": (
        "/Pattern cs /O scn 0 0 40 60 re f /U cs 0 0.8 0 0.2 /B scn 40 0 35 60 re f",
        tiles,
    ),
    "overprint": (
        "0.6 0.3 0 0 k 0 0 75 30 re f /Over gs 0 0 0 1 k 5 5 20 40 re f /S cs 0.8 scn 30 5 20 40 re f"
        " 0 0.5 0 0 k 40 10 30 10 re f q /Whole gs 0 0 0 0.5 k 55 22 15 30 re f Q"
        " /Out gs /S cs 0.5 scn 2 40 15 15 re f 0 0 0 1 k 60 2 5 5 re f",
        printing_over,
    ),
}  # fmt: skip


@pytest.mark.skipif(shutil.which("gs") is None, reason="no Ghostscript to compare with")
@pytest.mark.parametrize("name", PAGES)
def test_each_plate_has_the_ink_that_ghostscript_sees(name: str, tmp_path: Path) -> None:
    pdf = page(*PAGES[name])
    for ink, theirs in separated(pdf, tmp_path).items():
        with pikepdf.open(BytesIO(pdf)) as opened:
            subject = Subject(pdf, opened, judged_by())
            ours = squares(ink_of_plate(subject, subject.pages[0], SQUARE_MM / SIDE, Plate((ink,))), SIDE)
        assert np.abs(ours - theirs).max() <= TOLERANCE, f"{ink}\n{ours.round(2)}\n{theirs.round(2)}"


def worst(pdf: bytes, spots: bool = False) -> Any:
    with pikepdf.open(BytesIO(pdf)) as opened:
        subject = Subject(pdf, opened, judged_by())
        return worst_square(subject, subject.pages[0], SQUARE_MM, spots)


@pytest.mark.parametrize("corner", [(0, 0), (60, 0), (0, 45), (60, 45), (31.25, 20)])
def test_the_worst_square_is_found_wherever_it_lies(corner: tuple[float, float]) -> None:
    found = worst(page(f"1 1 1 0 k {corner[0]} {corner[1]} 15 15 re f"))
    assert found.mean == pytest.approx(3, abs=0.06)
    assert found.box_mm == pytest.approx((*corner, corner[0] + 15, corner[1] + 15), abs=0.4)


def test_a_smaller_dark_spot_counts_by_its_share_of_the_square() -> None:
    assert worst(page("1 1 1 1 k 30 30 7.5 7.5 re f")).mean == pytest.approx(1, abs=0.02)


def test_a_page_smaller_than_the_square_is_taken_whole() -> None:
    found = worst(page("1 1 1 0 k 0 0 5 10 re f", TrimBox=[0, 0, pt(10), pt(10)]))
    assert (found.mean, found.box_mm) == (
        pytest.approx(1.5, abs=0.05),
        pytest.approx((0, 0, 10, 10), abs=0.2),
    )


TURNED = [(90, (0, 60, 15, 75)), (180, (60, 45, 75, 60)), (270, (45, 0, 60, 15))]


@pytest.mark.parametrize(("rotate", "box"), TURNED)
def test_a_turned_page_is_measured_as_it_is_shown(rotate: int, box: tuple[float, ...]) -> None:
    found = worst(page("1 1 1 1 k 0 0 15 15 re f", Rotate=rotate))
    assert found.box_mm == pytest.approx(box, abs=0.4)


def test_a_unit_of_the_page_makes_larger_squares_of_the_content() -> None:
    assert worst(page("1 1 1 1 k 0 0 7.5 7.5 re f", UserUnit=2)).mean == pytest.approx(4, abs=0.06)


def test_what_lies_outside_the_trim_does_not_count() -> None:
    assert worst(page("1 1 1 1 k 0 0 20 60 re f", TrimBox=[pt(20), 0, pt(75), pt(60)])).mean < 0.05


def test_what_lies_on_a_hidden_layer_does_not_count() -> None:
    assert worst(page("/H Do /OC /L BDC 0 1 0 0 k 0 0 75 60 re f EMC", forms)).mean == 0


def spots(pdf: pikepdf.Pdf) -> Any:
    return {"/ColorSpace": Dictionary(S=spot(pdf), T=spot(pdf, "Varnish"))}


def test_spot_inks_count_only_among_all_separations() -> None:
    pdf = page("1 1 0 0 k 0 0 75 60 re f /S cs 1 scn 0 0 75 60 re f /T cs 0.5 scn 0 0 5 5 re f", spots)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert inks(Subject(pdf, opened, judged_by())) == ("Orange", "Varnish")
    assert worst(pdf).mean == pytest.approx(0, abs=0.01)
    assert worst(pdf, spots=True).mean == pytest.approx(1, abs=0.01)


def found(pdf: bytes, rule: str, variant: str) -> list[Any]:
    return [finding for finding in check(pdf, judged_by(variant)).findings if finding.id == rule]


@pytest.mark.parametrize(
    ("solid", "wrong"), [("0.8 0.8 0.8 0.8", 0), ("0.84 0.8 0.8 0.8", 1), ("1 0.6 0.6 1", 0)]
)
def test_coverage_may_reach_its_limit_but_not_pass_it(solid: str, wrong: int) -> None:
    pdf = page(f"{solid} k 30 20 15 15 re f")
    findings = found(pdf, "R0026", "sheetcmyk-cmyk")
    assert len(findings) == wrong
    assert all((finding.page, finding.limit) == (1, 3.2) for finding in findings)


def test_all_separations_are_limited_in_packaging() -> None:
    pdf = page("/Over gs 1 1 1 0 k 0 0 75 60 re f /S cs 0.5 scn 0 0 75 60 re f", printing_over)
    (finding,) = found(pdf, "R0025", "packaging-offset")
    assert finding.measured == pytest.approx(3.5, abs=0.01)
    assert not found(pdf, "R0025", "sheetcmyk-cmyk")


@pytest.mark.parametrize(
    ("paint", "bare"),
    [
        ("", 1),
        ("0 0 0 0 k 0 0 75 60 re f", 1),
        ("/S cs 0 scn 0 0 75 60 re f", 1),
        ("0 0 0 0.05 k 10 10 1 1 re f", 0),
        ("/White cs 0.5 scn 10 10 1 1 re f", 0),
        ("0 0 0 1 k 60 0 15 60 re f", 1),
    ],
)
def test_a_page_without_ink_inside_the_trim_is_found(paint: str, bare: int) -> None:
    def fill(pdf: pikepdf.Pdf) -> Any:
        blank = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 0], N=1)
        white = Array([Name.Separation, Name.White, Name.DeviceCMYK, blank])
        return {"/ColorSpace": Dictionary(S=spot(pdf), White=white)}

    pdf = page(paint, fill, TrimBox=[0, 0, pt(55), pt(60)])
    findings = found(pdf, "R0005", "magazine-ads-cmyk")
    assert [finding.severity for finding in findings] == ["error"] * bare


def test_rgb_goes_through_the_output_intent_or_is_not_measured() -> None:
    pdf = page("0 0 0 rg 0 0 75 60 re f")
    left = {rule.id: rule.why for rule in check(pdf, judged_by("sheetcmyk-cmyk-plus-rgb")).rules_not_run}
    assert "no CMYK output intent" in left["R0026"]
    assert 2.5 < worst(with_intent(pdf)).mean < 3.4
