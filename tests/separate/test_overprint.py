from collections.abc import Callable

import pytest
from pikepdf import Dictionary, Name, Pdf

from printkit.content import Element

Elements = Callable[..., list[Element]]
BOTH, FILL, STROKE, NONE = (True, True, 1), (True, False, 1), (False, True, 1), (False, False, 0)


@pytest.mark.parametrize(
    ("content", "overprint"),
    [
        (b"BT /F 11.99 Tf (A) Tj ET", BOTH),
        (b"BT /F 12 Tf (A) Tj ET", NONE),
        (b"BT 2 0 0 2 0 0 Tm /F 6 Tf (A) Tj ET", NONE),
        (b".5 0 0 .5 0 0 cm BT /F 20 Tf (A) Tj ET", BOTH),
        (b"BT /F 9 Tf .3 g (A) Tj ET", NONE),
        (b"BT /F 9 Tf 1 0 0 rg (A) Tj ET", NONE),
        (b"/Half gs BT /F 9 Tf (A) Tj ET", NONE),
        (b"/Multiply gs BT /F 9 Tf (A) Tj ET", NONE),
        (b"/Over gs BT /F 20 Tf (A) Tj ET", NONE),
        (b"1.99 w 0 0 m 50 50 l S", BOTH),
        (b"2 w 0 0 m 50 50 l S", NONE),
        (b"2 0 0 2 0 0 cm 1 w 0 0 m 50 50 l S", NONE),
        (b"1 0 0 RG 1 w 0 0 m 50 50 l S", NONE),
        (b"0 0 50 1.9 re f", BOTH),
        (b"0 0 1.9 50 re f", BOTH),
        (b"0 0 50 2 re f", NONE),
        (b"0 0 50 50 re 1 1 48 48 re f*", BOTH),
        (b"0 0 m 50 0 l 50 1 l f", NONE),
        (b"1 g 1 w 0 0 50 50 re B", STROKE),
        (b"1 0 0 RG 2 Tr BT /F 9 Tf (A) Tj ET", FILL),
        (b"/Half gs 1 w 0 0 m 50 50 l S", NONE),
        (b"1 w 0 0 50 50 re B", STROKE),
        (b"2 Tr 1 w BT /F 9 Tf (A) Tj ET", BOTH),
        (b"/Faded gs BT /F 9 Tf (A) Tj ET", NONE),
        (b"/Faded gs 1 w 0 0 m 50 50 l S", NONE),
        (b"/Pattern cs /P scn BT /F 9 Tf (A) Tj ET", NONE),
        (b"1 0 0 1 k BT /F 9 Tf (A) Tj ET", NONE),
        (b"0 0 0 1 k BT /F 9 Tf (A) Tj ET", BOTH),
    ],
)
def test_only_full_black_small_text_and_thin_lines_overprint(
    elements: Elements, pdf: Pdf, content: bytes, overprint: tuple[bool, bool, int]
) -> None:
    painted = elements(content, **_resources(pdf))
    (element,) = [one for one in painted if not one.context.in_mask]
    state = element.state
    assert (state.overprint_fill, state.overprint_stroke, state.overprint_mode) == overprint


def test_overprint_ends_with_the_next_element(elements: Elements) -> None:
    states = [
        element.state.overprint_fill for element in elements(b"0 0 9 1 re f q 0 0 9 9 re f Q 0 0 9 1 re f")
    ]
    assert states == [True, False, True]


def test_state_is_set_where_it_changes_and_only_there(separated: Callable[..., object]) -> None:
    made = separated(b"0 0 9 9 re f 0 0 8 8 re f 0 0 9 1 re f 0 0 8 1 re f")
    content = made.pages[0].Contents.read_bytes()  # type: ignore[attr-defined]
    assert content.split().count(b"gs") == 2


def _resources(pdf: Pdf) -> dict[str, Dictionary]:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    half, over = Dictionary(ca=0.5, CA=0.5), Dictionary(OP=True, OPM=1)
    mask = pdf.make_stream(b"0.5 g 0 0 200 100 re f", Subtype=Name.Form, BBox=[0, 0, 200, 100])
    mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    faded = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    states = Dictionary(Half=half, Multiply=Dictionary(BM=Name.Multiply), Over=over, Faded=faded)
    black = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[0, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 0], Function=black)
    patterns = Dictionary(P=Dictionary(PatternType=2, Shading=shading))
    return {"Font": Dictionary(F=font), "ExtGState": states, "Pattern": patterns}
