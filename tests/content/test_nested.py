from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf, Stream

from printkit.content import ContentError, Element, walk

Walked = Callable[..., list[Element]]


Form = Callable[..., Stream]


def test_form_in_form_adds_up_matrices(walked: Walked, form: Form) -> None:
    inner = form(b"0 0 10 5 re f", Matrix=[1, 0, 0, 1, 3, 4])
    outer = form(b"2 0 0 2 0 0 cm /I Do", Matrix=[0, 1, -1, 0, 0, 0], Resources=_resources(I=inner))
    (element,) = walked(b"1 0 0 1 100 10 cm /O Do", **_objects(O=outer))
    assert element.box.as_tuple() == (82, 16, 92, 36)
    assert element.context.depth == 2


def test_form_is_cut_to_its_box_on_all_four_edges(walked: Walked, form: Form) -> None:
    (element,) = walked(b"/F Do", **_objects(F=form(b"-9 -9 300 300 re f", BBox=[10, 20, 60, 50])))
    assert element.visible.as_tuple() == (10, 20, 60, 50)


def test_form_without_resources_uses_those_of_its_caller(walked: Walked, form: Form) -> None:
    objects = Dictionary(Outer=form(b"/Inner Do"), Inner=form(b"0 0 9 9 re f"))
    assert len(walked(b"/Outer Do", XObject=objects)) == 1


def test_form_inherits_the_colour_and_gives_nothing_back(walked: Walked, form: Form) -> None:
    content = b"1 0 0 rg /F Do 0 0 9 9 re f"
    inside, outside = walked(content, **_objects(F=form(b"0 0 9 9 re f 0 1 0 rg")))
    assert inside.state.fill == outside.state.fill


def test_group_alpha_counts_once(walked: Walked, form: Form) -> None:
    group = form(b"/A gs 0 0 9 9 re f", Group=Dictionary(S=Name.Transparency))
    group.Resources = Dictionary(ExtGState=Dictionary(A=Dictionary(ca=0.5)))
    half = Dictionary(A=Dictionary(ca=0.5, BM=Name.Multiply))
    (element,) = walked(b"/A gs /F Do", ExtGState=half, **_objects(F=group))
    assert (element.state.fill_alpha, element.alpha) == (0.5, 0.25)
    assert (element.state.blend, element.context.group_blends) == ("Normal", ("Multiply",))


def test_mask_content_is_flagged(walked: Walked, form: Form) -> None:
    mask = Dictionary(S=Name.Luminosity, G=form(b"1 g 0 0 9 9 re f"))
    content = b"/M gs 0 0 9 9 re f"
    inside, painted = walked(content, ExtGState=Dictionary(M=Dictionary(SMask=mask)))
    assert (inside.context.in_mask, painted.context.in_mask) == (True, False)
    assert painted.state.soft_mask is not None


def test_tiling_pattern_lies_in_the_space_of_its_stream(walked: Walked, pdf: Pdf) -> None:
    cell = _tile(pdf, b"0 0 5 5 re f", 1)
    content = b"3 0 0 3 7 7 cm /Pattern cs /P scn 0 0 20 20 re f 0 0 9 9 re f"
    painted, inside, again = walked(content, Pattern=Dictionary(P=cell))
    assert inside.box.as_tuple() == (10, 10, 20, 20)
    assert inside.context.in_pattern
    assert painted.fill is not None
    assert (painted.fill.pattern, again.context.in_pattern) == (cell, False)


def test_uncoloured_pattern_takes_the_colour_given(walked: Walked, pdf: Pdf) -> None:
    space = pikepdf.Array([Name.Pattern, Name.DeviceCMYK])
    resources = {"Pattern": Dictionary(P=_tile(pdf, b"0 0 5 5 re f", 2)), "ColorSpace": Dictionary(C=space)}
    _, inside = walked(b"/C cs 0 .5 1 0 /P scn 0 0 20 20 re f", **resources)
    assert inside.state.fill.space.family == "DeviceCMYK"
    assert inside.state.fill.components == (0, 0.5, 1, 0)


def test_form_that_calls_itself_is_entered_once(walked: Walked, form: Form) -> None:
    own = form(b"0 0 9 9 re f /Self Do")
    own.Resources = _resources(Self=own)
    assert len(walked(b"/F Do", **_objects(F=own))) == 1


def test_mask_that_masks_itself_is_entered_once(walked: Walked, form: Form) -> None:
    group = form(b"/M gs 0 0 9 9 re f")
    states = Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Alpha, G=group)))
    group.Resources = Dictionary(ExtGState=states)
    assert len(walked(b"/M gs", ExtGState=states)) == 1


def test_hundreds_of_nested_forms_end_quietly(walked: Walked, form: Form) -> None:
    inner = form(b"0 0 9 9 re f")
    for _ in range(500):
        inner = form(b"/F Do", Resources=_resources(F=inner))
    assert walked(b"/F Do", **_objects(F=inner)) == []


def test_forms_that_double_level_by_level_hit_the_limit(pdf: Pdf, form: Form) -> None:
    inner = form(b"0 0 9 9 re f")
    for _ in range(40):
        inner = form(b"/F Do /F Do", Resources=_resources(F=inner))
    page = pdf.add_blank_page(page_size=(200, 100))
    page.Contents, page.Resources = pdf.make_stream(b"/F Do"), _resources(F=inner)
    with pytest.raises(ContentError, match="more than 1000 operators"):
        list(walk(page, most_operators=1000))


def test_deep_q_needs_no_deep_stack(walked: Walked) -> None:
    assert len(walked(b"q " * 100_000 + b"0 0 9 9 re f")) == 1


def test_page_without_content_has_no_elements(pdf: Pdf) -> None:
    page = pdf.add_blank_page(page_size=(200, 100))
    del page["/Contents"]
    assert list(walk(page)) == []


def _resources(**objects: Stream) -> Dictionary:
    return Dictionary(XObject=_named(objects))


def _objects(**objects: Stream) -> dict[str, Dictionary]:
    return {"XObject": _named(objects)}


def _tile(pdf: Pdf, content: bytes, paint: int) -> Stream:
    return pdf.make_stream(
        content, Type=Name.Pattern, PatternType=1, PaintType=paint, TilingType=1, BBox=[0, 0, 10, 10],
        XStep=10, YStep=10, Matrix=[2, 0, 0, 2, 10, 10], Resources=Dictionary(),
    )  # fmt: skip


def _named(objects: dict[str, Stream]) -> Dictionary:
    return Dictionary({"/" + name: stream for name, stream in objects.items()})
