from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from printkit.content import GRAY, Element, Kind

Walked = Callable[..., list[Element]]


SEPARATION = Array([Name.Separation, Name.Varnish, Name.DeviceCMYK, Dictionary(FunctionType=2)])


@pytest.mark.parametrize(
    ("operators", "family", "components"),
    [
        (b"", "DeviceGray", (0,)),
        (b".5 g", "DeviceGray", (0.5,)),
        (b".1 .2 .3 rg", "DeviceRGB", (0.1, 0.2, 0.3)),
        (b".1 .2 .3 .4 k", "DeviceCMYK", (0.1, 0.2, 0.3, 0.4)),
        (b"/DeviceRGB cs 1 .5 0 sc", "DeviceRGB", (1, 0.5, 0)),
        (b"/DeviceCMYK cs", "DeviceCMYK", (0, 0, 0, 1)),
        (b"/V cs", "Separation", (1,)),
        (b"/V cs .25 scn", "Separation", (0.25,)),
        (b"1 0 0 rg 1 0 rg", "DeviceRGB", (1, 0, 0)),
        (b"1 0 0 rg /Unknown cs", "DeviceRGB", (1, 0, 0)),
    ],
)
def test_fill_colour(walked: Walked, operators: bytes, family: str, components: tuple[float, ...]) -> None:
    (element,) = walked(operators + b" 0 0 9 9 re f", ColorSpace=Dictionary(V=SEPARATION))
    assert element.fill is not None
    assert (element.fill.space.family, element.fill.components) == (family, components)


def test_fill_and_stroke_keep_colours_of_their_own(walked: Walked) -> None:
    (element,) = walked(b"1 0 0 rg 0 1 0 1 K 0 0 9 9 re B")
    assert element.fill is not None
    assert element.stroke is not None
    assert (element.fill.components, element.stroke.components) == ((1, 0, 0), (0, 1, 0, 1))


def test_colorants_and_alternate_of_a_spot_colour(walked: Walked) -> None:
    (element,) = walked(b"/V cs 1 scn 0 0 9 9 re f", ColorSpace=Dictionary(V=SEPARATION))
    space = element.state.fill.space
    assert space.colorants == ("Varnish",)
    assert space.base is not None
    assert space.base.family == "DeviceCMYK"


def test_default_space_is_told(walked: Walked, pdf: Pdf) -> None:
    icc = Array([Name.ICCBased, pdf.make_stream(b"", N=3)])
    (element,) = walked(b"1 0 0 rg 0 0 9 9 re f", ColorSpace=Dictionary(DefaultRGB=icc))
    assert element.state.fill.space.default is not None
    assert GRAY.default is None


def test_extended_state_and_q(walked: Walked) -> None:
    thin = Dictionary(LW=0.5, ca=0.25, CA=0.5, BM=Name.Multiply, OP=True, OPM=1)
    inside, outside = walked(b"q /G gs 0 0 9 9 re B Q 0 0 9 9 re B", ExtGState=Dictionary(G=thin))
    state = inside.state
    assert (state.fill_alpha, state.stroke_alpha, state.blend, state.line_width) == (
        0.25,
        0.5,
        "Multiply",
        0.5,
    )
    assert (state.overprint_fill, state.overprint_stroke, state.overprint_mode) == (True, True, 1)
    assert (outside.state.overprint_fill, outside.alpha, outside.line_width) == (False, 1, 1)


def test_effective_ppi_is_the_smaller_through_a_turned_ctm(walked: Walked, pdf: Pdf) -> None:
    image = Stream(pdf, b"\0" * 300, Type=Name.XObject, Subtype=Name.Image, Width=30, Height=10)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    (element,) = walked(b"0 72 -36 0 50 10 cm /I Do", XObject=Dictionary(I=image))
    assert element.box.as_tuple() == (14, 10, 50, 82)
    assert element.ppi == pytest.approx(20)


def test_inline_image(walked: Walked) -> None:
    (element,) = walked(b"q 36 0 0 72 5 6 cm BI /W 2 /H 1 /CS /G /BPC 8 ID ab EI Q")
    assert (element.kind, element.ppi) == (Kind.INLINE_IMAGE, 1)
    assert element.box.as_tuple() == (5, 6, 41, 78)


def test_layers_by_name_and_default_visibility(walked: Walked, pdf: Pdf) -> None:
    on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("Print", "Notes"))
    pdf.Root.OCProperties = Dictionary(OCGs=[on, off], D=Dictionary(OFF=[off]))
    content = b"/OC /A BDC 0 0 9 9 re f EMC /OC /B BDC 0 0 9 9 re f EMC 0 0 9 9 re f"
    elements = walked(content, Properties=Dictionary(A=on, B=off))
    told = [(element.context.layers, element.context.hidden) for element in elements]
    assert told == [(("Print",), False), (("Notes",), True), ((), False)]


@pytest.mark.parametrize("content", [b"Q Q 0 0 9 9 re f", b"/No gs 0 0 9 9 re f", b"1 w (a) cm 0 0 9 9 re f"])
def test_nonsense_is_skipped(walked: Walked, content: bytes) -> None:
    (element,) = walked(content)
    assert element.box.as_tuple() == (0, 0, 9, 9)


def test_names_and_operators_in_other_encodings(walked: Walked) -> None:
    latin = pikepdf.Object.parse(b"<</F#e9 <</LW 5>> >>")
    (element,) = walked(b"/F\xe9 gs \xe9\xff 0 0 9 9 re S", ExtGState=latin)
    assert element.line_width == 5
