"""Open JPEG and PNG pictures that others hand in; refuse what would not print well, in clear words."""

import hashlib
import io
import struct
import warnings
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageOps

from printkit.raster.problem import PictureProblem

# How files of other kinds begin: (offset, bytes, name)
_OTHERS = (
    (0, b"GIF8", "GIF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (8, b"WEBP", "WebP"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"<", "SVG, XML or HTML"),
)
_PNG = b"\x89PNG\r\n\x1a\n"
# Bit depth in IHDR: PNG (ISO/IEC 15948), 11.2.2
_PNG_DEPTH = 24
# JPEG made anew without a loss that shows
_REMADE = {"quality": 95, "subsampling": 0}
_PLAIN = ("1", "L", "LA", "RGB", "RGBA")
# A campaign has a few dozen pictures; those made anew take up memory
_MOST_KNOWN, _MOST_BYTES = 64, 64_000_000
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
# What Pillow raises for damaged files, found by feeding it some
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error)


@dataclass(frozen=True)
class Picture:
    """Hold a checked picture: `data` is JPEG or PNG in sRGB or grey, 8 bits a channel, upright.

    `width` and `height` are in pixels; `turned` tells that EXIF had it lying or mirrored.
    """

    data: bytes = field(repr=False)
    format: str
    width: int
    height: int
    turned: bool


# The pictures that were opened last, by their content, the oldest first
_known: OrderedDict[tuple[str, int], Picture] = OrderedDict()


def read_picture(path: Path, most_pixels: int) -> Picture:
    """Open the picture in a file, see `open_picture`; what it holds counts, not how the file's name ends."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureProblem(f"{path.name} cannot be read: {error.strerror}") from error
    return open_picture(data, most_pixels)


def open_picture(data: bytes, most_pixels: int) -> Picture:
    """Check every pixel of a JPEG or PNG of at most `most_pixels` and return it.

    A picture that EXIF turns, or with an RGB or grey ICC profile other than sRGB, is turned and converted and
    made anew (JPEG quality 95 4:4:4, or PNG); any other keeps its bytes. Raises PictureProblem for
    other formats, damage, CMYK, 16 bits and animation. Equal bytes are decoded once.
    """
    key = (hashlib.sha256(data).hexdigest(), most_pixels)
    if key not in _known:
        picture = _opened_picture(data, most_pixels)
        # What was not made anew is held by the caller already
        _known[key] = replace(picture, data=b"") if picture.data is data else picture
    _known.move_to_end(key)
    found = _known[key]
    while len(_known) > _MOST_KNOWN or sum(len(one.data) for one in _known.values()) > _MOST_BYTES:
        _known.popitem(last=False)
    return found if found.data else replace(found, data=data)


def _opened_picture(data: bytes, most_pixels: int) -> Picture:
    _check_kind(data)
    try:
        with warnings.catch_warnings():
            # Pillow's own limit is only a guess, and what it says of damaged EXIF helps nobody
            warnings.simplefilter("ignore")
            return _describe(_decode(data, most_pixels), data)
    except PictureProblem:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(most_pixels) from error
    except _DAMAGE as error:
        raise PictureProblem("the picture is damaged or cut off; get it again from its source") from error


def _decode(data: bytes, most_pixels: int) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    _check_size(image, most_pixels)
    _check_mode(image, data)
    image.load()
    return image


def _check_kind(data: bytes) -> None:
    if not data:
        raise PictureProblem("the picture is an empty file; get it again from its source")
    if data.startswith((b"\xff\xd8\xff", _PNG)):
        return
    kinds = [name for at, start, name in _OTHERS if data[at:].startswith(start)]
    kind = f"a {kinds[0]} file" if kinds else "not a picture"
    raise PictureProblem(f"{kind}; save it as JPEG or PNG")


def _check_size(image: Image.Image, most_pixels: int) -> None:
    if min(image.size) < 1:
        raise PictureProblem("the picture has no pixels; get it again from its source")
    if image.width * image.height > most_pixels:
        raise _too_large(most_pixels)


def _too_large(most_pixels: int) -> PictureProblem:
    return PictureProblem(f"more than {most_pixels / 1e6:g} million pixels; make the picture smaller")


def _check_mode(image: Image.Image, data: bytes) -> None:
    if image.mode == "CMYK":
        raise PictureProblem("a CMYK picture; save it as sRGB, the press file gets its inks later")
    if data.startswith(_PNG) and data[_PNG_DEPTH] == 16:
        raise PictureProblem("a picture with 16 bits a channel; save it with 8")
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise PictureProblem("a moving picture; save one frame")


def _describe(image: Image.Image, data: bytes) -> Picture:
    kind = "PNG" if data.startswith(_PNG) else "JPEG"
    upright = ImageOps.exif_transpose(image)
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) in range(2, 9)
    profile = _foreign_profile(image)
    if profile is not None:
        upright = _convert(upright, profile)
    if turned or profile is not None:
        data = _made_anew(upright, kind)
    return Picture(data, kind, *upright.size, turned)


def _foreign_profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Return the picture's ICC profile where it has one other than sRGB."""
    data = image.info.get("icc_profile")
    if not data:
        return None
    profile = _opened(data)
    return None if "srgb" in (profile.profile.profile_description or "").lower() else profile


def _opened(data: bytes) -> ImageCms.ImageCmsProfile:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(data))
    except (OSError, ImageCms.PyCMSError) as error:
        raise PictureProblem("the picture's colour profile is damaged; save it as sRGB") from error


def _made_anew(image: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    plain = image.convert("RGBA") if image.has_transparency_data else image
    plain = plain if plain.mode in _PLAIN else plain.convert("RGB")
    # Neither the old profile nor the old orientation may travel along
    Image.frombytes(plain.mode, plain.size, plain.tobytes()).save(
        target, kind, **(_REMADE if kind == "JPEG" else {})
    )
    return target.getvalue()


def _convert(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    grey = source.profile.xcolor_space.strip() == "GRAY"
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    plain = image.convert("L" if grey else "RGB")
    try:
        target = ImageCms.createProfile("sRGB")
        way = ImageCms.buildTransform(source, target, plain.mode, "RGB", _INTENT, _FLAGS)
    except ImageCms.PyCMSError as error:
        raise PictureProblem("the picture's colour profile does not fit it; save it as sRGB") from error
    converted = ImageCms.applyTransform(plain, way) or plain
    converted = converted.convert("L") if grey else converted
    if alpha is not None:
        converted.putalpha(alpha)
    return converted
