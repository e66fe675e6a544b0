"""One state machine for page content: operators in, painted elements and nested content out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from printkit.content.colour import Space, space_of
from printkit.content.fonts import Font, read_font
from printkit.content.layers import Layers
from printkit.content.matrix import IDENTITY, Matrix
from printkit.content.objects import BadOperand, Key, entry, key_of, name_of
from printkit.content.path import Path
from printkit.content.state import Context, Element, Nested, State
from printkit.units import Rect

Event = Element | Nested
Operands = list[Any]
Operator = Callable[["Machine", Operands], list[Event] | None]
OPERATORS: dict[str, Operator] = {}


def operator(*names: str) -> Callable[[Operator], Operator]:
    """Register a function for operators; a second one for the same name fails at import."""

    def register(function: Operator) -> Operator:
        for name in names:
            if OPERATORS.setdefault(name, function) is not function:
                raise ValueError(f"operator {name} is registered twice")
        return function

    return register


class Shared:
    """Keep what all streams of one walk share: fonts by object number, and the layers of the file."""

    def __init__(self, layers: Layers | None = None) -> None:
        self.fonts: dict[Key, Font] = {}
        self.layers = layers or Layers()


class Machine:
    """Carry the graphics state through one content stream."""

    def __init__(self, resources: Any, state: State, context: Context, shared: Shared) -> None:
        self.resources, self.state, self.shared = resources, state, shared
        self.context = replace(context, resources=resources)
        self.kept: list[State] = []
        self.marked: list[Context] = []
        self.path = Path()
        self.clipping = False
        self.text_matrix = self.line_matrix = IDENTITY
        self.text_clip: list[Rect] = []
        self._spaces: dict[str, Space] = {}
        self._fonts: dict[str, Font] = {}

    def step(self, name: str, operands: Operands) -> list[Event]:
        """Apply one operator; return what it paints and what content it calls.

        Unknown operators and wrong operands do nothing, as in viewers.
        """
        function = OPERATORS.get(name)
        if function is None:
            return []
        try:
            return function(self, operands) or []
        except (BadOperand, IndexError, ZeroDivisionError, OverflowError):
            return []

    def enter(self, nested: Nested) -> "Machine":
        """Return the machine for content found here; without resources of its own it has this one's."""
        own = (entry(nested.stream, "/Resources"), nested.resources)
        resources = next((found for found in own if isinstance(found, pikepdf.Dictionary)), self.resources)
        return Machine(resources, nested.state, nested.inside(), self.shared)

    def set(self, **changes: Any) -> None:
        self.state = self.state._replace(**changes)

    def set_text(self, **changes: Any) -> None:
        self.state = self.state._replace(text=self.state.text._replace(**changes))

    def transform(self, matrix: Matrix) -> None:
        self.state = self.state._replace(ctm=matrix.then(self.state.ctm))

    def space(self, value: Any) -> Space:
        """Return the colour space of a name operand, remembered; BadOperand where there is none."""
        name = name_of(value)
        found = self._spaces.get(name)
        if found is None:
            found = self._spaces[name] = space_of(value, self.resources)
        return found

    def font(self, value: Any) -> Font:
        """Return the font of a name operand, remembered; BadOperand where there is none."""
        name = name_of(value)
        found = self._fonts.get(name)
        if found is None:
            found = self._fonts[name] = self._read_font(entry(self.resources, "/Font", name))
        return found

    def _read_font(self, source: Any) -> Font:
        key = key_of(source) if isinstance(source, pikepdf.Dictionary) else (0, 0)
        if key == (0, 0):
            return read_font(source)
        if key not in self.shared.fonts:
            self.shared.fonts[key] = read_font(source)
        return self.shared.fonts[key]
