"""The steps of one piece: lay out, separate, finish, check. Whoever imports this loads the layout engine."""

import datetime
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from printkit.color import InkError, PressColor, PressProfile, ProfileProblem
from printkit.errors import SlotErrors, SlotProblem, WorkspaceError
from printkit.finish import CodeStyle, FinishSpec, Identity, Intent, draw_codes, finish
from printkit.marks import Marks, MarkStyle
from printkit.preflight import Expected, Order, Report, check, expected_of, waive
from printkit.produce.product import PlacedCode, Product
from printkit.profiles import Press, Profiles, Waiver
from printkit.proof import page_pictures
from printkit.qr import Code, CodeProblem, make_symbol
from printkit.render import Layout, Memory, render
from printkit.separate import ImageRules, SeparationSpec, separate
from printkit.template import Artwork
from printkit.units import PageBoxes, mm

T = TypeVar("T")

# Sites of a layout come one after the other; a second layout bridges their proofs.
KEPT = 2


@dataclass(frozen=True)
class Waivers:
    """Hold what somebody answers for in a piece, and the day on which it must hold."""

    piece: str
    day: datetime.date
    meant: tuple[Waiver, ...]


@dataclass(frozen=True)
class Materials:
    """Hold what a piece needs beside its artwork: profiles, the press's ICC profile, the print ids' font."""

    profiles: Profiles
    icc: bytes = field(repr=False)
    code_font: bytes = field(repr=False)
    waivers: Waivers | None = None


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


def place_codes(artwork: Artwork, layout: Layout, profiles: Profiles) -> tuple[Code, ...]:
    """Return the codes at the places the layout keeps; raise SlotErrors for one that cannot be made."""
    rules, geometry = profiles.codes, artwork.code_geometry
    level = rules.level_outdoor if artwork.format.outdoor else rules.level
    links = {link.slot: link for link in artwork.codes}
    codes: list[Code] = []
    for box in layout.code_boxes:
        link = links[box.slot]
        try:
            symbol = make_symbol(link.url, level, geometry.versions)
        except CodeProblem as problem:
            raise SlotErrors([SlotProblem(artwork.where, box.slot, str(problem))]) from problem
        codes.append(Code(box, symbol, link.print_id, geometry))
    return tuple(codes)


def complete(artwork: Artwork, materials: Materials, shelf: Shelf, identity: Identity) -> Product:
    """Return the finished and checked press file of one piece."""
    variant = artwork.layout_key in shelf.separated
    separated = shelf.inks(artwork, materials)
    layout = shelf.layout(artwork)
    codes = place_codes(artwork, layout, materials.profiles)
    pdf = finish(separated, _finish_spec(artwork, materials, codes, identity))
    report = check(pdf, _expected(artwork, materials.profiles, codes))
    if materials.waivers:
        report = waive(report, materials.waivers.meant, materials.waivers.piece, materials.waivers.day)
    return _product(artwork, pdf, codes, report, variant=variant)


def draw(artwork: Artwork, materials: Materials, shelf: Shelf) -> bytes:
    """Return the sRGB layout with its codes drawn."""
    layout = shelf.layout(artwork)
    codes = place_codes(artwork, layout, materials.profiles)
    return draw_codes(layout.pdf, codes, _style(artwork, materials), artwork.bleed_mm)


def show(artwork: Artwork, materials: Materials, shelf: Shelf, stamp: bytes | None) -> tuple[bytes, ...]:
    """Return each trimmed page as PNG; `stamp` is the font of DRAFT, where it is to stand across."""
    trim = PageBoxes.around(artwork.format.trim_mm, artwork.bleed_mm).trim
    return page_pictures(draw(artwork, materials, shelf), trim, stamp)


def _style(artwork: Artwork, materials: Materials) -> CodeStyle:
    return CodeStyle(materials.code_font, artwork.press.overprint_text_under_pt)


def _finish_spec(
    artwork: Artwork, materials: Materials, codes: tuple[Code, ...], identity: Identity
) -> FinishSpec:
    press = artwork.press
    return FinishSpec(
        trim_mm=artwork.format.trim_mm,
        bleed_mm=artwork.bleed_mm,
        intent=Intent(materials.icc, press.condition, press.info, press.registry),
        identity=identity,
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


def _product(
    artwork: Artwork, pdf: bytes, codes: tuple[Code, ...], report: Report, *, variant: bool
) -> Product:
    read = {(code.slot, code.page): code for code in report.codes}
    return Product(
        pdf=pdf,
        pages=artwork.format.pages,
        trim_mm=artwork.format.trim_mm,
        bleed_mm=artwork.bleed_mm,
        codes=tuple(_placed(code, read) for code in codes),
        verdict="fail" if report.verdict == "unreadable" else report.verdict,
        findings=tuple(asdict(finding) for finding in report.findings),
        waived=tuple(waived.as_dict() for waived in report.waived),
        expired=tuple(waiver.model_dump(mode="json") for waiver in report.expired),
        variant=variant,
    )


def _placed(code: Code, read: dict[tuple[str, int], Any]) -> PlacedCode:
    found = read.get((code.box.slot, code.box.page))
    x0, y0, x1, y1 = code.symbol_box.scaled(mm(1)).as_tuple()
    return PlacedCode(
        slot=code.box.slot,
        url=code.url,
        print_id=code.print_id,
        page=code.box.page,
        box_mm=(round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)),
        module_mm=round(code.module_mm, 4),
        decoded=found is not None and found.text == code.url,
    )
