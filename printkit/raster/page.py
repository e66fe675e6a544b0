"""Show PDF pages as pictures, by PDFium."""

from PIL import Image

from printkit.raster.pdfium import MOST_PIXELS, opened
from printkit.raster.problem import PictureProblem
from printkit.units import PT_PER_INCH, Rect
from printkit.words import Message


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    with opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, dpi: float, crop: Rect | None = None) -> Image.Image:
    """Return a page, counted from 1, as an RGB image on white.

    `crop` is in points from the shown page's lower left corner, y upwards, and is cut off at the page's
    edges. Raises PictureProblem for a damaged PDF, a missing page, an empty crop and a picture too large.
    """
    with opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise PictureProblem(
                Message(
                    "page %(number)s of a PDF with %(count)s; ask for one that is there",
                    number=page,
                    count=len(document),
                )
            )
        sheet = document[page - 1]
        whole = Rect(0, 0, *sheet.get_size())
        shown = whole if crop is None else crop.intersection(whole)
        _check_size(shown, dpi)
        margins = (shown.x0, shown.y0, whole.x1 - shown.x1, whole.y1 - shown.y1)
        bitmap = sheet.render(scale=dpi / PT_PER_INCH, crop=margins, rev_byteorder=True)
        # Always a copy, as the pixels belong to the document that is closed here
        image: Image.Image = bitmap.to_pil().convert("RGB")
        return image


def _check_size(shown: Rect, dpi: float) -> None:
    if shown.empty:
        raise PictureProblem(Message("the part to show lies outside the page"))
    pixels = shown.width * shown.height * (dpi / PT_PER_INCH) ** 2
    if pixels > MOST_PIXELS:
        raise PictureProblem(
            Message(
                "a picture of %(millions).0f million pixels; show a part or fewer ppi", millions=pixels / 1e6
            )
        )
