"""Layouts in sRGB, for the screen and as what press files are made from. Whoever imports this loads Pango."""

import datetime
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from printkit.finish import CodeStyle, draw_codes
from printkit.papers.parts import PagePicture, Stamp
from printkit.papers.picture import page_pictures
from printkit.produce.code_places import CodePlaces
from printkit.profiles import Profiles
from printkit.render import LaidOut, Memory, render
from printkit.template import Artwork
from printkit.units import PageBoxes

T = TypeVar("T")

# Sites of a layout come one after the other; a second layout bridges their proofs.
KEPT = 2


@dataclass(frozen=True)
class Materials:
    """What a piece needs beside its artwork: the press's ICC profile, the print ids' font, the date."""

    profiles: Profiles
    date: datetime.datetime
    icc: bytes = field(repr=False)
    code_font: bytes = field(repr=False)


@dataclass
class Layouts:
    """Keep the last layouts, and what was found for each."""

    kept: OrderedDict[str, LaidOut] = field(default_factory=OrderedDict)
    memory: Memory = field(default_factory=dict)

    def layout(self, artwork: Artwork) -> LaidOut:
        """Lay the artwork out, or take the layout of another site."""
        return kept(self.kept, artwork.layout_key, lambda: render(artwork, self.memory))


def kept(cache: OrderedDict[str, T], key: str, make: Callable[[], T]) -> T:
    """Return what is kept under a key, made where it is not there; past so many the oldest goes."""
    if key not in cache:
        cache[key] = make()
        while len(cache) > KEPT:
            cache.popitem(last=False)
    return cache[key]


def places_of(artwork: Artwork, layout: LaidOut, profiles: Profiles) -> CodePlaces:
    """Return the places of an artwork's codes on its layout, with the figures they are made by."""
    level = profiles.codes.level_outdoor if artwork.format.outdoor else profiles.codes.level
    return CodePlaces(layout.code_boxes, artwork.code_geometry, level, artwork.where)


def draw(artwork: Artwork, materials: Materials, layouts: Layouts) -> bytes:
    """Return the sRGB layout with its codes drawn."""
    layout = layouts.layout(artwork)
    codes = places_of(artwork, layout, materials.profiles).codes(artwork.codes)
    return draw_codes(layout.pdf, codes, style_of(artwork, materials), artwork.bleed_mm)


def show(
    artwork: Artwork, materials: Materials, layouts: Layouts, stamp: Stamp | None
) -> tuple[PagePicture, ...]:
    """Return pictures of each trimmed page; `stamp` stands across where there is one."""
    trim = PageBoxes.around(artwork.format.trim_mm, artwork.bleed_mm).trim
    return page_pictures(draw(artwork, materials, layouts), trim, stamp)


def style_of(artwork: Artwork, materials: Materials) -> CodeStyle:
    """Return what codes are drawn with: the font of print ids, and under which size black overprints."""
    return CodeStyle(materials.code_font, artwork.press.overprint_text_under_pt)
