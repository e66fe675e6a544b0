"""Operators of graphics state and colour."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from printkit.content.colour import CMYK, GRAY, RGB, Colour, Space, first_colour
from printkit.content.faults import Trouble, Unresolved, unfit
from printkit.content.fonts import read_font
from printkit.content.machine import Event, Machine, Operands, Operator, operator
from printkit.content.matrix import Matrix
from printkit.content.nested import group_of, visit
from printkit.content.objects import BadOperand, entry, name_of, number, numbers
from printkit.content.shadings import is_pattern
from printkit.content.state import MASK, State
from printkit.words import Message

# ISO 32000-1, 8.4.4: general and special graphics state


@operator("q")
def _keep(machine: Machine, _: Operands) -> None:
    machine.kept.append(machine.state)


@operator("Q")
def _take_back(machine: Machine, _: Operands) -> None:
    # One Q too many is passed over, as readers do.
    if machine.kept:
        machine.state = machine.kept.pop()


@operator("cm")
def _concatenate(machine: Machine, operands: Operands) -> None:
    machine.transform(Matrix(*numbers(operands, 6)))


@operator("w")
def _line_width(machine: Machine, operands: Operands) -> None:
    machine.set(line_width=abs(number(operands[0])))


@operator("J")
def _line_cap(machine: Machine, operands: Operands) -> None:
    machine.set(line_cap=int(number(operands[0])))


def _blend(value: Any) -> dict[str, Any]:
    first = value[0] if isinstance(value, pikepdf.Array) and len(value) else value
    return {"blend": name_of(first)[1:]}


# ISO 32000-1, Table 58
_SETTERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "/LW": lambda value: {"line_width": abs(number(value))},
    "/LC": lambda value: {"line_cap": int(number(value))},
    "/ca": lambda value: {"fill_alpha": number(value)},
    "/CA": lambda value: {"stroke_alpha": number(value)},
    "/OP": lambda value: {"overprint_stroke": value is True},
    "/op": lambda value: {"overprint_fill": value is True},
    "/OPM": lambda value: {"overprint_mode": int(number(value))},
    "/BM": _blend,
}


_NO_MASK = pikepdf.Name("/None")


@operator("gs")
def _external_state(machine: Machine, operands: Operands) -> list[Event]:
    source = machine.resource("/ExtGState", operands[0])
    if not isinstance(source, pikepdf.Dictionary):
        raise unfit("/ExtGState", name_of(operands[0]))
    changes: dict[str, Any] = {}
    for key, value in source.items():
        if key in _SETTERS:
            changes |= _setting(key, value)
    # Table 58: OP alone stands for both
    if "overprint_stroke" in changes:
        changes.setdefault("overprint_fill", changes["overprint_stroke"])
    machine.set(**changes)
    _font_entry(machine, source.get("/Font"))
    return _soft_mask(machine, source.get("/SMask"), name_of(operands[0]))


def _setting(key: str, value: Any) -> dict[str, Any]:
    try:
        return _SETTERS[key](value)
    except BadOperand:
        return {}


def _font_entry(machine: Machine, pair: Any) -> None:
    if isinstance(pair, pikepdf.Array) and len(pair) == 2:
        machine.set_text(font=read_font(pair[0]), size=number(pair[1]))


def _soft_mask(machine: Machine, mask: Any, name: str) -> list[Event]:
    if mask is None:
        return []
    machine.set(soft_mask=mask if isinstance(mask, pikepdf.Dictionary) else None)
    group = entry(mask, "/G")
    if not isinstance(group, pikepdf.Stream):
        if mask == _NO_MASK:
            return []
        told = Message("graphics state %(name)s has a soft mask without a group", name=name[1:])
        raise Unresolved(Trouble.RESOURCE, told)
    # A mask begins with a state of its own, whatever stood where it was set.
    state = State(ctm=machine.state.ctm, clip=machine.state.clip)
    context = replace(machine.context, in_mask=True, uncoloured=False)
    return visit(group_of(group, MASK, state, context), machine.shared)


# ISO 32000-1, Table 74: colour


def _colours(function: Operator) -> Operator:
    """Have an operator do nothing where colour is given from outside (ISO 32000-1, 8.6.8)."""

    def set_colour(machine: Machine, operands: Operands) -> list[Event] | None:
        return None if machine.context.uncoloured else function(machine, operands)

    return set_colour


def _device(space: Space, key: str) -> Operator:
    def set_colour(machine: Machine, operands: Operands) -> None:
        components = tuple(numbers(operands, space.size))
        machine.set(**{key: Colour(machine.device(space), components)})

    return _colours(set_colour)


def _space(key: str) -> Operator:
    def set_space(machine: Machine, operands: Operands) -> None:
        machine.set(**{key: first_colour(machine.space(operands[0]))})

    return _colours(set_space)


def _components(key: str) -> Operator:
    def set_components(machine: Machine, operands: Operands) -> None:
        space: Space = getattr(machine.state, key).space
        if space.family == "Pattern":
            machine.set(**{key: _pattern(machine, space, operands)})
        else:
            machine.set(**{key: Colour(space, tuple(numbers(operands, space.size)))})

    return _colours(set_components)


def _pattern(machine: Machine, space: Space, operands: Operands) -> Colour:
    pattern = machine.resource("/Pattern", operands[-1])
    if not isinstance(pattern, pikepdf.Dictionary | pikepdf.Stream):
        raise unfit("/Pattern", name_of(operands[-1]))
    # Readers paint what they can of it
    if not is_pattern(pattern, machine.resources):
        machine.note(unfit("/Pattern", name_of(operands[-1])).fault)
    return Colour(space, tuple(numbers(operands[:-1])), pattern)


for _operator, _device_space in (("g", GRAY), ("rg", RGB), ("k", CMYK)):
    operator(_operator)(_device(_device_space, "fill"))
    operator(_operator.upper())(_device(_device_space, "stroke"))
operator("cs")(_space("fill"))
operator("CS")(_space("stroke"))
operator("sc", "scn")(_components("fill"))
operator("SC", "SCN")(_components("stroke"))
