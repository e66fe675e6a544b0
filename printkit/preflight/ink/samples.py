"""The samples of images, kept no finer than it takes for a mean."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pikepdf
from PIL import Image

from printkit.content import BadOperand, Space, lab_frame, numbers, space_of
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.ink.rows import Rows, filters_of, rows_of
from printkit.streams import data_of
from printkit.words import Message

Pixels: TypeAlias = npt.NDArray[np.uint8]
_DEVICES = {1: "/DeviceGray", 2: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_ONE_BIT = (["/CCITTFaxDecode"], ["/CCF"], ["/JBIG2Decode"])
# ISO 32000-1, Table 89: JPEG 2000 data whose last channel is opacity
_WITH_OPACITY = (1, 2)


@dataclass(frozen=True)
class Samples:
    """Samples (height x width x components, 0 to 255), or places in a palette (n x components).

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


@dataclass(frozen=True)
class Reading:
    """Say how an image's samples are read: its space, Decode and colour key, and pixels that become one."""

    rows: Rows
    space: Space
    decode: tuple[float, ...]
    key: tuple[float, ...]
    opacity: bool
    step: int

    @property
    def indexed(self) -> bool:
        return self.space.family == "Indexed" and self.space.base is not None


def usual(space: Space) -> tuple[float, ...]:
    """Return what an image's samples stand for without Decode (ISO 32000-1, Table 90)."""
    return lab_frame(space).decode if space.family == "Lab" else (0.0, 1.0) * space.size


def samples_of(source: pikepdf.Stream, space: Space | None, enough: int, tick: Callable[[], None]) -> Samples:
    """Read an image, about `enough` pixels of it, band by band; CannotRun where its kind cannot be read."""
    reading = _reading(source, space, enough)
    parts, covers = list[Pixels](), list[Pixels]()
    for band in reading.rows.bands(reading.step):
        tick()
        colours, cover = _band(reading, band)
        parts.append(colours)
        covers += [] if cover is None else [cover]
    made = Samples(np.concatenate(parts), reading.space, reading.decode)
    if covers:
        made = replace(made, opaque=np.concatenate(covers))
    if not reading.indexed or reading.space.base is None:
        return made
    # Places in a palette have no mean, so what was made smaller are colours of the base.
    table = palette_of(reading.space) if reading.step < 2 else None
    return replace(made, space=reading.space.base, decode=(), palette=table)


def _reading(source: pikepdf.Stream, space: Space | None, enough: int) -> Reading:
    key = tuple(numbers(source["/Mask"])) if isinstance(source.get("/Mask"), pikepdf.Array) else ()
    # Whether a pixel is hidden is told by all of it
    rows = rows_of(source, space, None if key else enough)
    space = space or space_of(pikepdf.Name(_DEVICES[rows.size]), None)
    decode = decode_of(source)
    if not (rows.size == space.size or _has_opacity(rows, space)) or len(decode) not in (0, 2 * space.size):
        raise CannotRun(Message("the data of an image and its colour space disagree"))
    if len(key) not in (0, 2 * space.size):
        raise BadOperand(Message("an image's colour key"))
    opacity = rows.size > space.size and source.get("/SMaskInData", 0) in _WITH_OPACITY
    # Blocks of pixels become one mean: what is asked is the mean of a square of 15 mm
    step = max(1, min(int(math.sqrt(rows.height * rows.width / enough)), rows.height, rows.width))
    return Reading(rows, space, decode, key, opacity, step)


def decode_of(source: pikepdf.Stream) -> tuple[float, ...]:
    """Return an image's Decode, empty where it has none; JPEG 2000 is its own (ISO 32000-1, 7.4.9)."""
    ignored = "/Decode" not in source or filters_of(source)[-1:] == ["/JPXDecode"]
    return () if ignored else tuple(numbers(source["/Decode"]))


def two_tones(source: pikepdf.Stream, space: Space) -> Samples | None:
    """Return the two colours of an image of one bit, in place of all its pixels; None for any other image."""
    one_bit = source.get("/BitsPerComponent") == 1 or filters_of(source)[-1:] in _ONE_BIT
    if not one_bit or space.size != 1:
        return None
    decode, pixels = decode_of(source), np.array([[[0], [1]]], np.uint8)
    if len(decode) not in (0, 2):
        raise CannotRun(Message("the data of an image and its colour space disagree"))
    if space.family == "Indexed" and space.base is not None:
        table = palette_of(space)
        chosen = np.minimum(_places(pixels, decode, 1).ravel(), len(table) - 1)
        return Samples(pixels, space.base, palette=table[chosen])
    made = Samples(pixels, space, decode)
    return replace(made, palette=made.decoded(np.array([[0], [255]], np.uint8)))


def _has_opacity(rows: Rows, space: Space) -> bool:
    """Tell whether a picture has one channel more than its colours, which then is its opacity."""
    return rows.picture is not None and rows.size == space.size + 1


def _band(reading: Reading, band: Any) -> tuple[Pixels, Pixels | None]:
    """Return a band's colours and, where some is hidden, how much of each pixel is seen."""
    space, bits, step = reading.space, reading.rows.bits, reading.step
    cover = band[:, :, -1] if reading.opacity else _opaque(band, reading.key) if reading.key else None
    raw = band[:, :, : space.size]
    if reading.indexed:
        places = _places(raw, reading.decode, bits)
        colours = places if step < 2 else _palette_bytes(space)[_within(places, space)]
    else:
        colours = _to_eight(raw, bits)
    if step < 2:
        return colours, cover
    if cover is None:
        return _means(colours, step), None
    return _seen_means(colours, cover, step), _means(cover[:, :, None], step)[:, :, 0]


def _places(raw: Any, decode: tuple[float, ...], bits: int) -> Pixels:
    """Return places in the palette."""
    most = (1 << bits) - 1
    low, high = decode or (0.0, float(most))
    places: Pixels = np.clip(low + raw * ((high - low) / most), 0, 255).astype(np.uint8)
    return places


def _within(places: Pixels, space: Space) -> Pixels:
    return np.minimum(places[:, :, 0], len(_palette_bytes(space)) - 1)


def _to_eight(raw: Any, bits: int) -> Pixels:
    if bits == 8:
        known: Pixels = raw
        return known
    eight: Pixels = (raw >> 8 if bits == 16 else raw * (255 // ((1 << bits) - 1))).astype(np.uint8)
    return eight


def _means(pixels: Pixels, step: int) -> Pixels:
    """Return the means of square blocks."""
    bands = (np.ascontiguousarray(pixels[:, :, i]) for i in range(pixels.shape[2]))
    return np.stack([np.asarray(Image.fromarray(band).reduce(step)) for band in bands], axis=2)


def _seen_means(colours: Pixels, cover: Pixels, step: int) -> Pixels:
    """Return means of what is seen in square blocks: what is hidden has no part in them."""
    weights = cover.astype(np.float32)

    def reduced(values: Any) -> Any:
        return np.asarray(Image.fromarray(values).reduce(step))

    seen = np.maximum(reduced(weights), np.finfo(np.float32).tiny)
    bands = (reduced(colours[:, :, i] * weights) / seen for i in range(colours.shape[2]))
    means: Pixels = np.rint(np.stack(list(bands), axis=2)).astype(np.uint8)
    return means


def _opaque(raw: Any, key: tuple[float, ...]) -> Pixels:
    """Return 0 where all components lie within the pairs of a colour key, else 255."""
    pairs = np.array(key).reshape(-1, 2)
    hidden = ((raw >= pairs[:, 0]) & (raw <= pairs[:, 1])).all(axis=2)
    return np.where(hidden, 0, 255).astype(np.uint8)


def palette_of(space: Space) -> npt.NDArray[np.float64]:
    """Return the colours of an Indexed space (n x components of its base); BadOperand where it is broken."""
    if space.base is None:
        raise BadOperand(Message("an Indexed colour space"))
    return Samples(_palette_bytes(space)[None], space.base).decoded(_palette_bytes(space))


def _palette_bytes(space: Space) -> Pixels:
    table, base = space.source, space.base
    source = table[3] if isinstance(table, pikepdf.Array) and len(table) > 3 else None
    if base is None or not isinstance(source, pikepdf.Stream | pikepdf.String):
        raise BadOperand(Message("an Indexed colour space"))
    data = data_of(source) if isinstance(source, pikepdf.Stream) else bytes(source)
    flat = np.frombuffer(data, np.uint8)[: len(data) // base.size * base.size].reshape(-1, base.size)
    if not len(flat):
        raise BadOperand(Message("an Indexed colour space without colours"))
    return flat
