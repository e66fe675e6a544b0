"""Samples of PDF/X-4: what prints by a way round, as marks, patterns, gradients, spot colours, halftones."""

from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.preflight.matrix.base import Change, Draft, draft, font
from tests.preflight.matrix.cases_x4 import BASE14, OFF
from tests.preflight.matrix.objects import block, entry, space, text
from tests.preflight.matrix.x4_table import intent, table

RED, CYAN, WORD = "1 0 0 rg 2 2 4 4 re f", "1 0 0 0 k 2 2 4 4 re f", "BT /H 4 Tf 2 2 Td (A) Tj ET"
KINDS = ("PrinterMark", "TrapNet")


@cache
def mark(content: str, kind: str = "PrinterMark", flags: int = 4, state: str = "") -> Change:
    """Add an annotation in the slug that content paints; a `state` chooses between `On` and nothing."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        look = pdf.make_stream(content.encode(), Subtype=Name.Form, BBox=page.MediaBox)
        look.Resources = Dictionary(Font=Dictionary(H=pikepdf.Object.parse(BASE14.encode())))
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), F=flags, Rect=Array([1, 1, 7, 7]))
        made.AP = Dictionary(N=Dictionary(On=look) if state else look)
        if state:
            made.AS = Name(f"/{state}")
        page.Annots = Array([pdf.make_indirect(made)])

    return change


def marked(content: str, *about: Any, **more: Any) -> Draft:
    return draft("", mark(content, *about, **more))


table(
    "x4/colour",
    {f"RGB in a {kind}": marked(RED, kind) for kind in KINDS}
    | {"RGB in a mark's state": marked(RED, state="On")},
    {
        "inks in a mark": marked(CYAN),
        "RGB in a mark's other state": marked(RED, state="Off"),
        "RGB in a hidden mark": marked(RED, flags=2),
        "RGB in a stamp beside the bleed": marked(RED, "Stamp"),
    },
)
table(
    "x4/fonts",
    {f"not embedded, in a {kind}": marked(WORD, kind) for kind in KINDS},
    {"not embedded, in a hidden mark": marked(WORD, flags=2)},
)
AXIAL = "/ShadingType 2 /Coords [0 0 9 0] /ColorSpace /DeviceCMYK"
FUNCTION = "/Function <</FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1]>>"
PART = FUNCTION.removeprefix("/Function ")
STITCHED = f"<</FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 0 1] /Functions [{PART} {PART}]>>"
GRADIENTS = {
    "without a function": f"<<{AXIAL}>>",
    "without coordinates": f"<</ShadingType 2 /ColorSpace /DeviceCMYK {FUNCTION}>>",
    "in no space": f"<</ShadingType 2 /Coords [0 0 9 0] /ColorSpace /Foo {FUNCTION}>>",
    "of no kind": f"<</Coords [0 0 9 0] /ColorSpace /DeviceCMYK {FUNCTION}>>",
    "between colours of a palette": f"<</ShadingType 2 /Coords [0 0 9 0] {FUNCTION} "
    "/ColorSpace [/Indexed /DeviceCMYK 1 <0000000000000000>]>>",
    "of a function that is none": f"<<{AXIAL} /Function 5>>",
    "of a function of one ink": f"<<{AXIAL} /Function <</FunctionType 2 /Domain [0 1] /N 1>>>>",
    "of a mesh without data": "<</ShadingType 4 /ColorSpace /DeviceCMYK>>",
}
FINE = {"of a function": f"<<{AXIAL} {FUNCTION}>>", "of parts": f"<<{AXIAL} /Function {STITCHED}>>"}
SHADED = "q 188 20 9 9 re W n /H sh Q"
PATTERN = "q /Pattern cs /P scn 188 20 9 9 re f Q"


def gradient(words: str) -> Draft:
    return draft(SHADED, entry("Shading", "H", words))


def pattern(words: str) -> Draft:
    return draft(PATTERN, entry("Pattern", "P", words))


def of_gradient(words: str) -> Draft:
    return pattern(f"<</PatternType 2 /Shading {words}>>")


SPOTS = {
    "without a function": "[/Separation /Gold /DeviceCMYK]",
    "of a number": "[/Separation /Gold /DeviceCMYK 5]",
    "of a function of one ink": "[/Separation /Gold /DeviceCMYK <</FunctionType 2 /Domain [0 1] /N 1>>]",
}
PAIR = f"[/DeviceN [/Gold /Sun] /DeviceCMYK {PART}]"


def spots(words: str, tints: str = "1", **more: Any) -> Draft:
    return draft(block(f"/S cs {tints} scn", OFF), space("S", words), **more)


table(
    "x4/resources",
    {
        **{f"a gradient {name}": gradient(words) for name, words in GRADIENTS.items()},
        **{f"a pattern of a gradient {name}": of_gradient(words) for name, words in GRADIENTS.items()},
        "a pattern of no kind": pattern("<</PatternType 7>>"),
        "a tiling without a cell": pattern("<</PatternType 1>>"),
        "a pattern without its gradient": pattern("<</PatternType 2>>"),
        **{f"a spot colour {name}": spots(words) for name, words in SPOTS.items()},
        "two spot colours of a function of one": spots(PAIR, "1 1"),
    },
    {
        **{f"a gradient {name}": gradient(words) for name, words in FINE.items()},
        **{f"a pattern of a gradient {name}": of_gradient(words) for name, words in FINE.items()},
        "a pattern of no kind, not used": draft("", entry("Pattern", "P", "<</PatternType 7>>")),
        **{f"a spot colour {name}, not used": draft("", space("S", words)) for name, words in SPOTS.items()},
    },
)
SCREEN = "/Type /Halftone /HalftoneType 1 /Frequency 60 /Angle 45 /SpotFunction /Round"
CURVE = f"<<{SCREEN} /TransferFunction <</FunctionType 2 /Domain [0 1] /N 2>>>>"


def screened(halftone: str) -> Draft:
    return draft(f"q /E gs {block('0 0 0 1 k', OFF)} Q", entry("ExtGState", "E", f"<</HT {halftone}>>"))


def ink_screen(ink: str) -> str:
    return f"<</HalftoneType 5 /Default <<{SCREEN}>> /{ink} {CURVE}>>"


table(
    "x4/transfer",
    {"in the halftone of all": screened(CURVE), "in cyan's halftone": screened(ink_screen("Cyan"))},
    {
        "in a spot colour's halftone": screened(ink_screen("Gold")),
        "Identity in a halftone": screened(f"<<{SCREEN} /TransferFunction /Identity>>"),
    },
)


def bare(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Resources.Font.H = font(pdf, "ABCDEG+Boxes")
    del page.Resources.Font.H["/Widths"]


def one_way(pdf: pikepdf.Pdf, _: Any) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes().replace(b"B2A0", b"none", 1))


def no_xmp(pdf: pikepdf.Pdf, _: Any) -> None:
    pdf.Root.Metadata.write(b"<a/>")


table("x4/font-widths", {"without widths": draft(text(24, font="H"), bare)}, {})
table(
    "x4/output-intent", {"a condition that is no string": intent("OutputConditionIdentifier", "/FOGRA39")}, {}
)
table("x4/intent-profile", {"no table from colour to inks": draft("", one_way)}, {})
table("x4/metadata", {"XML that is no XMP": draft("", no_xmp)}, {})
