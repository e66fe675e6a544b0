"""Write pixels as PDF image streams: Flate with PNG predictors, or DCT."""

import io
from dataclasses import dataclass, replace

import deflate
import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]

_SPACES = {"L": ("DeviceGray", 1), "CMYK": ("DeviceCMYK", 4)}
# Lower levels leave soft shadows up to a quarter larger; higher ones take longer and gain hardly anything.
_LEVEL = 8
# Pixels of the largest JPEG that is written with tables of its own
_MOST_OPTIMIZED = 50_000_000


@dataclass(frozen=True)
class Encoded:
    """An image ready for any PDF: `mode` is L or CMYK, `jpeg` tells DCT from Flate."""

    data: bytes
    mode: str
    size: tuple[int, int]
    jpeg: bool
    alpha: "Encoded | None" = None

    def decoded(self) -> Image.Image:
        """Return what a reader sees of a JPEG, 255 being full ink or white."""
        return Image.open(io.BytesIO(self.data))

    def with_alpha(self, alpha: Image.Image | None) -> "Encoded":
        """Return the image with a soft mask of 8 bits."""
        return self if alpha is None else replace(self, alpha=encode_flat(alpha))


def encode_flat(image: Image.Image) -> Encoded:
    """Return an image in mode L or CMYK, losslessly: Flate over PNG's filters."""
    rows = np.asarray(image).reshape(image.height, -1)
    channels, above = _SPACES[image.mode][1], [np.zeros_like(rows[0]), *rows[:-1]]
    filtered = b"".join(_filtered(row, over, channels) for row, over in zip(rows, above, strict=True))
    packed = bytes(deflate.zlib_compress(filtered, _LEVEL))
    return Encoded(packed, image.mode, image.size, jpeg=False)


def encode_jpeg(image: Image.Image, quality: int) -> Encoded:
    """Return an image in mode L or CMYK as baseline DCT without subsampling.

    Pillow marks CMYK as Adobe does and stores it inverted; `place` says so in Decode. PDFium, poppler and
    Ghostscript then show the right inks, and so does a program that opens the JPEG by itself.
    """
    target = io.BytesIO()
    # Best tables need the whole file in memory four times over, and save some hundredths.
    best = image.width * image.height <= _MOST_OPTIMIZED
    image.save(target, "JPEG", quality=quality, subsampling=0, optimize=best)
    return Encoded(target.getvalue(), image.mode, image.size, jpeg=True)


def place(pdf: pikepdf.Pdf, image: Encoded) -> pikepdf.Object:
    """Return the image as an XObject of `pdf`, with its soft mask."""
    space, channels = _SPACES[image.mode]
    stream = pdf.make_stream(image.data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name(f"/{space}"), 8
    if image.jpeg:
        stream.Filter = pikepdf.Name.DCTDecode
        if image.mode == "CMYK":
            stream.Decode = pikepdf.Array([1, 0] * channels)
    else:
        stream.Filter = pikepdf.Name.FlateDecode
        stream.DecodeParms = pikepdf.Dictionary(
            Predictor=15, Colors=channels, BitsPerComponent=8, Columns=image.size[0]
        )
    if image.alpha is not None:
        stream.SMask = place(pdf, image.alpha)
    return stream


def _filtered(row: Bytes, above: Bytes, channels: int) -> bytes:
    """Return the row after the filter None, Sub or Up that leaves the least (PNG, ISO/IEC 15948, 9.2)."""
    left = np.concatenate((np.zeros(channels, dtype=np.uint8), row[:-channels]))
    tries = [row, row - left, row - above]
    costs = [int(np.abs(each.view(np.int8).astype(np.int16)).sum()) for each in tries]
    best = costs.index(min(costs))
    return bytes([best]) + tries[best].tobytes()
