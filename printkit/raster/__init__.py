"""Open pictures safely; show PDF pages as pictures."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from printkit.raster.problem import PictureProblem

if TYPE_CHECKING:
    from printkit.raster.decoding import check_head, is_bare_cmyk, load_whole
    from printkit.raster.grey import with_grey_photographs
    from printkit.raster.kinds import is_picture
    from printkit.raster.look import Look, looks
    from printkit.raster.page import page_count, page_image
    from printkit.raster.picture import Picture, open_picture, read_picture
    from printkit.raster.rgb_profile import is_srgb, transform
    from printkit.raster.sheets import MOST_PIXELS, Sheets
    from printkit.raster.small import SmallPicture, small_picture
    from printkit.raster.svg import DEEPEST, check_svg
    from printkit.raster.svg_drawing import Drawing, inline_drawing, open_drawing
    from printkit.raster.svg_tree import read_svg

__all__ = [
    "DEEPEST",
    "MOST_PIXELS",
    "Drawing",
    "Look",
    "Picture",
    "PictureProblem",
    "Sheets",
    "SmallPicture",
    "check_head",
    "check_svg",
    "inline_drawing",
    "is_bare_cmyk",
    "is_picture",
    "is_srgb",
    "load_whole",
    "looks",
    "open_drawing",
    "open_picture",
    "page_count",
    "page_image",
    "read_picture",
    "read_svg",
    "small_picture",
    "transform",
    "with_grey_photographs",
]

# Modules that load Pillow and PDFium, and what they give: loaded once one of these names is asked for,
# because a plan of a batch looks at no picture
_LATER = {
    "decoding": ("check_head", "is_bare_cmyk", "load_whole"),
    "grey": ("with_grey_photographs",),
    "kinds": ("is_picture",),
    "look": ("Look", "looks"),
    "page": ("page_count", "page_image"),
    "picture": ("Picture", "open_picture", "read_picture"),
    "rgb_profile": ("is_srgb", "transform"),
    "sheets": ("MOST_PIXELS", "Sheets"),
    "small": ("SmallPicture", "small_picture"),
    "svg": ("DEEPEST", "check_svg"),
    "svg_drawing": ("Drawing", "inline_drawing", "open_drawing"),
    "svg_tree": ("read_svg",),
}


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
