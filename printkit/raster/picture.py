"""Open JPEG and PNG pictures that others hand in; refuse what would not print well, in clear words."""

import io
import struct
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from PIL import ExifTags, Image, ImageCms

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
# JPEG made anew after a change of profile, without a loss that shows
_REMADE = {"quality": 95, "subsampling": 0}
# What Pillow raises for damaged files, found by feeding it some
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error)
_SIDEWAYS = frozenset({5, 6, 7, 8})


@dataclass(frozen=True)
class Picture:
    """Hold a checked picture: `data` is JPEG or PNG in sRGB or grey, 8 bits a channel.

    `width` and `height` are in pixels as stored; `orientation` is EXIF's, 1 where there is none.
    """

    data: bytes = field(repr=False)
    format: str
    width: int
    height: int
    orientation: int

    @property
    def shown_size(self) -> tuple[int, int]:
        """Return width and height in pixels as seen, after EXIF's orientation."""
        stored = self.width, self.height
        return stored[::-1] if self.orientation in _SIDEWAYS else stored


def read_picture(path: Path, most_pixels: int) -> Picture:
    """Open the picture in a file, see `open_picture`; what it holds counts, not how the file's name ends."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureProblem(f"{path.name} cannot be read: {error.strerror}") from error
    return open_picture(data, most_pixels)


def open_picture(data: bytes, most_pixels: int) -> Picture:
    """Check every pixel of a JPEG or PNG of at most `most_pixels` and return it.

    A picture with an RGB or grey ICC profile other than sRGB is converted to sRGB and made anew (JPEG quality
    95 4:4:4, or PNG). Raises PictureProblem for other formats, damage, CMYK, 16 bits and animation.
    """
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
    written = image.getexif().get(ExifTags.Base.Orientation)
    orientation = written if isinstance(written, int) and 1 <= written <= 8 else 1
    profile = image.info.get("icc_profile")
    if profile:
        data = _in_srgb(image, profile, (kind, orientation)) or data
    return Picture(data, kind, *image.size, orientation)


def _in_srgb(image: Image.Image, profile: bytes, kept: tuple[str, int]) -> bytes | None:
    """Return the picture made anew in sRGB with its format and orientation, or None where it is in sRGB."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in (source.profile.profile_description or "").lower():
            return None
        converted = _convert(image, source)
    except (OSError, ImageCms.PyCMSError) as error:
        raise PictureProblem("the picture's colour profile does not fit it; save it as sRGB") from error
    target, exif = io.BytesIO(), Image.Exif()
    kind, exif[ExifTags.Base.Orientation] = kept
    converted.save(target, kind, exif=exif, **(_REMADE if kind == "JPEG" else {}))
    return target.getvalue()


def _convert(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    grey = source.profile.xcolor_space.strip() == "GRAY"
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    plain = image.convert("L" if grey else "RGB")
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    target = ImageCms.createProfile("sRGB")
    way = ImageCms.buildTransform(source, target, plain.mode, "RGB", intent, flags)
    converted = ImageCms.applyTransform(plain, way)
    if converted is None:
        raise ImageCms.PyCMSError("no image")
    converted = converted.convert("L") if grey else converted
    # The old profile would travel along in `info`
    converted.info.pop("icc_profile", None)
    if alpha is not None:
        converted.putalpha(alpha)
    return converted
