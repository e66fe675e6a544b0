"""Turn a page's images into DeviceCMYK or DeviceGray: photographs as DCT, flat art without loss."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
import pikepdf
from PIL import Image

from printkit.color import PressColor, ink_of_pixels, limit_pixels
from printkit.separate.image_samples import Samples, read_samples
from printkit.separate.image_streams import Encoded, encode_flat, encode_jpeg, place

# In flat art a few colours cover most of it, the rest are smooth edges. Measured on the 32 commonest colours:
# logos and drawings 0.7 to 1, photographs in colour under 0.1, grey ones under 0.6, gradients under 0.2
_FEW_COLOURS = 32
_COVERED = 0.6
_MANY_COLOURS = 65_536
# JPEG may miss the ink limit by this share of one ink; the limit for a press file is 2 %
_OVERSHOOT = 0.01
_ATTEMPTS = 4
_FULL = 255
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
    """Hold a press's rules: photographs over `most_ppi` come down to `target_ppi`; JPEG quality 1..100."""

    most_ppi: float
    target_ppi: float
    jpeg_quality: int


@dataclass(frozen=True)
class ImagePress:
    """Hold what the images of one PDF are turned into.

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
    if isinstance(mask, pikepdf.Stream) and "/SMask" not in image:
        _sharpen(mask)
        new.Mask = mask


def _sharpen(mask: pikepdf.Object) -> None:
    if "/Interpolate" in mask:
        del mask["/Interpolate"]


def _encode(samples: Samples, to: ImagePress, scale: float) -> Encoded:
    colour, alpha = _without_equal_channels(samples.colour), samples.alpha
    if not samples.from_jpeg and _is_flat(colour, alpha):
        return encode_flat(_flat_inks(colour, to.press)).with_alpha(alpha)
    if scale < 1:
        colour, alpha = _resampled(colour, alpha, scale)
    if colour.mode == "L":
        grey = to.press.grey_pixels(colour)
        return encode_jpeg(grey, to.rules.jpeg_quality).with_alpha(alpha)
    return _photograph(colour, to).with_alpha(alpha)


def _without_equal_channels(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        red, green, blue = image.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            return red
    return image


def _is_flat(colour: Image.Image, alpha: Image.Image | None) -> bool:
    """Tell flat art by its commonest colours, which fill most of what is visible."""
    hidden = 0
    if alpha is not None and alpha.size == colour.size:
        seen = alpha.point([0] + [_FULL] * _FULL)
        hidden = seen.histogram()[0]
        colour = Image.composite(colour, Image.new(colour.mode, colour.size), seen)
    found = colour.getcolors(_MANY_COLOURS)
    if found is None:
        return False
    black = 0 if colour.mode == "L" else (0, 0, 0)
    counts = sorted((count - hidden if value == black else count for count, value in found), reverse=True)
    return sum(counts[:_FEW_COLOURS]) >= _COVERED * sum(counts)


def _flat_inks(image: Image.Image, press: PressColor) -> Image.Image:
    """Return the art in L or CMYK, each of its colours as the press prints it in solid areas."""
    if image.mode == "L":
        return press.grey_pixels(image, flat=True)
    pixels = np.asarray(image).reshape(-1, 3).astype(np.uint32)
    packed = pixels[:, 0] << 16 | pixels[:, 1] << 8 | pixels[:, 2]
    colours, where = np.unique(packed, return_inverse=True)
    inks = press.solids([(int(c) >> 16, int(c) >> 8 & 255, int(c) & 255) for c in colours])
    table = limit_pixels(np.rint(np.array(inks) * _FULL).astype(np.uint8), press.ink_limit)
    return Image.frombytes("CMYK", image.size, table[where].tobytes())


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


def _photograph(image: Image.Image, to: ImagePress) -> Encoded:
    """Return the photograph in CMYK as JPEG; where its ripples pass the ink limit, aim lower."""
    limit = to.press.ink_limit
    for _ in range(_ATTEMPTS):
        encoded = encode_jpeg(to.press.pixels(image, limit), to.rules.jpeg_quality)
        over = _most_ink(encoded) - to.press.ink_limit
        if over <= _OVERSHOOT:
            return encoded
        limit -= over
    return encode_flat(to.press.pixels(image))


def _most_ink(encoded: Encoded) -> float:
    """Return the total ink of the JPEG's fullest pixel, as decoded."""
    return int(ink_of_pixels(np.asarray(encoded.decoded())).max()) / _FULL


def _key(image: pikepdf.Object, to: ImagePress, scale: float) -> str:
    """Return a name for the image's content and all that its conversion depends on."""
    digest = hashlib.sha256(f"{to.press.fingerprint} {to.rules} {scale:.6f}".encode())
    _feed(digest, image)
    return digest.hexdigest()


def _feed(digest: "hashlib._Hash", value: pikepdf.Object) -> None:
    if isinstance(value, pikepdf.Stream):
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
