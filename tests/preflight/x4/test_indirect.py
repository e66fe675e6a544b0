"""What prints by a way round: marks and traps of a page, parts of patterns and gradients, halftones."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.cases.sound import told
from tests.preflight.matrix.base import Change, draft, font
from tests.preflight.matrix.objects import entry, root_entry, text

RGB = "1 0 0 rg 0 0 216 216 re f"
HELVETICA = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
PATTERN = "q /Pattern cs /P scn 18 110 40 30 re f Q"


def mark(content: str, kind: str = "PrinterMark", flags: int = 4, state: str = "") -> Change:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        look = pdf.make_stream(content.encode(), Subtype=Name.Form, BBox=page.MediaBox)
        look.Resources = Dictionary(Font=Dictionary(H=pikepdf.Object.parse(HELVETICA.encode())))
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), F=flags, Rect=Array([1, 1, 5, 5]))
        made.AP = Dictionary(N=Dictionary(On=look) if state else look)
        if state:
            made.AS = Name(f"/{state}")
        page.Annots = Array([pdf.make_indirect(made)])

    return change


@pytest.mark.parametrize("kind", ["PrinterMark", "TrapNet"])
def test_marks_and_traps_are_looked_at_as_they_print(kind: str) -> None:
    assert "x4/colour" in told(draft("", mark(RGB, kind)))
    assert "x4/fonts" in told(draft("", mark("BT /H 9 Tf (A) Tj ET", kind)))
    assert told(draft("", mark("1 0 0 0 k 0 0 216 216 re f", kind))) == set()


def test_the_state_of_a_mark_chooses_its_look() -> None:
    assert "x4/colour" in told(draft("", mark(RGB, state="On")))
    assert told(draft("", mark(RGB, state="Off"))) == set()


def test_a_hidden_mark_and_a_note_do_not_print() -> None:
    assert told(draft("", mark(RGB, flags=2))) == set()
    assert told(draft("", mark(RGB, "Stamp"))) == set()


AXIAL = "/ShadingType 2 /Coords [0 0 9 0] /ColorSpace /DeviceCMYK"
FUNCTION = "/Function <</FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1]>>"
GRADIENTS = {
    "without a function": f"<<{AXIAL}>>",
    "without coordinates": f"<</ShadingType 2 /ColorSpace /DeviceCMYK {FUNCTION}>>",
    "in no space": f"<</ShadingType 2 /Coords [0 0 9 0] /ColorSpace /Foo {FUNCTION}>>",
    "of no kind": f"<</Coords [0 0 9 0] /ColorSpace /DeviceCMYK {FUNCTION}>>",
    "between colours of a palette": f"<</ShadingType 2 /Coords [0 0 9 0] {FUNCTION} "
    "/ColorSpace [/Indexed /DeviceCMYK 1 <0000000000000000>]>>",
    "of a function that is none": f"<<{AXIAL} /Function 5>>",
    "of a function of one ink": f"<<{AXIAL} /Function <</FunctionType 2 /Domain [0 1] /N 1>>>>",
    "a mesh without data": "<</ShadingType 4 /ColorSpace /DeviceCMYK>>",
}


@pytest.mark.parametrize("name", GRADIENTS)
def test_a_gradient_that_cannot_be_made_out_is_told(name: str) -> None:
    wrong = GRADIENTS[name]
    assert "x4/resources" in told(draft("q 18 110 9 9 re W n /H sh Q", entry("Shading", "H", wrong)))
    inside = entry("Pattern", "P", f"<</PatternType 2 /Shading {wrong}>>")
    assert "x4/resources" in told(draft(PATTERN, inside))


@pytest.mark.parametrize("pattern", ["<</PatternType 7>>", "<</PatternType 1>>", "<</PatternType 2>>"])
def test_a_pattern_that_cannot_be_made_out_is_told(pattern: str) -> None:
    assert "x4/resources" in told(draft(PATTERN, entry("Pattern", "P", pattern)))


def test_a_whole_gradient_is_left_alone() -> None:
    whole = entry("Shading", "H", f"<<{AXIAL} {FUNCTION}>>")
    assert told(draft("q 18 110 9 9 re W n /H sh Q", whole)) == set()


SCREEN = "/Type /Halftone /HalftoneType 1 /Frequency 60 /Angle 45 /SpotFunction /Round"
CURVE = f"<<{SCREEN} /TransferFunction <</FunctionType 2 /Domain [0 1] /N 2>>>>"


@pytest.mark.parametrize(
    ("halftone", "wrong"),
    [
        (CURVE, True),
        (f"<</HalftoneType 5 /Default <<{SCREEN}>> /Cyan {CURVE}>>", True),
        (f"<</HalftoneType 5 /Default <<{SCREEN}>> /Gold {CURVE}>>", False),
        (f"<<{SCREEN} /TransferFunction /Identity>>", False),
    ],
)
def test_a_halftone_may_not_change_process_inks(halftone: str, wrong: bool) -> None:
    used = draft("q /E gs 0 0 0 1 k 18 110 9 9 re f Q", entry("ExtGState", "E", f"<</HT {halftone}>>"))
    assert ("x4/transfer" in told(used)) is wrong


def test_a_font_without_widths_is_told() -> None:
    def bare(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Resources.Font.H = font(pdf, "ABCDEG+Boxes")
        del page.Resources.Font.H["/Widths"]

    assert "x4/font-widths" in told(draft(text(24, font="H"), bare))


def test_a_condition_that_is_no_string_is_none() -> None:
    wrong = root_entry("OutputIntents.0.OutputConditionIdentifier", "/FOGRA39")
    assert "x4/output-intent" in told(draft("", wrong))


def test_a_profile_that_tells_inks_one_way_only_is_told() -> None:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        profile.write(profile.read_bytes().replace(b"B2A0", b"none", 1))

    assert "x4/intent-profile" in told(draft("", change))


SPOTS = {
    "none": "[/Separation /Gold /DeviceCMYK]",
    "a number": "[/Separation /Gold /DeviceCMYK 5]",
    "of one ink": "[/Separation /Gold /DeviceCMYK <</FunctionType 2 /Domain [0 1] /N 1>>]",
    "of one tint for two": "[/DeviceN [/Gold /Sun] /DeviceCMYK "
    "<</FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1]>>]",
}


@pytest.mark.parametrize("name", SPOTS)
def test_a_spot_colour_whose_look_cannot_be_worked_out_is_told(name: str) -> None:
    tints = "1 1" if "two" in name else "1"
    used = draft(f"q /S cs {tints} scn 18 110 9 9 re f Q", entry("ColorSpace", "S", SPOTS[name]))
    assert "x4/resources" in told(used)
    assert "x4/resources" not in told(draft("", entry("ColorSpace", "S", SPOTS[name])))


def test_a_gradient_of_stitched_functions_is_left_alone() -> None:
    part = FUNCTION.removeprefix("/Function ")
    stitched = f"<</FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 0 1] /Functions [{part} {part}]>>"
    whole = entry("Shading", "H", f"<<{AXIAL} /Function {stitched}>>")
    assert told(draft("q 18 110 9 9 re W n /H sh Q", whole)) == set()


def test_xml_that_is_no_xmp_is_one_finding() -> None:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        pdf.Root.Metadata.write(b"<a/>")

    assert told(draft("", change)) == {"x4/metadata", "R0001"}
