"""Map a content stream operator by operator, with the graphics state known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import pikepdf

from printkit.content.machine import Event, Machine
from printkit.content.painting import PATH_OPERATORS
from printkit.content.parsing import MOST_OPERATORS, Instruction, operator_of, parse

# ISO 32000-1, Annex C asks readers for about five significant decimals
DECIMALS = 5
# Instructions take much more memory than the bytes they are written as
AT_ONCE = 10_000
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


def _spend_nothing() -> None:
    pass


@dataclass(frozen=True)
class Attention:
    """Which operators a machine follows and which a visitor sees (None: all); the rest is kept unread.

    A stream that holds more than `most` operators is refused; `spend` is called for each that is read.
    """

    followed: frozenset[str] | None = None
    seen: frozenset[str] | None = None
    most: int = MOST_OPERATORS
    spend: Callable[[], None] = _spend_nothing


WHOLE = Attention()


def instruction(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    """Return an operator to write; floats are rounded to five decimals."""
    known = _OPERATORS.get(operator)
    if known is None:
        known = _OPERATORS[operator] = pikepdf.Operator(operator)
    return pikepdf.ContentStreamInstruction([_written(operand) for operand in operands], known)


def rewrite(stream: Any, machine: Machine, visit: Visitor, attention: Attention = WHOLE) -> bytes:
    """Return the content of a page or stream, each operator kept or replaced as `visit` says.

    Equal content and equal changes give equal bytes. ContentError: it cannot be parsed, or holds too much.
    """
    done, written = list[bytes](), list[Instruction]()
    path: list[Instruction] = []
    followed, seen = attention.followed, attention.seen
    for source in parse(stream, attention.most):
        attention.spend()
        operator, change = operator_of(source), None
        if seen is None or operator in seen:
            operands = list(source.operands)
            events = machine.step(operator, operands) if followed is None or operator in followed else []
            change = visit(Step(operator, operands, source, events, machine))
        target = path if operator in PATH_OPERATORS else written
        if change:
            written += change.before
        # A path that nothing painted is written where something else begins.
        if target is written and operator not in _STATE_OPERATORS:
            written += path
            path = []
        if change is None or change.instead is None:
            target.append(source)
        else:
            target += change.instead
        if len(written) > AT_ONCE:
            done.append(pikepdf.unparse_content_stream(written))
            written = []
    return b"\n".join([*done, pikepdf.unparse_content_stream(written + path)])


def _written(operand: Any) -> Any:
    if not isinstance(operand, float):
        return operand
    rounded = round(operand, DECIMALS)
    return int(rounded) if rounded == int(rounded) else Decimal(f"{rounded:.{DECIMALS}f}".rstrip("0"))
