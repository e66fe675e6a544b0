"""Cases about ink: pictures whatever their packing, and what is printed at all."""

import datetime
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Report
from printkit.preflight.checks import check, check_codes
from printkit.produce import Maker, Piece, Production, steps
from printkit.profiles import load_profiles
from printkit.separate import SeparationSpec, separate
from printkit.workspace import Workspace
from tests.cases.registry import case
from tests.finish.pages import ROOT
from tests.preflight.files import CODES, ORDER, broken, press_file
from tests.preflight.inked_pages import judged_by, page, with_intent
from tests.preflight.packed_images import ccitt, group4, made, rings, table

WORKSPACE, DAY = Workspace(ROOT), datetime.datetime(2027, 8, 16, tzinfo=datetime.UTC)
FLYER = Piece("flyer", "recruit", "nu08", "flyer-a5", "digital", "nb", "st-drammen")


def pictured(picture: Any) -> bytes:
    return page("q 40 0 0 40 10 10 cm /I Do Q", lambda pdf: {"/XObject": Dictionary(I=picture(pdf))})


def ink_over(report: Report) -> list[float | None]:
    """Return what R0026 measured, after it ran to its end."""
    assert "R0026" in report.rules_run
    return [one.measured for one in report.findings if one.id == "R0026"]


@case("preflight/ccitt-indexed-cmyk")
def fax_in_two_colours(_: Path) -> None:
    """A fax of 1 bit in Indexed DeviceCMYK is measured by its two colours: rich ones are over the limit."""

    def fax(pdf: pikepdf.Pdf, *colours: tuple[int, ...]) -> Any:
        told = {"Filter": Name.CCITTFaxDecode, "DecodeParms": ccitt(), "BitsPerComponent": 1}
        return made(pdf, group4(rings()), ColorSpace=table(Name.DeviceCMYK, colours), **told)

    plain = check(pictured(lambda pdf: fax(pdf, (0, 0, 0, 0), (255, 255, 0, 0))), judged_by())
    assert ink_over(plain) == []
    rich = check(pictured(lambda pdf: fax(pdf, (255, 255, 255, 200), (255, 255, 255, 255))), judged_by())
    (measured,) = ink_over(rich)
    assert measured is not None
    assert 3.78 < measured < 4.01


@case("preflight/r0026-lab-image")
def dark_lab(_: Path) -> None:
    """An image in Lab 10 0 0 has by FOGRA39 the inks that LittleCMS gives it, 288 %; white has none."""

    def lab(pdf: pikepdf.Pdf, *colour: int) -> Any:
        told = Dictionary(WhitePoint=[0.9642, 1, 0.8249], Range=[-128, 127, -128, 127])
        return made(pdf, bytes(colour) * 404 * 300, ColorSpace=Array([Name.Lab, told]))

    production = judged_by("newspaper-ads-cmyk-plus-rgb")
    dark = with_intent(pictured(lambda pdf: lab(pdf, 25, 128, 128)))
    assert ink_over(check(dark, production)) == [pytest.approx(2.88, abs=0.03)]
    assert ink_over(check(with_intent(pictured(lambda pdf: lab(pdf, 255, 128, 128))), production)) == []


@case("attack/white-overprint-text")
def text_without_ink(_: Path) -> None:
    """A piece of ours whose text is white and overprints would print empty: an error, and it is held."""
    pdf = broken(lambda pdf: _rewritten(pdf, b"BT", b"/White gs 0 0 0 0 k BT"))
    told = [one for one in check(pdf, ORDER).findings if one.id == "product/text-ink"]
    assert [(one.severity, one.message) for one in told] == [
        ("error", "text is white and overprints, so no ink makes it")
    ]


@case("attack/wrong-print-id")
def id_of_another_place(_: Path) -> None:
    """Another print id beside a code is told for the first piece of a layout and for each site's."""
    wrong = tuple(replace(code, print_id="RRR-RRRR") for code in CODES)
    for judge in (check, check_codes):
        assert "product/print-id" not in [one.id for one in judge(press_file(), ORDER).findings]
        told = judge(press_file(), replace(ORDER, codes=wrong)).findings
        assert ("product/print-id", "error") in [(one.id, one.severity) for one in told]


@case("attack/sheet-separated-to-white")
def sheet_without_ink(_: Path) -> None:
    """A page that came out white, unlike its layout, is an error, and the piece is held."""
    production = Production(WORKSPACE, load_profiles(WORKSPACE), None, DAY, sample=True)
    assert Maker(production).make(FLYER).verdict != "fail"
    with patch.object(steps, "separate", _to_white):
        white = Maker(production).make(FLYER)
    assert white.verdict == "fail"
    assert "product/picture" in {finding["id"] for finding in white.findings}


def _to_white(layout: bytes, spec: SeparationSpec) -> bytes:
    """Separate as ever, and paint every page white."""
    with pikepdf.open(BytesIO(separate(layout, spec))) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = page.mediabox
            page.Contents = pdf.make_stream(f"0 0 0 0 k {x0} {y0} {x1} {y1} re f".encode())
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _rewritten(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """Exchange operators in the codes' stream, the last of the page."""
    last, states = pdf.pages[0].Contents[-1], pdf.pages[0].Resources.ExtGState
    assert old in last.read_bytes()
    last.write(last.read_bytes().replace(old, new))
    states.White = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
