"""The steps of one piece: lay out, separate, finish, check. Whoever imports this loads the layout engine."""

import datetime
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any, TypeVar

from printkit.color import InkError, PressColor, PressProfile, ProfileProblem
from printkit.errors import WorkspaceError
from printkit.finish import Blank, CodeStyle, FinishSpec, Identity, Intent, draw_codes, finish
from printkit.marks import Marks, MarkStyle
from printkit.preflight import Expected, Order, check, expected_of, holds_for_all
from printkit.produce.master import Master, Places, product_of, waived
from printkit.produce.product import Product, Variant
from printkit.profiles import Press, Profiles
from printkit.proof import page_pictures
from printkit.qr import Code
from printkit.render import Layout, Memory, render
from printkit.separate import ImageRules, SeparationSpec, separate
from printkit.template import Artwork
from printkit.units import PageBoxes

T = TypeVar("T")

# Sites of a layout come one after the other; a second layout bridges their proofs.
KEPT = 2


@dataclass(frozen=True)
class Materials:
    """Hold what a piece needs beside its artwork: the press's ICC profile, the print ids' font, the date."""

    profiles: Profiles
    date: datetime.datetime
    icc: bytes = field(repr=False)
    code_font: bytes = field(repr=False)


@dataclass
class Shelf:
    """Keep what pieces share: the last layouts, in sRGB and in inks, converted images, a press's colours."""

    layouts: OrderedDict[str, Layout] = field(default_factory=OrderedDict)
    separated: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    colors: dict[str, PressColor] = field(default_factory=dict)
    images: dict[str, Any] = field(default_factory=dict)
    memory: Memory = field(default_factory=dict)

    def layout(self, artwork: Artwork) -> Layout:
        """Lay the artwork out, or take the layout of another site."""
        return _kept(self.layouts, artwork.layout_key, lambda: render(artwork, self.memory))

    def inks(self, artwork: Artwork, materials: Materials) -> bytes:
        """Turn the artwork's layout into process inks, or take that of another site."""
        return _kept(self.separated, artwork.layout_key, lambda: self._separate(artwork, materials))

    def _separate(self, artwork: Artwork, materials: Materials) -> bytes:
        press = artwork.press
        if press.id not in self.colors:
            self.colors[press.id] = press_color(press, materials)
        spec = SeparationSpec(
            press=self.colors[press.id],
            overprint_text_pt=press.overprint_text_under_pt,
            overprint_line_pt=press.overprint_line_under_pt,
            image=ImageRules(press.image_ppi.most, press.image_ppi.target, press.jpeg_quality),
            image_cache=self.images,
        )
        return separate(self.layout(artwork).pdf, spec)


def _kept(shelf: OrderedDict[str, T], key: str, make: Callable[[], T]) -> T:
    if key not in shelf:
        shelf[key] = make()
        while len(shelf) > KEPT:
            shelf.popitem(last=False)
    return shelf[key]


def press_color(press: Press, materials: Materials) -> PressColor:
    """Return a press's colours; raise WorkspaceError for a profile or a recipe that cannot be used."""
    colors = materials.profiles.brand.colors.values()
    recipes = {color.rgb8: color.recipe(press.coated) for color in colors}
    try:
        return PressColor(PressProfile(materials.icc), press.ink_limit / 100, recipes)
    except ProfileProblem as problem:
        raise WorkspaceError(press.profile, None, str(problem)) from problem
    except InkError as problem:
        raise WorkspaceError(f"profiles/presses/{press.id}.toml", "ink_limit", str(problem)) from problem


def complete(
    artwork: Artwork, variant: Variant, materials: Materials, shelf: Shelf
) -> tuple[Product, Master | None]:
    """Return a layout's first piece, finished and checked, and the master of its other sites."""
    begun, profiles = time.monotonic(), materials.profiles
    separated, places = shelf.inks(artwork, materials), _places(artwork, shelf.layout(artwork), profiles)
    codes = places.codes(variant.links)
    spec = _finish_spec(artwork, materials, codes, f"{variant.piece} {variant.key}")
    pdf, expected = finish(separated, spec), _expected(artwork, profiles, codes)
    report = check(pdf, expected)
    product = product_of(pdf, expected, waived(report, variant, spec.identity))
    product = replace(product, seconds=time.monotonic() - begun)
    if artwork.names_site or not holds_for_all(report, expected):
        return product, None
    blank = Blank.of(pdf, spec.identity, spec.code_style, codes)
    # What only rules ask that are not run again need not travel.
    return product, Master(blank, places, replace(expected, gwg=None, product_rules=None), report)


def _places(artwork: Artwork, layout: Layout, profiles: Profiles) -> Places:
    level = profiles.codes.level_outdoor if artwork.format.outdoor else profiles.codes.level
    return Places(layout.code_boxes, artwork.code_geometry, level, artwork.where)


def draw(artwork: Artwork, materials: Materials, shelf: Shelf) -> bytes:
    """Return the sRGB layout with its codes drawn."""
    layout = shelf.layout(artwork)
    codes = _places(artwork, layout, materials.profiles).codes(artwork.codes)
    return draw_codes(layout.pdf, codes, _style(artwork, materials), artwork.bleed_mm)


def show(artwork: Artwork, materials: Materials, shelf: Shelf, stamp: bytes | None) -> tuple[bytes, ...]:
    """Return each trimmed page as PNG; `stamp` is the font of DRAFT, where it is to stand across."""
    trim = PageBoxes.around(artwork.format.trim_mm, artwork.bleed_mm).trim
    return page_pictures(draw(artwork, materials, shelf), trim, stamp)


def _style(artwork: Artwork, materials: Materials) -> CodeStyle:
    return CodeStyle(materials.code_font, artwork.press.overprint_text_under_pt)


def _finish_spec(
    artwork: Artwork, materials: Materials, codes: tuple[Code, ...], document_id: str
) -> FinishSpec:
    press = artwork.press
    producer = f"printkit {version('printkit')}"
    return FinishSpec(
        trim_mm=artwork.format.trim_mm,
        bleed_mm=artwork.bleed_mm,
        intent=Intent(materials.icc, press.condition, press.info, press.registry),
        identity=Identity(artwork.title, document_id, materials.date, producer),
        code_style=_style(artwork, materials),
        codes=codes,
        marks=_marks(press),
        folds_mm=artwork.format.folds_mm,
    )


def _marks(press: Press) -> Marks | None:
    wanted, style = press.marks, press.marks.style
    if style is None:
        return None
    drawn = MarkStyle(style.gap_mm, style.length_mm, style.line_pt)
    return Marks(wanted.crop, wanted.registration, wanted.fold, drawn)


def _expected(artwork: Artwork, profiles: Profiles, codes: tuple[Code, ...]) -> Expected:
    """Return what a file is ordered to be; the press brings its variant, the format its distance."""
    ordered = expected_of(profiles, Order(press=artwork.press, format=artwork.format))
    return replace(ordered, codes=codes, unconfirmed=artwork.unconfirmed, process_only=True)
