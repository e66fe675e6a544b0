"""The steps of one piece: lay out, separate, finish, check. Whoever imports this loads the layout engine."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from pikepdf import Name

from printkit.color import InkError, PressColor, PressProfile, ProfileProblem
from printkit.errors import MissingError, WorkspaceError
from printkit.finish import Blank, FinishSpec, finish
from printkit.marks import Marks, MarkStyle
from printkit.pdfx.identity import Identity
from printkit.pdfx.intent import OutputIntent
from printkit.preflight import Expected, Specification, expected_of
from printkit.produce.code_places import CodePlaces
from printkit.produce.layouts import Layouts, Materials, kept, places_of, style_of
from printkit.produce.master import Master, product_of, waived
from printkit.produce.product import Product, Variant
from printkit.profiles import Press, Profiles
from printkit.qr import Code
from printkit.raster.grey import with_grey_photographs
from printkit.raster.pdfium import PdfiumFile
from printkit.raster.small import SmallPicture, small_picture
from printkit.render import LaidOut
from printkit.separate import ImageRules, SeparationSpec, separate
from printkit.template import Artwork
from printkit.units import PageBoxes
from printkit.version import VERSION
from printkit.words import Message, sentence

# Converted photographs that further layouts may show too
KEPT_IMAGES = 64


@dataclass
class LayoutCache:
    """Keep what pieces share: the last layouts, in sRGB and in inks, converted images and
    drawings, a press's colours."""

    layouts: Layouts
    separated: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    # By the press and its ICC profile, which somebody may exchange while a preview runs
    colors: dict[tuple[str, bytes], PressColor] = field(default_factory=dict)
    images: dict[str, Any] = field(default_factory=dict)
    forms: dict[tuple[str, bytes], dict[Any, Any]] = field(default_factory=dict)

    def separate(self, artwork: Artwork, materials: Materials) -> bytes:
        """Turn the artwork's layout into process inks, or take that of another site."""
        return kept(self.separated, artwork.layout_key, lambda: self._separate(artwork, materials))

    def color(self, press: Press, materials: Materials) -> PressColor:
        """Return a press's colours, which are made once; raise as `press_color` does."""
        by = press.id, materials.icc
        if by not in self.colors:
            self.colors[by] = press_color(press, materials)
        return self.colors[by]

    def _separate(self, artwork: Artwork, materials: Materials) -> bytes:
        press = artwork.press
        spec = SeparationSpec(
            press=self.color(press, materials),
            overprint_text_pt=press.overprint_text_under_pt,
            overprint_line_pt=press.overprint_line_under_pt,
            image=ImageRules(press.image_ppi.most, press.image_ppi.target, press.jpeg_quality),
            image_cache=self.images,
            form_cache=self.forms.setdefault((press.id, materials.icc), {}),
        )
        # The oldest go first: a campaign's photographs come layout by layout
        separated = separate(self.layouts.layout(artwork).pdf, spec)
        while len(self.images) > KEPT_IMAGES:
            del self.images[next(iter(self.images))]
        return separated


def press_color(press: Press, materials: Materials) -> PressColor:
    """Return a press's colours; raise MissingError for its profile, WorkspaceError for a recipe."""
    colors = materials.profiles.brand.colors.values()
    recipes = {color.rgb8: color.recipe(press.coated) for color in colors}
    try:
        return PressColor(PressProfile(materials.icc), press.ink_limit, recipes)
    except ProfileProblem as problem:
        raise MissingError(
            Message("ICC profile %(profile)s: %(problem)s", profile=press.profile, problem=problem)
        ) from problem
    except InkError as problem:
        raise WorkspaceError(f"profiles/presses/{press.id}.toml", "ink_limit", sentence(problem)) from problem


@dataclass(frozen=True)
class Finished:
    """A finished file that nothing has checked yet, what it was made from, and what is asked of it."""

    pdf: bytes = field(repr=False)
    variant: Variant
    layout: LaidOut
    places: CodePlaces
    spec: FinishSpec
    expected: Expected


def finished(
    artwork: Artwork, identify: Callable[[LaidOut], Variant], materials: Materials, cache: LayoutCache
) -> Finished:
    """Lay out, separate, finish: return a layout's first piece; who identifies it sees its layout."""
    layout = cache.layouts.layout(artwork)
    separated = cache.separate(artwork, materials)
    variant, places = identify(layout), places_of(artwork, layout, materials.profiles)
    codes = places.codes(variant.links)
    spec = _finish_spec(artwork, materials, codes, f"{variant.piece} {variant.key}")
    pdf = finish(separated, spec)
    expected = replace(_expected(artwork, materials.profiles, codes), by_press=_by_press(layout, artwork))
    return Finished(pdf, variant, layout, places, spec, expected)


def with_pictures(artwork: Artwork, profiles: Profiles, made: Finished) -> Expected:
    """Return all that a finished file is checked against, with pictures of its layout."""
    return replace(made.expected, pictures=_pictures(made.layout.pdf, artwork, profiles))


def complete(
    artwork: Artwork, identify: Callable[[LaidOut], Variant], materials: Materials, cache: LayoutCache
) -> tuple[Product, Master | None]:
    """Lay out, separate, finish, check: return a layout's first piece and the master of its other sites.

    Who identifies the piece sees its layout: what was read for it is part of its key.
    """
    # Every rule, which the first picture of a preview need not wait for
    from printkit.preflight.checks import check, holds_for_all

    # Wall time, as reports tell it to people; limits count computing
    begun = time.monotonic()
    made = finished(artwork, identify, materials, cache)
    expected = with_pictures(artwork, materials.profiles, made)
    report = check(made.pdf, expected)
    hashed = sha256(made.pdf).hexdigest()
    product = product_of(made.pdf, hashed, expected, waived(report, made.variant, made.spec.identity))
    product = replace(product, seconds=time.monotonic() - begun)
    # Where a finding lies in a code's box or a code at the edge of a zone, another site's code may be judged
    # otherwise
    if artwork.names_site or not holds_for_all(report, expected):
        return product, None
    blank = Blank.of(made.pdf, made.spec.identity, made.spec.code_style, expected.codes or ())
    # What only rules ask that are not run again need not travel.
    bare = replace(expected, gwg=None, product_rules=None, pictures=None)
    return product, Master(blank, made.places, bare, report)


def _pictures(layout: bytes, artwork: Artwork, profiles: Profiles) -> tuple[SmallPicture, ...]:
    """Return small pictures of a layout's trimmed pages, which the finished file is compared with.

    Its photographs are made grey once for all layouts: PDFium would read them for each.
    """
    trim = PageBoxes.around(artwork.format.trim_mm, artwork.bleed_mm).trim
    columns = profiles.product.picture.columns
    sheets = PdfiumFile(with_grey_photographs(layout, Name.DeviceRGB))
    try:
        return tuple(small_picture(sheets, page, trim, columns) for page in range(1, sheets.count + 1))
    finally:
        sheets.close()


def _by_press(layout: LaidOut, artwork: Artwork) -> tuple[str, ...]:
    taken = Message(
        "is in CMYK without a profile; its inks were taken as those of press '%(id)s'", id=artwork.press.id
    )
    return tuple(f"{file} {taken}" for file in layout.by_press)


def _finish_spec(
    artwork: Artwork, materials: Materials, codes: tuple[Code, ...], document_id: str
) -> FinishSpec:
    press = artwork.press
    producer = f"printkit {VERSION}"
    return FinishSpec(
        trim_mm=artwork.format.trim_mm,
        bleed_mm=artwork.bleed_mm,
        intent=OutputIntent(materials.icc, press.condition, press.info, press.registry),
        identity=Identity(artwork.title, document_id, materials.date, producer),
        code_style=style_of(artwork, materials),
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
    """Return what a file has to be; the press brings its variant, the format its distance."""
    asked = expected_of(profiles, Specification(press=artwork.press, format=artwork.format))
    # process_only: separation leaves no spot ink, so that one in the file is a fault of ours and not the
    # customer's wish
    return replace(asked, codes=codes, unconfirmed=artwork.unconfirmed, process_only=True)
