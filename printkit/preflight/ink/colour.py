"""Which inks a colour is printed with, and how bright it stands in the picture of a plate."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pikepdf
from PIL import Image, ImageCms

from printkit.color import lab_of_d50
from printkit.content import Colour, Space, entry, lab_frame
from printkit.content.colour import ALL, PROCESS
from printkit.preflight.core.limits import CannotRun
from printkit.streams import data_of
from printkit.words import Message

Values: TypeAlias = npt.NDArray[np.float64]
NAMED = ("Separation", "DeviceN")
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
# The black of a device becomes the press's black; Lab names colours as they were measured.
_FLAGS = {"RGB": ImageCms.Flags.BLACKPOINTCOMPENSATION, "LAB": ImageCms.Flags.NONE}


@dataclass(frozen=True)
class Plate:
    """Name the one or three inks that one picture shows: grey, or red, green and blue, each 1 less the ink.

    So paper is white, and inks blend as additive colours do (ISO 32000-1, 11.3.5).
    """

    inks: tuple[str, ...]

    @property
    def space(self) -> pikepdf.Name:
        return pikepdf.Name.DeviceGray if len(self.inks) == 1 else pikepdf.Name.DeviceRGB

    @property
    def operators(self) -> tuple[str, str]:
        """The operators that set fill and stroke."""
        return ("g", "G") if len(self.inks) == 1 else ("rg", "RG")


PROCESS_PLATES = (Plate(PROCESS[:3]), Plate(PROCESS[3:]))


class IntentTransform:
    """Bring RGB and Lab to inks as a printer would: by the file's output intent, relative colorimetric."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._ways: dict[Any, ImageCms.ImageCmsTransform] = {}

    def inks(self, space: Space, values: Values) -> Values:
        """Return inks (n x 4, 0 to 1) of colours (n x 3); CannotRun without a CMYK output intent."""
        lab = space.family == "Lab"
        samples = _lab_bytes(space, values) if lab else _bytes(values)
        source = Image.frombytes("LAB" if lab else "RGB", (len(values), 1), samples)
        made = ImageCms.applyTransform(source, self._way(space))
        if made is None:
            raise CannotRun(Message("its RGB colours cannot be brought to inks"))
        return np.asarray(made, np.float64).reshape(-1, 4) / 255

    def _way(self, space: Space) -> ImageCms.ImageCmsTransform:
        profile = space.source[1] if space.family == "ICCBased" and space.source is not None else None
        key = space.family == "Lab", None if profile is None else profile.objgen
        if key not in self._ways:
            mode = "LAB" if space.family == "Lab" else "RGB"
            source = _profile(data_of(profile)) if profile is not None else None
            # Without a profile of its own RGB is taken for sRGB, as most of it is
            known = source or ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
            self._ways[key] = _transform(known, self._target, mode)
        return self._ways[key]

    @cached_property
    def _target(self) -> ImageCms.ImageCmsProfile:
        intents = entry(self._pdf.Root, "/OutputIntents")
        for intent in intents if isinstance(intents, pikepdf.Array) else ():
            profile = entry(intent, "/DestOutputProfile")
            # An intent for grey or RGB says nothing of inks
            found = _profile(data_of(profile)) if entry(profile, "/N") == 4 else None
            if found is not None:
                return found
        raise CannotRun(Message("there are RGB colours and no CMYK output intent that brings them to inks"))


def inks_of(space: Space, values: Values, intent: IntentTransform) -> dict[str, npt.NDArray[np.float64]]:
    """Return the share of each ink, of colours in any space but Indexed and Pattern (n x components)."""
    if space.family in NAMED:
        return dict(zip(space.colorants, values.T, strict=True))
    if space.size == 4:
        return dict(zip(PROCESS, values.T, strict=True))
    if space.size == 1:
        return {"Black": 1 - values[:, 0]}
    if not is_mixed(space):
        raise CannotRun(
            Message(
                "the inks of %(family)s with %(size)s components are not known",
                family=space.family,
                size=space.size,
            )
        )
    return dict(zip(PROCESS, intent.inks(space, values).T, strict=True))


def is_mixed(space: Space) -> bool:
    """Tell whether every ink of a colour depends on all its components."""
    return space.size == 3 and space.family not in NAMED


def component_of(space: Space, ink: str) -> int:
    """Return the number of the component that an ink stands in, any where it stands in none."""
    names = space.colorants if space.family in NAMED else PROCESS if space.size == 4 else ("Black",)
    numbers = {name: number for number, name in enumerate(names)}
    return numbers.get(ink, numbers.get(ALL, 0))


def brightness(space: Space, values: Values, plate: Plate, intent: IntentTransform) -> Values:
    """Return how bright colours stand in a plate's picture: n x 1 or n x 3, 0 to 1."""
    inks = inks_of(space, values, intent)
    # All stands for whatever ink is asked of it
    blank = inks.get(ALL, np.zeros(len(values)))
    return 1 - np.clip(np.stack([inks.get(ink, blank) for ink in plate.inks], axis=1), 0, 1)


def prints(ink: str, colour: Colour, mode: int) -> bool:
    """Tell whether a colour that overprints with an overprint mode paints an ink, if only with none of it."""
    if colour.space.family in NAMED:
        return ink in colour.space.colorants or ALL in colour.space.colorants
    if ink not in PROCESS:
        return False
    shown = colour.space.family == "DeviceCMYK" and mode == 1 and len(colour.components) == 4
    # Table 149 of ISO 32000-1: with OPM 1 an ink of nothing leaves what is beneath, in DeviceCMYK alone
    return not shown or colour.components[PROCESS.index(ink)] > 0


def tint_space(space: Space, plate: Plate, intent: IntentTransform, pdf: pikepdf.Pdf) -> pikepdf.Array:
    """Return a colour space of as many components that shows a plate: what stands in data may stay there."""
    function = _grid(space, plate, intent, pdf) if is_mixed(space) else _picks(space, plate, pdf)
    names = pikepdf.Array([pikepdf.Name(f"/Component{i}") for i in range(space.size)])
    return pikepdf.Array([pikepdf.Name.DeviceN, names, plate.space, pdf.make_indirect(function)])


def _picks(space: Space, plate: Plate, pdf: pikepdf.Pdf) -> pikepdf.Stream:
    """Return a calculator function that takes each ink's component off the stack."""
    size, count = space.size, len(plate.inks)
    steps = [_pick(space, ink, size, taken) for taken, ink in enumerate(plate.inks)]
    # A function and not new data: shadings and their meshes may stay as they are
    code = " ".join(["{", *steps, f"{size + count} {count} roll", "pop " * size, "}"])
    function = pikepdf.Dictionary(FunctionType=4, Domain=[0, 1] * size, Range=[0, 1] * count)
    return pikepdf.Stream(pdf, code.encode(), function)


def _pick(space: Space, ink: str, size: int, taken: int) -> str:
    grey = space.family not in NAMED and size == 1
    inks = ("Black",) if grey else space.colorants if space.family in NAMED else PROCESS
    found = ink if ink in inks else ALL
    if found not in inks:
        return "1"
    place = f"{size - 1 - inks.index(found) + taken} index"
    return place if grey else f"{place} 1 exch sub"


# Corners of a table of RGB or Lab colours, along each side: interpolated between, as ICC profiles are
_CORNERS = 17


def _grid(space: Space, plate: Plate, intent: IntentTransform, pdf: pikepdf.Pdf) -> pikepdf.Stream:
    lab = space.family == "Lab"
    domain = [0, 100, -128, 127, -128, 127] if lab else [0, 1] * 3
    sides = [np.linspace(low, high, _CORNERS) for low, high in zip(domain[::2], domain[1::2], strict=True)]
    # the first component varies fastest (ISO 32000-1, 7.10.2)
    third, second, first = np.meshgrid(sides[2], sides[1], sides[0], indexing="ij")
    values = np.stack([first.ravel(), second.ravel(), third.ravel()], axis=1)
    function = pikepdf.Dictionary(
        FunctionType=0, Domain=domain, Range=[0, 1] * len(plate.inks), Size=[_CORNERS] * 3, BitsPerSample=8
    )
    return pikepdf.Stream(pdf, _bytes(brightness(space, values, plate, intent)), function)


def _bytes(values: Values) -> bytes:
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8).tobytes()


def _lab_bytes(space: Space, values: Values) -> bytes:
    """Return colours as Pillow has Lab, relative to D50: a* and b* are signed, not raised by 128."""
    frame = lab_frame(space)
    lab = lab_of_d50(values, frame.white, frame.range)
    scaled = np.rint(np.clip(lab * (2.55, 1, 1), (0, -128, -128), (255, 127, 127)))
    return scaled.astype(np.int16).astype(np.uint8).tobytes()


def _profile(data: bytes) -> ImageCms.ImageCmsProfile | None:
    try:
        return ImageCms.ImageCmsProfile(BytesIO(data))
    except (OSError, ImageCms.PyCMSError):
        return None


def _transform(source: Any, target: Any, mode: str) -> ImageCms.ImageCmsTransform:
    try:
        return ImageCms.buildTransform(source, target, mode, "CMYK", _INTENT, _FLAGS[mode])
    except ImageCms.PyCMSError as error:
        raise CannotRun(
            Message("the file's RGB colours cannot be brought to inks by its profiles")
        ) from error
