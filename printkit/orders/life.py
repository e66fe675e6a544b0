"""The life of an order: every transition there is, who may make it, and what it does to money.

One table; the diagram of docs/orders.md is drawn from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from printkit.errors import OrderRefused
from printkit.orders.rights import Act
from printkit.words import Message, noted


class State(StrEnum):
    """Name where an order stands."""

    DRAFT = noted("draft")
    SUBMITTED = noted("submitted")
    APPROVED = noted("approved")
    RELEASED = noted("released")
    AT_PRINTER = noted("at_printer")
    IN_DELIVERY = noted("in_delivery")
    DELIVERED = noted("delivered")
    CLOSED = noted("closed")
    WITHDRAWN = noted("withdrawn")
    REJECTED = noted("rejected")
    CANCELLED = noted("cancelled")


class Money(StrEnum):
    """Name what a transition does to the order's price in its account."""

    NONE = "none"
    RESERVE = "reserve"
    FREE = "free"
    CHARGE = "charge"
    # What was charged is reserved again.
    UNDO = "undo"
    REFUND = "refund"


@dataclass(frozen=True)
class Transition:
    """One transition: from where, to where, whose right it needs, whether it needs words."""

    name: str
    before: tuple[State, ...]
    after: State
    act: Act
    money: Money = Money.NONE
    reason: bool = False


_S = State
TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", (_S.DRAFT,), _S.SUBMITTED, Act.SUBMIT, Money.RESERVE),
    Transition("approve", (_S.SUBMITTED,), _S.APPROVED, Act.APPROVE),
    # Reasons where a committee must know what to change, or why money comes back
    Transition("return", (_S.SUBMITTED,), _S.DRAFT, Act.APPROVE, Money.FREE, reason=True),
    Transition("reject", (_S.SUBMITTED,), _S.REJECTED, Act.APPROVE, Money.FREE, reason=True),
    Transition("edit", (_S.SUBMITTED, _S.APPROVED), _S.DRAFT, Act.WRITE, Money.FREE),
    Transition("discard", (_S.DRAFT,), _S.WITHDRAWN, Act.WRITE),
    Transition("withdraw", (_S.SUBMITTED, _S.APPROVED), _S.WITHDRAWN, Act.WRITE, Money.FREE),
    Transition("release", (_S.APPROVED,), _S.RELEASED, Act.PRODUCE, Money.CHARGE),
    Transition("hold", (_S.RELEASED,), _S.APPROVED, Act.PRODUCE, Money.UNDO, reason=True),
    Transition("print", (_S.RELEASED,), _S.AT_PRINTER, Act.PRODUCE),
    Transition("cancel", (_S.AT_PRINTER,), _S.CANCELLED, Act.PRODUCE, Money.REFUND, reason=True),
    Transition("ship", (_S.AT_PRINTER,), _S.IN_DELIVERY, Act.PRODUCE),
    Transition("deliver", (_S.IN_DELIVERY,), _S.DELIVERED, Act.PRODUCE),
    Transition("close", (_S.DELIVERED,), _S.CLOSED, Act.PRODUCE),
)
BY_NAME = {step.name: step for step in TRANSITIONS}

# Where an order's price is reserved, and where it is spent.
RESERVED = frozenset({State.SUBMITTED, State.APPROVED})
SPENT = frozenset({State.RELEASED, State.AT_PRINTER, State.IN_DELIVERY, State.DELIVERED, State.CLOSED})
# Where both approvals must be there, of the current revision.
APPROVED = frozenset({State.APPROVED}) | SPENT
ENDED = frozenset({State.CLOSED, State.WITHDRAWN, State.REJECTED, State.CANCELLED})


def step_from(name: str, state: State, order: str) -> Transition:
    """Return the step of this name; raise OrderRefused where the order does not stand where it begins."""
    step = BY_NAME[name]
    if state not in step.before:
        wanted = tuple(Message.of(one.value) for one in step.before)
        raise OrderRefused(
            Message(
                "order %(order)s is %(state)s; this takes one that is %(wanted)s",
                order=order,
                state=Message.of(state.value),
                wanted=wanted,
            )
        )
    return step


def possible(state: State) -> tuple[Transition, ...]:
    """Return the steps that lead away from a state, in the order of the table."""
    return tuple(step for step in TRANSITIONS if state in step.before)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, one line a transition."""
    # One transition a line, so that a change of the table is a change of one line in docs/orders.md
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for step in TRANSITIONS:
        for before in step.before:
            money = "" if step.money is Money.NONE else f" ({step.money.value})"
            lines.append(f"    {before.value} --> {step.after.value} : {step.name}{money}")
    return "\n".join([*lines, *(f"    {state.value} --> [*]" for state in State if state in ENDED)]) + "\n"
