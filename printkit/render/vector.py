"""Drawings that the layout engine draws otherwise than they are meant, drawn by typst.

WeasyPrint passes over most of SVG without a word (masks on groups, clip rules, widths of gradient strokes).
Typst draws SVG by usvg and krilla, as vectors and within some milliseconds. The layout keeps an empty form in
a drawing's place, and the drawing is put into it at the end.
"""

import io
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Dictionary

from printkit.errors import RenderError

# The key of a form that waits for its drawing
MARK = "PrintkitDrawing"
# A page of exactly the drawing's size; lengths are px of the layout, written as points
_PAGE = """#set page(width: {0:.6f}pt, height: {1:.6f}pt, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: {0:.6f}pt, height: {1:.6f}pt, fit: "stretch")
"""
_MOST_KNOWN = 64


@lru_cache(maxsize=_MOST_KNOWN)
def drawn(svg: bytes, size: tuple[float, float]) -> bytes:
    """Return a drawing as a PDF of one page; RenderError where it cannot be drawn."""
    # Most pieces have plain drawings only, and it takes up memory.
    import typst

    page, inputs = _PAGE.format(*size).encode(), {"drawing": svg.decode("ascii")}
    try:
        return typst.compile(page, sys_inputs=inputs, ignore_system_fonts=True, pdf_tags=False)
    except typst.TypstError as error:
        raise RenderError(f"a drawing cannot be drawn: {error.message}; export it again") from error


def put_in(pdf: bytes, drawings: dict[str, bytes]) -> bytes:
    """Fill the forms that wait for drawings, found by what they carry as MARK."""
    if not drawings:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for form in [one for one in opened.objects if isinstance(one, pikepdf.Stream) and f"/{MARK}" in one]:
            _fill(opened, form, drawings[str(form[f"/{MARK}"])])
        target = io.BytesIO()
        opened.save(target, deterministic_id=True)
        return target.getvalue()


def _fill(opened: pikepdf.Pdf, form: Any, drawing: bytes) -> None:
    with pikepdf.open(io.BytesIO(drawing)) as source:
        content = opened.copy_foreign(source.pages[0].as_form_xobject())
    height = float(form.BBox[3])
    form.write(f"1 0 0 -1 0 {height:.6f} cm /drawing Do".encode())
    form.Resources = Dictionary(XObject=Dictionary({"/drawing": content}))
    del form[f"/{MARK}"]
