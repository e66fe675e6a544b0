"""Open pictures that others hand in; refuse what would not print well, in clear words."""

import hashlib
import io
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from printkit.errors import system_words
from printkit.raster.decoding import decode
from printkit.raster.kinds import PNG
from printkit.raster.picture_colour import in_srgb
from printkit.raster.problem import PictureProblem
from printkit.words import Message

# JPEG made anew without a loss that shows
_REMADE = {"quality": 95, "subsampling": 0}
# Made for this run alone, so little is gained by packing it well
_PACKED = {"compress_level": 3}
# A campaign has a few dozen pictures; those made anew take up memory
_MOST_KNOWN, _MOST_BYTES = 64, 64_000_000


@dataclass(frozen=True)
class Picture:
    """A checked picture: `data` is JPEG or PNG in sRGB or grey, 8 bits a channel, upright.

    `width` and `height` are in pixels; `turned` tells that EXIF had it lying or mirrored.
    """

    data: bytes = field(repr=False)
    format: str
    width: int
    height: int
    turned: bool


# The pictures that were opened last, by their content, the oldest first
_known: OrderedDict[tuple[str, int, str], Picture] = OrderedDict()


def read_picture(path: Path, most_pixels: int) -> Picture:
    """Open the picture in a file, see `open_picture`; what it holds counts, not how the file's name ends."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureProblem(
            Message("%(name)s cannot be read: %(strerror)s", name=path.name, strerror=system_words(error))
        ) from error
    return open_picture(data, most_pixels)


def open_picture(data: bytes, most_pixels: int, press: bytes = b"") -> Picture:
    """Check every pixel of a picture of at most `most_pixels` and return it.

    JPEG, PNG, WebP, AVIF, HEIC and TIFF are taken. A JPEG or PNG in sRGB or grey, of 8 bits and upright,
    keeps its bytes. All else is turned, converted and made anew: as PNG where its pixels are exact or clear,
    else as JPEG (quality 95, 4:4:4). CMYK without a profile is taken by `press`, an ICC profile.
    Raises PictureProblem for other formats, damage, several frames, and
    colours that nobody can tell. Equal bytes are decoded once.
    """
    key = (hashlib.sha256(data).hexdigest(), most_pixels, hashlib.sha256(press).hexdigest() if press else "")
    if key not in _known:
        picture = _opened_picture(data, most_pixels, press)
        # What was not made anew is held by the caller already
        _known[key] = replace(picture, data=b"") if picture.data is data else picture
    _known.move_to_end(key)
    found = _known[key]
    while len(_known) > _MOST_KNOWN or sum(len(one.data) for one in _known.values()) > _MOST_BYTES:
        _known.popitem(last=False)
    return found if found.data else replace(found, data=data)


def _opened_picture(data: bytes, most_pixels: int, press: bytes) -> Picture:
    found = decode(data, most_pixels)
    converted = in_srgb(found.image, data, found.optional, press)
    if found.plain and converted is None:
        kind = "PNG" if data.startswith(PNG) else "JPEG"
        return Picture(data, kind, *found.image.size, turned=False)
    image = found.image if converted is None else converted
    kind = "PNG" if found.lossless or image.mode in ("LA", "RGBA") else "JPEG"
    return Picture(_made_anew(image, kind), kind, *image.size, found.turned)


def _made_anew(image: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    # Neither the old profile nor the old orientation may travel along
    image.info = {}
    image.getexif().clear()
    image.save(target, kind, **(_REMADE if kind == "JPEG" else _PACKED))
    return target.getvalue()
