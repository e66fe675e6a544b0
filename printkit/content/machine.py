"""One state machine for page content: operators in, painted elements and nested content out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from printkit.content.colour import Space, space_of
from printkit.content.faults import FOLLOWS, SILENT, Fault, Trouble, Unresolved, missing, unfit
from printkit.content.fonts import Font, read_font
from printkit.content.layers import Layers
from printkit.content.matrix import IDENTITY, Matrix
from printkit.content.objects import BadOperand, Key, entry, key_of, name_of
from printkit.content.path import Path
from printkit.content.state import Context, Element, Nested, State
from printkit.units import Rect
from printkit.words import Message

Event = Element | Nested
Operands = list[Any]
Operator = Callable[["Machine", Operands], list[Event] | None]
OPERATORS: dict[str, Operator] = {}
# In the order in which they were found
Faults = dict[Fault, None]
MOST_FAULTS = 100


def operator(*names: str) -> Callable[[Operator], Operator]:
    """Register a function for operators; a second one for the same name fails at import."""

    def register(function: Operator) -> Operator:
        for name in names:
            if OPERATORS.setdefault(name, function) is not function:
                raise ValueError(f"operator {name} is registered twice")
        return function

    return register


class Shared:
    """Keep what all streams of a file share: fonts by object number, its layers, what was noticed."""

    def __init__(self, layers: Layers | None = None, faults: Faults | None = None) -> None:
        self.fonts: dict[Key, Font] = {}
        self.layers = layers or Layers()
        # some content stands inside itself
        self.loops = False
        # some pattern has more cells than a renderer comes to an end with
        self.crowded = False
        self.faults: Faults = {} if faults is None else faults

    def note(self, fault: Fault) -> None:
        """Note a fault once; of content that is nothing but faults, enough to say so."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.setdefault(fault)


class Machine:
    """Carry the graphics state through one content stream."""

    def __init__(self, resources: Any, state: State, context: Context, shared: Shared) -> None:
        self.resources, self.state, self.shared = resources, state, shared
        self.context = replace(context, resources=resources)
        self.kept: list[State] = []
        self.marked: list[Context] = []
        self.path = Path()
        self.clipping = False
        # BX without EX: what PDF does not know is allowed
        self.lenient = 0
        self.text_matrix = self.line_matrix = IDENTITY
        self.text_clip: list[Rect] = []
        # what operators set by their operands, whatever the state
        self.values: dict[tuple[bytes, bytes | None], tuple[Any, ...]] = {}
        # the same between simple paths: which of fill, stroke and width, and to what
        self.set_by: dict[bytes, tuple[int, Any]] = {}
        # results of operators that only depend on the state before, and what forms have painted
        self.changed: dict[tuple[int, bytes, bytes | None], tuple[State, State]] = {}
        self.called: dict[tuple[bytes, int, int], tuple[State, Context, int, int]] = {}
        self._spaces: dict[str, Space] = {}
        self._fonts: dict[str, Font] = {}

    def step(self, name: str, operands: Operands) -> list[Event]:
        """Apply one operator; return what it paints and what content it calls.

        Unknown operators and wrong operands do nothing, as in viewers, but are noted as faults.
        """
        function = OPERATORS.get(name)
        if function is None:
            if name not in SILENT and not self.lenient:
                self.note(Fault(Trouble.UNKNOWN, name))
            return []
        try:
            return function(self, operands) or []
        except Unresolved as error:
            self.note(error.fault)
        except (BadOperand, IndexError):
            if FOLLOWS.get(name) not in {fault.trouble for fault in self.shared.faults}:
                told = Message("operator %(name)s has operands that it cannot have", name=name)
                self.note(Fault(Trouble.OPERANDS, told))
        # A matrix that flattens all, or a figure beyond any page: nothing can be seen of it.
        except (ZeroDivisionError, OverflowError):
            pass
        return []

    def note(self, fault: Fault) -> None:
        """Note what cannot be made out where it would be printed."""
        # What is on a layer that is off is not printed, and so no fault of the print.
        if not self.context.hidden:
            self.shared.note(fault)

    def resource(self, kind: str, value: Any) -> Any:
        """Return what a name operand stands for among resources of a kind; Unresolved where there is none."""
        name = name_of(value)
        found = entry(self.resources, kind, name)
        if found is None:
            raise missing(kind, name)
        return found

    def enter(self, nested: Nested) -> "Machine":
        """Return the machine for content found here; without resources of its own it has this one's."""
        # Old files leave them out of forms, and readers look into the page's.
        own = (entry(nested.stream, "/Resources"), nested.resources)
        resources = next((found for found in own if isinstance(found, pikepdf.Dictionary)), self.resources)
        return Machine(resources, nested.state, nested.inside(), self.shared)

    def set(self, **changes: Any) -> None:
        self.state = self.state._replace(**changes)

    def clip(self, box: Rect) -> None:
        """Cut what is painted from now on to a box, too."""
        self.state = State(self.state.ctm, self.state.clip.intersection(box), *self.state[2:])

    def set_text(self, **changes: Any) -> None:
        self.state = self.state._replace(text=self.state.text._replace(**changes))

    def transform(self, matrix: Matrix) -> None:
        self.state = State(matrix.then(self.state.ctm), *self.state[1:])

    def space(self, value: Any) -> Space:
        """Return the colour space of a name operand, remembered; BadOperand where there is none."""
        name = name_of(value)
        found = self._spaces.get(name)
        if found is None:
            found = self._spaces[name] = self._space(value)
        return found

    def device(self, space: Space) -> Space:
        """Return a device's space as it is here: with the default of its kind among the resources, if any."""
        name = "/" + space.family
        return self._spaces.get(name) or self.space(pikepdf.Name(name))

    def _space(self, value: Any) -> Space:
        try:
            return space_of(value, self.resources)
        except BadOperand as error:
            self.resource("/ColorSpace", value)
            raise unfit("/ColorSpace", name_of(value)) from error

    def font(self, value: Any) -> Font:
        """Return the font of a name operand, remembered; BadOperand where there is none."""
        name = name_of(value)
        found = self._fonts.get(name)
        if found is None:
            source = self.resource("/Font", value)
            try:
                found = self._fonts[name] = self._read_font(source)
            except BadOperand as error:
                raise unfit("/Font", name) from error
        return found

    def _read_font(self, source: Any) -> Font:
        key = key_of(source) if isinstance(source, pikepdf.Dictionary) else (0, 0)
        # A font that stands in Resources itself has no number to be known by.
        if key == (0, 0):
            return read_font(source)
        if key not in self.shared.fonts:
            self.shared.fonts[key] = read_font(source)
        return self.shared.fonts[key]
