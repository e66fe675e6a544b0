"""A plain form is separated once for many files, and the bytes are those of separating it anew."""

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from printkit.separate import SeparationSpec, separate

SHAPES = b"/half gs 1 0 0 rg 0 0 50 50 re f /full gs 0 0 0 RG 0.5 w 0 0 m 50 50 l S"
STATES = Dictionary(half=Dictionary(ca=0.5), full=Dictionary(ca=1, CA=1))


def layout(content: bytes, shapes: bytes = SHAPES, **form: Any) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    drawing = pdf.make_stream(shapes)
    given = {"BBox": [0, 0, 50, 50], "Resources": Dictionary(ExtGState=STATES), **form}
    for key, value in {"Type": Name.XObject, "Subtype": Name.Form, **given}.items():
        drawing[f"/{key}"] = value
    page.Contents, page.Resources = pdf.make_stream(content), Dictionary(XObject=Dictionary(A=drawing))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def spec_of(spec: SeparationSpec) -> SeparationSpec:
    return replace(spec, form_cache={})


def test_a_form_of_another_file_gives_the_bytes_of_one_separated_anew(spec: SeparationSpec) -> None:
    shared = spec_of(spec)
    separate(layout(b"/A Do"), shared)
    moved = layout(b"1 0 0 1 90 20 cm /A Do 1 0 0 rg 0 0 5 5 re f")
    assert separate(moved, shared) == separate(moved, spec_of(spec))
    assert len(shared.form_cache) == 1


@pytest.mark.parametrize("before", [b"2 0 0 2 0 0 cm ", b"0 0 1 rg ", b"9 w ", b"0 0 1 RG "])
def test_a_form_is_separated_anew_where_what_it_inherits_differs(before: bytes, spec: SeparationSpec) -> None:
    shared, other = spec_of(spec), layout(before + b"/A Do")
    separate(layout(b"/A Do"), shared)
    assert separate(other, shared) == separate(other, spec_of(spec))
    assert len(shared.form_cache) == 2


@pytest.mark.parametrize(
    "form",
    [
        {"shapes": b"BT (a) Tj ET"},
        {"Group": Dictionary(S=Name.Transparency)},
        {"Matrix": [2, 0, 0, 2, 0, 0]},
        {"Resources": Dictionary(ExtGState=Dictionary(half=Dictionary(SMask=Name("/None"), D=[[1], 0])))},
    ],
)
def test_what_is_not_plain_is_not_kept(form: dict[str, Any], spec: SeparationSpec) -> None:
    shared = spec_of(spec)
    separate(layout(b"/A Do", **form), shared)
    assert not shared.form_cache
