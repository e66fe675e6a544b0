"""Operators that set one parameter each: what comes of them is worked out once, and equal states are one."""

from typing import Any

from printkit.content.machine import Machine
from printkit.content.state import State, TextState
from printkit.content.tokens import read_objects

# Operands that are longer are mostly text, which does not come again
_SHORT = 16
# The parameters of the graphics state that operators set, whatever these were before, by their places in it:
# what comes of it depends on the operands and the resources at hand
_SETTERS = {
    b"g": 2, b"rg": 2, b"k": 2, b"G": 3, b"RG": 3, b"K": 3, b"w": 4, b"J": 5,
}  # fmt: skip
# the same of the text state
_TEXT_SETTERS = {
    b"Tf": (0, 1), b"Tc": (2,), b"Tw": (3,), b"Tz": (4,), b"TL": (5,), b"Ts": (6,), b"Tr": (7,),
}  # fmt: skip
_TEXT = State._fields.index("text")
# fill, stroke and width, which alone are set between paths that follow each other
_INKED = slice(2, 5)
ALL_SETTERS = _SETTERS.keys() | _TEXT_SETTERS.keys()


class Setters:
    """Run such operators on a page's machines; keep the states and the operands that come of them."""

    def __init__(self) -> None:
        # states and text states by the places of their parts in memory
        self._states: dict[tuple[int, ...], State] = {}
        self._texts: dict[tuple[int, ...], TextState] = {}
        # states by their inks and width, of those that are one in all else
        self._inked: dict[tuple[int, ...], dict[tuple[int, ...], State]] = {}
        self._objects: dict[bytes, list[Any]] = {}

    def in_run(self, machine: Machine, setters: list[bytes]) -> tuple[list[State], list[int]]:
        """Run what sets an ink or a width; return the states that this leaves, each once, and their order.

        The first is the one before. All else in them is as it was, so these three tell them apart.
        """
        begun = machine.state
        parts: list[Any] = [begun.fill, begun.stroke, begun.line_width]
        left, right = begun[: _INKED.start], begun[_INKED.stop :]
        known = self._inked.setdefault(tuple(map(id, left + right)), {})
        states, order = [begun], list[int]()
        numbers = {tuple(map(id, parts)): 0}
        for written in setters:
            found = machine.set_by.get(written) or self._setting(machine, written)
            if found is not None:
                parts[found[0]] = found[1]
            key = id(parts[0]), id(parts[1]), id(parts[2])
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(states)
                if key not in known:
                    known[key] = self._one((*left, *parts, *right))
                states.append(known[key])
            order.append(number)
        machine.state = states[order[-1] if order else 0]
        return states, order

    def _setting(self, machine: Machine, written: bytes) -> tuple[int, Any] | None:
        """Return which of three parts of the state an operator with its operands sets, and to what."""
        figures, operator = written.rsplit(maxsplit=1)
        before = machine.state
        self.set(machine, operator, figures, None)
        if machine.state is before and (operator, figures) not in machine.values:
            return None
        place = _SETTERS[operator]
        found = machine.set_by[written] = place - _INKED.start, machine.state[place]
        return found

    def set(self, machine: Machine, operator: bytes, figures: bytes | None, objects: bytes | None) -> None:
        """Run an operator whose outcome is known if it was met before in the same state.

        What it sets is worked out once for equal operands, and states of the same parts are one here.
        """
        before, written = machine.state, figures or objects
        if machine.context.uncoloured:
            machine.step(operator.decode(), self.operands(figures, objects))
            return
        key = id(before), operator, written
        known = machine.changed.get(key)
        if known is None:
            values = machine.values.get((operator, written))
            if values is None:
                machine.step(operator.decode(), self.operands(figures, objects))
                # operands that it cannot have set nothing
                if machine.state is before:
                    return
                values = machine.values[operator, written] = _values(machine.state, operator)
            # the state before is kept too, so that its id stays its own
            known = machine.changed[key] = before, self._with(before, operator, values)
        machine.state = known[1]

    def _with(self, state: State, operator: bytes, values: tuple[Any, ...]) -> State:
        """Return the one state that differs in what an operator sets."""
        at = _SETTERS.get(operator)
        if at is None:
            at, text = _TEXT, list[Any](state.text)
            for place, value in zip(_TEXT_SETTERS[operator], values, strict=True):
                text[place] = value
            key = tuple(map(id, text))
            known = self._texts.get(key)
            if known is None:
                known = self._texts[key] = TextState._make(text)
            values = (known,)
        return self._one((*state[:at], *values, *state[at + 1 :]))

    def _one(self, parts: tuple[Any, ...]) -> State:
        """Return the one state that has these parts."""
        key = tuple(map(id, parts))
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = State._make(parts)
        return found

    def operands(self, figures: bytes | None, objects: bytes | None) -> list[Any]:
        """Return operands as numbers or objects; names and their like come again and are kept."""
        if objects is None:
            return [float(figure) for figure in figures.split()] if figures else []
        if len(objects) > _SHORT:
            return read_objects(objects)
        if objects not in self._objects:
            self._objects[objects] = read_objects(objects)
        return self._objects[objects]


def _values(state: State, operator: bytes) -> tuple[Any, ...]:
    """Return what an operator has set in a state."""
    if operator in _SETTERS:
        return (state[_SETTERS[operator]],)
    return tuple(state.text[place] for place in _TEXT_SETTERS[operator])
