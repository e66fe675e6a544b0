"""PDF/X-4: programs of embedded fonts, by the letters that are shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module

from printkit.content import Element, Font, Kind, entry
from printkit.content.state import INVISIBLE
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.x4.file import X4
from printkit.preflight.x4.font_types import NoProgram, Program
from printkit.words import Message, sentence

# 1/1000 of the size, as ISO 19005-2 calls widths consistent
TOLERANCE, NOISE = 1.0, 1e-6
# Codes are named for who looks for them; a few will do
MOST_NAMED = 8


@dataclass
class ShownLetters:
    """A font, the codes that visible text shows in it, where it is first used, and its program."""

    font: Font
    view: PageView
    first: Element
    codes: set[int] = field(default_factory=set)
    advances: dict[int, list[float]] = field(default_factory=dict)
    program: Program | None = None
    fault: str = ""


@rule("x4/font-program", "error", X4)
def font_program(subject: Subject) -> Iterator[Hit]:
    """Each font's program can be read and has a glyph for each letter shown: embed the right font anew."""
    for one in subject.once(shown_fonts):
        name, box = one.font.name, one.view.in_mm(one.first.box)
        if one.fault:
            yield Hit(
                Message("the program of font %(name)s %(fault)s", name=name, fault=one.fault),
                one.view.number,
                box,
            )
        missing = _missing(one)
        if missing:
            told = _told(missing)
            yield Hit(
                Message(
                    "font %(name)s has no glyph for codes that text shows: %(told)s", name=name, told=told
                ),
                one.view.number,
                box,
            )


@rule("x4/font-widths", "error", X4)
def font_widths(subject: Subject) -> Iterator[Hit]:
    """Widths of the letters shown are those of the font's program, to 1/1000: embed the font anew.

    Readers differ in which they go by, and so in where letters stand.
    """
    for one in subject.once(shown_fonts):
        place = one.view.in_mm(one.first.box)
        # Some readers then go by the program's, others set every letter upon the one before
        if one.program is not None and not one.font.wide and "/Widths" not in one.font.source:
            message = Message("font %(name)s has no Widths", name=one.font.name)
            yield Hit(message, one.view.number, place)
        off = _off(one)
        if off:
            most = max(off.values())
            message = Message(
                "widths of font %(name)s are not those of its program: codes %(told)s",
                name=one.font.name,
                told=_told(list(off)),
            )
            yield Hit(message, one.view.number, place, round(most, 1), TOLERANCE, count=len(off))


def shown_fonts(subject: Subject) -> tuple[ShownLetters, ...]:
    """Return the fonts of visible text with their programs; ask `subject.once` for it."""
    found: dict[int, ShownLetters] = {}
    texts = ((view, text) for view, marks in subject.marks for text in marks.of_kind(Kind.TEXT))
    for view, element in texts:
        text = element.state.text
        font = text.font
        if font is None or text.mode == INVISIBLE or element.context.hidden:
            continue
        known = found.get(id(font))
        if known is None:
            known = found[id(font)] = ShownLetters(font, view, element)
        # Only letters that show: an embedded font may lack what nobody set
        known.codes.update(font.codes(element.codes))
    # Readers of fonts take a twentieth of a second to load, which planning a batch has no use for.
    read_program = import_module("printkit.preflight.x4.font_program").read_program
    for one in found.values():
        subject.clock.check()
        try:
            one.program = read_program(one.font)
            if one.program is not None:
                one.advances = {code: one.program.advances(code) for code in sorted(one.codes)}
        except NoProgram as error:
            one.program, one.fault = None, sentence(error)
    return tuple(found.values())


def _missing(one: ShownLetters) -> list[int]:
    if one.program is None:
        return []
    return [code for code, found in one.advances.items() if not found and not one.program.blank(code)]


def _off(one: ShownLetters) -> dict[int, float]:
    """Return the codes whose width in the dictionary is not the program's, with by how much."""
    off: dict[int, float] = {}
    unit = abs(one.program.unit) if one.program is not None else 0.0
    told = one.program is not None and (one.font.wide or "/Widths" in one.font.source)
    # Vertical writing moves on by W2 and DW2 (ISO 32000-1, 9.7.4.3), which a program's widths do not tell.
    if one.font.upright:
        return off
    for code, found in one.advances.items() if told else ():
        width = _width(one.font, code)
        # A code may lead to several glyphs, as readers choose; one that fits is enough
        least = min((abs(width - advance) * unit for advance in found), default=0.0)
        if least > TOLERANCE + NOISE:
            off[code] = least
    return off


def _width(font: Font, code: int) -> float:
    """Return the width that the dictionary tells; beyond its Widths a simple font has MissingWidth or 0."""
    if font.wide or code in font.widths:
        return font.width(code)
    missing = entry(font.source, "/FontDescriptor", "/MissingWidth")
    return float(missing) if isinstance(missing, int | Decimal) else 0.0


def _told(codes: list[int]) -> str:
    more = ", ..." if len(codes) > MOST_NAMED else ""
    return ", ".join(map(str, codes[:MOST_NAMED])) + more
