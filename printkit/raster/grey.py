"""Photographs made grey, for who looks for shapes only: PDFium takes seven times as long for inks."""

from collections import OrderedDict
from hashlib import sha256
from io import BytesIO
from typing import TypeGuard

import pikepdf
from pikepdf import Name, Pdf
from PIL import Image

# Smaller ones take no time; larger ones would take more memory here than they do in PDFium.
LEAST_PIXELS, MOST_PIXELS = 100_000, 40_000_000
# Bytes of grey pixels that are kept for other files with the same photographs
MOST_KEPT = 32_000_000
# ISO 32000-1, 8.9.5.2, as most programs write them, and Pillow reads all: dark is a high number in inks
INVERTED, PLAIN = [1, 0] * 4, [0, 1] * 4
MODES = {Name.DeviceCMYK: "CMYK", Name.DeviceRGB: "RGB"}

_KNOWN: OrderedDict[tuple[bytes, tuple[int, int], str], bytes] = OrderedDict()


def with_grey_photographs(pdf: bytes, space: pikepdf.Name = Name.DeviceCMYK) -> bytes:
    """Return a PDF with each JPEG in a space of `MODES` as plain grey pixels; all else stays as it is.

    Raise pikepdf.PdfError for a damaged file; a damaged photograph stays.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        made = [_make_grey(item, MODES[space]) for item in document.objects if _is_photograph(item, space)]
        if not any(made):
            return pdf
        out = BytesIO()
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _is_photograph(item: pikepdf.Object, space: pikepdf.Name) -> TypeGuard[pikepdf.Stream]:
    if not isinstance(item, pikepdf.Stream) or item.get(Name.Subtype) != Name.Image:
        return False
    known = item.get(Name.ColorSpace) == space and item.get(Name.Filter) == Name.DCTDecode
    # Keys of colours, and colours mixed with a mask's, count in the colours that were there.
    return known and not any(key in item for key in (Name.Mask, Name.SMask, Name.DecodeParms))


def _make_grey(photograph: pikepdf.Stream, mode: str) -> bool:
    """Put grey pixels into a photograph; tell whether it could be done."""
    plain = PLAIN[: 2 * len(mode)]
    decode = [float(value) for value in photograph.get(Name.Decode, plain)]
    size, inverted = (int(photograph.Width), int(photograph.Height)), mode == "CMYK" and decode == INVERTED
    if not (inverted or decode == plain) or not LEAST_PIXELS <= size[0] * size[1] <= MOST_PIXELS:
        return False
    # Inks count down where they are not inverted, and Pillow takes them as light
    grey = _grey(photograph.read_raw_bytes(), size, mode, upright=mode == "RGB" or inverted)
    if grey is None:
        return False
    photograph.write(grey)
    photograph.ColorSpace = Name.DeviceGray
    photograph.BitsPerComponent = 8
    if Name.Decode in photograph:
        del photograph.Decode
    return True


def _grey(data: bytes, size: tuple[int, int], mode: str, *, upright: bool) -> bytes | None:
    """Return the grey pixels of a JPEG, None for one that is not as its file says."""
    key = sha256(data).digest(), size, f"{mode} {upright}"
    if key in _KNOWN:
        return _KNOWN[key]
    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as picture:
            if picture.mode != mode or picture.size != size:
                return None
            shown = picture if upright else picture.point(lambda value: 255 - value)
            grey = shown.convert("L").tobytes()
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    _KNOWN[key] = grey
    while sum(map(len, _KNOWN.values())) > MOST_KEPT:
        _KNOWN.popitem(last=False)
    return grey
