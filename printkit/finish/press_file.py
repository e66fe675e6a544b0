"""From separated pages to a PDF/X-4 press file (rules of ISO 15930-7 from public descriptions)."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Name, Pdf

from printkit.finish.blank import own_last
from printkit.finish.clean import clean
from printkit.finish.codes import add_codes, wrapped
from printkit.finish.spec import FinishSpec
from printkit.marks import COLOUR_SPACE, draw_marks
from printkit.pdfx.boxes import check_size, move_patterns, set_boxes
from printkit.pdfx.intent import set_intent
from printkit.pdfx.metadata import set_metadata
from printkit.pdfx.saved import saved
from printkit.pdfx.stream import add_resources, own_resources
from printkit.units import PageBoxes, Rect, pt


def finish(pdf: bytes, spec: FinishSpec) -> bytes:
    """Return the press file of a separated file whose pages are trim and bleed from 0 0.

    Equal inputs give equal bytes. Raise RenderError where the pages cannot be made PDF/X-4.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        clean(document)
        for index, page in enumerate(document.pages):
            _finish_page(document, page, index, spec)
        add_codes(document, spec.codes, spec.code_style, _corner(document))
        set_intent(document, spec.intent)
        set_metadata(document, spec.identity)
        return own_last(saved(document, spec.identity), spec.codes)


def _finish_page(pdf: Pdf, page: pikepdf.Page, index: int, spec: FinishSpec) -> None:
    slug = pt(spec.slug_mm)
    layout = PageBoxes.around(spec.trim_mm, spec.bleed_mm).media
    check_size(page, index + 1, layout)
    before = _moved(slug, layout) if slug else b""
    after = draw_marks(spec.marks, spec.boxes, spec.page_folds(index)) if spec.marks else b""
    own_resources(page)
    if slug:
        move_patterns(pdf, page, slug)
    if after:
        add_resources(own_resources(page), "ColorSpace", {COLOUR_SPACE: _every_plate(pdf)})
    page.obj.Contents = Array(wrapped(pdf, page, before, after))
    set_boxes(page, spec.boxes)


def _corner(pdf: Pdf) -> float:
    """Return TrimBox's left and lower edge as written, so that codes come out alike in both ways."""
    return float(pdf.pages[0].trimbox[0])


def _moved(slug: float, layout: Rect) -> bytes:
    """Return operators that move the origin and keep to the bleed what MediaBox cut off before."""
    area = f"0 0 {layout.width:.4f} {layout.height:.4f} re W n"
    return f"1 0 0 1 {slug:.4f} {slug:.4f} cm {area}\n".encode()


def _every_plate(pdf: Pdf) -> pikepdf.Object:
    # Marks print on every plate, spot inks too, so that all of them can be brought to register; outside the
    # trim GWG allows All
    tint = pikepdf.Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))
