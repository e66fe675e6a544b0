"""Operators of marked content, as far as layers need them."""

from typing import Any

import pikepdf

from printkit.content.machine import Machine, Operands, operator
from printkit.content.objects import entry, text_of


@operator("BMC")
def _begin(machine: Machine, _: Operands) -> None:
    machine.marked.append(machine.context)


@operator("BDC")
def _begin_with_properties(machine: Machine, operands: Operands) -> None:
    machine.marked.append(machine.context)
    if operands[0] == "/OC":
        member: Any = operands[1]
        if isinstance(member, pikepdf.Name):
            member = entry(machine.resources, "/Properties", text_of(member))
        machine.context = machine.shared.layers.enter(machine.context, member)


@operator("EMC")
def _end(machine: Machine, _: Operands) -> None:
    if machine.marked:
        machine.context = machine.marked.pop()
