"""What a colour of the page becomes: process inks where it is printed, grey where it only masks."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from printkit.color import Cmyk, PressColor, Rgb, lab_of_d50, lab_to_srgb, luminance
from printkit.content import Colour, Space, lab_frame
from printkit.errors import RenderError
from printkit.separate.functions import read_function
from printkit.streams import data_of
from printkit.words import Message

Inks = tuple[float, ...]


class Target(Protocol):
    """Say what colours become: a name for the cache, the space, its two operators, and how."""

    role: str
    space: str
    fill_operator: str
    stroke_operator: str

    def of_rgb(self, rgb: Rgb) -> Inks: ...

    def of_cmyk(self, cmyk: Cmyk) -> Inks: ...

    def line(self, first: Rgb, last: Rgb, samples: int) -> list[Inks]:
        """Return the inks at even places of the straight line between two sRGB colours."""
        ...


class Printed:
    """Turn colours into DeviceCMYK by the press."""

    role, space, fill_operator, stroke_operator = "printed", "/DeviceCMYK", "k", "K"

    def __init__(self, press: PressColor) -> None:
        self.press = press
        self._lines: dict[tuple[Rgb, Rgb, int], list[Inks]] = {}

    def of_rgb(self, rgb: Rgb) -> Inks:
        return self.press.solid(*rgb)

    def of_cmyk(self, cmyk: Cmyk) -> Inks:
        return self.press.limit(cmyk)

    def line(self, first: Rgb, last: Rgb, samples: int) -> list[Inks]:
        key = first, last, samples
        # Kept: a figure's gradients share their ends, and a course costs more than a colour.
        if key not in self._lines:
            self._lines[key] = list(self.press.ramp([(0.0, first), (1.0, last)], samples))
        return self._lines[key]


class Masking:
    """Turn colours into the DeviceGray that a luminosity mask reads from them (ISO 32000-1, 11.5.3)."""

    role, space, fill_operator, stroke_operator = "mask", "/DeviceGray", "g", "G"

    def of_rgb(self, rgb: Rgb) -> Inks:
        return (luminance(rgb),)

    def of_cmyk(self, cmyk: Cmyk) -> Inks:
        cyan, magenta, yellow, black = cmyk
        return (1.0 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black),)

    def line(self, first: Rgb, last: Rgb, samples: int) -> list[Inks]:
        start, end = luminance(first), luminance(last)
        return [(start + (end - start) * i / (samples - 1),) for i in range(samples)]


def inks_of(colour: Colour, target: Target) -> Inks:
    """Return the inks of a colour in any space but Pattern; RenderError where its space is unknown.

    RGB with or without a profile counts as sRGB, grey as sRGB grey, CMYK as the press's own.
    """
    return convert(colour.space, colour.components, target)


def convert(space: Space, components: Sequence[float], target: Target) -> Inks:
    """Return the inks of components in a space (see `inks_of`)."""
    cut = [min(max(value, 0.0), 1.0) for value in components]
    if space.family == "Lab":
        # Lab is not cut: its components run beyond 0 to 1 by their nature.
        return target.of_rgb(_srgb_of_lab(space, components))
    if space.family == "Indexed":
        return _looked_up(space, int(components[0]), target)
    if space.family in ("Separation", "DeviceN"):
        return _tinted(space, cut, target)
    if space.size == 3:
        return target.of_rgb((cut[0], cut[1], cut[2]))
    if space.size == 1:
        return target.of_rgb((cut[0], cut[0], cut[0]))
    if space.size == 4:
        return target.of_cmyk((cut[0], cut[1], cut[2], cut[3]))
    raise RenderError(Message("a colour in the space %(family)s cannot be separated", family=space.family))


def _tinted(space: Space, tints: Sequence[float], target: Target) -> Inks:
    """Take the alternate colour that the file gives for a spot colour."""
    parts: Any = space.source
    if space.base is None or parts is None:
        raise RenderError(
            Message(
                "the spot colour %(colorants)s has no alternate colour", colorants="/".join(space.colorants)
            )
        )
    return convert(space.base, read_function(parts[3])(tints), target)


def _looked_up(space: Space, index: int, target: Target) -> Inks:
    parts: Any = space.source
    if space.base is None or parts is None:
        raise RenderError(Message("an indexed colour has no base"))
    table = data_of(parts[3]) if hasattr(parts[3], "read_bytes") else bytes(parts[3])
    size = space.base.size
    entry = table[index * size : (index + 1) * size]
    # A table that is too short has no colour there, and readers differ in what they take.
    if len(entry) != size:
        raise RenderError(Message("an indexed colour has no entry %(index)s", index=index))
    return convert(space.base, _decoded(space.base, entry), target)


def _decoded(space: Space, entry: bytes) -> list[float]:
    """Return components as a space counts them, of bytes that stand for its whole range."""
    decode = lab_frame(space).decode if space.family == "Lab" else (0.0, 1.0) * space.size
    pairs = zip(decode[::2], decode[1::2], entry, strict=True)
    return [low + (high - low) * value / 255 for low, high, value in pairs]


def _srgb_of_lab(space: Space, components: Sequence[float]) -> Rgb:
    frame = lab_frame(space)
    return lab_to_srgb(lab_of_d50(np.array([components], np.float64), frame.white, frame.range)[0])
