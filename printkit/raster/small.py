"""Small pictures of pages, to compare what two files look like from afar."""

from dataclasses import dataclass

from PIL import Image

from printkit.raster.pdfium import PdfiumFile
from printkit.units import PT_PER_INCH, Rect

# Each cell is the mean of so many pixels either way: PDFium draws thin strokes too wide at fewer.
_FINER = 4


@dataclass(frozen=True)
class SmallPicture:
    """The grey (0 to 255) of the cells of a page's part, row by row from the top."""

    columns: int
    rows: int
    grey: bytes


def small_picture(sheets: PdfiumFile, page: int, part: Rect, columns: int) -> SmallPicture:
    """Return a part of a page (points of the shown page) in so many cells across, as high as wide."""
    rows = max(1, round(columns * part.height / part.width))
    shown = sheets.grey(page, columns * _FINER * PT_PER_INCH / part.width, part)
    return SmallPicture(columns, rows, shown.resize((columns, rows), Image.Resampling.BOX).tobytes())
