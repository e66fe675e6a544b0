import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from printkit.color import PressColor
from printkit.content import Element
from printkit.errors import RenderError
from printkit.separate import SeparationSpec, separate

Elements = Callable[..., list[Element]]
SQUARE = b" 10 10 50 50 re f"
FJORD, FJORD_INKS = b"0.058824 0.258824 0.321569 rg", (0.95, 0.45, 0.35, 0.55)


def _fill(elements: list[Element]) -> tuple[float, ...]:
    assert elements[0].fill is not None
    assert elements[0].fill.space.family == "DeviceCMYK"
    return elements[0].fill.components


@pytest.mark.parametrize(
    ("operators", "inks"),
    [
        (b"", (0, 0, 0, 1)),
        (b"0 g", (0, 0, 0, 1)),
        (b"0 0 0 rg", (0, 0, 0, 1)),
        (b"1 1 1 rg", (0, 0, 0, 0)),
        (b"1 0 0 rg 1 g", (0, 0, 0, 0)),
        (FJORD, FJORD_INKS),
        (b"/DeviceRGB cs 0.058824 0.258824 0.321569 sc", FJORD_INKS),
        (b".1 .2 .3 .4 k", (0.1, 0.2, 0.3, 0.4)),
        (b"1 1 1 1 k", (0.6667, 0.6667, 0.6667, 1)),
        (b"/Unknown cs 1 0 0 sc", (0, 0, 0, 1)),
    ],
)
def test_fill(elements: Elements, operators: bytes, inks: tuple[float, ...]) -> None:
    assert _fill(elements(operators + SQUARE)) == pytest.approx(inks, abs=1e-4)


def test_grey_is_black_ink_alone(elements: Elements) -> None:
    *colours, black = _fill(elements(b".5 .5 .5 rg" + SQUARE))
    assert colours == [0, 0, 0]
    assert 0.5 < black < 0.7


def test_other_colours_go_through_the_profile(elements: Elements, press: PressColor) -> None:
    (element,) = elements(b"1 0 0 rg 0 0.6 0.4 RG 10 10 50 50 re B")
    assert element.fill is not None
    assert element.stroke is not None
    assert element.fill.components == pytest.approx(press.solid(1, 0, 0), abs=1e-5)
    assert element.stroke.components == pytest.approx(press.solid(0, 0.6, 0.4), abs=1e-5)


def test_lab_white_and_grey(elements: Elements) -> None:
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.9643, 1, 0.8251], Range=[-125, 125, -125, 125])])
    assert _fill(elements(b"/L cs 100 0 0 sc" + SQUARE, ColorSpace=Dictionary(L=lab))) == (0, 0, 0, 0)


def test_spot_colour_takes_its_alternate(elements: Elements) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.5, 1, 0], N=1)
    spot = Array([Name.Separation, Name.Orange, Name.DeviceCMYK, tint])
    assert _fill(elements(b"/S cs .5 scn" + SQUARE, ColorSpace=Dictionary(S=spot))) == (0, 0.25, 0.5, 0)


def test_profile_and_default_spaces_count_as_srgb(elements: Elements, pdf: Pdf) -> None:
    icc = Array([Name.ICCBased, pdf.make_stream(b"profile", N=3)])
    spaces = {"ColorSpace": Dictionary(I=icc, DefaultRGB=icc)}
    content = b"/I cs 0.058824 0.258824 0.321569 sc" + SQUARE + b" " + FJORD + SQUARE
    one, two = elements(content, **spaces)
    assert _fill([one]) == _fill([two]) == pytest.approx(FJORD_INKS)


def test_black_text_is_on_the_black_plate_alone(
    pdf: Pdf, spec: SeparationSpec, plates: Callable[[bytes], dict[str, Image.Image]]
) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.add_blank_page(page_size=(200, 100))
    page.Contents = pdf.make_stream(b"0 0 0 rg BT /F 60 Tf 20 30 Td (Ink) Tj ET")
    page.Resources = Dictionary(Font=Dictionary(F=font))
    source = io.BytesIO()
    pdf.save(source)
    drawn = plates(separate(source.getvalue(), spec))
    assert {ink: plate.getextrema()[1] for ink, plate in drawn.items()} == {
        "Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 255,
    }  # fmt: skip


def test_equal_input_gives_equal_bytes(pdf: Pdf, spec: SeparationSpec) -> None:
    pdf.add_blank_page(page_size=(200, 100)).Contents = pdf.make_stream(b"1 0 0 rg" + SQUARE)
    source = io.BytesIO()
    pdf.save(source)
    assert separate(source.getvalue(), spec) == separate(source.getvalue(), spec)


@pytest.mark.parametrize("broken", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_unreadable_layout_is_an_error_of_ours(broken: bytes, spec: SeparationSpec) -> None:
    with pytest.raises(RenderError, match="cannot be read"):
        separate(broken, spec)


def test_nothing_but_process_inks_is_left(separated: Callable[..., pikepdf.Pdf]) -> None:
    icc = Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])])
    made = separated(b"1 0 0 rg" + SQUARE, ColorSpace=Dictionary(Unused=icc), ProcSet=Array([Name.PDF]))
    assert list(made.pages[0].Resources.keys()) == ["/ExtGState"]
