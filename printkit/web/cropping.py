"""Pictures that people hand in, the worker's side: made safe to keep, shown with what a layout keeps."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printkit.errors import OrderRefused
from printkit.raster.problem import PictureProblem
from printkit.words import sentence

if TYPE_CHECKING:
    from PIL import Image

# Without a loss that shows at the size that is kept
KEPT = {"quality": 92, "subsampling": 0}
SHOWN = {"quality": 80}
# What lies outside a crop is mixed with so much white; the crop's edge is so many pixels wide.
FADED, EDGE = 0.72, 3


@dataclass(frozen=True)
class Handed:
    """A picture as it is kept: upright, in sRGB or grey, without anything but its pixels."""

    data: bytes
    width: int
    height: int


def handed(data: bytes, most_pixels: int, longest_px: int) -> Handed:
    """Read a picture that nobody vouches for and make it anew; raise OrderRefused.

    What telephones write beside the pixels goes, where it was taken and by which telephone.
    """
    from PIL import Image

    from printkit.raster.picture import open_picture

    try:
        opened = open_picture(data, most_pixels)
    except PictureProblem as problem:
        raise OrderRefused(sentence(problem)) from problem
    image: Image.Image = Image.open(io.BytesIO(opened.data))
    image.load()
    # The figure is the workspace's: beyond it print shows no more, and the store would fill.
    if max(image.size) > longest_px:
        image.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    # What Pillow read beside the pixels would be written again.
    image.info = {}
    out = io.BytesIO()
    # JPEG has no clear parts, and shows rings round drawings, which come as PNG.
    if image.mode in ("LA", "RGBA", "PA") or opened.format == "PNG":
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", **KEPT)
    return Handed(out.getvalue(), *image.size)


def framed(data: bytes, ratio: float | None, focus: tuple[float, float], side: int) -> bytes:
    """Return a small picture as JPEG, with all faded that a crop to a shape round a focus point cuts off."""
    from PIL import Image, ImageDraw

    image = Image.open(io.BytesIO(data))
    # JPEG is decoded no finer than it is shown, which takes a fraction of the time.
    image.draft("RGB", (side, side))
    image.thumbnail((side, side))
    shown = _on_white(image)
    box = crop_of(shown.size, ratio, focus)
    # A picture that is kept whole needs no frame to say so.
    if box != (0, 0, *shown.size):
        kept = shown.crop(box)
        shown = Image.blend(shown, Image.new("RGB", shown.size, "white"), FADED)
        shown.paste(kept, box[:2])
        ImageDraw.Draw(shown).rectangle(
            (box[0], box[1], box[2] - 1, box[3] - 1), outline="#0f4252", width=EDGE
        )
    out = io.BytesIO()
    shown.save(out, "JPEG", **SHOWN)
    return out.getvalue()


def crop_of(
    size: tuple[int, int], ratio: float | None, focus: tuple[float, float]
) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what a layout keeps: CSS's `object-fit: cover`."""
    from printkit.template.pictures import kept_of

    kept = kept_of(size, ratio)
    left, top = (round((whole - part) * at) for whole, part, at in zip(size, kept, focus, strict=True))
    return left, top, left + kept[0], top + kept[1]


def _on_white(image: "Image.Image") -> "Image.Image":
    from PIL import Image

    if image.mode not in ("LA", "RGBA", "PA"):
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground
