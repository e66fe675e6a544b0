"""Show PDF pages as pictures, by PDFium."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image

from printkit.raster.problem import PictureProblem
from printkit.units import PT_PER_INCH, Rect

# Four bytes each: what a machine with 2 GB can still hold beside the rest
_MOST_PIXELS = 200_000_000


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    with _document(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, dpi: float, crop: Rect | None = None) -> Image.Image:
    """Return a page, counted from 1, as an RGB image on white.

    `crop` is in points from the shown page's lower left corner, y upwards, and is cut off at the page's
    edges. Raises PictureProblem for a damaged PDF, a missing page, an empty crop and a picture too large.
    """
    with _document(pdf) as document:
        if not 1 <= page <= len(document):
            raise PictureProblem(f"page {page} of a PDF with {len(document)}; ask for one that is there")
        sheet = document[page - 1]
        whole = Rect(0, 0, *sheet.get_size())
        shown = whole if crop is None else crop.intersection(whole)
        _check_size(shown, dpi)
        margins = (shown.x0, shown.y0, whole.x1 - shown.x1, whole.y1 - shown.y1)
        bitmap = sheet.render(scale=dpi / PT_PER_INCH, crop=margins, rev_byteorder=True)
        # A copy, because the pixels belong to the document that is closed here
        image: Image.Image = bitmap.to_pil().convert("RGB").copy()
        return image


@contextmanager
def _document(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PictureProblem("not a PDF that can be shown; make it again") from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise PictureProblem("a page of the PDF cannot be shown; make it again") from error
    finally:
        document.close()


def _check_size(shown: Rect, dpi: float) -> None:
    if shown.empty:
        raise PictureProblem("the part to show lies outside the page")
    pixels = shown.width * shown.height * (dpi / PT_PER_INCH) ** 2
    if pixels > _MOST_PIXELS:
        raise PictureProblem(f"a picture of {pixels / 1e6:.0f} million pixels; show a part or fewer dpi")
