"""Samples of PDF/X-4: intent, boxes, what is for screens, fonts, colours, states, images."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.preflight.matrix.base import CLEAN, SLUG, Draft, draft, font
from tests.preflight.matrix.cases_file import SIDES, box, packed
from tests.preflight.matrix.objects import (
    BLACK,
    block,
    drawn,
    entry,
    form,
    page_entry,
    picture,
    root_entry,
    space,
    spot,
    text,
)
from tests.preflight.matrix.x4_table import intent, root, sheet, table


def intents(count: int, kind: str = "GTS_PDFX") -> Draft:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        own = pdf.Root.OutputIntents[0]
        others = [Dictionary({**dict(own.items()), "/S": Name(f"/{kind}")}) for _ in range(count - 1)]
        pdf.Root.OutputIntents = Array([own, *others] if count else [])

    return draft("", change)


table(
    "x4/output-intent",
    {"none": intents(0), "two": intents(2), "without a condition": intent("OutputConditionIdentifier", None)},
    {"one, and one of PDF/A": intents(2, "GTS_PDFA1")},
)


def screen(pdf: pikepdf.Pdf, _: Any) -> None:
    own = pdf.Root.OutputIntents[0].DestOutputProfile
    own.write(own.read_bytes()[:12] + b"mntr" + own.read_bytes()[16:])


table(
    "x4/intent-profile",
    {
        "absent": intent("DestOutputProfile", None),
        "of a screen": draft("", screen),
        "N of three": intent("DestOutputProfile.N", "3"),
        "no N": intent("DestOutputProfile.N", None),
    },
    {"as it is": CLEAN},
)


def other_registry(described: bool) -> Draft:
    described_by = "(Offset on coated paper)" if described else None
    changes = [root_entry("OutputIntents.0.RegistryName", None)]
    changes += [root_entry("OutputIntents.0.Info", described_by)] if described else []
    return draft("", *changes)


table(
    "x4/intent-registry",
    {"neither registry nor words": other_registry(False)},
    {"words instead": other_registry(True)},
)


def no_media(pdf: pikepdf.Pdf, page: Any) -> None:
    del page["/MediaBox"]


def inherited(pdf: pikepdf.Pdf, page: Any) -> None:
    pdf.Root.Pages.MediaBox = page.MediaBox
    del page["/MediaBox"]


table(
    "x4/pages",
    {
        "no MediaBox": draft("", no_media),
        "a MediaBox of strings": sheet("MediaBox", "[(0) (0) (216) (216)]"),
        "longer than readers take": sheet("MediaBox", "[0 0 14401 216]"),
        "a plate": sheet("SeparationInfo", "<</DeviceColorant /Cyan>>"),
    },
    {
        "inherited MediaBox": draft("", inherited),
        "as long as they take": sheet("MediaBox", "[0 0 14400 216]"),
    },
)


def art(pdf: pikepdf.Pdf, page: Any) -> None:
    page.ArtBox = page.TrimBox
    del page["/TrimBox"]


table(
    "x4/trim-box",
    {
        "both": sheet("ArtBox", box(20)),
        "neither": draft("", page_entry("TrimBox", None), page_entry("BleedBox", None)),
    },
    {"an ArtBox instead": draft("", art)},
)
table(
    "x4/box-nesting",
    {
        **{
            f"bleed inside trim, {side}": sheet("BleedBox", box(SLUG, edge, 9.5))
            for edge, side in enumerate(SIDES)
        },
        **{
            f"bleed outside the sheet, {side}": sheet("BleedBox", box(SLUG, edge, -9.5))
            for edge, side in enumerate(SIDES)
        },
        "bleed without area": sheet("BleedBox", "[9 9 9 9]"),
        "crop that is no rectangle": sheet("CropBox", "[0 0 216]"),
    },
    {
        **{
            f"bleed at the trim, {side}": sheet("BleedBox", box(SLUG, edge, 9))
            for edge, side in enumerate(SIDES)
        },
        **{
            f"bleed at the sheet's edge, {side}": sheet("BleedBox", box(SLUG, edge, -9))
            for edge, side in enumerate(SIDES)
        },
    },
)
VIEWS = ("ViewArea", "ViewClip", "PrintArea", "PrintClip")
table(
    "x4/view-area",
    {f"{key} TrimBox": root("ViewerPreferences", f"<</{key} /TrimBox>>") for key in VIEWS},
    {f"{key} BleedBox": root("ViewerPreferences", f"<</{key} /BleedBox>>") for key in VIEWS},
)


def note(kind: str, edge: int, inside: bool) -> Draft:
    """Return a page with an annotation at one edge of the bleed, just inside or just outside."""
    by = 1 if inside else -1
    sides = {
        0: (0, 50, SLUG + by, 60),
        1: (50, 0, 60, SLUG + by),
        2: (207 - by, 50, 216, 60),
        3: (50, 207 - by, 60, 216),
    }
    rect = " ".join(map(str, sides[edge]))
    return sheet("Annots", f"[<</Type /Annot /Subtype /{kind} /Rect [{rect}]>>]")


table(
    "x4/annotations",
    {
        **{f"a link at the {side}": note("Link", edge, True) for edge, side in enumerate(SIDES)},
        "a note": note("Text", 0, True),
        "a note without a rectangle": sheet("Annots", "[<</Subtype /Text>>]"),
    },
    {
        **{f"a link beside the {side}": note("Link", edge, False) for edge, side in enumerate(SIDES)},
        "null": sheet("Annots", "[null]"),
        "a printer's mark": note("PrinterMark", 0, True),
        "a trap network": note("TrapNet", 0, True),
    },
)
NAMELESS = "[<</Type /Annot /Subtype (Link) /Rect [50 50 60 60]>>]"
table("x4/annotations", {"what names no kind": sheet("Annots", NAMELESS)}, {}, "warning")
table(
    "x4/actions",
    {
        "at opening": root("OpenAction", "<</S /GoTo /D [null /Fit]>>"),
        "a script": root("Names", "<</JavaScript <</Names [(a) <</S /JavaScript /JS (1)>>]>>>>"),
        "a form": root("AcroForm", "<</Fields []>>"),
        "of the page": sheet("AA", "<</O <</S /Named /N /NextPage>>>>"),
    },
    {
        "a place to begin at": root("PageMode", "/UseNone"),
        "names of places": root("Names", "<</Dests <</Names []>>>>"),
    },
)
table(
    "x4/media",
    {kind: note(kind, 0, False) for kind in ("Movie", "Sound", "Screen", "3D", "RichMedia", "Widget")},
    {"a stamp beside the bleed": note("Stamp", 0, False)},
)
table(
    "x4/layers",
    {
        "without a name": root("OCProperties.D.Name", None),
        "switches by itself": root("OCProperties.D.AS", "[]"),
    },
    {"named": CLEAN},
)


def in_font(**program: Any) -> Draft:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources.Font.C = font(pdf, "Helvetica", **program)

    return draft(text(24, BLACK, font="C"), change)


BASE14 = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
BASE_FONT = draft(text(24, font="H"), entry("Font", "H", BASE14))
table(
    "x4/fonts",
    {"not embedded": in_font(Lang=Name.en), "of the standard 14": BASE_FONT},
    {"embedded": in_font(), "not embedded, in no text": draft("", entry("Font", "H", BASE14))},
)
INVISIBLE = draft(text(24, "3 Tr", font="H"), entry("Font", "H", BASE14))
table("x4/fonts", {"not embedded, in invisible text": INVISIBLE}, {}, "warning")
SPOT_RGB = "[/Separation /All /DeviceRGB <</FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0 0 0] /N 1>>]"
OFF = (190, 20)
table(
    "x4/colour",
    {
        "RGB beside the trim": draft(block("1 0 0 rg", OFF)),
        "a default that is no space": draft(block("1 0 0 rg", OFF), space("DefaultRGB", "(x)")),
        "a spot colour that falls back to RGB": draft(block("/S cs 0.2 scn", OFF), space("S", SPOT_RGB)),
        "the intent's own profile": draft(
            block("/S cs 0 0 0 0.5 scn", OFF), space("S", "icc:FOGRA39L_coated.icc")
        ),
    },
    {
        "RGB with a default, beside the trim": draft(block("1 0 0 rg", OFF), space("DefaultRGB", "icc:sRGB")),
        "another CMYK profile": draft(
            block("/S cs 0 0 0 0.5 scn", OFF), space("S", "icc:FOGRA29L_uncoated.icc")
        ),
        "Lab": draft(block("/S cs 50 9 9 scn", OFF), space("S", "[/Lab <</WhitePoint [0.95 1 1.09]>>]")),
        "grey": draft(block("0.5 g", OFF)),
        "a spot colour": draft(block("/S cs 0.2 scn", OFF), spot("S", "Gold")),
    },
)


def state(words: str) -> Draft:
    return draft("", entry("ExtGState", "New", words))


table(
    "x4/transfer",
    {"TR": state("<</TR /Identity>>"), "TR2": state("<</TR2 /Identity>>"), "HTP": state("<</HTP [0 0]>>")},
    {"TR2 Default": state("<</TR2 /Default>>")},
)
MODES = ("Normal", "Multiply", "Screen", "Overlay", "ColorDodge", "SoftLight", "Luminosity", "Compatible")
table(
    "x4/blend-mode",
    {"Glow": state("<</BM /Glow>>"), "one of a list": state("<</BM [/Glow /Normal]>>")},
    {"the standard ones": draft("", *(entry("ExtGState", mode, f"<</BM /{mode}>>") for mode in MODES))},
)


def in_form(**entries: str) -> Draft:
    return draft("/Fm Do", form("Fm", block(BLACK), **entries))


def postscript(pdf: pikepdf.Pdf, page: Any) -> None:
    stream = pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)
    page.Resources.XObject.P = pdf.make_indirect(stream)


def encrypted(data: bytes) -> bytes:
    """Name a filter of its own key; qpdf itself takes it away."""
    return data.replace(b"/Filter /ASCIIHexDecode", b"/Filter /Crypt         ")


def coded_in_hex(pdf: pikepdf.Pdf, page: Any) -> None:
    stream = pikepdf.Stream(pdf, b"00>", Filter=Name.ASCIIHexDecode)
    page.PieceInfo = Dictionary(A=Dictionary(Private=pdf.make_indirect(stream)))


def alternates(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Resources.XObject.I.Alternates = Array([Dictionary(Image=page.Resources.XObject.I)])


table(
    "x4/images",
    {
        "OPI": in_form(OPI="<<>>"),
        "a reference": in_form(Ref="<</F (a.pdf) /Page 0>>"),
        "PostScript as a form": in_form(Subtype2="/PS"),
        "PostScript": draft("", postscript),
        "alternates": draft("", alternates),
        "a filter of its own key": draft("", coded_in_hex, bytes_change=encrypted),
    },
    {"a plain form": in_form(), "a filter of hexadecimal figures": draft("", coded_in_hex)},
)
table("x4/lzw", {"an image": draft("", packed)}, {"Flate": CLEAN}, "warning")
DEEP = draft(drawn("J", 1, 1), picture("J", (20, 20), "/DeviceGray", 16))
table("x4/image-depth", {"16 bits": DEEP}, {"8 bits": CLEAN}, "warning")


def in_group(paint: str, isolated: str = "true", at: tuple[int, int] = (36, 128)) -> Draft:
    group = f"<</S /Transparency /I {isolated} /CS /DeviceCMYK>>"
    return draft("q 1 0 0 1 -18 -18 cm /G Do Q", form("G", text(24, f"{paint} {BLACK}", at), group))


table(
    "x4/group-overprint",
    {"text in an isolated group": in_group("/OP gs")},
    {
        "knocks out": in_group("/OP0 gs"),
        "the group is open": in_group("/OP gs", "false"),
        "on bare paper": in_group("/OP gs", at=(122, 128)),
    },
    "warning",
)
