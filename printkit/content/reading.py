"""Read a page once: run its content, and that of what it calls, and note all marks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray

from printkit.content.elements import PAINTERS, PageElements
from printkit.content.faults import LOST, UNFINISHED, heard
from printkit.content.machine import OPERATORS, Event, Machine
from printkit.content.objects import ContentError, TooMuch
from printkit.content.parsing import MOST_OPERATORS, ends_early, has_lost_parts, operator_of, parse, parts_of
from printkit.content.runs import WAYS, part
from printkit.content.state import FORM, GLYPH, Element, Nested, State, TextState
from printkit.content.tokens import Run, plain, read_objects, read_shown
from printkit.words import Message

# So many operators pass before the caller is asked whether to go on
TICK = 2048
_FORM = b"Do"
# Operands that are longer are mostly text, which does not come again
_SHORT = 16
# The parameters of the graphics state that operators set, whatever these were before, by their places in it:
# what comes of it depends on the operands and the resources at hand
_SETTERS = {
    b"g": (2,), b"rg": (2,), b"k": (2,), b"G": (3,), b"RG": (3,), b"K": (3,), b"w": (4,), b"J": (5,),
}  # fmt: skip
# the same of the text state
_TEXT_SETTERS = {
    b"Tf": (0, 1), b"Tc": (2,), b"Tw": (3,), b"Tz": (4,), b"TL": (5,), b"Ts": (6,), b"Tr": (7,),
}  # fmt: skip
_TEXT = State._fields.index("text")
_ALL_SETTERS = _SETTERS.keys() | _TEXT_SETTERS.keys()
# What comes of these depends on the state before as well
_CHANGES = frozenset((b"gs", b"cs", b"CS", b"sc", b"scn", b"SC", b"SCN"))
_SHOWS = (b"TJ", b"Tj")
_SEGMENTS = (b"m", b"l", b"c", b"v", b"y", b"h", b"re")


def _go_on() -> None:
    return


class Reader:
    """Run the content of one page with all that it calls; hold its budget and what has been run through."""

    def __init__(
        self, marks: PageElements, most_operators: int = MOST_OPERATORS, check: Callable[[], None] = _go_on
    ) -> None:
        self.marks, self._check = marks, check
        self._left = self._most = most_operators
        self._seen: set[tuple[Any, ...]] = set()
        # states and text states by the places of their parts in memory
        self._states: dict[tuple[int, ...], State] = {}
        self._texts: dict[tuple[int, ...], TextState] = {}
        self._read: dict[tuple[int, int], bytes] = {}
        self._objects: dict[bytes, list[Any]] = {}
        self._other: pikepdf.Pdf | None = None

    def run(self, machine: Machine, stream: Any) -> None:
        """Run a page's or a stream's content; ContentError where it cannot be read, TooMuch if it is long."""
        data = self._data(stream)
        if has_lost_parts(stream):
            machine.shared.note(LOST)
        end, operator = 0, b""
        for found in plain(data):
            if isinstance(found, Run):
                end, operator = found.end, found.written.rsplit(maxsplit=1)[-1]
                self._run_of_paths(machine, found)
                continue
            path, operator, figures, objects, end = found
            self._count(1)
            if path is not None:
                self._path(machine, path, operator)
            elif operator in _ALL_SETTERS:
                self._set(machine, operator, figures, objects)
            elif operator in _SHOWS and objects is not None:
                self._take(machine, machine.step(operator.decode(), read_shown(objects)))
            elif operator == _FORM and objects is not None:
                self._call(machine, objects)
            elif operator in _CHANGES:
                self._change(machine, operator, figures, objects)
            else:
                name = operator.decode("utf-8", "surrogateescape")
                operands = self._operands(figures, objects) if name in OPERATORS else []
                self._take(machine, machine.step(name, operands))
        rest, last = data[end:], operator.decode("utf-8", "surrogateescape") if end else None
        if rest.strip():
            last = self._run_slowly(machine, rest) or last
        if ends_early(data, last):
            machine.shared.note(UNFINISHED)

    def _run_slowly(self, machine: Machine, data: bytes) -> str | None:
        """Run what only qpdf reads, and return its last operator.

        Images within the stream need the file that they are read in.
        """
        self._other = self._other or pikepdf.new()
        name = None
        for found in parse(self._other.make_stream(data), self._left):
            self._count(1)
            name = operator_of(found)
            self._take(machine, machine.step(name, list(found.operands)))
        for fault in heard(map(str, self._other.get_warnings())):
            machine.shared.note(fault)
        return name

    def _count(self, operators: int) -> None:
        before = self._left
        self._left -= operators
        if self._left < 0:
            raise TooMuch(
                Message("the page has more than %(most)s operators, forms included", most=self._most)
            )
        if before // TICK != self._left // TICK:
            self._check()

    def _data(self, stream: Any) -> bytes:
        """Return the content of a stream; that of forms and glyphs is kept, as they are called again."""
        if isinstance(stream, pikepdf.Page):
            return _joined(stream)
        key = stream.objgen
        if key not in self._read:
            self._read[key] = _joined(stream)
        return self._read[key]

    def _run_of_paths(self, machine: Machine, run: Run) -> None:
        """Note paths that follow each other with nothing between them but what sets an ink or a width."""
        if machine.context.uncoloured or not _is_simple(machine):
            for figures, setter, path, operator in run.painted:
                self._count(2 if setter else 1)
                if setter:
                    self._set(machine, setter, figures.strip(), None)
                self._path(machine, path, operator)
            return
        written, ways, setters = part(run.written)
        self._count(len(ways) + len(setters))
        # the states from one setter to the next, each distinct one once
        state, states, known = machine.state, [machine.state], {id(machine.state): 0}
        numbers, places = [0], [0]
        for place, setter in setters:
            state = self._set_in_run(machine, state, setter)
            number = known.setdefault(id(state), len(states))
            if number == len(states):
                states.append(state)
            numbers.append(number)
            places.append(place)
        stretches = np.diff(places, append=len(ways))
        self.marks.add_paths(written, self._looks(machine, states, np.repeat(numbers, stretches), ways))

    def _set_in_run(self, machine: Machine, state: State, written: bytes) -> State:
        """Run an operator with its operands as `_set` does."""
        known = machine.changed.get((id(state), written, None))
        if known is None:
            figures, operator = written.rsplit(maxsplit=1)
            self._set(machine, operator, figures, None)
            known = machine.changed[id(state), written, None] = state, machine.state
        machine.state = known[1]
        return known[1]

    def _looks(
        self, machine: Machine, states: list[State], state: NDArray[np.int64], ways: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the numbers of paths' looks, by those of their states and by how they are painted."""
        kinds = state * len(WAYS) + ways
        looks = np.zeros(len(states) * len(WAYS), np.int64)
        for kind in np.flatnonzero(np.bincount(kinds)).tolist():
            at, way = divmod(kind, len(WAYS))
            looks[kind] = self.marks.look_of_path(way, states[at], machine.context)
        found: NDArray[np.int64] = looks[kinds]
        return found

    def _path(self, machine: Machine, path: bytes, operator: bytes) -> None:
        state = machine.state
        if _is_simple(machine):
            look = self.marks.look_of_path(PAINTERS[operator], state, machine.context)
            self.marks.add_path(path, look)
            return
        operands: list[Any] = []
        for word in path.split():
            if word in _SEGMENTS:
                machine.step(word.decode(), operands)
                operands = []
            else:
                operands.append(float(word))
        self._take(machine, machine.step(operator.decode(), []))

    def _set(self, machine: Machine, operator: bytes, figures: bytes | None, objects: bytes | None) -> None:
        """Run an operator whose outcome is known if it was met before in the same state.

        What it sets is worked out once for equal operands, and states of the same parts are one here.
        """
        before, written = machine.state, figures or objects
        if machine.context.uncoloured:
            machine.step(operator.decode(), self._operands(figures, objects))
            return
        known = machine.changed.get((id(before), operator, written))
        if known is None:
            values = machine.values.get((operator, written))
            if values is None:
                machine.step(operator.decode(), self._operands(figures, objects))
                # operands that it cannot have set nothing
                if machine.state is before:
                    return
                values = machine.values[operator, written] = _values(machine.state, operator)
            # the state before is kept too, so that its id stays its own
            known = machine.changed[id(before), operator, written] = (
                before,
                self._with(before, operator, values),
            )
        machine.state = known[1]

    def _with(self, state: State, operator: bytes, values: tuple[Any, ...]) -> State:
        """Return the one state that differs in what an operator sets."""
        parts: list[Any] = list(state)
        places = _SETTERS.get(operator)
        if places is None:
            text: list[Any] = list(state.text)
            for place, value in zip(_TEXT_SETTERS[operator], values, strict=True):
                text[place] = value
            parts[_TEXT] = self._texts.setdefault(tuple(map(id, text)), TextState(*text))
        else:
            parts[places[0]] = values[0]
        return self._states.setdefault(tuple(map(id, parts)), State(*parts))

    def _change(
        self, machine: Machine, operator: bytes, figures: bytes | None, objects: bytes | None
    ) -> None:
        """Run an operator that was perhaps met before in the same state: then it leaves the same one."""
        before, written = machine.state, figures or objects
        key = id(before), operator, written
        known = machine.changed.get(key)
        if known is not None:
            machine.state = known[1]
            return
        events = machine.step(operator.decode(), self._operands(figures, objects))
        self._take(machine, events)
        # A mask is painted where it is set, a fault that is hidden may be seen later, and a glyph without a
        # colour of its own sets none.
        if not (events or machine.context.hidden or machine.context.uncoloured):
            machine.changed[key] = before, machine.state

    def _operands(self, figures: bytes | None, objects: bytes | None) -> list[Any]:
        """Return operands as numbers or objects; names and their like come again and are kept."""
        if objects is None:
            return [float(figure) for figure in figures.split()] if figures else []
        if len(objects) > _SHORT:
            return read_objects(objects)
        if objects not in self._objects:
            self._objects[objects] = read_objects(objects)
        return self._objects[objects]

    def _call(self, machine: Machine, objects: bytes) -> None:
        """Show a form or an image; a form that was shown in this state leaves the same marks again."""
        key = objects, id(machine.state), id(machine.context)
        known = machine.called.get(key)
        if known is not None:
            first, last = known[2:]
            self._count(last - first)
            self.marks.repeat(first, last)
            return
        state, context, first, seen = machine.state, machine.context, len(self.marks), len(self._seen)
        self._take(machine, machine.step("Do", read_objects(objects)))
        # cells and masks within come once, not each time
        if len(self._seen) == seen:
            machine.called[key] = state, context, first, len(self.marks)

    def _take(self, machine: Machine, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Element):
                self.marks.add(event)
            elif self._first_time(event):
                self.run(machine.enter(event), event.stream)

    def _first_time(self, nested: Nested) -> bool:
        """Tell whether to go in: forms and glyphs always, cells and masks once for each place and colour."""
        if nested.role in (FORM, GLYPH):
            return True
        key = (nested.stream.objgen, nested.state.ctm, nested.state.fill.components)
        new = key not in self._seen
        self._seen.add(key)
        return new


def _is_simple(machine: Machine) -> bool:
    """Tell whether the next simple path is all that it seems: no pattern, clip or path begun before."""
    state = machine.state
    patterned = state.fill.pattern is not None or state.stroke.pattern is not None
    return not (patterned or machine.clipping or machine.path.pieces)


def _joined(stream: Any) -> bytes:
    """Return the bytes of a stream, or of all streams of a page as one."""
    try:
        return b"\n".join(part.read_bytes() for part in parts_of(stream))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise ContentError(Message("page content cannot be read")) from error


def _values(state: State, operator: bytes) -> tuple[Any, ...]:
    """Return what an operator has set in a state."""
    if operator in _SETTERS:
        return tuple(state[place] for place in _SETTERS[operator])
    return tuple(state.text[place] for place in _TEXT_SETTERS[operator])
