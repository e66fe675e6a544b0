from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, PdfImage, Stream

from printkit.content import walk
from printkit.errors import RenderError

Separated = Callable[..., Pdf]
GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
RED = b"1 0 0 rg 0 0 50 50 re f"


def test_form_is_converted_once(separated: Separated, pdf: Pdf) -> None:
    objects = Dictionary(A=_form(pdf, RED))
    objects.B = objects.A
    made = separated(b"/A Do /B Do /A Do", XObject=objects).pages[0].Resources.XObject
    assert made.A.objgen == made.B.objgen
    assert _spaces(made.A) == {"DeviceCMYK"}


def test_group_in_a_form_and_on_the_page_is_cmyk(separated: Separated, pdf: Pdf) -> None:
    page = separated(b"/A Do", XObject=Dictionary(A=_form(pdf, RED, Group=GROUP))).pages[0]
    assert page.Resources.XObject.A.Group == Dictionary(
        Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True
    )
    assert Name.DeviceCMYK == page.Group.CS


def test_page_without_transparency_has_no_group(separated: Separated) -> None:
    assert "/Group" not in separated(RED).pages[0]


def test_luminosity_mask_is_grey_by_luminance(separated: Separated, pdf: Pdf) -> None:
    mask = Dictionary(S=Name.Luminosity, G=_form(pdf, b"0 1 0 rg 0 0 50 50 re f", Group=GROUP), BC=[1, 0, 0])
    page = separated(b"/M gs " + RED, ExtGState=Dictionary(M=Dictionary(SMask=mask))).pages[0]
    made = page.Resources.ExtGState.M.SMask
    assert (made.G.Group.CS, [float(v) for v in made.BC]) == (Name.DeviceGray, [pytest.approx(0.3)])
    inside, painted = walk(page)
    assert inside.fill is not None
    assert (inside.fill.space.family, inside.fill.components) == ("DeviceGray", (0.59,))
    assert painted.state.fill.space.family == "DeviceCMYK"


def test_alpha_mask_is_printed_colour(separated: Separated, pdf: Pdf) -> None:
    mask = Dictionary(S=Name.Alpha, G=_form(pdf, RED, Group=GROUP))
    page = separated(b"/M gs " + RED, ExtGState=Dictionary(M=Dictionary(SMask=mask))).pages[0]
    assert Name.DeviceCMYK == page.Resources.ExtGState.M.SMask.G.Group.CS
    assert _spaces(page.Resources.ExtGState.M.SMask.G) == {"DeviceCMYK"}


def test_mask_and_picture_of_one_form_are_two(separated: Separated, pdf: Pdf) -> None:
    form = _form(pdf, RED, Group=GROUP)
    mask = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form))
    content = b"q /M gs " + RED + b" Q /A Do"
    resources = (
        separated(content, ExtGState=Dictionary(M=mask), XObject=Dictionary(A=form)).pages[0].Resources
    )
    assert _spaces(resources.ExtGState.M.SMask.G) == {"DeviceGray"}
    assert _spaces(resources.XObject.A) == {"DeviceCMYK"}


def test_end_of_a_soft_mask_stays(separated: Separated) -> None:
    states = Dictionary(N=Dictionary(SMask=Name("/None"), ca=1))
    made = separated(b"/N gs " + RED, ExtGState=states).pages[0].Resources.ExtGState.N
    assert made.SMask == Name("/None")


def test_states_set_again_and_again_stay_the_ones_they_name(separated: Separated) -> None:
    content = b"/A gs 0 0 9 9 re f /B gs 0 0 9 9 re f /A gs 0 0 9 9 re f /B gs 0 0 9 9 re f"
    states = Dictionary(A=Dictionary(ca=0.5), B=Dictionary(ca=0.25, SMask=Name("/None")))
    page = separated(content, ExtGState=states).pages[0]
    alphas = [element.state.fill_alpha for element in walk(page)]
    assert alphas == [0.5, 0.25, 0.5, 0.25]
    assert {"/A", "/B"} < set(page.Resources.ExtGState.keys())


def test_tiling_pattern_keeps_its_geometry(separated: Separated, pdf: Pdf) -> None:
    cell = _tile(pdf, RED, 1)
    page = separated(b"/Pattern cs /P scn 0 0 90 90 re f", Pattern=Dictionary(P=cell)).pages[0]
    made = page.Resources.Pattern.P
    assert (list(made.Matrix), list(made.BBox), made.XStep) == ([2, 0, 0, 2, 10, 10], [0, 0, 10, 10], 10)
    assert _spaces(made) == {"DeviceCMYK"}


def test_uncoloured_pattern_gets_its_inks_where_it_is_used(separated: Separated, pdf: Pdf) -> None:
    spaces = Dictionary(C=Array([Name.Pattern, Name.DeviceRGB]))
    content = b"/C cs 0 0 0 /P scn 0 0 90 90 re f"
    page = separated(content, ColorSpace=spaces, Pattern=Dictionary(P=_tile(pdf, RED, 2))).pages[0]
    painted, inside = walk(page)
    assert painted.state.fill.space.base is not None
    assert painted.state.fill.space.base.family == "DeviceCMYK"
    assert inside.state.fill.components == (0, 0, 0, 1)
    assert b"k" not in page.Resources.Pattern.P.read_bytes().split()


def test_inline_image_becomes_an_object_in_ink(separated: Separated) -> None:
    data = b"BI /W 2 /H 1 /CS /RGB /BPC 8 ID \xff\0\0\xff\0\0 EI"
    (element,) = walk(separated(b"q 50 0 0 50 0 0 cm " + data + b" Q").pages[0])
    source: Any = element.source
    assert (element.kind, source.ColorSpace) == ("image", Name.DeviceCMYK)


def test_image_in_a_mask_is_plain_grey(separated: Separated, pdf: Pdf) -> None:
    image = Stream(pdf, bytes([0, 255, 0]), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    form = _form(
        pdf, b"50 0 0 50 0 0 cm /I Do", Group=GROUP, Resources=Dictionary(XObject=Dictionary(I=image))
    )
    mask = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form))
    page = separated(b"/M gs " + RED, ExtGState=Dictionary(M=mask)).pages[0]
    made: Any = page.Resources.ExtGState.M.SMask.G.Resources.XObject.I
    assert made.ColorSpace == Name.DeviceGray
    assert PdfImage(made).as_pil_image().getpixel((0, 0)) == 150


def test_type_3_glyphs_are_converted(separated: Separated, pdf: Pdf) -> None:
    glyphs = Dictionary(a=pdf.make_stream(b"9 0 d0 " + RED), b=pdf.make_stream(b"9 0 0 0 9 9 d1 " + RED))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[0.1, 0, 0, 0.1, 0, 0],
        FirstChar=65, Widths=[9, 9], Encoding=Dictionary(Differences=[65, Name.a, Name.b]), CharProcs=glyphs,
    )  # fmt: skip
    page = separated(b"BT /F 20 Tf (AB) Tj ET", Font=Dictionary(F=font)).pages[0]
    run, one, two = walk(page)
    assert one.state.fill.space.family == "DeviceCMYK"
    assert one.state.fill.components != run.state.fill.components
    assert two.state.fill == run.state.fill


def test_form_that_calls_itself_still_does(separated: Separated, pdf: Pdf) -> None:
    form = _form(pdf, RED + b" /Self Do")
    form.Resources = Dictionary(XObject=Dictionary(Self=form))
    made = separated(b"/A Do", XObject=Dictionary(A=form)).pages[0].Resources.XObject.A
    assert made.Resources.XObject.Self.objgen == made.objgen


def test_too_deep_is_refused(separated: Separated, pdf: Pdf) -> None:
    form = _form(pdf, RED)
    for _ in range(60):
        form = _form(pdf, b"/A Do", Resources=Dictionary(XObject=Dictionary(A=form)))
    with pytest.raises(RenderError, match="too deep"):
        separated(b"/A Do", XObject=Dictionary(A=form))


def test_page_ends_with_the_state_it_began_with(separated: Separated) -> None:
    content = separated(b"Q 1 0 0 -1 0 100 cm q q " + RED).pages[0].Contents.read_bytes().split()
    assert content.count(b"q") == content.count(b"Q")
    assert (content[0], content[-1]) == (b"q", b"Q")


def test_what_serves_screens_is_gone(pdf: Pdf, separated: Separated) -> None:
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
    pdf.Root.Lang = pikepdf.String("nb")
    pdf.add_blank_page(page_size=(9, 9)).Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link)])
    made = separated(b"/P <</MCID 0>> BDC " + RED + b" EMC")
    assert sorted(made.Root.keys()) == ["/Lang", "/Pages", "/Type"]
    assert "/Annots" not in made.pages[0]
    assert b"BDC" not in made.pages[1].Contents.read_bytes()


def test_layers_stay_where_content_uses_them(pdf: Pdf, separated: Separated) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Notes"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
    made = separated(b"/OC /L BDC " + RED + b" EMC", Properties=Dictionary(L=layer))
    (element,) = walk(made.pages[0], made)
    assert (element.context.layers, element.context.hidden) == (("Notes",), True)


def _form(pdf: Pdf, content: bytes, **entries: Any) -> Stream:
    return Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100], **entries)


def _tile(pdf: Pdf, content: bytes, paint: int) -> Stream:
    return Stream(
        pdf, content, Type=Name.Pattern, PatternType=1, PaintType=paint, TilingType=1, BBox=[0, 0, 10, 10],
        XStep=10, YStep=10, Matrix=[2, 0, 0, 2, 10, 10], Resources=Dictionary(),
    )  # fmt: skip


def _spaces(form: Any) -> set[str]:
    """Return the families of the colours that a form's own content fills with."""
    with pikepdf.new() as other:
        page = other.add_blank_page(page_size=(100, 100))
        page.Contents = other.make_stream(form.read_bytes())
        page.Resources = Dictionary()
        return {element.state.fill.space.family for element in walk(page)}
