"""Who may do what: one table of rights, and the one function that asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from printkit.errors import OrderRefused
from printkit.words import Message, noted


class Role(StrEnum):
    """Name what a person is in the ordering of print; an orderer is one of some committee."""

    ORDERER = "orderer"
    APPROVER = "approver"
    MONEY = "money"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


# Whom a refusal names: a role's own name is for the command line.
WHO: Mapping[Role, str] = {
    Role.ORDERER: noted("whoever orders for the committee"),
    Role.APPROVER: noted("whoever approves content"),
    Role.MONEY: noted("whoever approves money"),
    Role.COORDINATOR: noted("the coordinator"),
    Role.ADMIN: noted("an administrator"),
}


class Act(StrEnum):
    """Name what a right is needed for."""

    READ = noted("read orders")
    WRITE = noted("write orders")
    SUBMIT = noted("submit orders")
    APPROVE = noted("approve content")
    APPROVE_MONEY = noted("approve money")
    SET_ALL = noted("set what only communications sets")
    CHOOSE_PAYER = noted("let the municipality pay")
    PRODUCE = noted("release, ship and deliver")
    READ_MONEY = noted("read budgets")
    GRANT = noted("grant and move money")
    TEMPLATES = noted("release and retire templates")
    PERSONS = noted("add persons and give roles")
    READ_LOG = noted("read the whole log")
    KEEP = noted("back up, restore and tidy")


_R = Role
# Where the right of an orderer ends at her own committee, the staff's has no such end.
RIGHTS: Mapping[Act, frozenset[Role]] = {
    Act.READ: frozenset({_R.ORDERER, _R.APPROVER, _R.MONEY, _R.COORDINATOR, _R.ADMIN}),
    Act.WRITE: frozenset({_R.ORDERER, _R.APPROVER, _R.COORDINATOR}),
    Act.SUBMIT: frozenset({_R.ORDERER, _R.APPROVER, _R.COORDINATOR}),
    Act.APPROVE: frozenset({_R.APPROVER}),
    Act.APPROVE_MONEY: frozenset({_R.MONEY, _R.COORDINATOR}),
    Act.SET_ALL: frozenset({_R.APPROVER, _R.COORDINATOR}),
    Act.CHOOSE_PAYER: frozenset({_R.APPROVER, _R.MONEY, _R.COORDINATOR}),
    Act.PRODUCE: frozenset({_R.COORDINATOR}),
    Act.READ_MONEY: frozenset({_R.ORDERER, _R.MONEY, _R.COORDINATOR, _R.ADMIN}),
    Act.GRANT: frozenset({_R.MONEY, _R.COORDINATOR}),
    Act.TEMPLATES: frozenset({_R.APPROVER}),
    Act.PERSONS: frozenset({_R.ADMIN}),
    Act.READ_LOG: frozenset({_R.ADMIN}),
    Act.KEEP: frozenset({_R.ADMIN}),
}


@dataclass(frozen=True)
class Seat:
    """A role, and for an orderer the committee that it is for."""

    role: Role
    committee: str = ""

    def __str__(self) -> str:
        return f"{self.role.value}:{self.committee}" if self.committee else self.role.value


@dataclass(frozen=True)
class Person:
    """Who acts: a number that stays, a name for people, and the seats that she has now."""

    id: int
    name: str
    email: str
    language: str
    seats: frozenset[Seat]

    @property
    def code(self) -> str:
        return f"p{self.id}"

    @property
    def committees(self) -> frozenset[str]:
        return frozenset(seat.committee for seat in self.seats if seat.role is Role.ORDERER)

    @property
    def staff(self) -> bool:
        return any(seat.role is not Role.ORDERER for seat in self.seats)


def may(person: Person, act: Act, committee: str | None = None) -> bool:
    """Tell whether a person may do something to what is a committee's; None: to what is no committee's."""
    allowed = RIGHTS[act]
    return any(
        seat.role in allowed and (seat.role is not Role.ORDERER or seat.committee == committee)
        for seat in person.seats
    )


def reach(person: Person, act: Act) -> frozenset[str] | None:
    """Return the committees to whose things a person may do something, None where it is everybody's."""
    return None if may(person, act) else frozenset(one for one in person.committees if may(person, act, one))


def demand(person: Person, act: Act, committee: str | None = None) -> None:
    """Raise OrderRefused where a person may not; every use of a right is asked for here."""
    if may(person, act, committee):
        return
    roles = tuple(Message.of(WHO[role]) for role in Role if role in RIGHTS[act])
    fields: dict[str, Any] = {"person": person.code, "act": Message.of(act.value), "roles": roles}
    if committee is None:
        raise OrderRefused(Message("%(person)s may not %(act)s; that is for: %(roles)s", **fields))
    there = {**fields, "committee": committee}
    raise OrderRefused(
        Message("%(person)s may not %(act)s of %(committee)s; that is for: %(roles)s", **there)
    )


def read_seat(text: str) -> Seat:
    """Read `approver` or `orderer:c03`; raise OrderRefused."""
    name, _, committee = text.partition(":")
    known = ", ".join(role.value for role in Role)
    if name not in set(Role):
        raise OrderRefused(Message("'%(name)s' is no role; there are: %(known)s", name=name, known=known))
    role = Role(name)
    if (role is Role.ORDERER) != bool(committee):
        raise OrderRefused(
            Message(
                "'%(text)s': an orderer has a committee, as orderer:c03, and nobody else has one", text=text
            )
        )
    return Seat(role, committee)
