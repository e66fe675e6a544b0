"""The samples of images, read no finer than it takes for a mean."""

import math
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pikepdf
from PIL import Image

from printkit.content import BadOperand, Space, number, numbers, space_of
from printkit.preflight.limits import CannotRun

Pixels: TypeAlias = npt.NDArray[np.uint8]
_CODECS = ("/DCTDecode", "/DCT", "/JPXDecode")
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_DEVICES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
# What Pillow raises for damaged pictures
_DAMAGE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Samples:
    """Hold samples (height x width x components, 0 to 255), or places in a palette (n x components).

    `decode` are pairs that 0 and 255 stand for; `opaque` is 0 where a colour key hides the image.
    """

    pixels: Pixels
    space: Space
    decode: tuple[float, ...] = ()
    palette: npt.NDArray[np.float64] | None = None
    opaque: Pixels | None = None

    def decoded(self, flat: Pixels) -> npt.NDArray[np.float64]:
        """Return components as the colour space counts them."""
        pairs = np.array(self.decode or usual(self.space)).reshape(-1, 2)
        values: npt.NDArray[np.float64] = pairs[:, 0] + flat * ((pairs[:, 1] - pairs[:, 0]) / 255)
        return values


def usual(space: Space) -> tuple[float, ...]:
    """Return what an image's samples stand for without Decode (ISO 32000-1, Table 90)."""
    return (0.0, 100.0, -128.0, 127.0, -128.0, 127.0) if space.family == "Lab" else (0.0, 1.0) * space.size


def samples_of(source: pikepdf.Stream, space: Space | None, enough: int) -> Samples:
    """Read an image, about `enough` pixels of it; CannotRun where its kind cannot be read."""
    keyed = isinstance(source.get("/Mask"), pikepdf.Array)
    raw, bits = _raw(source, space, None if keyed else enough)
    space = space or _of_channels(raw)
    decode = tuple(numbers(source["/Decode"])) if "/Decode" in source else ()
    opaque = _opaque(raw, bits, numbers(source["/Mask"])) if keyed else None
    if space.family == "Indexed" and space.base is not None:
        return Samples(_from(raw, decode, bits), space.base, palette=palette_of(space), opaque=opaque)
    if raw.shape[2] != space.size or (decode and len(decode) != 2 * space.size):
        raise CannotRun("an image whose data and colour space disagree")
    return Samples(_fewer(_to_eight(raw, bits), enough), space, decode, opaque=opaque)


def _raw(source: pikepdf.Stream, space: Space | None, enough: int | None) -> tuple[Any, int]:
    """Return samples as they stand in the data (height x width x components) and their bits."""
    filters = _list(source.get("/Filter"))
    if filters and str(filters[-1]) in _CODECS:
        return _decoded(_before_codec(source, filters), enough), 8
    if space is None:
        raise CannotRun("an image without a colour space")
    return _unpacked(source, space)


def _unpacked(source: pikepdf.Stream, space: Space) -> tuple[Any, int]:
    width, height = int(number(source.get("/Width"))), int(number(source.get("/Height")))
    bits = int(number(source.get("/BitsPerComponent", 8)))
    if bits not in (1, 2, 4, 8, 16):
        raise BadOperand("an image's BitsPerComponent")
    row = (width * space.size * bits + 7) // 8
    try:
        data = np.frombuffer(source.read_bytes(), np.uint8)[: row * height]
    except pikepdf.PdfError as error:
        raise CannotRun(f"an image's data cannot be read: {error}") from error
    # what a short image lacks counts as 0, as in viewers
    rows = np.pad(data, (0, row * height - len(data))).reshape(height, row)
    return _split(rows, bits)[:, : width * space.size].reshape(height, width, space.size), bits


def _split(rows: Any, bits: int) -> Any:
    """Part bytes into samples of so many bits."""
    if bits == 8:
        return rows
    if bits == 16:
        return rows.view(">u2")
    shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
    return ((rows[:, :, None] >> shifts) & ((1 << bits) - 1)).reshape(len(rows), -1)


def _before_codec(source: pikepdf.Stream, filters: list[Any]) -> bytes:
    """Return the JPEG or JPEG 2000 file that an image is."""
    if len(filters) == 1:
        return source.read_raw_bytes()
    with pikepdf.new() as scratch:
        outer = pikepdf.Stream(scratch, source.read_raw_bytes(), Filter=pikepdf.Array(filters[:-1]))
        return outer.read_bytes()


def _decoded(data: bytes, enough: int | None) -> Any:
    try:
        picture = Image.open(BytesIO(data), formats=("JPEG", "JPEG2000"))
        if enough is not None:
            share = math.sqrt(min(1.0, enough / (picture.width * picture.height)))
            picture.draft("", (max(1, int(picture.width * share)), max(1, int(picture.height * share))))
        if picture.mode not in _DEVICES:
            raise CannotRun(f"a picture of kind {picture.mode}")
        pixels = np.asarray(picture).reshape(picture.height, picture.width, -1)
    except _DAMAGE as error:
        raise CannotRun("an image's data cannot be read") from error
    # Pillow turns four inks round, as Adobe wrote them; Decode says it where it is so
    return 255 - pixels if picture.mode == "CMYK" and picture.format == "JPEG" else pixels


def _of_channels(raw: Any) -> Space:
    return space_of(pikepdf.Name(_DEVICES[_MODES[raw.shape[2]]]), None)


def _from(raw: Any, decode: tuple[float, ...], bits: int) -> Pixels:
    """Return places in the palette."""
    most = (1 << bits) - 1
    low, high = decode if len(decode) == 2 else (0.0, float(most))
    places: Pixels = np.clip(low + raw * ((high - low) / most), 0, 255).astype(np.uint8)
    return places


def _to_eight(raw: Any, bits: int) -> Pixels:
    if bits == 8:
        known: Pixels = raw
        return known
    eight: Pixels = (raw >> 8 if bits == 16 else raw * (255 // ((1 << bits) - 1))).astype(np.uint8)
    return eight


def _fewer(pixels: Pixels, enough: int) -> Pixels:
    """Take means of square blocks, until not many more than enough pixels are left."""
    height, width, size = pixels.shape
    step = min(int(math.sqrt(height * width / enough)), height, width)
    if step < 2:
        return pixels
    bands = [Image.fromarray(np.ascontiguousarray(pixels[:, :, i])).reduce(step) for i in range(size)]
    return np.stack([np.asarray(band) for band in bands], axis=2)


def _opaque(raw: Any, bits: int, key: list[float]) -> Pixels:
    """Return 0 where all components lie within the pairs of a colour key, else 255."""
    pairs = np.array(key).reshape(-1, 2)
    if len(pairs) != raw.shape[2]:
        raise BadOperand("an image's colour key")
    hidden = ((raw >= pairs[:, 0]) & (raw <= pairs[:, 1])).all(axis=2)
    return np.where(hidden, 0, 255).astype(np.uint8)


def palette_of(space: Space) -> npt.NDArray[np.float64]:
    """Return the colours of an Indexed space (n x components of its base); BadOperand where it is broken."""
    table, base = space.source, space.base
    source = table[3] if isinstance(table, pikepdf.Array) and len(table) > 3 else None
    if base is None or not isinstance(source, pikepdf.Stream | pikepdf.String):
        raise BadOperand("an Indexed colour space")
    data = source.read_bytes() if isinstance(source, pikepdf.Stream) else bytes(source)
    flat = np.frombuffer(data, np.uint8)[: len(data) // base.size * base.size].reshape(-1, base.size)
    if not len(flat):
        raise BadOperand("an Indexed colour space without colours")
    return Samples(flat[None], base).decoded(flat)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [] if value is None else [value]
