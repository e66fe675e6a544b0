"""A clean file: a small PDF/X-4 that passes every rule of every variant, and what may be changed in it.

Its content is written in points from the trim's lower left corner. The trim has 180 x 180 points, the bleed
9 more on each side, the sheet 9 more again. The ground leaves bare paper at HOLE only.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Stream, String

from printkit.qr.outline import symbol_path
from printkit.qr.symbol import make_symbol
from printkit.units import Rect

ROOT = Path(__file__).parents[3]
TRIM, BLEED, SLUG = 180, 9, 9
EDGE = BLEED + SLUG
SHEET = TRIM + 2 * EDGE
OUT = Rect(-BLEED, -BLEED, TRIM + BLEED, TRIM + BLEED)
HOLE = Rect(100, 100, 160, 160)
URL = "https://example.no/nu03?k=r27"
# 41 modules and four modules round them
CODE = Rect(96, 22, 156, 82)
LETTERS = "ABC"

Change: TypeAlias = Callable[[pikepdf.Pdf, Any], object]


def bar(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} {x1 - x0} {y1 - y0} re f "


def ground(paint: str = "0.2 0 0 0 k", bleed: Rect = OUT) -> str:
    """Return four bars that leave the hole free."""
    left, right = bar(bleed.x0, bleed.y0, HOLE.x0, bleed.y1), bar(HOLE.x1, bleed.y0, bleed.x1, bleed.y1)
    below, above = bar(HOLE.x0, bleed.y0, HOLE.x1, HOLE.y0), bar(HOLE.x0, HOLE.y1, HOLE.x1, bleed.y1)
    return f"{paint} {left}{right}{below}{above}\n"


@cache
def symbol(place: Rect = CODE, url: str = URL, ink: str = "0 0 0 1 k") -> str:
    """Return a code of 41 modules on a white ground that holds its quiet zone."""
    quiet = place.width / 41 * 4
    white = place.inset(-quiet, -quiet, -quiet, -quiet)
    modules = symbol_path(make_symbol(url, "M", (6, 6)).matrix, place).decode()
    return f"0 0 0 0 k {bar(*white.as_tuple())}{ink} {modules}\n"


PLAIN = f"""0 0 0 1 k BT /F 24 Tf 18 18 Td ({LETTERS}) Tj ET
0 0 0 1 K 3 w 18 44 m 60 44 l S
q 1 0 0 1 64 18 cm /I Do Q
/OC /Crease BDC 0 0 0 0.3 k 18 50 40 8 re f EMC
/OC /Cut BDC q /OP gs 0 0 0 1 K 0.5 w 18 62 m 58 62 l S Q EMC
"""
CUT = Dictionary(GTS_ProcStepsGroup=Name.Structural, GTS_ProcStepsType=Name.Cutting)
CREASE = Dictionary(GTS_ProcStepsGroup=Name.Structural, GTS_ProcStepsType=Name.Creasing)
GROUND = ground()


@dataclass(frozen=True)
class Draft:
    """Describe a file: what is painted over the ground, on how many pages, and what is changed at last."""

    paint: str = ""
    changes: tuple[Change, ...] = ()
    ground: str = GROUND
    plain: str = PLAIN
    pages: int = 1
    save: tuple[tuple[str, Any], ...] = ()
    bytes_change: Callable[[bytes], bytes] = bytes

    @property
    def content(self) -> bytes:
        return f"q 1 0 0 1 {EDGE} {EDGE} cm\n{self.ground}{self.plain}{self.paint}\nQ".encode()


def draft(paint: str = "", *changes: Change, **other: Any) -> Draft:
    return Draft(paint, changes, **other)


@lru_cache(maxsize=200)
def built(draft: Draft) -> bytes:
    """Return the file that a draft describes."""
    with pikepdf.open(BytesIO(_frame())) as pdf:
        for _ in range(draft.pages - 1):
            pdf.pages.append(pdf.pages[0])
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(draft.content)
        for change in draft.changes:
            change(pdf, pdf.pages[0].obj)
        return draft.bytes_change(_saved(pdf, dict(draft.save)))


def _saved(pdf: pikepdf.Pdf, settings: dict[str, Any]) -> bytes:
    out = BytesIO()
    usual: dict[str, Any] = {"force_version": "1.6", "compress_streams": False, "fix_metadata_version": False}
    if "encryption" not in settings:
        usual |= {"deterministic_id": True, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    pdf.save(out, **usual | settings)
    return out.getvalue()


@cache
def _frame() -> bytes:
    """Return the file without content."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(SHEET, SHEET))
        page = pdf.pages[0].obj
        page.TrimBox = Array([EDGE, EDGE, EDGE + TRIM, EDGE + TRIM])
        page.BleedBox = Array([SLUG, SLUG, SHEET - SLUG, SHEET - SLUG])
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
        page.Resources = _resources(pdf)
        _describe(pdf)
        return _saved(pdf, {})


def _resources(pdf: pikepdf.Pdf) -> Dictionary:
    crease, cut = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name), GTS_Metadata=marks))
        for name, marks in (("Creasing", CREASE), ("Cutting", CUT))
    )
    order = Dictionary(Name=String("Layers"), Order=Array([crease, cut]), ON=Array([crease, cut]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([crease, cut]), D=order)
    overprints = {
        "OP": (True, True, 1),
        "OP0": (True, True, 0),
        "Fill": (False, True, 1),
        "Stroke": (True, False, 1),
    }
    states = {
        f"/{name}": Dictionary(OP=stroke, op=fill, OPM=mode)
        for name, (stroke, fill, mode) in overprints.items()
    }
    return Dictionary(
        Font=Dictionary(F=font(pdf, "ABCDEF+Boxes")),
        XObject=Dictionary(I=pdf.make_indirect(image(pdf, (32, 32), Name.DeviceCMYK))),
        ExtGState=Dictionary(states),
        Properties=Dictionary(Crease=crease, Cut=cut),
        ColorSpace=Dictionary(),
    )


def image(pdf: pikepdf.Pdf, pixels: tuple[int, int], space: Any, bits: int = 8, parts: int = 4) -> Stream:
    """Return an image of zeros."""
    width, height = pixels
    data = zlib.compress(bytes((width * bits * parts + 7) // 8 * height))
    about = {"Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height}
    return Stream(pdf, data, **about, BitsPerComponent=bits, ColorSpace=space, Filter=Name.FlateDecode)


def font(pdf: pikepdf.Pdf, name: str, **program: Any) -> Any:
    """Return a font whose letters are boxes, embedded."""
    about = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=32, FontBBox=Array([0, 0, 600, 700]),
        ItalicAngle=0, Ascent=700, Descent=-200, CapHeight=700, StemV=80,
        **program or {"FontFile2": pdf.make_stream(boxes(), Length1=len(boxes()))},
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), FirstChar=65, LastChar=67,
            Widths=Array([600] * 3), Encoding=Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(about),
        )
    )  # fmt: skip


@cache
def boxes() -> bytes:
    """Return a TrueType font of three letters, each a box of 500 x 700 units."""
    maker = FontBuilder(1000)
    names = [".notdef", *LETTERS]
    maker.setupGlyphOrder(names)
    maker.setupCharacterMap({ord(letter): letter for letter in LETTERS})
    maker.setupGlyf({name: _box() for name in names})
    maker.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    maker.setupHorizontalHeader(ascent=700, descent=-200)
    maker.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    maker.setupOS2()
    maker.setupPost()
    out = BytesIO()
    maker.font["head"].created = maker.font["head"].modified = 0
    maker.font.recalcTimestamp = False
    maker.save(out)
    return out.getvalue()


def _box() -> Any:
    pen = TTGlyphPen(None)
    corners = ((50, 0), (50, 700), (550, 700), (550, 0))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def profile(pdf: pikepdf.Pdf, name: str) -> Any:
    """Return a CMYK profile of the workspace; unpacked, as it is read in every check."""
    return pdf.make_stream((ROOT / "assets/icc" / name).read_bytes(), N=4)


DAY = "2026-09-01T00:00:00+00:00"
XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmpMM:DocumentID>uuid:0b5e8a4c-0000-4000-8000-000000000001</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmp:CreateDate>{DAY}</xmp:CreateDate><xmp:ModifyDate>{DAY}</xmp:ModifyDate>
<xmp:MetadataDate>{DAY}</xmp:MetadataDate><xmp:CreatorTool>by hand</xmp:CreatorTool>
<pdf:Producer>by hand</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Clean</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def _describe(pdf: pikepdf.Pdf) -> None:
    """Add metadata and output intent."""
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    day = String("D:20260901000000+00'00'")
    said = {"Title": "Clean", "Producer": "by hand", "Creator": "by hand"}
    texts = {f"/{key}": String(text) for key, text in said.items()}
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({**texts, "/CreationDate": day, "/ModDate": day, "/Trapped": Name("/False")})
    )
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"), DestOutputProfile=profile(pdf, "FOGRA39L_coated.icc"),
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([intent])


CLEAN = Draft()
EMPTY = replace(CLEAN, ground="", plain="")
