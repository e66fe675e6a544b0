"""Operators of text: state, position and show."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pikepdf

from printkit.content.fonts import GLYPH_UNIT, Font
from printkit.content.machine import Event, Machine, Operands, Operator, operator
from printkit.content.matrix import IDENTITY, Matrix
from printkit.content.nested import tiles, visit
from printkit.content.objects import BadOperand, entry, number, numbers
from printkit.content.state import GLYPH, Element, Kind, Nested, State, TextState
from printkit.units import Rect
from printkit.words import Message

# ISO 32000-1, Table 106: fill, stroke for each rendering mode; modes 4 to 7 clip as well
_PAINTS = ((True, False), (False, True), (True, True), (False, False)) * 2
_CLIPS = 4
SPACE = 32


@operator("BT")
def _begin(machine: Machine, _: Operands) -> None:
    machine.text_matrix = machine.line_matrix = IDENTITY


@operator("ET")
def _end(machine: Machine, _: Operands) -> None:
    if machine.text_clip:
        # Text clips as a whole when it ends, as one box round all of it here.
        box = machine.text_clip[0]
        for other in machine.text_clip[1:]:
            box = box.union(other)
        machine.clip(box)
        machine.text_clip = []


def _parameter(key: str, scale: float = 1.0) -> Operator:
    def set_parameter(machine: Machine, operands: Operands) -> None:
        machine.set_text(**{key: number(operands[0]) * scale})

    return set_parameter


for _name, _key in (("Tc", "char_space"), ("Tw", "word_space"), ("TL", "leading"), ("Ts", "rise")):
    operator(_name)(_parameter(_key))
operator("Tz")(_parameter("stretch", 0.01))


@operator("Tr")
def _mode(machine: Machine, operands: Operands) -> None:
    mode = int(number(operands[0]))
    if 0 <= mode < len(_PAINTS):
        machine.set_text(mode=mode)


@operator("Tf")
def _font(machine: Machine, operands: Operands) -> None:
    machine.set_text(font=machine.font(operands[0]), size=number(operands[1]))


@operator("Td")
def _next_line(machine: Machine, operands: Operands) -> None:
    x, y = numbers(operands, 2)
    machine.line_matrix = machine.text_matrix = machine.line_matrix.moved(x, y)


@operator("TD")
def _next_line_leading(machine: Machine, operands: Operands) -> None:
    machine.set_text(leading=-numbers(operands, 2)[1])
    _next_line(machine, operands)


@operator("Tm")
def _text_matrix(machine: Machine, operands: Operands) -> None:
    machine.line_matrix = machine.text_matrix = Matrix(*numbers(operands, 6))


@operator("T*")
def _new_line(machine: Machine, _: Operands) -> None:
    _next_line(machine, [0, -machine.state.text.leading])


@operator("Tj")
def _show(machine: Machine, operands: Operands) -> list[Event]:
    return _run(machine, [operands[0]])


@operator("TJ")
def _show_spaced(machine: Machine, operands: Operands) -> list[Event]:
    if not isinstance(operands[0], pikepdf.Array | list):
        raise BadOperand(operands)
    return _run(machine, operands[0])


@operator("'")
def _show_on_new_line(machine: Machine, operands: Operands) -> list[Event]:
    _new_line(machine, [])
    return _run(machine, [operands[0]])


@operator('"')
def _show_on_spaced_line(machine: Machine, operands: Operands) -> list[Event]:
    machine.set_text(word_space=number(operands[0]), char_space=number(operands[1]))
    _new_line(machine, [])
    return _run(machine, [operands[2]])


@operator("d1")
def _glyph_without_colour(machine: Machine, _: Operands) -> None:
    if machine.context.in_glyph:
        # From here on the glyph has the colour of the text that shows it.
        machine.context = replace(machine.context, uncoloured=True)


def _run(machine: Machine, parts: Iterable[Any]) -> list[Event]:
    """Paint one run, move the text matrix behind it, and call the glyphs of a Type 3 font."""
    text = machine.state.text
    font = text.font
    if font is None:
        raise BadOperand(Message("no font is set"))
    start = machine.text_matrix
    placed = font.drawn or font.upright is not None
    codes, places, width = _placed(text, font, parts) if placed else _measure(text, font, parts)
    moved = (0.0, width) if font.upright else (width, 0.0)
    machine.text_matrix = start.moved(*moved)
    if not codes:
        return []
    to_page = start.then(machine.state.ctm)
    box = _upright_box(text, font, codes, places) if font.upright else _box(text, font, width)
    element = _element(machine, to_page, box, codes)
    events: list[Event] = [element, *tiles(element, machine.shared)]
    if font.drawn:
        events += _glyphs(machine, to_page, zip(font.codes(codes), places, strict=False))
    return events


def _string(part: Any) -> bytes | None:
    """Return a string's bytes, as an object or as bytes already; None for what is no string."""
    if type(part) is bytes:
        return part
    return bytes(part) if isinstance(part, pikepdf.String) else None


def _measure(text: TextState, font: Font, parts: Iterable[Any]) -> tuple[bytes, list[float], float]:
    """Return the codes and the advance of a level run, in text space; where each begins is not asked for."""
    codes, count, width, back = b"", 0, 0.0, 0.0
    for part in parts:
        found = part if type(part) is bytes else _string(part)
        if found is None:
            back += number(part)
            continue
        codes += found
        count += len(found) // 2 if font.wide else len(found)
        width += font.level_width(found)
    # Word spacing counts for single-byte codes only.
    spaces = 0 if font.wide else codes.count(SPACE)
    width = width * font.unit.a - back * GLYPH_UNIT.a
    return codes, [], (width * text.size + count * text.char_space + spaces * text.word_space) * text.stretch


def _placed(text: TextState, font: Font, parts: Iterable[Any]) -> tuple[bytes, list[float], float]:
    """Return the codes, where each begins, and the advance of the run, in text space.

    Vertical writing runs along y, which `stretch` leaves alone.
    """
    size, stretch = text.size, 1.0 if font.upright else text.stretch
    unit = font.unit.a * size
    codes, places, at = b"", [], 0.0
    for part in parts:
        found = _string(part)
        if found is None:
            at -= number(part) * 0.001 * size * stretch
            continue
        codes += found
        for code in font.codes(found):
            places.append(at)
            word = text.word_space if code == SPACE and not font.wide else 0.0
            at += (font.advance(code) * unit + text.char_space + word) * stretch
    return codes, places, at


def _box(text: TextState, font: Font, width: float) -> Rect:
    unit = font.unit.d * text.size
    low, high = sorted((font.descent * unit + text.rise, font.ascent * unit + text.rise))
    return Rect(min(0.0, width), low, max(0.0, width), high)


def _upright_box(text: TextState, font: Font, codes: bytes, places: list[float]) -> Rect:
    """Return the box round glyphs one under the other, each with its own middle on the line."""
    across, unit = font.unit.a * text.size * text.stretch, font.unit.d * text.size
    xs, ys = [], []
    for code, at in zip(font.codes(codes), places, strict=False):
        width = font.width(code)
        place = font.place(code)
        xs += [-place.x * across, (width - place.x) * across]
        ys += [at + text.rise + (edge - place.y) * unit for edge in (font.descent, font.ascent)]
    return Rect(min(xs), min(ys), max(xs), max(ys)) if xs else Rect(0, 0, 0, 0)


def _element(machine: Machine, to_page: Matrix, own: Rect, codes: bytes) -> Element:
    state = machine.state
    fills, strokes = _PAINTS[state.text.mode]
    box = to_page.box(own)
    if state.text.mode >= _CLIPS:
        machine.text_clip.append(box)
    width = state.line_width * state.ctm.smallest_scale if strokes else None
    size = abs(state.text.size) * to_page.y_scale
    # In the order of its fields: by name it takes twice as long, and pages are mostly text.
    return Element._make(
        (Kind.TEXT, box, state, machine.context, fills, strokes, size, width, None, None, None, codes)
    )


def _glyphs(machine: Machine, to_page: Matrix, run: Iterable[tuple[int, float]]) -> list[Event]:
    """Return the content of each Type 3 glyph, in the state of the text that shows it."""
    text = machine.state.text
    events: list[Event] = []
    if text.font is None:
        return events
    grown = text.font.unit.then(Matrix(text.size * text.stretch, 0, 0, text.size, 0, text.rise))
    for code, place in run:
        stream = text.font.glyph(code)
        if stream is not None:
            ctm = grown.then(Matrix(1, 0, 0, 1, place, 0)).then(to_page)
            events += visit(_glyph(machine, stream, machine.state._replace(ctm=ctm)), machine.shared)
    return events


def _glyph(machine: Machine, stream: pikepdf.Stream, state: State) -> Nested:
    own = None if state.text.font is None else entry(state.text.font.source, "/Resources")
    return Nested(GLYPH, stream, state, replace(machine.context, in_glyph=True), own)
