"""GWG 2022: what a file is as a whole."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Stream

from printkit.content import Font, entry, read_layers, text_of
from printkit.preflight.core.registry import RULES, Hit, gwg_rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.seen.visible import visible_elements
from printkit.preflight.x4.page import (
    CMYK_PROFILE,
    COMPONENTS,
    ROUNDING_PT,
    header_space,
    intent_data,
    intents,
)
from printkit.profiles import GwgLimits
from printkit.units import Rect
from printkit.words import Message

# The six letters of a subset and the sign behind them (ISO 32000-1, 9.6.4) are no part of the name
TAG = 7
COURIER = "Courier"


@gwg_rule("R0001")
def pdfx4(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """The file conforms to PDF/X-4: mend what the x4/... findings name."""
    broken = [
        rule.id
        for rule in RULES.values()
        if rule.id.startswith("x4/")
        and any((hit.severity or rule.severity) == "error" for hit in subject.once(rule.hits))
    ]
    if broken:
        yield Hit(Message("not PDF/X-4: %(broken)s", broken=", ".join(broken)), measured=len(broken), limit=0)


@gwg_rule("R0002")
def no_user_unit(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No page has UserUnit, which many workflows pass over: export at a size that needs none."""
    for view in subject.pages:
        # The key alone, also where it says 1, as the requirement has it
        if "/UserUnit" in view.page.obj:
            yield Hit(Message("the page has UserUnit"), view.number, measured=view.unit)


@gwg_rule("R0003")
def crop_equals_media(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """CropBox is absent or equal to MediaBox, or parts of the page go missing: take CropBox out."""
    for view in subject.pages:
        if not _equal(view.crop, view.media):
            yield Hit(Message("CropBox differs from MediaBox"), view.number, view.in_mm(view.crop))


@gwg_rule("R0004")
def same_page_size(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """All pages have the same trim size and none is turned by Rotate: split the file, or turn the content."""
    for view in subject.pages:
        if view.rotate:
            yield Hit(
                Message("the page is turned by %(rotate)s degrees", rotate=view.rotate),
                view.number,
                measured=view.rotate,
            )
        if not _equal(_size(view), _size(subject.pages[0])):
            yield Hit(Message("the trim size differs from page 1's"), view.number, view.in_mm(view.trim))


@gwg_rule("R0006")
def one_page(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """The file has exactly one page: export each page as a file of its own."""
    count = len(subject.pages)
    if count != 1:
        yield Hit(Message("the file has %(count)s pages, not one", count=count), measured=count, limit=1)


@gwg_rule("R0014")
def courier(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No text is in a font named exactly Courier, a sign that one was missing: load the right font."""
    for one in subject.once(visible_elements):
        font = one.element.state.text.font if one.is_text else None
        if font is not None and COURIER in _names(font):
            yield Hit(
                Message("text is set in Courier"), one.view.number, one.view.in_mm(one.box), count=one.count
            )


@gwg_rule("R0034")
def layer_configs(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """OCProperties has no Configs, or nobody knows which of several to print: keep the default one only."""
    if entry(subject.pdf.Root, "/OCProperties", "/Configs") is not None:
        yield Hit(Message("the file has other layer configurations than the default one (Configs)"))


@gwg_rule("R0035")
def output_intent_cmyk(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """The PDF/X output intent's profile is CMYK: choose the press's own profile at export.

    A file without an intent or its profile breaks x4/output-intent or x4/intent-profile, so R0001.
    """
    for intent in intents(subject):
        profile = intent.get("/DestOutputProfile")
        space = header_space(intent_data(subject, profile)) if isinstance(profile, Stream) else CMYK_PROFILE
        if space != CMYK_PROFILE:
            found = (
                space.decode("ascii").strip() if space in COMPONENTS else Message("of no known colour space")
            )
            yield Hit(Message("the output intent's profile is %(found)s, not CMYK", found=found))


@gwg_rule("R0036")
def hidden_layers(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """All layers are on at first, so that all see the same: switch them on, or delete what is hidden."""
    off = read_layers(subject.pdf).off
    for group in _layers(subject):
        if group.objgen in off:
            yield Hit(Message("layer '%(get)s' is off at first", get=text_of(group.get("/Name", ""))))


@gwg_rule("R0037")
def scale_and_distance(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Resolution, font and line limits follow viewing distance and scale: name both to be judged by them.

    It finds nothing itself. Distances and scales that are not above zero are refused before any check.
    """
    yield from ()


def _equal(one: Rect, other: Rect) -> bool:
    return one.contains(other, ROUNDING_PT) and other.contains(one, ROUNDING_PT)


def _size(view: PageView) -> Rect:
    return Rect(0, 0, view.trim.width * view.unit, view.trim.height * view.unit)


def _names(font: Font) -> Iterator[str]:
    """Yield a font's names, that of a composite font's descendant too, without the tag of a subset."""
    for name in (font.name, *map(_base_font, _list(entry(font.source, "/DescendantFonts")))):
        yield name[TAG:] if name[TAG - 1 : TAG] == "+" else name


def _base_font(font: Any) -> str:
    return text_of(entry(font, "/BaseFont") or "")[1:]


def _layers(subject: Subject) -> Iterator[Any]:
    """Yield each layer once, those too that only the list of hidden ones names."""
    properties = entry(subject.pdf.Root, "/OCProperties")
    # A layer that is only named as hidden is hidden all the same
    groups = _list(entry(properties, "/OCGs")) + _list(entry(properties, "/D", "/OFF"))
    yield from {group.objgen: group for group in groups if isinstance(group, Dictionary)}.values()


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []
