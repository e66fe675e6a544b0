"""An image's samples as they stand in its data, band by band: a poster's photograph unpacks to 400 MB."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from printkit.content import BadOperand, Space, entry, items_of, number
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.ink.codecs import CHANNELS, bands, decoded
from printkit.preflight.ink.flate import PIXEL_BYTES, inflated, unfiltered
from printkit.streams import data_of
from printkit.words import Message

_CODECS = ("/DCTDecode", "/DCT", "/JPXDecode")
_FLATE = ("/FlateDecode", "/Fl")
_PNG_PREDICTORS = range(10, 16)
# So many bytes are unpacked at once; a smaller image is unpacked in whole.
BAND_BYTES = 16_000_000


@dataclass(frozen=True)
class Rows:
    """How an image's samples stand in its data; `picture` where they were a JPEG or JPEG 2000."""

    source: pikepdf.Stream
    width: int
    height: int
    size: int
    bits: int = 8
    picture: Image.Image | None = field(default=None, repr=False)

    @property
    def row(self) -> int:
        """The bytes of a row."""
        return (self.width * self.size * self.bits + 7) // 8

    def bands(self, step: int) -> Iterator[Any]:
        """Yield samples (rows x width x components) from the top, each band but the last of whole steps.

        CannotRun where the data cannot be read.
        """
        rows = max(1, BAND_BYTES // (self.row * step)) * step
        if self.picture is not None:
            yield from bands(self.picture, rows)
            return
        left = self.height
        for data in _unpacked(self, rows):
            band = self._samples(data)[:left]
            left -= len(band)
            yield band
        while left > 0:
            # What a short image lacks counts as 0, as in viewers.
            yield np.zeros((min(rows, left), self.width, self.size), np.uint8)
            left -= rows

    def _samples(self, data: bytes) -> Any:
        count = -(-len(data) // self.row)
        flat = np.frombuffer(data.ljust(count * self.row, b"\0"), np.uint8)
        across = _parted(flat.reshape(count, self.row), self.bits)[:, : self.width * self.size]
        return across.reshape(count, self.width, self.size)


def rows_of(source: pikepdf.Stream, space: Space | None, enough: int | None) -> Rows:
    """Return an image's samples; a JPEG may come in a smaller size of at least `enough` pixels."""
    filters = filters_of(source)
    if filters and filters[-1] in _CODECS:
        transform = entry(last_parameters(source, len(filters)), "/ColorTransform")
        picture = decoded(data_after(source, len(filters) - 1), enough, transform)
        return Rows(source, *picture.size, CHANNELS[picture.mode], picture=picture)
    if space is None:
        raise CannotRun(Message("an image has no colour space"))
    width, height = int(number(source.get("/Width"))), int(number(source.get("/Height")))
    bits = int(number(source.get("/BitsPerComponent", 8)))
    if bits not in (1, 2, 4, 8, 16):
        raise BadOperand(Message("an image's BitsPerComponent"))
    return Rows(source, width, height, space.size, bits)


def filters_of(source: pikepdf.Stream) -> list[str]:
    """Return the names of an image's filters, in the order in which data are decoded."""
    return [str(name) for name in items_of(source.get("/Filter"), one=True)]


def _unpacked(rows: Rows, count: int) -> Iterator[bytes]:
    """Yield the bytes of so many rows at a time."""
    filters, pixel = filters_of(rows.source), max(1, rows.size * rows.bits // 8)
    # In bands only what is unpacked here; qpdf unpacks all else, which is seldom large
    filtered = _is_filtered(rows, filters, pixel)
    if rows.row * rows.height <= BAND_BYTES or filtered is None:
        data, size = data_after(rows.source, len(filters))[: rows.row * rows.height], rows.row * count
        yield from (data[start : start + size] for start in range(0, len(data), size))
        return
    packed = data_after(rows.source, len(filters) - 1)
    if filtered:
        yield from unfiltered(inflated(packed, (rows.row + 1) * count), rows.row, pixel)
    else:
        yield from inflated(packed, rows.row * count)


def _is_filtered(rows: Rows, filters: list[str], pixel: int) -> bool | None:
    """Tell whether Flate data are under the filters of PNG; None for data that are not unpacked in bands."""
    if not filters or filters[-1] not in _FLATE:
        return None
    told = last_parameters(rows.source, len(filters))
    predictor, colours, bits, columns = (
        entry(told, key) or usual
        for key, usual in (("/Predictor", 1), ("/Colors", 1), ("/BitsPerComponent", 8), ("/Columns", 1))
    )
    if predictor == 1:
        return False
    # Parameters that contradict the image are left to qpdf, which does as viewers do
    alike = (colours, bits, columns) == (rows.size, rows.bits, rows.width)
    return True if predictor in _PNG_PREDICTORS and alike and pixel in PIXEL_BYTES else None


def data_after(source: pikepdf.Stream, count: int) -> bytes:
    """Return the data as the first so many filters leave them."""
    names, told = (items_of(source.get(key), one=True) for key in ("/Filter", "/DecodeParms"))
    if not count:
        return source.read_raw_bytes()
    with pikepdf.new() as scratch:
        stream = pikepdf.Stream(scratch, source.read_raw_bytes(), Filter=pikepdf.Array(names[:count]))
        if len(told) == len(names):
            # qpdf wants no parameters, not even empty ones, of filters that have none.
            stream.DecodeParms = pikepdf.Array([_copied(one) if one else None for one in told[:count]])
        try:
            return data_of(stream)
        except pikepdf.PdfError as error:
            raise CannotRun(Message("an image's data cannot be read")) from error


def _copied(thing: Any) -> Any:
    if isinstance(thing, pikepdf.Object):
        return pikepdf.Object.parse(thing.unparse(resolved=True))
    return thing


def last_parameters(source: pikepdf.Stream, filters: int) -> Any:
    """Return the parameters of the last filter."""
    told = items_of(source.get("/DecodeParms"), one=True)
    return told[-1] if len(told) == filters else None


def _parted(rows: Any, bits: int) -> Any:
    """Part bytes into samples of so many bits."""
    if bits == 8:
        return rows
    if bits == 16:
        return rows.view(">u2")
    shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
    return ((rows[:, :, None] >> shifts) & ((1 << bits) - 1)).reshape(len(rows), -1)
