"""Read a PDF's image into plain sRGB or grey pixels, with its transparency (ISO 32000-1, 8.9.5, 11.6.5).

Preflight has a reader of its own (`preflight.ink`), on purpose: it judges what this one made, and reads
foreign files band by band within limits, where this one wants all of a layout's pixels.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image, ImageCms

from printkit.errors import RenderError
from printkit.raster.decoding import load_whole
from printkit.raster.rgb_profile import is_srgb, transform
from printkit.streams import data_of
from printkit.words import Message

Bytes = NDArray[np.uint8]
Levels = NDArray[np.uint8] | NDArray[np.uint16]

_GREY = frozenset({"/DeviceGray", "/CalGray", "/G"})
# CalRGB is what older programs wrote for sRGB
_RGB = frozenset({"/DeviceRGB", "/CalRGB", "/RGB"})
_INDEXED = frozenset({"/Indexed", "/I"})
_JPEG = frozenset({"/DCTDecode", "/DCT"})


@dataclass(frozen=True)
class Samples:
    """Pixels in mode L or RGB, alpha in mode L (255 covers) and whether they were a JPEG."""

    colour: Image.Image
    alpha: Image.Image | None
    from_jpeg: bool


@dataclass(frozen=True)
class _Space:
    """Describe a colour space: components 1 or 3, a palette (n, components), an ICC profile."""

    components: int
    palette: Bytes | None = None
    profile: bytes | None = None

    @property
    def channels(self) -> int:
        return self.components if self.palette is None else 1


def read_samples(image: pikepdf.Object) -> Samples:
    """Return an image XObject's pixels at eight bits; raise RenderError for a kind that cannot be read."""
    if "/ColorSpace" not in image:
        raise RenderError(
            Message("an image without a colour space cannot be separated; save it as a JPEG or PNG")
        )
    space = _space(image.ColorSpace)
    if _is_plain_jpeg(image, space):
        return Samples(_in_srgb(_decoded_jpeg(image), space.profile), None, from_jpeg=True)
    raw = _raw(image, space.channels)
    levels = _levels(image, raw, space)
    alpha = _alpha(image, raw)
    if alpha is not None and "/Matte" in image.get("/SMask", ()):
        levels = _without_matte(levels, alpha, _floats(image.SMask.Matte))
    colour = _in_srgb(_image(levels), space.profile)
    # A mask that hides nothing would cost the page a transparency group, and the RIP its quick way
    covers = alpha is None or alpha.min() == 255
    return Samples(colour, None if alpha is None or covers else _image(alpha), _from_jpeg(image))


def _space(space: pikepdf.Object) -> _Space:
    parts = [space] if isinstance(space, pikepdf.Name) else list(space.as_list())
    family = str(parts[0])
    if family in _GREY or family in _RGB:
        return _Space(1 if family in _GREY else 3)
    if family == "/ICCBased" and int(parts[1].N) in (1, 3):
        return _Space(int(parts[1].N), None, data_of(parts[1]))
    if family in _INDEXED:
        base = _space(parts[1])
        table = data_of(parts[3]) if isinstance(parts[3], pikepdf.Stream) else bytes(parts[3])
        entries = np.frombuffer(table, np.uint8)[: (int(parts[2]) + 1) * base.components]
        return _Space(base.components, entries.reshape(-1, base.components), base.profile)
    raise RenderError(
        Message(
            "an image in %(family)s cannot be separated; save it as a JPEG or PNG in sRGB", family=family[1:]
        )
    )


def _from_jpeg(image: pikepdf.Object) -> bool:
    filters = image.get("/Filter", pikepdf.Array())
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters.as_list())
    return any(str(name) in _JPEG for name in names)


def _is_plain_jpeg(image: pikepdf.Object, space: _Space) -> bool:
    """Tell a JPEG that Pillow reads as it stands: it takes a third of the memory of what follows."""
    plain = not any(key in image for key in ("/SMask", "/Mask", "/Decode", "/DecodeParms"))
    filters = image.get("/Filter", pikepdf.Array())
    alone = isinstance(filters, pikepdf.Name) or len(filters.as_list()) == 1
    return plain and alone and _from_jpeg(image) and space.palette is None


def _undecodable(width: int, height: int) -> RenderError:
    return RenderError(
        Message(
            "an image of %(width)s x %(height)s pixels cannot be decoded; replace it",
            width=width,
            height=height,
        )
    )


def _decoded_jpeg(image: pikepdf.Object) -> Image.Image:
    width, height = int(image.Width), int(image.Height)
    try:
        decoded = Image.open(io.BytesIO(image.read_raw_bytes()), formats=("JPEG",))
        load_whole(decoded)
    except (OSError, SyntaxError, ValueError) as error:
        raise _undecodable(width, height) from error
    if decoded.size != (width, height) or decoded.mode not in ("L", "RGB"):
        raise RenderError(
            Message(
                "an image of %(width)s x %(height)s pixels is another than it says; replace it",
                width=width,
                height=height,
            )
        )
    return decoded


def _raw(image: pikepdf.Object, channels: int) -> Levels:
    """Return the stored numbers (height, width, channels), 0 to 2**bits - 1."""
    width, height, bits = int(image.Width), int(image.Height), _bits(image)
    try:
        data = image.read_bytes(pikepdf.StreamDecodeLevel.all)
    except pikepdf.PdfError as error:
        raise _undecodable(width, height) from error
    row = -(-width * channels * bits // 8)
    if len(data) < row * height:
        raise RenderError(
            Message(
                "an image of %(width)s x %(height)s pixels is cut off; replace it", width=width, height=height
            )
        )
    rows = np.frombuffer(data, np.uint8)[: row * height].reshape(height, row)
    return _unpacked(rows, bits)[:, : width * channels].reshape(height, width, channels)


def _unpacked(rows: Bytes, bits: int) -> Levels:
    if bits == 8:
        return rows
    if bits == 16:
        return rows.copy().view(">u2").astype(np.uint16)
    per_row = rows.shape[1] * 8 // bits
    ones = np.unpackbits(rows, axis=1).reshape(rows.shape[0], per_row, bits)
    return (ones @ (1 << np.arange(bits)[::-1])).astype(np.uint16)


def _bits(image: pikepdf.Object) -> int:
    return 8 if _from_jpeg(image) else int(image.get("/BitsPerComponent", 8))


def _levels(image: pikepdf.Object, raw: Levels, space: _Space) -> Bytes:
    """Return colours (height, width, components) of eight bits, after Decode and palette."""
    most = 2 ** _bits(image) - 1
    decode = _floats(image.get("/Decode", pikepdf.Array()))
    if space.palette is not None:
        index = np.rint(_decoded(raw, decode, most)) if decode else raw
        chosen = np.clip(index[:, :, 0], 0, len(space.palette) - 1).astype(np.intp)
        return np.asarray(space.palette[chosen], dtype=np.uint8)
    if most == 255 and not decode:
        return raw.astype(np.uint8, copy=False)
    shares = _decoded(raw, decode or [0.0, 1.0] * space.components, most)
    return np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)


def _decoded(raw: Levels, decode: Sequence[float], most: int) -> NDArray[np.float64]:
    low, high = np.array(decode[::2]), np.array(decode[1::2])
    return np.asarray(low + raw * ((high - low) / most), dtype=np.float64)


def _alpha(image: pikepdf.Object, raw: Levels) -> Bytes | None:
    """Return the soft mask, or the one that a colour key makes; a stencil mask stays outside."""
    if "/SMask" in image:
        mask = image.SMask
        return _levels(mask, _raw(mask, 1), _Space(1))[:, :, 0]
    key = image.get("/Mask")
    if not isinstance(key, pikepdf.Array):
        return None
    bounds = np.array(_floats(key))
    hidden = ((raw >= bounds[::2]) & (raw <= bounds[1::2])).all(axis=2)
    return np.where(hidden, 0, 255).astype(np.uint8)


def _without_matte(levels: Bytes, alpha: Bytes, matte: Sequence[float]) -> Bytes:
    """Return the colours as they were before they were blended with the matte colour."""
    if levels.shape[:2] != alpha.shape:
        raise RenderError(Message("an image with a matte needs a soft mask of its own size; save it as PNG"))
    colour = np.array(matte) * 255
    # Where nothing covers, no colour can be told, and none is seen: 1 only keeps the division whole
    cover = np.maximum(alpha, 1)[:, :, None] / 255
    return np.asarray(np.rint(np.clip(colour + (levels - colour) / cover, 0, 255)), dtype=np.uint8)


def _image(levels: Bytes) -> Image.Image:
    height, width = levels.shape[:2]
    mode = "RGB" if levels.ndim == 3 and levels.shape[2] == 3 else "L"
    return Image.frombytes(mode, (width, height), np.ascontiguousarray(levels).tobytes())


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    try:
        if profile is None or is_srgb(profile, image.mode):
            return image
        way = transform(profile, image.mode)
    except (OSError, ImageCms.PyCMSError) as error:
        raise RenderError(
            Message("an image's ICC profile does not fit it; save the image as sRGB")
        ) from error
    converted = ImageCms.applyTransform(image, way) or image
    return converted.convert(image.mode)


def _floats(values: pikepdf.Object) -> list[float]:
    return [float(value) for value in values.as_list()]
