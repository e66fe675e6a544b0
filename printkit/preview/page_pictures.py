"""Pages of finished files as pictures, each drawn once for as long as it draws the same."""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import TypeVar

import pikepdf

from printkit.color import PressProfile
from printkit.papers.picture import as_png
from printkit.preflight.ink.planes import Planes
from printkit.preflight.ink.plate_copy import PlateForms
from printkit.preview.asked import Ask, Picture
from printkit.preview.drawn import drawn
from printkit.preview.planes import most_ink, picture_of, planes_of
from printkit.produce.steps import Finished
from printkit.profiles import Press, PreviewFigures

T = TypeVar("T")
K = TypeVar("K")
# Of pictures as the page fetches them: a grid's, so that what stays as it is costs nothing after a save
MOST_BYTES = 16_000_000
# Drawings of a press that are kept as plates, each once a size and plate
KEPT_FORMS, KEPT_PRESSES = 128, 4


@dataclass(frozen=True)
class PrintedWith:
    """What pages are printed with: a press with its ICC profile, and the files of the fonts in use.

    Pages are known by the names of their fonts, so files of other fonts are not compared.
    """

    press: Press
    icc: bytes = field(repr=False)
    fonts: tuple[tuple[str, str], ...]

    @property
    def name(self) -> tuple[object, ...]:
        return self.press.id, self.press.ink_limit, self.icc, self.fonts


@dataclass
class PagePictures:
    """Draw pages, and keep the last ones as planes of ink and as pictures."""

    planes: OrderedDict[tuple[object, ...], Planes] = field(default_factory=OrderedDict)
    pictures: OrderedDict[tuple[object, ...], Picture] = field(default_factory=OrderedDict)
    # Drawings as the plates of a press show them
    forms: OrderedDict[bytes, PlateForms] = field(default_factory=OrderedDict)

    def show(
        self, file: Finished, ask: Ask, by: PrintedWith, figures: PreviewFigures, *, most: int | None = None
    ) -> tuple[Picture | None, ...]:
        """Return a file's pages as pictures; None for those past the `most` that had to be drawn."""
        with pikepdf.open(BytesIO(file.pdf)) as opened:
            keys = [(*by.name, ask.pixels, ask.inks, one) for one in drawn(opened)]
        found = [self.pictures.get(key) for key in keys]
        missing = [number for number, picture in enumerate(found) if picture is None]
        for number in missing[:most]:
            planes = self._planes(file, number + 1, ask, by, figures=figures)
            found[number] = self.pictures[keys[number]] = _picture(planes, ask.inks, by)
        for key in filter(self.pictures.__contains__, keys):
            self.pictures.move_to_end(key)
        while len(self.pictures) > 1 and sum(len(one.data) for one in self.pictures.values()) > MOST_BYTES:
            self.pictures.popitem(last=False)
        return tuple(found)

    def _planes(
        self, file: Finished, number: int, ask: Ask, by: PrintedWith, *, figures: PreviewFigures
    ) -> Planes:
        """Return a page's inks, those of before where only other inks are looked at."""
        key = sha256(file.pdf).digest(), number, ask.pixels
        if key not in self.planes:
            forms = self.forms.setdefault(by.icc, {})
            keep(self.forms, by.icc, forms, KEPT_PRESSES)
            while len(forms) > KEPT_FORMS:
                del forms[next(iter(forms))]
            (planes,) = planes_of(
                file.pdf, file.expected, ask.pixels, figures.photograph_pixels, forms=forms, pages=(number,)
            )
            keep(self.planes, key, planes, figures.kept_pages)
        return self.planes[key]


def keep(kept: OrderedDict[K, T], key: K, made: T, most: int) -> None:
    """Keep something as the last one in use, and let go of the first past so many."""
    kept[key] = made
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)


def _picture(planes: Planes, inks: str, by: PrintedWith) -> Picture:
    image = picture_of(planes, inks, _profile(by.icc), by.press.ink_limit)
    data = as_png(image)
    return Picture(sha256(data).hexdigest(), data, image.size, most_ink(planes))


_profile = lru_cache(maxsize=4)(PressProfile)
