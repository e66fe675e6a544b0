"""The print ids' font: one fixed subset, so that it is the same object in every file."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Dictionary, Name, Pdf

from printkit.errors import RenderError
from printkit.pdfx.stream import compressed
from printkit.qr import ID_SIGNS
from printkit.typeface import as_truetype, capital_height
from printkit.words import Message

# ISO 32000: a simple or CID TrueType program needs no other tables.
NEEDED = {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep"}
# What the subsetter finds glyphs by
NAMING = {"GlyphOrder", "cmap", "post"}
EM = 1000
# Upright, without serifs, no symbol (ISO 32000, font flags)
FLAGS = 1 << 5
# Asked for by the format; only programs that replace the font use it, and this one is embedded
STEM = 80
UNNAMED = "PrintIds"
EDGES = ("xMin", "yMin", "xMax", "yMax")


@dataclass(frozen=True)
class IdFont:
    """The subset and its measures, in thousandths of the size."""

    name: str
    program: bytes
    glyphs: dict[str, int]
    widths: dict[int, int]
    capitals: int
    ascent: int
    descent: int
    bounds: tuple[int, ...]

    def width(self, text: str) -> float:
        """Return the text's width in sizes."""
        return sum(self.widths[self.glyphs[sign]] for sign in text) / EM

    def shown(self, text: str) -> str:
        """Return the text as a hexadecimal string of glyph numbers."""
        return "<" + "".join(f"{self.glyphs[sign]:04X}" for sign in text) + ">"


@lru_cache(maxsize=4)
def id_font(data: bytes) -> IdFont:
    """Return the subset of a font that print ids need; raise RenderError where it has not all their signs."""
    try:
        # A new time in `head` would make other bytes at each run
        font = TTFont(BytesIO(as_truetype(data)), recalcTimestamp=False)
        names = {sign: font.getBestCmap()[ord(sign)] for sign in ID_SIGNS}
    except (TTLibError, KeyError, TypeError) as error:
        raise RenderError(
            Message("the print ids' font must have all of %(id_signs)s; take another", id_signs=ID_SIGNS)
        ) from error
    capitals, name = capital_height(font), _postscript_name(font)
    program = _subset(font, set(names.values()))
    return _measured(font, names, (name, capitals, program))


def embed(pdf: Pdf, font: IdFont) -> Dictionary:
    """Add the font to `pdf` and return the font dictionary to name in resources."""
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + font.name),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=Name.Identity,
        W=Array([0, Array([font.widths[glyph] for glyph in sorted(font.widths)])]),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, font)),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + font.name),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=compressed(pdf, _to_unicode(font)),
        )
    )


def _subset(font: TTFont, glyphs: set[str]) -> bytes:
    # gone before the subsetter reads them: layout tables take it ten times as long as the rest
    for tag in set(font.keys()) - NEEDED - NAMING:
        del font[tag]
    options = Options()
    options.drop_tables = sorted(NAMING)
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=glyphs)
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _postscript_name(font: TTFont) -> str:
    """Return the name that a PDF knows a font by; some free fonts have none (OpenType 1.9, name, id 6)."""
    return (font["name"].getDebugName(6) if "name" in font else None) or UNNAMED


def _measured(font: TTFont, names: dict[str, str], known: tuple[str, float, bytes]) -> IdFont:
    name, capitals, program = known
    numbers, metrics, head = font.getReverseGlyphMap(), font["hmtx"].metrics, font["head"]
    scale = EM / head.unitsPerEm
    return IdFont(
        f"{_tag(program)}+{name}",
        program,
        {sign: numbers[glyph] for sign, glyph in names.items()},
        {number: round(metrics[glyph][0] * scale) for glyph, number in numbers.items()},
        round(capitals * scale),
        round(font["hhea"].ascent * scale),
        round(font["hhea"].descent * scale),
        tuple(round(getattr(head, edge) * scale) for edge in EDGES),
    )


def _tag(program: bytes) -> str:
    # The six capitals that mark a subset, made of its content: equal subsets have one name, others another
    return "".join(chr(ord("A") + byte % 26) for byte in sha256(program).digest()[:6])


def _descriptor(pdf: Pdf, font: IdFont) -> Dictionary:
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + font.name),
        Flags=FLAGS,
        FontBBox=Array(font.bounds),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.capitals,
        StemV=STEM,
        FontFile2=compressed(pdf, font.program, Length1=len(font.program)),
    )


def _to_unicode(font: IdFont) -> bytes:
    pairs = sorted((glyph, sign) for sign, glyph in font.glyphs.items())
    lines = "\n".join(f"<{glyph:04X}> <{ord(sign):04X}>" for glyph, sign in pairs)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(pairs)} beginbfchar\n{lines}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()
