"""Read a page once: run its content, and that of what it calls, and note all marks."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray

from printkit.content.direct import DIRECT
from printkit.content.elements import PAINTERS, PageElements
from printkit.content.faults import LOST, UNFINISHED, heard
from printkit.content.machine import OPERATORS, Event, Machine
from printkit.content.objects import ContentError, TooMuch
from printkit.content.parsing import MOST_OPERATORS, ends_early, has_lost_parts, operator_of, parse, parts_of
from printkit.content.runs import WAYS
from printkit.content.setters import ALL_SETTERS, Setters
from printkit.content.state import FORM, GLYPH, Element, Nested, State
from printkit.content.tokens import Plain, Run, plain, read_objects, read_shown
from printkit.streams import data_of
from printkit.units import Rect
from printkit.words import Message

# So many operators pass before the caller is asked whether to go on
TICK = 2048
_FORM, _W = b"Do", ord("W")
# In runs of paths that are shorter one after the other is quicker than all at once
_FEW_BYTES = 2_000
# So many bytes of content are kept in parts, which take some thirty times as much
_ROOM = 1_000_000
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
        # where `check` is called next
        self._asked = most_operators // TICK * TICK
        self._seen: set[tuple[Any, ...]] = set()
        self._setters = Setters()
        self._read: dict[tuple[int, int], bytes] = {}
        # what is plain in content that came twice, as long as there is room; None: it came once
        self._told: dict[tuple[int, int], list[Plain | Run] | None] = {}
        self._room = _ROOM
        self._other: pikepdf.Pdf | None = None

    def run(self, machine: Machine, stream: Any) -> None:
        """Run a page's or a stream's content; ContentError where it cannot be read, TooMuch if it is long."""
        data = self._data(stream)
        if has_lost_parts(stream):
            machine.shared.note(LOST)
        end, operator = 0, b""
        for found in self._plain(stream, data):
            if isinstance(found, Run):
                end, operator = found.end, found.written.rsplit(maxsplit=1)[-1]
                self._run_of_paths(machine, found)
                continue
            path, operator, figures, objects, end = found
            self._left -= 1
            if self._left < self._asked:
                self._ask()
            if path is not None:
                self._path(machine, path, operator)
                continue
            direct = DIRECT.get(operator)
            if direct is None or objects is not None or not direct(machine, figures):
                self._instruct(machine, operator, figures, objects)
        rest, last = data[end:], operator.decode("utf-8", "surrogateescape") if end else None
        if rest.strip():
            last = self._run_slowly(machine, rest) or last
        if ends_early(data, last):
            machine.shared.note(UNFINISHED)

    def _plain(self, stream: Any, data: bytes) -> Iterable[Plain | Run]:
        """Return what is plain in content; of short forms and glyphs that come again it is kept."""
        if isinstance(stream, pikepdf.Page):
            return plain(data)
        key = stream.objgen
        found = self._told.get(key)
        if found is None:
            again = key in self._told
            self._told[key] = None
            if not again or len(data) > self._room:
                return plain(data)
            self._room -= len(data)
            found = self._told[key] = list(plain(data))
        return found

    def _instruct(
        self, machine: Machine, operator: bytes, figures: bytes | None, objects: bytes | None
    ) -> None:
        if operator in ALL_SETTERS:
            self._setters.set(machine, operator, figures, objects)
        elif operator in _SHOWS and objects is not None:
            self._take(machine, machine.step(operator.decode(), read_shown(objects)))
        elif operator == _FORM and objects is not None:
            self._call(machine, objects)
        elif operator in _CHANGES:
            self._change(machine, operator, figures, objects)
        else:
            name = operator.decode("utf-8", "surrogateescape")
            operands = self._setters.operands(figures, objects) if name in OPERATORS else []
            self._take(machine, machine.step(name, operands))

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
        self._left -= operators
        if self._left < self._asked:
            self._ask()

    def _ask(self) -> None:
        """Refuse more operators than may be, else ask whether to go on, and note when to ask again."""
        if self._left < 0:
            raise TooMuch(
                Message("the page has more than %(most)s operators, forms included", most=self._most)
            )
        self._asked = self._left // TICK * TICK
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
        few = len(run.written) < _FEW_BYTES
        if few or machine.context.uncoloured or not _is_simple(machine):
            for figures, setter, path, operator in run.painted:
                self._count(2 if setter else 1)
                if setter:
                    self._setters.set(machine, setter, figures.strip(), None)
                self._path(machine, path, operator)
            return
        written, ways, setters = run.parted
        self._count(len(ways) + len(setters))
        states, numbers = self._setters.in_run(machine, [setter for _, setter in setters])
        places = [place for place, _ in setters]
        stretches = np.diff([0, *places], append=len(ways))
        self.marks.add_paths(written, self._looks(machine, states, np.repeat([0, *numbers], stretches), ways))

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
        cuts = operator[0] == _W
        if cuts:
            # three operators
            self._count(2)
        if _is_simple(machine):
            if cuts:
                machine.clip(_rectangle(machine, path))
                return
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
        for name in operator.split():
            self._take(machine, machine.step(name.decode(), []))

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
        events = machine.step(operator.decode(), self._setters.operands(figures, objects))
        self._take(machine, events)
        # A mask is painted where it is set, a fault that is hidden may be seen later, and a glyph without a
        # colour of its own sets none.
        if not (events or machine.context.hidden or machine.context.uncoloured):
            machine.changed[key] = before, machine.state

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


def _rectangle(machine: Machine, written: bytes) -> Rect:
    """Return the box round a rectangle, on the page."""
    x, y, width, height = map(float, written.split()[:4])
    far_x, far_y = x + width, y + height
    return machine.state.ctm.box(Rect(min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y)))


def _joined(stream: Any) -> bytes:
    """Return the bytes of a stream, or of all streams of a page as one."""
    try:
        return b"\n".join(data_of(part) for part in parts_of(stream))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise ContentError(Message("page content cannot be read")) from error
