"""The colours of one press: recipes first, greys in K, the rest by LittleCMS, all under the ink limit."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from printkit.color.exact import Recipes
from printkit.color.grey import GreyScale
from printkit.color.ink import Cmyk, check_limit, check_recipe, limit_ink, limit_pixels
from printkit.color.light import Rgb, Rgb8, rgb8
from printkit.color.profile import PressProfile
from printkit.color.transform import Transforms

Stop = tuple[float, Rgb]
Floats = NDArray[np.float64]


class PressColor:
    """Turn sRGB into the inks of one printing condition.

    `ink_limit` is in percent. `recipes` gives the inks 0..1 of sRGB colours of eight bits a
    channel. Raises InkError for a limit or a recipe that cannot be printed. It can be pickled.
    """

    def __init__(self, profile: PressProfile, ink_limit: float, recipes: Mapping[Rgb8, Cmyk]) -> None:
        self.profile = profile
        self.ink_limit = check_limit(ink_limit)
        self.recipes = dict(recipes)
        for colour, recipe in self.recipes.items():
            check_recipe("#{:02x}{:02x}{:02x}".format(*colour), recipe, ink_limit)
        self._solids: dict[Rgb8, Cmyk] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return PressColor, (self.profile, self.ink_limit, self.recipes)

    @cached_property
    def _transforms(self) -> Transforms:
        return Transforms(self.profile)

    @cached_property
    def _greys(self) -> GreyScale:
        return GreyScale(self.profile)

    @cached_property
    def fingerprint(self) -> str:
        """Return a name for all that decides about inks: profile, limit and recipes."""
        rest = repr((self.ink_limit, sorted(self.recipes.items())))
        return hashlib.sha256(self.profile.data + rest.encode()).hexdigest()

    def solid(self, red: float, green: float, blue: float) -> Cmyk:
        """Return the inks 0..1 of an sRGB colour 0..1, matched and converted at eight bits a channel."""
        colour = rgb8((red, green, blue))
        return self.solids([colour])[0]

    def solids(self, colours: Sequence[Rgb8]) -> list[Cmyk]:
        """Return the inks of many sRGB colours of eight bits a channel; LittleCMS is asked once."""
        new = [colour for colour in dict.fromkeys(colours) if colour not in self._solids]
        if new:
            inks = self._transforms.colours(new) / 255
            self._solids.update(zip(new, map(self._find_solid, new, inks), strict=True))
        return [self._solids[colour] for colour in colours]

    def grey(self, level: float) -> float:
        """Return the K 0..1 of the sRGB grey `level` 0..1 at equal lightness; black is 1, white is 0."""
        return float(np.interp(level * 255, np.arange(256), self._greys.solid))

    def limit(self, cmyk: Cmyk) -> Cmyk:
        """Return the inks with C, M and Y scaled down alike where they are over the press's limit."""
        return limit_ink(cmyk, self.ink_limit)

    def ramp(self, stops: Sequence[Stop], samples: int) -> list[Cmyk]:
        """Return inks at `samples` even places of a piecewise linear sRGB course.

        `stops` are (place, sRGB 0..1) in rising order; the first sample is the first stop's colour, the last
        sample the last one's. Where two stops share a place, the sample there takes the later one. Between
        two colours that have a recipe or are neutral, the recipes are interpolated; two greys keep equal
        lightness. Elsewhere LittleCMS follows the course, and what the ends differ from it fades on the way.
        """
        places = np.linspace(stops[0][0], stops[-1][0], samples)
        inks = np.empty((samples, 4))
        inks[:] = self.solid(*stops[0][1])
        for (start, first), (end, last) in pairwise(stops):
            inside = (places >= start) & (places <= end)
            share = (places[inside] - start) / (end - start) if end > start else np.ones(inside.sum())
            inks[inside] = self._segment(first, last, share)
        return [self.limit(_cmyk(sample)) for sample in inks]

    def pixels(self, image: Image.Image, ink_limit: float | None = None, exact: bool = False) -> Image.Image:
        """Return an sRGB image in mode CMYK (255 is full ink), under the press's or a lower ink limit.

        `exact` tells that each pixel is what somebody set: those that have a recipe then get it.
        """
        # A lower limit may be asked for, never a higher one: the press takes no more.
        most = min(self.ink_limit, ink_limit or self.ink_limit)
        # Pillow would copy what is RGB already
        colours = image if image.mode == "RGB" else image.convert("RGB")
        inks = self._transforms.image(colours)
        if exact and self.recipes:
            inks = self.exact.apply(np.asarray(colours), inks)
        return Image.frombytes("CMYK", image.size, limit_pixels(inks, most).tobytes())

    @cached_property
    def exact(self) -> Recipes:
        """Return the recipes as pixels have them."""
        names = sorted(self.recipes)
        row = Image.frombytes("RGB", (len(names), 1), bytes(level for name in names for level in name))
        given = self._transforms.image(row)[0].astype(int)
        wanted = np.rint(np.array([self.recipes[name] for name in names]) * 255).astype(int)
        return Recipes(
            {name: tuple(inks) for name, inks in zip(names, wanted.tolist(), strict=True)},
            {name: tuple(missed) for name, missed in zip(names, (wanted - given).tolist(), strict=True)},
        )

    def grey_pixels(self, image: Image.Image, flat: bool = False) -> Image.Image:
        """Return an sRGB grey image as DeviceGray in mode L (0 is full K).

        A photograph's shadows keep their steps; `flat` art has the greys of text and line work.
        """
        greys = self._greys.solid if flat else self._greys.picture
        table = [round(255 * (1 - black)) for black in greys]
        return image.convert("L").point(table)

    def _find_solid(self, colour: Rgb8, inks: Floats) -> Cmyk:
        if colour in self.recipes:
            return self.recipes[colour]
        # One plate has no register to miss: grey text in four inks gets coloured rims on press
        if colour[0] == colour[1] == colour[2]:
            return 0.0, 0.0, 0.0, float(self._greys.solid[colour[0]])
        return self.limit(_cmyk(inks))

    def _segment(self, first: Rgb, last: Rgb, share: Floats) -> Floats:
        """Return the inks (n, 4) of the course from `first` to `last` at each `share` 0..1."""
        start, end = np.array(self.solid(*first)), np.array(self.solid(*last))
        way = share.reshape(-1, 1)
        # The course at both ends comes along, to see what the exact colours differ from it
        course = self._course(first, last, np.vstack(([[0.0], [1.0]], way)))
        fading = (start - course[0]) * (1 - way) + (end - course[1]) * way
        return np.asarray(course[2:] + fading, dtype=np.float64)

    def _course(self, first: Rgb, last: Rgb, way: Floats) -> Floats:
        """Return inks (n, 4) along the course; none at all where its ends alone decide."""
        colours = np.array(first) + (np.array(last) - np.array(first)) * way
        inks = np.zeros((len(way), 4))
        if _neutral(first) and _neutral(last):
            inks[:, 3] = [self.grey(level) for level in colours[:, 0]]
        elif not (self._known(first) and self._known(last)):
            inks[:] = self._transforms.colours([rgb8(_rgb(colour)) for colour in colours]) / 255
        return inks

    def _known(self, rgb: Rgb) -> bool:
        return rgb8(rgb) in self.recipes or _neutral(rgb)


def _neutral(rgb: Rgb) -> bool:
    red, green, blue = rgb8(rgb)
    return red == green == blue


def _rgb(values: Floats) -> Rgb:
    red, green, blue = values.tolist()
    return red, green, blue


def _cmyk(values: Floats) -> Cmyk:
    cyan, magenta, yellow, black = (round(min(max(ink, 0.0), 1.0), 4) for ink in values.tolist())
    return cyan, magenta, yellow, black
