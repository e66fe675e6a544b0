"""Make pieces of a design and read them for the rules. Whoever imports this loads the layout engine."""

import io
from collections.abc import Iterator

from PIL import Image

from printkit.errors import PrintkitError, SlotErrors
from printkit.finish import draw_codes
from printkit.preflight import check
from printkit.produce.layouts import Layouts, Materials, style_of
from printkit.produce.product import Variant
from printkit.produce.steps import Finished, LayoutCache, finished, ordered
from printkit.profiles import Profiles, load_profiles
from printkit.raster.pdfium import PdfiumFile
from printkit.review.asked import FIT, PREFLIGHT, Ask, Finding, Judged, Outline
from printkit.review.colour_rules import field_behind
from printkit.review.findings import finding
from printkit.review.page import Line, Reviewed
from printkit.review.reading import PageReader
from printkit.review.registry import chosen, judge
from printkit.review.rules import RULES as RULES
from printkit.review.setup import ReviewSetup
from printkit.template import Artwork, BindRequest, Template, load_template
from printkit.template.fillings import fill
from printkit.units import MM_PER_INCH, Rect, mm, pt

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

    def judge(self, ask: Ask) -> Judged:
        """Return what is found of a piece; one that cannot be laid out is told of by what stops it."""
        try:
            artwork = fill(self._request(ask), ask.filling)
            made = self._finished(artwork)
        except PrintkitError as error:
            return Judged(ask, tuple(_stopped(ask, error)))
        findings = [*_preflight(ask, artwork, made, self.profiles)]
        room = tuple((slot.slot, slot.room) for slot in made.layout.slots if slot.room is not None)
        if ask.format not in self.profiles.design.formats:
            return Judged(ask, tuple(findings), room)
        piece = self._read(ask, artwork, made)
        findings += (finding(ask, rule.id, hit) for rule, hit in judge(piece, self.rules))
        return Judged(ask, tuple(findings), room, _outline(ask, piece))

    def picture(self, ask: Ask, pixels: int) -> Judged:
        """Return PNG pictures of a piece's trimmed pages, so many pixels on the longer side."""
        try:
            artwork = fill(self._request(ask), ask.filling)
            made = self._finished(artwork)
        except PrintkitError as error:
            return Judged(ask, tuple(_stopped(ask, error)))
        trim = Rect(0, 0, *artwork.format.trim_mm)
        sheets = PdfiumFile(self._drawn(artwork, made))
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

    def _finished(self, artwork: Artwork) -> Finished:
        variant = Variant("review", artwork.layout_key, artwork.codes)
        return finished(artwork, lambda _: variant, self._materials(artwork), self.cache)

    def _materials(self, artwork: Artwork) -> Materials:
        read = self.setup.workspace.read_bytes
        font = read(self.profiles.code_font)
        return Materials(self.profiles, self.setup.date, read(artwork.press.profile), font)

    def _drawn(self, artwork: Artwork, made: Finished) -> bytes:
        codes, style = made.expected.codes or (), style_of(artwork, self._materials(artwork))
        return draw_codes(made.layout.pdf, codes, style, artwork.bleed_mm)

    def _read(self, ask: Ask, artwork: Artwork, made: Finished) -> Reviewed:
        reader = PageReader(artwork.format, artwork.bleed_mm, self.cache.colors[artwork.press.id])
        codes = [
            (code.box.slot, code.box.page, code.symbol_box.scaled(mm(1)).as_tuple(), code.module_mm)
            for code in made.expected.codes or ()
        ]
        pages = reader.read(made.layout.pdf, self._drawn(artwork, made), codes)
        # What is no text of anybody's is written by the program.
        slots = self._templates[ask.template].slots
        texts = {name: text.text for name, text in artwork.texts.items() if slots[name].kind in WORDS}
        return Reviewed(
            ask.committee, artwork.format, ask.language, ask.filling, self.profiles.design, pages, texts
        )


def _stopped(ask: Ask, error: PrintkitError) -> Iterator[Finding]:
    if isinstance(error, SlotErrors):
        yield from (Finding(ask.id, FIT, f"slot '{one.slot}': {one.problem}") for one in error.problems)
    else:
        yield from (Finding(ask.id, FIT, line) for line in str(error).splitlines())


def _preflight(ask: Ask, artwork: Artwork, made: Finished, profiles: Profiles) -> Iterator[Finding]:
    report = check(made.pdf, ordered(artwork, profiles, made))
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


def _outline(ask: Ask, piece: Reviewed) -> Outline:
    parts: dict[str, list[Line]] = {
        "headline": piece.headline,
        "place": piece.place,
        "call": piece.call,
    }
    # The last line is the one that the grid holds; a name may have a line more above it.
    bases = {name: lines[-1].base for name, lines in parts.items() if lines}
    return Outline(ask, field_behind(piece.front, piece.headline), bases)


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
