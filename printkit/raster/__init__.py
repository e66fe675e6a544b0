"""Open pictures safely; show PDF pages as pictures."""

from printkit.raster.page import page_count, page_image
from printkit.raster.picture import Picture, open_picture, read_picture
from printkit.raster.problem import PictureProblem
from printkit.raster.sheets import MOST_PIXELS, Sheets
from printkit.raster.svg import check_svg

__all__ = [
    "MOST_PIXELS",
    "Picture",
    "PictureProblem",
    "Sheets",
    "check_svg",
    "open_picture",
    "page_count",
    "page_image",
    "read_picture",
]
