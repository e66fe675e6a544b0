"""Many pictures of one PDF's pages, by PDFium: grey ones, and what is painted at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image

from printkit.raster.problem import PictureProblem
from printkit.units import PT_PER_INCH, Rect
from printkit.words import Message

# One picture's rows are drawn in bands of so many pixels, so that a transparency group, which holds four
# bytes a pixel, stays small beside the picture
_BAND_PIXELS = 8_000_000
_MODES = {pdfium.FPDFBitmap_Gray: "L", pdfium.FPDFBitmap_BGR: "RGB", pdfium.FPDFBitmap_BGRA: "L"}
# Both sides of a flyer
_OPEN_PAGES = 2
# What a picture may hold at most, four bytes each: a machine with 2 GB has room for it beside the rest
MOST_PIXELS = 200_000_000
# A box round every page: user space has 14,400 units a side (ISO 32000-1, Annex C)
_BEYOND = (-1e6, -1e6, 1e6, 1e6)
_WHITE, _NOTHING = (255, 255, 255, 255), (0, 0, 0, 0)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for as long as somebody looks at it; PictureProblem for what PDFium cannot show."""
    document = _open(pdf)
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise PictureProblem(Message("a page of the PDF cannot be shown; make it again")) from error
    finally:
        document.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PictureProblem(Message("not a PDF that can be shown; make it again")) from error


class PdfiumFile:
    """An open PDF whose pages are shown to their MediaBox, whatever CropBox says, without annotations.

    Parts of a page are in points from the shown MediaBox's lower left corner, y upwards, Rotate applied. A
    part that reaches out of the page shows white there, or nothing.
    """

    def __init__(self, pdf: bytes) -> None:
        """Open a PDF; PictureProblem where PDFium cannot."""
        self._document = _open(pdf)
        self._shown: dict[int, Any] = {}

    def grey(self, page: int, ppi: float, part: Rect) -> Image.Image:
        """Return a part of a page, counted from 1, in grey on white."""
        return self._picture(page, ppi, part, pdfium.FPDFBitmap_Gray)

    def colour(self, page: int, ppi: float, part: Rect) -> Image.Image:
        """Return a part of a page in RGB on white."""
        return self._picture(page, ppi, part, pdfium.FPDFBitmap_BGR)

    def painted(self, page: int, ppi: float, part: Rect) -> Image.Image:
        """Return how much paint covers a part of a page: 0 where there is none, 255 where it is opaque."""
        return self._picture(page, ppi, part, pdfium.FPDFBitmap_BGRA)

    def letters(self, page: int) -> NDArray[np.float64]:
        """Return the boxes (n, 4) round the ink of a page's letters, in points of page space."""
        text = self._page(page).get_textpage()
        try:
            boxes = np.array([text.get_charbox(number) for number in range(text.count_chars())], np.float64)
        finally:
            text.close()
        boxes = boxes.reshape(-1, 4)
        return boxes[(boxes[:, 2:] > boxes[:, :2]).all(axis=1)]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def text(self, page: int, part: Rect) -> str:
        """Return the text that stands in a part of a page, which here is in points of page space."""
        text = self._page(page).get_textpage()
        try:
            found: str = text.get_text_bounded(*part.as_tuple())
            return found
        finally:
            text.close()

    def size(self, page: int) -> tuple[float, float]:
        """Return a page's width and height in points."""
        width, height = self._page(page).get_size()
        return width, height

    def close(self) -> None:
        """Close the PDF."""
        self._document.close()

    def _picture(self, page: int, ppi: float, part: Rect, kind: int) -> Image.Image:
        scale = ppi / PT_PER_INCH
        width, height = round(part.width * scale), round(part.height * scale)
        if width < 1 or height < 1:
            raise PictureProblem(Message("the part to show is empty"))
        if width * height > MOST_PIXELS:
            millions = width * height / 1e6
            raise PictureProblem(
                Message(
                    "a picture of %(millions).0f million pixels; show a part or fewer ppi", millions=millions
                )
            )
        sheet, picture = self._page(page), Image.new(_MODES[kind], (width, height))
        rows = max(1, _BAND_PIXELS // width)
        for top in range(0, height, rows):
            size = (width, min(rows, height - top))
            with _band(sheet, kind, size, _Place(scale, part.x0, part.y1, top)) as band:
                picture.paste(band, (0, top))
        return picture

    def open_page(self, number: int) -> Any:
        """Return PDFium's page, counted from 1, for who reads more of it; it stays open for a while."""
        return self._page(number)

    def _page(self, number: int) -> Any:
        """Return a page; the last few asked for stay open, with their images decoded."""
        if number in self._shown:
            return self._shown[number]
        if not 1 <= number <= len(self._document):
            count = len(self._document)
            raise PictureProblem(
                Message(
                    "page %(number)s of a PDF with %(count)s; ask for one that is there",
                    number=number,
                    count=count,
                )
            )
        if len(self._shown) >= _OPEN_PAGES:
            self._shown.pop(next(iter(self._shown))).close()
        try:
            self._shown[number] = self._uncropped(number)
        except pypdfium2.PdfiumError as error:
            raise PictureProblem(Message("a page of the PDF cannot be shown; make it again")) from error
        return self._shown[number]

    def _uncropped(self, number: int) -> Any:
        sheet = self._document[number - 1]
        x0, y0, x1, y1 = sheet.get_mediabox(fallback_ok=False) or _BEYOND
        if sorted(sheet.get_size()) == sorted((x1 - x0, y1 - y0)):
            return sheet
        # A page knows its CropBox from when it was opened, and cuts it to its MediaBox, inherited ones too,
        # which `get_mediabox` does not see
        sheet.set_cropbox(*_BEYOND)
        sheet.close()
        return self._document[number - 1]


@dataclass(frozen=True)
class _Place:
    """Pixels a point, the left and upper edge of a picture on its page, and a band's first row."""

    scale: float
    left: float
    upper: float
    top: int


@contextmanager
def _band(sheet: Any, kind: int, size: tuple[int, int], place: _Place) -> Iterator[Image.Image]:
    """Draw the rows of one band, whose pixels last as long; of a picture with alpha only that is kept."""
    bitmap = pypdfium2.PdfBitmap.new_native(*size, kind)
    try:
        bitmap.fill_rect(_NOTHING if kind == pdfium.FPDFBitmap_BGRA else _WHITE, 0, 0, *size)
        width, height = sheet.get_size()
        left, down = -place.left * place.scale, (place.upper - height) * place.scale - place.top
        matrix = pdfium.FS_MATRIX(place.scale, 0, 0, place.scale, left, down)
        # PDFium paints past the page's edge where the clip lets it
        edges = (left, down, left + width * place.scale, down + height * place.scale)
        clip = pdfium.FS_RECTF(*map(round, edges))
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, sheet, matrix, clip, 0)
        shown: Image.Image = bitmap.to_pil()
        yield shown.getchannel("A") if shown.mode == "RGBA" else shown
    finally:
        bitmap.close()
