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
from printkit.content.state import FORM, GLYPH, Element, Nested, State, canonical
from printkit.content.tokens import Run, plain, read_objects
from printkit.words import Message

# So many operators pass before the caller is asked whether to go on
TICK = 2048
_FORM = b"Do"
# Operands that are longer are mostly text, which does not come again
_SHORT = 16
# The parameters of the graphics state that operators set, whatever these were before: what comes of it
# depends on the others, the operands and the resources at hand
_SETTERS = {
    b"g": ("fill",), b"rg": ("fill",), b"k": ("fill",),
    b"G": ("stroke",), b"RG": ("stroke",), b"K": ("stroke",),
    b"w": ("line_width",), b"J": ("line_cap",),
}  # fmt: skip
_TEXT_SETTERS = {
    b"Tf": ("font", "size"), b"Tc": ("char_space",), b"Tw": ("word_space",), b"Tz": ("stretch",),
    b"TL": ("leading",), b"Ts": ("rise",), b"Tr": ("mode",),
}  # fmt: skip
_INITIAL = State()
_ALL_SETTERS = _SETTERS.keys() | _TEXT_SETTERS.keys()
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
        self._states: dict[tuple[Any, ...], State] = {}
        self._unset: dict[tuple[int, bytes], tuple[State, State]] = {}
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
            elif operator == _FORM and objects is not None:
                self._call(machine, objects)
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

        States that differ in nothing but what it sets are one here: of n inks that follow each other in any
        order n outcomes are worked out, and not n * n.
        """
        before, written = machine.state, figures or objects
        if machine.context.uncoloured:
            machine.step(operator.decode(), self._operands(figures, objects))
            return
        known = machine.changed.get((id(before), operator, written))
        if known is None:
            unset = self._without(before, operator)
            known = machine.changed.get((id(unset), operator, written))
            if known is None:
                machine.state = unset
                machine.step(operator.decode(), self._operands(figures, objects))
                # operands that it cannot have set nothing
                if machine.state is unset:
                    machine.state = before
                    return
                known = machine.changed[id(unset), operator, written] = unset, self._one(machine.state)
            # the state before is kept too, so that its id stays its own
            machine.changed[id(before), operator, written] = before, known[1]
        machine.state = known[1]

    def _one(self, state: State) -> State:
        """Return the one state of those that are equal."""
        return self._states.setdefault(canonical(state), state)

    def _without(self, state: State, operator: bytes) -> State:
        """Return the state in which what an operator sets is as at the beginning of a page."""
        known = self._unset.get((id(state), operator))
        if known is None:
            if operator in _SETTERS:
                unset = state._replace(**{name: getattr(_INITIAL, name) for name in _SETTERS[operator]})
            else:
                names = _TEXT_SETTERS[operator]
                unset = state._replace(
                    text=state.text._replace(**{name: getattr(_INITIAL.text, name) for name in names})
                )
            known = self._unset[id(state), operator] = state, self._one(unset)
        return known[1]

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
