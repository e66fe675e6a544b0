"""Pictures of one plate, made of the images of a page."""

import math
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pikepdf

from printkit.content import CMYK, BadOperand, Space, entry, image_space, number, space_of
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.ink.colour import IntentTransform, Plate, brightness, component_of, is_mixed
from printkit.preflight.ink.samples import Pixels, Samples, samples_of, two_tones
from printkit.words import Message

_KEPT = ("/Width", "/Height", "/BitsPerComponent", "/Filter", "/DecodeParms", "/Decode", "/SMask", "/Mask")
_MASKS = ("/SMask", "/Mask")
# What an image's samples depend on beside its data and its colour space
_TOLD = ("/Width", "/Height", "/BitsPerComponent", "/Filter", "/DecodeParms", "/Decode", "/Mask")
FULL = 255
# The most ink of images by what they hold: files of a campaign share their photographs
MOST_KNOWN = 256
_KNOWN: dict[Any, float | None] = {}


class Scale(NamedTuple):
    """Say how many pixels an image may have, and how many are enough to take a mean of."""

    most_pixels: int
    enough_pixels: int


class Wanted(NamedTuple):
    """Say which plates' ink is wanted, and how much of each ink is printed over all of an image at least."""

    plates: tuple[Plate, ...]
    over: tuple[float, ...]


class Images:
    """Read each image once, for all plates."""

    def __init__(self, scale: Scale, intent: IntentTransform, tick: Callable[[], None]) -> None:
        """`tick` is called for each band that is read; it raises what is to end it."""
        self.scale, self.intent, self._tick = scale, intent, tick
        self._read: dict[Any, Samples] = {}
        self._most: dict[Any, float | None] = {}

    def picture(self, source: pikepdf.Stream, resources: Any, plate: Plate, pdf: pikepdf.Pdf) -> Any:
        """Return an image's data for a plate, and the entries of its own that are to be brought over."""
        space = self._space(source, resources)
        if _is_grey(space):
            return self._grey(source, plate, pdf)
        tones = two_tones(source, space) if space is not None else None
        if tones is not None:
            return self._toned(source, tones, plate, pdf)
        samples = self._samples(source, space)
        made = self._stream(samples, plate, pdf)
        # A colour key names colours, which the plate's picture has no more: it becomes a mask
        if samples.opaque is not None:
            made.SMask = pdf.make_indirect(_image(samples.opaque, pikepdf.Name.DeviceGray, pdf))
        masks = {key: source[key] for key in _MASKS if isinstance(source.get(key), pikepdf.Stream)}
        return made, masks

    def most(self, source: pikepdf.Stream, resources: Any, wanted: Wanted) -> float | None:
        """Return the most ink of a pixel, 1 is one full ink; None where colours would be converted first."""
        key = source.objgen, wanted
        if key not in self._most:
            self._most[key] = self._most_ink(source, resources, wanted)
        return self._most[key]

    def _most_ink(self, source: pikepdf.Stream, resources: Any, wanted: Wanted) -> float | None:
        space = self._space(source, resources)
        if _is_grey(space):
            return 1 + sum(wanted.over)
        tones = two_tones(source, space) if space is not None else None
        if tones is not None:
            return self._most_of_samples(tones, wanted)
        # In CMYK nothing but the data decides, so that what was found holds for any file with the same
        # photograph
        content = _content(source) if space == CMYK else None
        if content is None:
            return self._most_of_samples(self._samples(source, space), wanted)
        # 390 MB of CMYK take some 5 s to read
        key = content, self.scale, wanted
        if key not in _KNOWN:
            _KNOWN[key] = self._most_of_samples(self._samples(source, space), wanted)
            if len(_KNOWN) > MOST_KNOWN:
                del _KNOWN[next(iter(_KNOWN))]
        return _KNOWN[key]

    def _most_of_samples(self, samples: Samples, wanted: Wanted) -> float | None:
        # Sums have sixteen bits
        if is_mixed(samples.space) or len(wanted.over) > FULL:
            return None
        bright = np.concatenate([self._pixels(samples, plate) for plate in wanted.plates], axis=2)
        brightest = np.array([math.floor((1 - over) * FULL) for over in wanted.over], np.uint8)
        return float(summed_ink(np.minimum(bright, brightest)).max(initial=0)) / FULL

    def inline(self, source: Any, resources: Any, plate: Plate, pdf: pikepdf.Pdf) -> pikepdf.Stream:
        """Return an inline image's picture of a plate."""
        found = pikepdf.Stream(pdf, source.read_raw_bytes(), source.obj)
        space = space_of(found.get("/ColorSpace"), resources)
        return self._stream(samples_of(found, space, self.scale.enough_pixels, self._tick), plate, pdf)

    def _space(self, source: pikepdf.Stream, resources: Any) -> Space | None:
        """Return an image's colour space, None where its data tells it; CannotRun where it is too large."""
        size = int(number(source.get("/Width"))), int(number(source.get("/Height")))
        if min(size) < 1:
            raise BadOperand(Message("an image without pixels"))
        if size[0] * size[1] > self.scale.most_pixels:
            raise CannotRun(Message("an image has %(size).0f million pixels", size=size[0] * size[1] / 1e6))
        return None if "/ColorSpace" not in source else image_space(source, resources)

    def _stream(self, samples: Samples, plate: Plate, pdf: pikepdf.Pdf) -> pikepdf.Stream:
        return _image(self._pixels(samples, plate), plate.space, pdf)

    def _pixels(self, samples: Samples, plate: Plate) -> Pixels:
        height, width, size = samples.pixels.shape
        if samples.palette is not None:
            shown = self._bright(samples.space, samples.palette, plate)
            return shown[np.minimum(samples.pixels[:, :, 0], len(shown) - 1)]
        if not is_mixed(samples.space):
            return self._looked_up(samples, plate)
        values = samples.decoded(samples.pixels.reshape(-1, size))
        return self._bright(samples.space, values, plate).reshape(height, width, -1)

    def _looked_up(self, samples: Samples, plate: Plate) -> Pixels:
        """Return the pixels where each ink is one component: 256 values tell how bright all of them are."""
        levels = np.repeat(np.arange(256, dtype=np.uint8)[:, None], samples.space.size, axis=1)
        shown = self._bright(samples.space, samples.decoded(levels), plate)
        pixels = np.empty((*samples.pixels.shape[:2], len(plate.inks)), np.uint8)
        for channel, ink in enumerate(plate.inks):
            component = samples.pixels[:, :, component_of(samples.space, ink)]
            pixels[:, :, channel] = shown[:, channel][component]
        return pixels

    def _samples(self, source: pikepdf.Stream, space: Space | None) -> Samples:
        key = source.objgen
        if key not in self._read:
            self._read[key] = samples_of(source, space, self.scale.enough_pixels, self._tick)
        return self._read[key]

    def _grey(self, source: pikepdf.Stream, plate: Plate, pdf: pikepdf.Pdf) -> Any:
        """Keep a grey image as it is for the black plate; it is white (Decode 1 1) for the others."""
        made = pikepdf.Stream(pdf, source.read_raw_bytes())
        made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        made.ColorSpace = pikepdf.Name.DeviceGray
        kept = {key: source[key] for key in _KEPT if key in source}
        if plate.inks != ("Black",):
            kept["/Decode"] = pikepdf.Array([1, 1])
        return made, kept

    def _toned(self, source: pikepdf.Stream, tones: Samples, plate: Plate, pdf: pikepdf.Pdf) -> Any:
        """Keep the data of an image of two colours, which are in the plate's place: it may be of any size."""
        made = pikepdf.Stream(pdf, source.read_raw_bytes())
        made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        table = pikepdf.String(self._pixels(tones, plate).tobytes())
        made.ColorSpace = pikepdf.Array([pikepdf.Name.Indexed, plate.space, 1, table])
        return made, {key: source[key] for key in _KEPT if key in source and key != "/Decode"}

    def _bright(self, space: Space, values: Any, plate: Plate) -> Pixels:
        return np.rint(brightness(space, values, plate, self.intent) * 255).astype(np.uint8)


def _image(pixels: Pixels, space: pikepdf.Name, pdf: pikepdf.Pdf) -> pikepdf.Stream:
    height, width = pixels.shape[:2]
    made = pikepdf.Stream(pdf, pixels.tobytes())
    made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    made.Width, made.Height, made.BitsPerComponent, made.ColorSpace = width, height, 8, space
    return made


def _content(source: pikepdf.Stream) -> tuple[bytes, bytes] | None:
    """Return what tells an image's samples in any file; None where some of it stands elsewhere in this."""
    told = pikepdf.Dictionary({key: source[key] for key in _TOLD if key in source}).unparse()
    return None if b" R" in told else (sha256(source.read_raw_bytes()).digest(), told)


def _is_grey(space: Space | None) -> bool:
    return space is not None and space.size == 1 and space.family in ("DeviceGray", "CalGray", "ICCBased")


def summed_ink(bright: Pixels) -> npt.NDArray[np.uint16]:
    """Return the ink of all channels of a plate's picture, pixel by pixel, in 255ths."""
    channels = bright.reshape(*bright.shape[:2], -1)
    # Channel by channel: numpy is slow along an axis of three
    summed = channels[:, :, 0].astype(np.uint16)
    for channel in range(1, channels.shape[2]):
        summed += channels[:, :, channel]
    np.subtract(FULL * channels.shape[2], summed, out=summed)
    return summed


def is_image(source: Any) -> bool:
    """Tell whether an object is an image XObject."""
    return isinstance(source, pikepdf.Stream) and entry(source, "/Subtype") == "/Image"
