"""Turn a page's images into DeviceCMYK or DeviceGray: photographs as DCT, flat art without loss."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

from printkit.color import PressColor, ink_of_pixels, limit_pixels
from printkit.separate.image_samples import Samples, read_samples
from printkit.separate.image_streams import Encoded, encode_flat, encode_jpeg, place

# In flat art a few colours cover most of it, the rest are smooth edges. Measured on the 32 commonest colours:
# logos and drawings 0.7 to 1, photographs in colour under 0.1, grey ones under 0.6, gradients under 0.2
_FEW_COLOURS = 32
_COVERED = 0.6
_MANY_COLOURS = 65_536
# JPEG may miss the ink limit by so many percent; a press file may by 2
_OVERSHOOT = 1.0
_ATTEMPTS = 4
# A picture of which more than this share is exactly a brand colour stands on a ground of that colour
_GROUND = 0.02
# Pixels that are converted at a time, where one takes some 100 MB then, and that are looked at for a colour
_BAND, _FIRST = 4_000_000, 65_536
_FULL = 255

Seen: TypeAlias = NDArray[np.bool_]
# What decides how an image looks
_KEYS = (
    "/Width",
    "/Height",
    "/BitsPerComponent",
    "/ColorSpace",
    "/Decode",
    "/Filter",
    "/DecodeParms",
    "/SMask",
    "/Mask",
    "/Matte",
    "/N",
)


@dataclass(frozen=True)
class ImageRules:
    """A press's rules: photographs over `most_ppi` come down to `target_ppi`; JPEG quality 1..100."""

    most_ppi: float
    target_ppi: float
    jpeg_quality: int


@dataclass(frozen=True)
class ImagePress:
    """What the images of one PDF are turned into.

    `cache` may be shared by many PDFs and presses, so that a batch converts a photograph once; everything
    else belongs to one PDF.
    """

    press: PressColor
    rules: ImageRules
    cache: dict[str, Encoded] = field(default_factory=dict, repr=False)
    placed: dict[str, pikepdf.Object] = field(default_factory=dict, repr=False)


def convert_image(
    pdf: pikepdf.Pdf, image: pikepdf.Object, to: ImagePress, effective_ppi: float
) -> pikepdf.Object:
    """Return the image XObject in process inks, an old one where its content was there before.

    `effective_ppi` is the least one at which `pdf` shows the image. A stencil (ImageMask) comes back as it
    is. Raises RenderError for an image that is neither RGB nor grey.
    """
    if image.get("/ImageMask", False):
        _sharpen(image)
        return image
    scale = to.rules.target_ppi / effective_ppi if effective_ppi > to.rules.most_ppi else 1.0
    key = _key(image, to, scale)
    if key not in to.placed:
        if key not in to.cache:
            to.cache[key] = _encode(read_samples(image), to, scale)
        to.placed[key] = place(pdf, to.cache[key])
        _keep_stencil(image, to.placed[key])
    return to.placed[key]


def _keep_stencil(image: pikepdf.Object, new: pikepdf.Object) -> None:
    mask = image.get("/Mask")
    # A soft mask wins over a stencil (ISO 32000-1, Table 89)
    if isinstance(mask, pikepdf.Stream) and "/SMask" not in image:
        _sharpen(mask)
        new.Mask = mask


def _sharpen(mask: pikepdf.Object) -> None:
    if "/Interpolate" in mask:
        del mask["/Interpolate"]


def _encode(samples: Samples, to: ImagePress, scale: float) -> Encoded:
    colour, alpha, exact = _without_equal_channels(samples.colour), samples.alpha, not samples.from_jpeg
    # JPEG rings round the edges of flat art, and its file would hardly be smaller
    if exact and _is_flat(colour, alpha):
        return encode_flat(_flat_inks(colour, to.press)).with_alpha(alpha)
    # Asked before resampling, which makes new colours along every edge
    whole = exact and colour.mode == "RGB" and _has_recipes(colour, alpha, to.press)
    if scale < 1:
        colour, alpha = _resampled(colour, alpha, scale)
    if whole:
        return encode_flat(_inks(colour, to.press, to.press.ink_limit, exact)).with_alpha(alpha)
    if colour.mode == "L":
        grey = to.press.grey_pixels(colour)
        return encode_jpeg(grey, to.rules.jpeg_quality).with_alpha(alpha)
    return _photograph(colour, to, exact).with_alpha(alpha)


def _bands(image: Image.Image, pixels: int = _BAND) -> Iterator[tuple[int, Image.Image]]:
    """Yield a picture's bands with their upper edges: what is made of each is thrown away before the next."""
    rows = max(1, pixels // image.width)
    if rows >= image.height:
        yield 0, image
        return
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(image.height, top + rows)))


def _without_equal_channels(image: Image.Image) -> Image.Image:
    if image.mode != "RGB":
        return image
    # Few at a time: of nearly every picture in colour the first tell
    for _, band in _bands(image, _FIRST):
        pixels = np.asarray(band)
        if (pixels[..., 0] != pixels[..., 1]).any() or (pixels[..., 0] != pixels[..., 2]).any():
            return image
    return image.getchannel("R")


def _is_flat(colour: Image.Image, alpha: Image.Image | None) -> bool:
    """Tell flat art by its commonest colours, which fill most of what is visible."""
    counts: Counter[Any] = Counter()
    for top, band in _bands(colour):
        found = _colours_of(band, _mask(alpha, colour, top, band))
        counts.update(found or {})
        if found is None or len(counts) > _MANY_COLOURS:
            return False
    commonest = sum(count for _, count in counts.most_common(_FEW_COLOURS))
    return commonest >= _COVERED * counts.total()


def _colours_of(band: Image.Image, seen: Seen | None) -> dict[Any, int] | None:
    """Count the visible pixels of each colour; None where there are too many."""
    # getcolors knows no mask, so hidden pixels are made black and then taken off the count of black
    black: Any = 0 if band.mode == "L" else (0, 0, 0)
    if seen is not None:
        band = Image.composite(band, Image.new(band.mode, band.size), Image.fromarray(seen))
    found = band.getcolors(_MANY_COLOURS)
    if found is None:
        return None
    counts = {colour: count for count, colour in found}
    if seen is not None:
        counts[black] = counts.get(black, 0) - int((~seen).sum())
    return counts


def _packed(band: Image.Image) -> NDArray[np.int32]:
    pixels = np.asarray(band).astype(np.int32)
    packed: NDArray[np.int32] = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    return packed


def _mask(alpha: Image.Image | None, colour: Image.Image, top: int, band: Image.Image) -> Seen | None:
    """Return which pixels of a band are visible; None where all are, or alpha is of another size."""
    if alpha is None or alpha.size != colour.size:
        return None
    return np.asarray(alpha.crop((0, top, band.width, top + band.height))) > 0


def _has_recipes(colour: Image.Image, alpha: Image.Image | None, press: PressColor) -> bool:
    """Tell a picture on a ground in a brand colour: as JPEG it would show as a box on that ground."""
    found, seen = 0, 0
    for top, band in _bands(colour):
        pixels, visible = np.asarray(band), _mask(alpha, colour, top, band)
        pixels = pixels.reshape(-1, 3) if visible is None else pixels[visible]
        found, seen = found + press.exact.count(pixels), seen + len(pixels)
    return found > _GROUND * seen


def _flat_inks(image: Image.Image, press: PressColor) -> Image.Image:
    """Return the art in L or CMYK, each of its colours as the press prints it in solid areas."""
    if image.mode == "L":
        return press.grey_pixels(image, flat=True)
    made = Image.new("CMYK", image.size)
    for top, band in _bands(image):
        colours, where = np.unique(_packed(band), return_inverse=True)
        inks = press.solids([(int(c) >> 16, int(c) >> 8 & 255, int(c) & 255) for c in colours])
        table = limit_pixels(np.rint(np.array(inks) * _FULL).astype(np.uint8), press.ink_limit)
        made.paste(Image.frombytes("CMYK", band.size, table[where].tobytes()), (0, top))
    return made


def _inks(image: Image.Image, press: PressColor, limit: float, exact: bool) -> Image.Image:
    made = Image.new("CMYK", image.size)
    for top, band in _bands(image):
        made.paste(press.pixels(band, limit, exact), (0, top))
    return made


def _resampled(
    colour: Image.Image, alpha: Image.Image | None, scale: float
) -> tuple[Image.Image, Image.Image | None]:
    """Return pixels and alpha made smaller alike; what is hidden does not bleed into what is seen."""
    size = _scaled(colour, scale)
    if alpha is None:
        return colour.resize(size, Image.Resampling.LANCZOS), None
    if alpha.size != colour.size:
        smaller = alpha.resize(_scaled(alpha, scale), Image.Resampling.LANCZOS)
        return colour.resize(size, Image.Resampling.LANCZOS), smaller
    # Pillow weighs by alpha in RGBA
    both = Image.merge("RGBA", (*colour.convert("RGB").split(), alpha)).resize(size, Image.Resampling.LANCZOS)
    return both.convert("RGB").convert(colour.mode), both.getchannel("A")


def _scaled(image: Image.Image, scale: float) -> tuple[int, int]:
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _photograph(image: Image.Image, to: ImagePress, exact: bool) -> Encoded:
    """Return the photograph in CMYK as JPEG; where its ripples pass the ink limit, aim lower."""
    limit = to.press.ink_limit
    for _ in range(_ATTEMPTS):
        encoded = encode_jpeg(_inks(image, to.press, limit, exact), to.rules.jpeg_quality)
        over = _most_ink(encoded) - to.press.ink_limit
        if over <= _OVERSHOOT:
            return encoded
        limit -= over
    # Ink over the limit does not dry: rather a large file than that
    return encode_flat(_inks(image, to.press, to.press.ink_limit, exact))


def _most_ink(encoded: Encoded) -> float:
    """Return the total ink of the JPEG's fullest pixel in percent, as decoded."""
    decoded = encoded.decoded()
    return max(int(ink_of_pixels(np.asarray(band)).max()) for _, band in _bands(decoded)) * 100 / _FULL


def _key(image: pikepdf.Object, to: ImagePress, scale: float) -> str:
    """Return a name for the image's content and all that its conversion depends on."""
    digest = hashlib.sha256(f"{to.press.fingerprint} {to.rules} {scale:.6f}".encode())
    _feed(digest, image)
    return digest.hexdigest()


def _feed(digest: "hashlib._Hash", value: pikepdf.Object) -> None:
    if isinstance(value, pikepdf.Stream):
        # As stored: hashing is far cheaper than decoding, and the keys below say how to decode
        digest.update(value.read_raw_bytes())
        for key in _KEYS:
            if key in value:
                digest.update(key.encode())
                _feed(digest, value[key])
    elif isinstance(value, pikepdf.Array):
        digest.update(b"[")
        for entry in value.as_list():
            _feed(digest, entry)
    else:
        digest.update(repr(value).encode())
