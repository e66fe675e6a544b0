"""What is looked at is what prints: visibility, boxes, glyphs, groups, and what nothing leads to."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight import Report
from printkit.preflight.checks import check
from printkit.units import Rect, mm
from tests.cases.registry import case
from tests.preflight.matrix.base import HOLE, URL, Change, Draft, built, draft, font, symbol
from tests.preflight.matrix.judge import expected, profiles
from tests.preflight.matrix.objects import BLACK, entry, form, text
from tests.preflight.matrix.sample import PLAIN_ASK, Ask

RGB_BLOCK = "q 1 0 0 rg 18 110 40 30 re f Q "
HELVETICA = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
ISOLATED = "<</S /Transparency /I true /CS /DeviceCMYK>>"


def judged(what: Draft) -> Report:
    return check(built(what), expected(PLAIN_ASK, "sheetcmyk-cmyk"))


def told(report: Report) -> set[tuple[str, str]]:
    return {(one.id, one.severity) for one in report.findings}


def left_behind(body: str) -> Draft:
    """Return a file that a program has saved once more, with an object that nothing leads to."""

    def saved_again(data: bytes) -> bytes:
        size = int(data.rpartition(b"/Size ")[2].split()[0])
        trailer = data.rpartition(b"trailer <<")[2].partition(b">>")[0].replace(b"/Size %d" % size, b"")
        table = int(data.rpartition(b"startxref\n")[2].split()[0])
        end = len(data) + len(added := f"{size} 0 obj\n{body}\nendobj\n".encode())
        xref = b"xref\n%d 1\n%010d 00000 n \ntrailer <<%b /Size %d /Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        return data + added + xref % (size, len(data), trailer, size + 1, table, end)

    return draft(bytes_change=saved_again)


@case("preflight/orphan-font")
def font_left_behind(_: Path) -> None:
    """A font that is not embedded and that nothing leads to prints nowhere: no finding."""
    assert judged(left_behind(HELVETICA)).verdict == "pass"


@case("preflight/orphan-gs-tr")
def state_left_behind(_: Path) -> None:
    """Resources with a transfer function that nothing leads to: no finding."""
    assert judged(left_behind("<</ExtGState <</G <</TR /Identity>>>>>>")).verdict == "pass"


@case("preflight/orphan-image16")
def image_left_behind(_: Path) -> None:
    """An image of 16 bits that nothing leads to: no finding."""
    about = "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 16 /ColorSpace /DeviceGray /Length 2"
    assert judged(left_behind(f"<<{about}>>\nstream\nab\nendstream")).verdict == "pass"


@case("preflight/font-mode3")
def invisible_text(_: Path) -> None:
    """Invisible text, as of text recognition, needs no embedded font: a warning that says so, no error."""
    found = judged(draft(text(9, "3 Tr", font="H"), entry("Font", "H", HELVETICA)))
    assert told(found) == {("x4/fonts", "warning")}
    assert "invisible" in found.findings[0].message


@case("preflight/ocmd-ve-not-off-visible")
def shown_by_an_expression(_: Path) -> None:
    """A visibility expression wins over the groups: `Not` of a layer that is off is shown, its RGB found."""
    hidden = draft(f"/OC /M BDC {RGB_BLOCK}EMC", membership())
    shown = draft(f"/OC /M BDC {RGB_BLOCK}EMC", membership("Not"))
    assert ("R0027", "error") not in told(judged(hidden))
    assert ("R0027", "error") in told(judged(shown))


def membership(*operator: str) -> Change:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="A"))
        pdf.Root.OCProperties.OCGs.append(layer)
        pdf.Root.OCProperties.D.OFF = Array([layer])
        about = Dictionary(Type=Name.OCMD, OCGs=layer)
        if operator:
            about.VE = Array([Name(f"/{operator[0]}"), layer])
        page.Resources.Properties.M = pdf.make_indirect(about)

    return change


@case("preflight/t3-d1-rgb-ignored")
def glyph_without_colour(_: Path) -> None:
    """Operators of colour do nothing in a glyph that begins with d1; in one with d0 they do."""
    verdicts = [told(judged(draft(text(30, font="T"), drawn_font(begin)))) for begin in ("d0", "d1")]
    assert ("R0027", "error") in verdicts[0]
    assert verdicts[1] == set()


def drawn_font(begin: str) -> Change:
    box = "500 0 0 0 500 700 d1" if begin == "d1" else "500 0 d0"

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        glyph = pdf.make_stream(f"{box} 1 0 0 rg 0 0 500 700 re f".encode())
        page.Resources.Font.T = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 700], FirstChar=65,
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], LastChar=66, Widths=[500, 500],
            CharProcs=Dictionary(A=glyph, B=glyph),
            Encoding=Dictionary(Differences=[65, Name.A, Name.B]), Resources=Dictionary(),
        )  # fmt: skip

    return change


@case("preflight/vertical-writing-overlap")
def vertical_writing(_: Path) -> None:
    """Text written downwards lies beneath its first point: over the bar there it knocks out (R0009)."""
    x, y = (HOLE.x0 + HOLE.x1) / 2, HOLE.y1 - 1
    bar = f"q 0 1 0 0 k {x - 10} {y - 48} 20 9 re f Q "
    found = judged(draft(f"{bar}q {BLACK} BT /V 10 Tf {x} {y} Td <00010001000100010001> Tj ET Q", upright))
    assert told(found) == {("R0009", "warning")}
    # six points wide; from 1.8 under the first point to 50.8 under it
    box = [mm(edge) for edge in (x - 3, y - 50.8, x + 3, y - 1.8)]
    assert found.findings[0].box_mm == pytest.approx(box, abs=1e-3)


def upright(pdf: pikepdf.Pdf, page: Any) -> None:
    child = font(pdf, "Boxes")
    child.Subtype, child.CIDSystemInfo = (
        Name.CIDFontType2,
        Dictionary(Registry="A", Ordering="B", Supplement=0),
    )
    child.DW = 600
    page.Resources.Font.V = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Boxes, Encoding=Name("/Identity-V"),
        DescendantFonts=[child],
    )  # fmt: skip


@case("preflight/p19-two-point-fill-4c")
def filled_line(_: Path) -> None:
    """A filled path of two points paints a line of one pixel: in four inks it is too thin (R0019)."""
    found = judged(draft("q .5 .5 .5 .5 k 18 120 m 58 120 l f Q"))
    assert ("R0019", "warning") in told(found)
    assert ("R0019", "warning") in told(judged(draft("q .5 .5 .5 .5 k 18 120 m 58 120 l 30 120 l f Q")))


@case("preflight/p14-overprint-in-isolated-group")
def overprint_in_a_group(_: Path) -> None:
    """Overprint stays within an isolated group, so text in it knocks out of the ground: a warning."""
    black = text(9, f"/OP gs {BLACK}", (36, 128))
    alone = judged(draft("q 1 0 0 1 -18 -18 cm /G Do Q", form("G", black, ISOLATED)))
    assert told(alone) == {("x4/group-overprint", "warning")}
    open_group = judged(
        draft("q 1 0 0 1 -18 -18 cm /G Do Q", form("G", black, ISOLATED.replace("true", "false")))
    )
    assert told(open_group) == set()


@case("preflight/a3-inherited-mediabox")
def inherited_media_box(_: Path) -> None:
    """A sheet whose MediaBox stands with the pages' parent is seen to all its edges: its bleed is covered."""
    asked = expected(Ask(product=True), "sheetcmyk-cmyk")
    assert check(built(draft("", inherit)), asked).verdict == "pass"


@case("preflight/qr-inherited")
def code_on_inherited_media_box(_: Path) -> None:
    """A code near the upper edge of a sheet larger than a letter is found, wherever MediaBox stands."""
    place = Rect(96, 1000, 156, 1060)

    def large(pdf: pikepdf.Pdf, page: Any) -> None:
        page.MediaBox, page.TrimBox = Array([0, 0, 842, 1191]), Array([18, 18, 824, 1173])
        del page["/BleedBox"]
        inherit(pdf, page)

    asked = replace(expected(PLAIN_ASK, "sheetcmyk-cmyk"), code_rules=profiles().codes, urls=(URL,))
    found = check(built(draft(symbol(place), large)), asked)
    assert [code.text for code in found.codes] == [URL]


def inherit(pdf: pikepdf.Pdf, page: Any) -> None:
    pdf.Root.Pages.MediaBox = page.MediaBox
    del page["/MediaBox"]


@case("preflight/hex-tj")
def long_strings(_: Path) -> None:
    """Ten strings of 240,000 hexadecimal digits are ten operators, however many letters they hold."""
    digits = "0A1B2C3D4E5F" * 20_000
    shown = f"q {BLACK} BT /F 0.001 Tf 120 120 Td {f'<{digits}> Tj ' * 10}ET Q"
    assert "x4/readable" not in {one.id for one in judged(draft(shown)).findings}
