"""Make pieces of a design and read them for the rules. Whoever imports this loads the layout engine."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from PIL import Image

from printkit.errors import PrintkitError, SlotErrors
from printkit.finish import draw_codes
from printkit.preflight.checks import check
from printkit.produce.layouts import Layouts, Materials, places_of, style_of
from printkit.produce.product import Variant
from printkit.produce.steps import LayoutCache, finished, with_pictures
from printkit.profiles import Profiles, load_profiles
from printkit.qr import Code
from printkit.raster.pdfium import PdfiumFile
from printkit.render import LaidOut
from printkit.review.asked import FIT, PREFLIGHT, Ask, Finding, Judged, Outline
from printkit.review.colour_rules import field_behind
from printkit.review.findings import finding
from printkit.review.page import Line, Reviewed, Rgb8
from printkit.review.people_rules import heads
from printkit.review.pressed import Pressed
from printkit.review.reading import PageReader
from printkit.review.registry import chosen, judge
from printkit.review.rules import RULES as RULES
from printkit.review.setup import ReviewSetup
from printkit.template import Artwork, BindRequest, Template, load_template
from printkit.template.fillings import Filling, fill
from printkit.template.language import Language
from printkit.units import MM_PER_INCH, Rect, mm, pt
from printkit.words import Message
from printkit.workspace import no_room

# What the press is asked of: how long its texts are changes no ink, font or box of a piece. Separating and
# checking took half of a review; where texts stand is judged of all.
PRESSED: tuple[Filling, ...] = ("own", "sample")
# A drawing that stands in a page
_DRAWING = re.compile(r"(<svg\b[^>]*>).*?(</svg>)", re.DOTALL)
# Kinds of slots whose words somebody writes
WORDS = ("text", "rich", "list")


class Reviewer:
    """Judge pieces one after the other."""

    def __init__(self, setup: ReviewSetup) -> None:
        self.setup = setup
        self.profiles: Profiles = load_profiles(setup.workspace)
        self.rules = chosen(self.profiles.design.rules)
        self.cache = LayoutCache(Layouts())
        self._templates: dict[str, Template] = {}
        self._presses: dict[str, Pressed] = {}

    def judge(self, ask: Ask) -> Judged:
        """Return what is found of a piece; one that cannot be laid out is told of by what stops it."""
        try:
            artwork = fill(self._request(ask), ask.filling)
            layout, codes = self._laid_out(artwork if ask.filling in PRESSED else undrawn(artwork))
            findings = [*self._preflight(ask, artwork)] if ask.filling in PRESSED else []
        except PrintkitError as error:
            return Judged(ask, tuple(stopped(ask, error)))
        room = tuple((slot.slot, slot.room) for slot in layout.slots if slot.room is not None)
        # Rules go by a format's grid; without one what stands on the page is only checked for print.
        if ask.format not in self.profiles.design.formats:
            return Judged(ask, tuple(findings), room)
        piece = self._read(ask, artwork, layout, codes)
        findings += (finding(ask, rule.id, hit) for rule, hit in judge(piece, self.rules))
        return Judged(ask, tuple(findings), room, _outline(ask, piece))

    def picture(self, ask: Ask, pixels: int) -> Judged:
        """Return PNG pictures of a piece's trimmed pages, so many pixels on the longer side."""
        try:
            artwork = fill(self._request(ask), ask.filling)
            layout, codes = self._laid_out(artwork)
        except PrintkitError as error:
            return Judged(ask, tuple(stopped(ask, error)))
        trim = Rect(0, 0, *artwork.format.trim_mm)
        sheets = PdfiumFile(self._drawn(artwork, layout, codes))
        try:
            ppi = pixels / max(artwork.format.trim_mm) * MM_PER_INCH
            part = trim.moved(artwork.bleed_mm, artwork.bleed_mm).scaled(pt(1))
            shown = [sheets.colour(page, ppi, part) for page in range(1, sheets.count + 1)]
        finally:
            sheets.close()
        return Judged(ask, (), pictures=tuple(map(_png, shown)))

    def _request(self, ask: Ask) -> BindRequest:
        profiles, workspace = self.profiles, self.setup.workspace
        page = profiles.formats[ask.format]
        if ask.template not in self._templates:
            self._templates[ask.template] = load_template(workspace, ask.template)
        return BindRequest(
            workspace=workspace,
            profiles=profiles,
            template=ask.template,
            committee=profiles.committees[ask.committee],
            format=page,
            press=profiles.presses[page.default_press],
            language=ask.language,
            campaign=profiles.campaigns[self.setup.campaign] if self.setup.campaign else None,
            loaded=self._templates[ask.template],
        )

    def _laid_out(self, artwork: Artwork) -> tuple[LaidOut, tuple[Code, ...]]:
        layout = self.cache.layouts.layout(artwork)
        return layout, places_of(artwork, layout, self.profiles).codes(artwork.codes)

    def _preflight(self, ask: Ask, artwork: Artwork) -> Iterator[Finding]:
        variant = Variant("review", artwork.layout_key, artwork.codes)
        made = finished(artwork, lambda _: variant, self._materials(artwork), self.cache)
        report = check(made.pdf, with_pictures(artwork, self.profiles, made))
        for one in report.findings:
            # What nobody has confirmed is no fault of the design.
            if not one.id.endswith("/unconfirmed"):
                yield Finding(
                    ask.id,
                    PREFLIGHT + one.id,
                    one.message,
                    page=one.page,
                    box_mm=one.box_mm,
                    measured=one.measured,
                    limit=one.limit,
                    is_warning=one.severity == "warning",
                )

    def _materials(self, artwork: Artwork) -> Materials:
        read = self.setup.workspace.read_bytes
        font = read(self.profiles.code_font)
        return Materials(self.profiles, self.setup.date, read(artwork.press.profile), font)

    def _pressed(self, artwork: Artwork) -> Pressed:
        press = artwork.press
        if press.id not in self._presses:
            self._presses[press.id] = Pressed(self.cache.color(press, self._materials(artwork)))
        return self._presses[press.id]

    @cached_property
    def _skins(self) -> frozenset[Rgb8]:
        people, colors = self.profiles.design.people, self.profiles.brand.colors
        return frozenset(colors[name].rgb8 for name in people.skins) if people else frozenset()

    def _drawn(self, artwork: Artwork, layout: LaidOut, codes: tuple[Code, ...]) -> bytes:
        return draw_codes(layout.pdf, codes, style_of(artwork, self._materials(artwork)), artwork.bleed_mm)

    def _read(self, ask: Ask, artwork: Artwork, layout: LaidOut, codes: tuple[Code, ...]) -> Reviewed:
        reader = PageReader(artwork.format, artwork.bleed_mm, self._pressed(artwork))
        placed = [
            (code.box.slot, code.box.page, code.symbol_box.scaled(mm(1)).as_tuple(), code.module_mm)
            for code in codes
        ]
        is_drawn = ask.filling in PRESSED
        pages = reader.read(layout.pdf, self._drawn(artwork, layout, codes), placed, is_drawn)
        # What is no text of anybody's is written by the program.
        slots = self._templates[ask.template].slots
        texts = {name: text.text for name, text in artwork.texts.items() if slots[name].kind in WORDS}
        return Reviewed(
            ask.committee,
            artwork.format,
            ask.language,
            ask.filling,
            self.profiles.design,
            pages,
            texts,
            (self.profiles.committees[ask.committee].name_in(ask.language), self.profiles.brand.name),
            {skin: self._pressed(artwork).colour(skin) for skin in self._skins},
            is_drawn,
            Language.of(self.profiles, ask.language).before_hour,
        )


def undrawn(artwork: Artwork) -> Artwork:
    """Return the artwork with empty drawings: they take half of the time, and no text changes them."""
    return replace(artwork, html=_DRAWING.sub(r"\1\2", artwork.html), layout_key=f"{artwork.layout_key}00")


def stopped(ask: Ask, error: PrintkitError) -> Iterator[Finding]:
    """Yield what stopped a piece; raise WriteError where that was a disk without room."""
    # It would be told of each piece, and none is wrong.
    if full := no_room(error):
        raise full from error
    if isinstance(error, SlotErrors):
        for one in error.problems:
            told = Message("slot '%(slot)s': %(problem)s", slot=one.slot, problem=one.problem)
            yield Finding(ask.id, FIT, told)
    else:
        yield from (Finding(ask.id, FIT, told) for told in error.sentences())


def _outline(ask: Ask, piece: Reviewed) -> Outline:
    parts: dict[str, list[Line]] = {
        "headline": piece.headline,
        "place": piece.place,
        "call": piece.call,
    }
    # The last line is the one that the grid holds; a name may have a line more above it.
    bases = {name: lines[-1].base for name, lines in parts.items() if lines}
    skins = frozenset(head.fill for head in heads(piece) if head.fill)
    return Outline(ask, field_behind(piece.front, piece.headline), bases, skins)


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
