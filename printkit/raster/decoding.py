"""Decode pictures of the kinds that are taken, each by a library that keeps it well."""

import io
import re
import struct
import warnings
from dataclasses import dataclass

import numpy as np
import pikepdf
from PIL import ExifTags, Image, ImageFile, ImageOps

from printkit.raster.kinds import kind_of
from printkit.raster.problem import PictureProblem
from printkit.words import Message

# What Pillow, libheif and qpdf raise for damaged files, found by feeding them some
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    RuntimeError,
    struct.error,
    pikepdf.PdfError,
)
_GREY_16 = ("I;16", "I;16B", "I;16L", "I;16N")
_TAKEN = ("1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", *_GREY_16)
# Bit depth in IHDR: PNG (ISO/IEC 15948), 11.2.2
_PNG_DEPTH = 24
# ISO/IEC 10918-1, table B.1: start of scan; frames and tables (SOF, DHT, DAC; DQT, DNL, DRI)
_SCAN, _DECODING = 0xDA, (*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD)
# Exif 3.0, 4.6.6: the interoperability index of DCF's optional colour space, which is Adobe RGB
_OPTIONAL = "R03"
# PQ and HLG: ITU-T H.273, table 3
_HDR = (16, 18)

# What Pillow says of large pictures and of odd EXIF helps nobody: sizes are checked here, and of EXIF little
# more than the orientation is read.
warnings.filterwarnings("ignore", module=r"PIL\b")
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Decoded:
    """A picture's pixels, upright, at 8 bits a channel, and what it was.

    `lossless`: each pixel is what somebody set. `plain`: the file itself is JPEG or PNG in RGB or grey, of
    8 bits and upright. `turned` tells that EXIF had it lying or mirrored, `optional` that EXIF names the
    optional colour space of cameras.
    """

    image: Image.Image
    lossless: bool
    plain: bool
    turned: bool
    optional: bool


def decode(data: bytes, most_pixels: int) -> Decoded:
    """Decode every pixel of a picture; raise PictureProblem in words of what to do."""
    kind = kind_of(data)
    try:
        image = _opened(data, kind)
        check_size(image.size, most_pixels)
        _check_kind(image)
        if kind == "JPEG":
            _check_jpeg(data, image)
        load_whole(image)
        exif = image.getexif()
        turned = exif.get(ExifTags.Base.Orientation, 1) in range(2, 9)
        optional = str(exif.get_ifd(ExifTags.IFD.Interop).get(1, "")).startswith(_OPTIONAL)
        upright = ImageOps.exif_transpose(image) if turned else image
    except PictureProblem:
        raise
    except Image.DecompressionBombError as error:
        # Pillow's own limit stands above ours, and of such a file it tells the number of pixels alone.
        raise _too_large(most_pixels, _told(error)) from error
    except _DAMAGE as error:
        raise PictureProblem(
            Message("the picture is damaged or cut off; get it again from its source")
        ) from error
    deep = image.mode in _GREY_16 or (kind == "PNG" and data[_PNG_DEPTH] == 16)
    plain = kind in ("JPEG", "PNG") and not turned and not deep and image.mode != "CMYK"
    return Decoded(_eight_bits(upright), _is_lossless(data, image, kind), plain, turned, optional)


def is_bare_cmyk(data: bytes) -> bool:
    """Tell whether a picture is in CMYK and does not say of which press; what is damaged is not."""
    try:
        kind = kind_of(data)
        # No other kind that is taken has CMYK.
        if kind not in ("JPEG", "TIFF"):
            return False
        image = _opened(data, kind)
        return image.mode == "CMYK" and not image.info.get("icc_profile")
    # Whoever decodes it tells what is wrong.
    except (*_DAMAGE, Image.DecompressionBombError):
        return False


def check_head(data: bytes, most_pixels: int) -> None:
    """Raise PictureProblem for a picture of more pixels than are taken, by what its file begins with."""
    try:
        size = _opened(data, kind_of(data)).size
    except Image.DecompressionBombError as error:
        raise _too_large(most_pixels, _told(error)) from error
    # What is damaged is told of when its pixels are decoded.
    except _DAMAGE:
        return
    check_size(size, most_pixels)


def load_whole(image: Image.Image) -> None:
    """Load all pixels; raise OSError where some are not there.

    Loading WeasyPrint tells Pillow to fill up what is missing, in the whole process.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image.load()


def check_size(size: tuple[int, int], most_pixels: int) -> None:
    """Raise PictureProblem for no pixels, and for more than `most_pixels`: how small it must become."""
    width, height = size
    if min(size) < 1:
        raise PictureProblem(Message("the picture has no pixels; get it again from its source"))
    if width * height > most_pixels:
        scale = (most_pixels / (width * height)) ** 0.5
        smaller = f"{max(1, int(width * scale))} x {max(1, int(height * scale))}"
        has = Message(
            "%(width)s x %(height)s pixels, more than %(most_pixels)g million pixels",
            width=width,
            height=height,
            most_pixels=most_pixels / 1e6,
        )
        raise PictureProblem(
            Message(
                "the picture has %(has)s; make it %(smaller)s pixels or smaller", has=has, smaller=smaller
            )
        )


def _told(error: Exception) -> int:
    """Return the number of pixels that Pillow names."""
    return int((re.findall(r"\d+", str(error)) or ["0"])[0])


def _too_large(most_pixels: int, count: int) -> PictureProblem:
    share = int((most_pixels / max(count, most_pixels)) ** 0.5 * 100)
    has = Message(
        "%(count).0f million pixels, more than %(most_pixels)g million pixels",
        count=count / 1e6,
        most_pixels=most_pixels / 1e6,
    )
    return PictureProblem(
        Message(
            "the picture has %(has)s; make it smaller, to %(share)s %% of its width at most",
            has=has,
            share=share,
        )
    )


def _opened(data: bytes, kind: str) -> Image.Image:
    if kind != "HEIC":
        return Image.open(io.BytesIO(data), formats=(kind.upper(),))
    # Loads libheif, which pieces without such a picture do without.
    import pillow_heif

    # Pixels come when they are asked for, upright: libheif turns and mirrors by itself.
    file = pillow_heif.open_heif(io.BytesIO(data))
    light = (file.info.get("nclx_profile") or {}).get("transfer_characteristics", 1)
    if int(light) in _HDR:
        raise PictureProblem(Message("a picture in HDR; save it as JPEG"))
    image: Image.Image = pillow_heif.HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]
    return image


def _check_kind(image: Image.Image) -> None:
    if image.mode not in _TAKEN:
        raise PictureProblem(
            Message("a picture of kind '%(mode)s'; save it in RGB with 8 bits a channel", mode=image.mode)
        )
    # A camera puts a preview or a second view behind a JPEG; the first is the picture.
    frames = 1 if image.format in ("JPEG", "MPO") else getattr(image, "n_frames", 1)
    if frames > 1:
        moving = (
            Message("a moving picture")
            if image.format in ("PNG", "WEBP", "AVIF")
            else Message("a file of several pictures")
        )
        raise PictureProblem(
            Message("%(moving)s, %(frames)s in all; save one of them", moving=moving, frames=frames)
        )


def _check_jpeg(data: bytes, image: Image.Image) -> None:
    """Decode a JPEG strictly: of damaged data libjpeg only warns, and Pillow keeps that to itself."""
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(_decoding_parts(data), Filter=pikepdf.Name.DCTDecode)
        read = len(stream.read_bytes(pikepdf.StreamDecodeLevel.all))
    if read < image.width * image.height * len(image.getbands()):
        raise ValueError(Message("cut off"))


def _decoding_parts(data: bytes) -> bytes:
    """Return what a JPEG's pixels are decoded from: tables and frame, then all that follows the first scan.

    Telephones leave stray bytes before a marker and versions that nobody knows, of which libjpeg warns as it
    warns of damage; no pixel depends on them.
    """
    parts, at = [data[:2]], 2
    while True:
        at = data.index(b"\xff", at)
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            return b"".join(parts) + data[at:]
        # Bytes that fill up, and markers that stand alone, have no length.
        stands_alone = marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= 0xD8
        if marker in _DECODING:
            parts.append(data[at : at + 2 + length])
        at += 1 if stands_alone else 2 + max(length, 2)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture in L, RGB, RGBA, LA or CMYK; 16 bits of grey are rounded, not cut."""
    if image.mode in _GREY_16:
        levels = np.asarray(image).astype(np.uint32)
        grey = ((levels * 255 + 32767) // 65535).astype(np.uint8)
        return _with_info(Image.fromarray(grey), image)
    if image.mode == "1":
        return _with_info(image.convert("L"), image)
    if image.has_transparency_data:
        return _with_info(image.convert("LA" if image.mode in ("L", "LA") else "RGBA"), image)
    return image if image.mode in ("L", "RGB", "CMYK") else _with_info(image.convert("RGB"), image)


def _with_info(image: Image.Image, source: Image.Image) -> Image.Image:
    image.info = dict(source.info)
    return image


def _is_lossless(data: bytes, image: Image.Image, kind: str) -> bool:
    if kind == "WebP":
        return b"VP8L" in data[12:64]
    lossy_tiff = image.info.get("compression") in ("jpeg", "tiff_jpeg", "webp")
    return kind == "PNG" or (kind == "TIFF" and not lossy_tiff)
