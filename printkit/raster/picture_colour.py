"""The colours of a picture, turned into sRGB by what the file says of them."""

import struct
from collections.abc import Iterator

from PIL import Image, ImageCms

from printkit.raster.kinds import PNG
from printkit.raster.problem import PictureProblem
from printkit.raster.rgb_profile import (
    ADOBE_GAMMA,
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB,
    Chromaticities,
    is_srgb,
    matrix_profile,
    transform,
)
from printkit.words import Message

# PNG 3rd edition, 11.3.2.2 and ITU-T H.273: sRGB's and Display P3's primaries, sRGB's curve
_BT709, _P3, _SRGB_CURVE = 1, 12, 13
# Programs write sRGB's figures rounded, and its curve as the power 1 / 2.2
_NEAR_PLACE, _NEAR_GAMMA = 0.005, 0.02


def in_srgb(image: Image.Image, data: bytes, optional: bool, press: bytes = b"") -> Image.Image | None:
    """Return a picture in L, LA, RGB, RGBA or CMYK as sRGB or grey; None where it is that already.

    `optional` tells that its EXIF names DCF's optional colour space, Adobe RGB, which a profile overrides.
    `press` is the ICC profile that CMYK without one of its own is taken by.
    Raises PictureProblem for CMYK without either, HDR, and profiles that are damaged or do not fit.
    """
    profile = _profile(image, data, optional)
    mode = {"LA": "L", "RGBA": "RGB"}.get(image.mode, image.mode)
    if profile is None and mode == "CMYK":
        profile = press or None
    if profile is None and mode == "CMYK":
        told = Message("a CMYK picture without a profile, so nobody can tell its colours")
        raise PictureProblem(Message("%(told)s; save it in sRGB, or with its CMYK profile", told=told))
    if profile is None:
        return None
    try:
        if mode != "CMYK" and is_srgb(profile, mode):
            return None
        way = transform(profile, mode)
    except (OSError, ImageCms.PyCMSError) as error:
        todo = Message("save it in sRGB without a profile")
        raise PictureProblem(
            Message("the picture's colour profile is damaged or does not fit it; %(todo)s", todo=todo)
        ) from error
    return _converted(image, mode, way)


def _converted(image: Image.Image, mode: str, way: ImageCms.ImageCmsTransform) -> Image.Image:
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    plain = image if image.mode == mode else image.convert(mode)
    made = Image.new("RGB", plain.size)
    # Pillow's own way would also hang the profile of the target on the picture.
    way.transform.apply(plain.getim(), made.getim())
    if mode == "L":
        made = made.convert("L")
    if alpha is not None:
        made.putalpha(alpha)
    return made


def _profile(image: Image.Image, data: bytes, optional: bool) -> bytes | None:
    """Return the ICC profile that a picture's file names, in whatever way: PNG 3rd edition, 4.3."""
    chunks = dict(_chunks(data)) if data.startswith(PNG) else {}
    if b"cICP" in chunks:
        return _coded(chunks[b"cICP"])
    own: bytes | None = image.info.get("icc_profile")
    if own:
        return own
    if b"sRGB" not in chunks and chunks.keys() & {b"gAMA", b"cHRM"}:
        return _measured(chunks)
    return matrix_profile(ADOBE_RGB, ADOBE_GAMMA) if optional and image.mode == "RGB" else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield a PNG's chunks as far as its pixels, by name."""
    at = len(PNG)
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"IDAT":
            return
        yield name, data[at + 8 : at + 8 + length]
        at += length + 12


def _coded(chunk: bytes) -> bytes | None:
    primaries, curve = chunk[0], chunk[1]
    if curve != _SRGB_CURVE or primaries not in (_BT709, _P3):
        raise PictureProblem(Message("a PNG in HDR or in colours of video; save it in sRGB"))
    return None if primaries == _BT709 else matrix_profile(DISPLAY_P3, None)


def _measured(chunks: dict[bytes, bytes]) -> bytes | None:
    """Return the profile of gAMA and cHRM; what is left out is sRGB's."""
    gamma = None
    places: Chromaticities = SRGB
    if b"gAMA" in chunks and (value := int.from_bytes(chunks[b"gAMA"])):
        gamma = None if abs(value / 100_000 - 1 / 2.2) < _NEAR_GAMMA else 100_000 / value
    if len(chunks.get(b"cHRM", b"")) == 32:
        found = [number / 100_000 for number in struct.unpack(">8I", chunks[b"cHRM"])]
        near = all(abs(one - other) < _NEAR_PLACE for one, other in zip(found, SRGB, strict=True))
        places = SRGB if near else (found[0], found[1], found[2], found[3], *found[4:])
    if gamma is None and places is SRGB:
        return None
    try:
        return matrix_profile(places, gamma)
    except (ValueError, struct.error) as error:
        raise PictureProblem(
            Message("the picture's chunks gAMA and cHRM make no colours; save it in sRGB")
        ) from error
