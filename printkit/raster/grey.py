"""Photographs in inks made grey, for who looks for shapes only: PDFium takes seven times as long for inks."""

from io import BytesIO
from typing import TypeGuard

import pikepdf
from pikepdf import Name, Pdf
from PIL import Image

# Smaller ones take no time; larger ones would take more memory here than they do in PDFium.
LEAST_PIXELS, MOST_PIXELS = 100_000, 40_000_000
# ISO 32000-1, 8.9.5.2, as most programs write them, and Pillow reads all: dark is a high number
INVERTED, PLAIN = [1, 0] * 4, [0, 1] * 4


def with_grey_photographs(pdf: bytes) -> bytes:
    """Return a PDF with each JPEG in DeviceCMYK as plain grey pixels; all else stays as it is.

    Raise pikepdf.PdfError for a damaged file; a damaged photograph stays.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        made = [_make_grey(item) for item in document.objects if _is_photograph(item)]
        if not any(made):
            return pdf
        out = BytesIO()
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _is_photograph(item: pikepdf.Object) -> TypeGuard[pikepdf.Stream]:
    if not isinstance(item, pikepdf.Stream) or item.get(Name.Subtype) != Name.Image:
        return False
    known = item.get(Name.ColorSpace) == Name.DeviceCMYK and item.get(Name.Filter) == Name.DCTDecode
    # Keys of colours, and colours mixed with a mask's, count in inks.
    return known and not any(key in item for key in (Name.Mask, Name.SMask, Name.DecodeParms))


def _make_grey(photograph: pikepdf.Stream) -> bool:
    """Put grey pixels into a photograph; tell whether it could be done."""
    decode = [float(value) for value in photograph.get(Name.Decode, PLAIN)]
    size = int(photograph.Width), int(photograph.Height)
    if decode not in (INVERTED, PLAIN) or not LEAST_PIXELS <= size[0] * size[1] <= MOST_PIXELS:
        return False
    try:
        with Image.open(BytesIO(photograph.read_raw_bytes()), formats=["JPEG"]) as picture:
            if picture.mode != "CMYK" or picture.size != size:
                return False
            inks = picture if decode == INVERTED else picture.point(lambda value: 255 - value)
            grey = inks.convert("L").tobytes()
    except (OSError, ValueError, Image.DecompressionBombError):
        return False
    photograph.write(grey)
    photograph.ColorSpace = Name.DeviceGray
    photograph.BitsPerComponent = 8
    if Name.Decode in photograph:
        del photograph.Decode
    return True
