"""Operators of marked content, as far as layers need them."""

from typing import Any

import pikepdf

from printkit.content.machine import Machine, Operands, operator


@operator("BMC")
def _begin(machine: Machine, _: Operands) -> None:
    machine.marked.append(machine.context)


@operator("BDC")
def _begin_with_properties(machine: Machine, operands: Operands) -> None:
    machine.marked.append(machine.context)
    member: Any = operands[1]
    if isinstance(member, pikepdf.Name):
        member = machine.resource("/Properties", member)
    if operands[0] == "/OC":
        machine.context = machine.shared.layers.enter(machine.context, member)


@operator("BX")
def _begin_unknown(machine: Machine, _: Operands) -> None:
    machine.lenient += 1


@operator("EX")
def _end_unknown(machine: Machine, _: Operands) -> None:
    machine.lenient = max(0, machine.lenient - 1)


@operator("EMC")
def _end(machine: Machine, _: Operands) -> None:
    if machine.marked:
        machine.context = machine.marked.pop()
