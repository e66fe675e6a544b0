"""Map a content stream operator by operator, with the graphics state known."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pikepdf

from printkit.content.machine import Event, Machine
from printkit.content.painting import PATH_OPERATORS
from printkit.content.parsing import Instruction, operator_of, parse

# ISO 32000-1, Annex C asks readers for about five significant decimals
DECIMALS = 5
# Not allowed within a path, though WeasyPrint writes `re gs f`: what sets state moves in front of the path
_STATE_OPERATORS = frozenset("gs w J j M d ri i g rg k cs sc scn G RG K CS SC SCN".split())  # noqa: SIM905
_OPERATORS: dict[str, pikepdf.Operator] = {}


class Step(NamedTuple):
    """One operator as found, and what it painted or called; the machine's state is that after it."""

    operator: str
    operands: list[Any]
    source: Instruction
    events: list[Event]
    machine: Machine


class Change(NamedTuple):
    """Say what to write for a step: `before` goes in front of it, or in front of its whole path.

    Only `before` may hold operators of graphics state where a path is painted (ISO 32000-1, figure 9).
    `instead` None keeps the operator.
    """

    before: Iterable[Instruction] = ()
    instead: Iterable[Instruction] | None = None


Visitor = Callable[[Step], Change | None]


def instruction(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    """Return an operator to write; floats are rounded to five decimals."""
    known = _OPERATORS.get(operator)
    if known is None:
        known = _OPERATORS[operator] = pikepdf.Operator(operator)
    return pikepdf.ContentStreamInstruction([_written(operand) for operand in operands], known)


def rewrite(stream: Any, machine: Machine, visit: Visitor) -> bytes:
    """Return the content of a page or stream, each operator kept or replaced as `visit` says.

    Equal content and equal changes give equal bytes. ContentError: it cannot be parsed.
    """
    return pikepdf.unparse_content_stream(list(_rewritten(stream, machine, visit)))


def _rewritten(stream: Any, machine: Machine, visit: Visitor) -> Iterator[Instruction]:
    path: list[Instruction] = []
    for source in parse(stream):
        operator, operands = operator_of(source), list(source.operands)
        events = machine.step(operator, operands)
        change = visit(Step(operator, operands, source, events, machine)) or Change()
        written = [source] if change.instead is None else change.instead
        if operator in PATH_OPERATORS:
            path += written
            continue
        yield from change.before
        if operator not in _STATE_OPERATORS:
            yield from path
            path = []
        yield from written
    yield from path


def _written(operand: Any) -> Any:
    if not isinstance(operand, float):
        return operand
    rounded = round(operand, DECIMALS)
    return int(rounded) if rounded == int(rounded) else Decimal(f"{rounded:.{DECIMALS}f}".rstrip("0"))
