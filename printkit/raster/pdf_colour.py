"""Colours of a drawing that comes as PDF: as sRGB, by their own profile where they have one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
from PIL import Image, ImageCms

from printkit.raster.problem import PictureProblem
from printkit.raster.rgb_profile import transform
from printkit.streams import data_of
from printkit.words import Message

_DEVICE = {"/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3, "/DeviceCMYK": 4, "/CMYK": 4}
_DEFAULTS = {1: "/DefaultGray", 3: "/DefaultRGB", 4: "/DefaultCMYK"}
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_SPOTS = ("/Separation", "/DeviceN")


@dataclass(frozen=True)
class PaintSpace:
    """A colour space: how many components it has, and its ICC profile, None where a device is meant."""

    count: int
    profile: bytes | None = None

    def first(self) -> tuple[float, ...]:
        """Return the colour that holds until another is set (ISO 32000-1, table 74)."""
        black = self.count == len("CMYK") and self.profile is None
        return (0.0, 0.0, 0.0, 1.0) if black else (0.0,) * self.count


GREY = PaintSpace(1)


def space_of(named: Any, resources: Any) -> PaintSpace:
    """Return the space that an operator names; PictureProblem for one that no drawing of ours may have."""
    name = str(named) if isinstance(named, pikepdf.Name) else ""
    spaces = resources.get("/ColorSpace", {})
    if name in _DEVICE:
        count = _DEVICE[name]
        default = spaces.get(_DEFAULTS[count])
        return PaintSpace(count) if default is None else _resolved(default)
    if name:
        found = spaces.get(name)
        if found is None:
            raise PictureProblem(Message("the PDF names a colour space it has not; export it again"))
        return space_of(found, resources) if isinstance(found, pikepdf.Name) else _resolved(found)
    return _resolved(named)


def _resolved(space: Any) -> PaintSpace:
    if isinstance(space, pikepdf.Name) and str(space) in _DEVICE:
        return PaintSpace(_DEVICE[str(space)])
    kind = str(space[0]) if isinstance(space, pikepdf.Array) and len(space) else ""
    if kind in _SPOTS:
        raise PictureProblem(
            Message("the PDF has a spot colour; turn it into process colours and save it anew")
        )
    if kind != "/ICCBased" or int(space[1].get("/N", 0)) not in _MODES:
        raise PictureProblem(
            Message(
                "the PDF has colours of kind %(kind)s; save it with RGB, grey or CMYK", kind=kind[1:] or "?"
            )
        )
    return PaintSpace(int(space[1].N), data_of(space[1]))


def screen_colour(space: PaintSpace, values: tuple[float, ...], press: Callable[[], bytes]) -> str:
    """Return a colour as #rrggbb, ink of black alone as grey; `press` gives the profile of other inks."""
    parts = tuple(min(max(value, 0.0), 1.0) for value in values)
    if space.count == 1 and space.profile is None:
        return _written(parts * 3)
    inks = space.count == len("CMYK")
    if inks and not any(parts[:3]):
        # Black alone stays black alone: by a profile it would come back as all four inks
        return _written((1 - parts[3],) * 3)
    profile = space.profile or (press() if inks else None)
    return _written(parts) if profile is None else _converted(profile, space.count, parts)


@lru_cache(maxsize=512)
def _converted(profile: bytes, count: int, parts: tuple[float, ...]) -> str:
    levels = tuple(round(255 * part) for part in parts)
    image = Image.new(_MODES[count], (1, 1), levels if count > 1 else levels[0])
    try:
        shown = ImageCms.applyTransform(image, transform(profile, _MODES[count]))
    except (OSError, ImageCms.PyCMSError) as error:
        raise PictureProblem(
            Message("the PDF has a colour profile that cannot be read; export it again")
        ) from error
    assert shown is not None
    return _written(tuple(level / 255 for level in shown.convert("RGB").tobytes()))


def _written(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
