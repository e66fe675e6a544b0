"""Pages of text in fonts made for it: TrueType, CFF and Type 1, simple and composite."""

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.eexec import encrypt
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from tests.preflight.damaged import made

ADVANCE = 600
LETTERS = ("A", "B", "C")
HEAD = b"""%!PS-AdobeFont-1.0: Boxes
/FontMatrix [0.001 0 0 0.001 0 0] readonly def
/Encoding StandardEncoding def
"""


def _draw(pen: Any) -> Any:
    pen.moveTo((50, 0))
    for corner in ((50, 700), (550, 700), (550, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen


@cache
def sfnt(outlines: str = "glyf", units: int = 1000) -> bytes:
    """Return a font of A, B and C, with outlines in `glyf` or `CFF`."""
    maker, names = FontBuilder(units, isTTF=outlines == "glyf"), [".notdef", *LETTERS]
    advance = ADVANCE * units // 1000
    maker.setupGlyphOrder(names)
    maker.setupCharacterMap({ord(letter): letter for letter in LETTERS})
    if outlines == "glyf":
        maker.setupGlyf({name: _draw(TTGlyphPen(None)).glyph() for name in names})
    else:
        strings = {name: _draw(T2CharStringPen(advance, None)).getCharString() for name in names}
        maker.setupCFF("Boxes", {}, strings, {})
    maker.setupHorizontalMetrics(dict.fromkeys(names, (advance, 50)))
    maker.setupHorizontalHeader(ascent=700, descent=-200)
    maker.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    maker.setupOS2()
    maker.setupPost()
    out = BytesIO()
    maker.save(out)
    return out.getvalue()


@cache
def bare_cff() -> bytes:
    """Return the CFF table of such a font alone."""
    table: bytes = TTFont(BytesIO(sfnt("CFF"))).reader["CFF "]
    return table


@cache
def type1(advance: int = ADVANCE) -> bytes:
    """Return a Type 1 program of A, B and C, whose advance stands in front of `hsbw`."""
    number = bytes([247 + (advance - 108) // 256, (advance - 108) % 256])
    glyph = encrypt(bytes(4) + bytes([139 + 50]) + number + bytes([13, 14]), 4330)[0]
    rows = b"".join(
        b"/%s %d RD %s ND\n" % (name.encode(), len(glyph), glyph) for name in (".notdef", *LETTERS)
    )
    private = b"dup /Private 8 dict dup begin /lenIV 4 def\n2 index /CharStrings 4 dict dup begin\n" + rows
    return HEAD + b"currentfile eexec\n" + encrypt(bytes(4) + private + b"end", 55665)[0]


def simple(
    pdf: pikepdf.Pdf, widths: list[float], kind: str = "FontFile2", data: bytes = b"", **more: Any
) -> Any:
    """Return a simple font of the codes from 65."""
    subtype = Name.TrueType if kind == "FontFile2" else Name.Type1
    about = {"Encoding": Name.WinAnsiEncoding, **more}
    return Dictionary(
        Type=Name.Font, Subtype=subtype, BaseFont=Name.Boxes, FirstChar=65, LastChar=64 + len(widths),
        Widths=Array(widths), FontDescriptor=_descriptor(pdf, kind, data or sfnt()), **about,
    )  # fmt: skip


def composite(
    pdf: pikepdf.Pdf, widths: Array, kind: str = "FontFile2", data: bytes = b"", **more: Any
) -> Any:
    """Return a composite font whose codes are the numbers of glyphs."""
    below = Name.CIDFontType2 if kind == "FontFile2" else Name.CIDFontType0
    child = Dictionary(
        Type=Name.Font, Subtype=below, BaseFont=Name.Boxes, W=widths, **more,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=_descriptor(pdf, kind, data or sfnt()),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Boxes, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(child)]),
    )  # fmt: skip


def _descriptor(pdf: pikepdf.Pdf, kind: str, data: bytes) -> Any:
    program = pdf.make_stream(data)
    if kind == "FontFile3":
        program.Subtype = Name.OpenType if data[:4] == b"OTTO" else Name.Type1C
    flags = Dictionary(Type=Name.FontDescriptor, FontName=Name.Boxes, Flags=32)
    flags[f"/{kind}"] = program
    return pdf.make_indirect(flags)


def page(font: Any, text: str = "(ABC)", mode: int = 0) -> bytes:
    """Return a page with text; `font` makes the font of a file."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font(pdf))))

    return made(change, f"BT {mode} Tr /F 12 Tf 20 20 Td {text} Tj ET".encode())
