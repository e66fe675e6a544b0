"""Rights: the table asked for every role, and each act tried by who must not do it."""

from collections.abc import Callable
from typing import Any

import pytest

from printkit.errors import OrderRefused
from printkit.orders.approving import approve
from printkit.orders.changing import complain, edit, new_order, reorder, set_beside, submit, withdraw
from printkit.orders.content import Beside
from printkit.orders.deciding import approve_content, approve_money, give_back, reject
from printkit.orders.export import archive, charges
from printkit.orders.money import adjust, carry_over, grant, show, statement
from printkit.orders.persons import add_person, change_seats, leave, list_persons
from printkit.orders.producing import cancel, close, deliver, release, ship, slips_of
from printkit.orders.proving import make_proof
from printkit.orders.reading import count_states, get, history, list_orders, revision_of
from printkit.orders.releases import freeze, retire
from printkit.orders.rights import RIGHTS, Act, Person, Role, Seat, may, read_seat
from printkit.orders.signing import make_link
from printkit.orders.stepping import On
from printkit.orders.uploads import Consent, keep_upload, read_upload
from tests.orders.stage import Stage, here

Attempt = Callable[[Stage, Person, int], Any]
# Who may make each attempt on an order of nu03 that is submitted: everybody else is refused.
ATTEMPTS: dict[str, tuple[str, Attempt]] = {
    "get": ("leader approver coordinator admin", lambda s, p, n: get(s.book, p, n)),
    "history": ("leader approver coordinator admin", lambda s, p, n: history(s.book, p, n)),
    "revision": ("leader approver coordinator admin", lambda s, p, n: revision_of(s.book, p, n, 1)),
    "slips": ("leader approver coordinator admin", lambda s, p, n: slips_of(s.book, p, n)),
    "list": ("leader approver coordinator admin", lambda s, p, n: list_orders(s.book, p, committee="nu03")),
    "proof": ("leader approver coordinator admin", lambda s, p, n: make_proof(s.book, p, n, pool=here)),
    "archive": ("leader approver coordinator admin", lambda s, p, n: archive(s.book, p, n)),
    "new": ("leader approver coordinator", lambda s, p, n: new_order(s.book, p, "nu03", s.content())),
    "edit": ("leader approver coordinator", lambda s, p, n: edit(s.book, p, On(n), s.content("Ny"))),
    "beside": ("leader approver coordinator", lambda s, p, n: set_beside(s.book, p, On(n), Beside(note="x"))),
    "reorder": ("leader approver coordinator", lambda s, p, n: reorder(s.book, p, On(n))),
    "withdraw": ("leader approver coordinator", lambda s, p, n: withdraw(s.book, p, On(n))),
    "upload": (
        "leader approver coordinator",
        lambda s, p, n: keep_upload(s.book, p, "nu03", b"\xff\xd8\xffx", consent=Consent.NOBODY),
    ),
    "approve": ("approver", lambda s, p, n: approve_content(s.book, p, On(n))),
    "return": ("approver", lambda s, p, n: give_back(s.book, p, On(n), "x")),
    "reject": ("approver", lambda s, p, n: reject(s.book, p, On(n), "x")),
    "freeze": ("", lambda s, p, n: freeze(s.book, p, "t")),
    "retire": ("approver", lambda s, p, n: retire(s.book, p, "t", 1)),
    "grant": ("coordinator", lambda s, p, n: grant(s.book, p, "nu03", 2027, amount=1)),
    "carry": ("coordinator", lambda s, p, n: carry_over(s.book, p, "nu03", 2027)),
    "adjust": ("coordinator", lambda s, p, n: adjust(s.book, p, n, amount=1, reason="x")),
    "charges": ("coordinator", lambda s, p, n: charges(s.book, p, 2027)),
    "statement": ("leader coordinator admin", lambda s, p, n: statement(s.book, p, "nu03-2027")),
    "budget": ("leader coordinator admin", lambda s, p, n: show(s.book, p, owner="nu03")),
    "persons": ("admin", lambda s, p, n: list_persons(s.book, p)),
    "add": ("admin", lambda s, p, n: add_person(s.book, p, "x", "x@example.org", roles=[Seat(Role.MONEY)])),
    "seats": ("admin", lambda s, p, n: change_seats(s.book, p, s.other.id, give=[Seat(Role.MONEY)])),
    "leave": ("admin", lambda s, p, n: leave(s.book, p, s.other.id)),
    "link": ("admin", lambda s, p, n: make_link(s.book, p, s.other.id)),
}
# Attempts at steps that a submitted order does not take: all are refused, whoever it is.
CLOSED: dict[str, Attempt] = {
    "submit": lambda s, p, n: submit(s.book, p, On(n)),
    "release": lambda s, p, n: release(s.book, p, On(n)),
    "cancel": lambda s, p, n: cancel(s.book, p, On(n), "x"),
    "ship": lambda s, p, n: ship(s.book, p, On(n)),
    "deliver": lambda s, p, n: deliver(s.book, p, On(n)),
    "close": lambda s, p, n: close(s.book, p, On(n)),
    "complain": lambda s, p, n: complain(s.book, p, On(n), "x"),
    "money": lambda s, p, n: approve_money(s.book, p, On(n)),
}
# What a refusal says of a right, whatever state an order is in; a release that is there tells so first.
NO_WAY = "may not|that p. may see|is the same as its release"
PEOPLE = ("leader", "other", "approver", "coordinator", "admin")


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_who_may_do_what(lite: Stage, attempt: str) -> None:
    allowed, enter = ATTEMPTS[attempt]
    order = lite.proved(lite.submitted())
    chosen = allowed.split()
    for name in sorted(set(PEOPLE) - set(chosen)):
        with pytest.raises(OrderRefused, match=NO_WAY):
            enter(lite, getattr(lite, name), order.id)
    # The first of those who may: the others would find the order moved on.
    for name in chosen[:1]:
        enter(lite, getattr(lite, name), order.id)


@pytest.mark.parametrize("attempt", CLOSED)
def test_nobody_takes_a_step_that_is_not_there(lite: Stage, attempt: str) -> None:
    order = lite.submitted()
    for name in PEOPLE:
        with pytest.raises(OrderRefused):
            CLOSED[attempt](lite, getattr(lite, name), order.id)
    assert get(lite.book, lite.leader, order.id).version == order.version


def test_foreign_orders_and_none_at_all_are_told_alike(lite: Stage) -> None:
    order = lite.draft()
    told = []
    for number in (order.id, 999):
        with pytest.raises(OrderRefused) as refusal:
            get(lite.book, lite.other, number)
        told.append(str(refusal.value).replace(str(number), "N"))
    assert told[0] == told[1]
    assert list_orders(lite.book, lite.other) == []
    assert count_states(lite.book, lite.other) == {}


def test_who_submits_on_behalf_of_a_committee_does_not_sign(lite: Stage) -> None:
    order = new_order(lite.book, lite.approver, "nu03", lite.content())
    order = lite.proved(submit(lite.book, lite.approver, On(order.id)))
    with pytest.raises(OrderRefused, match="somebody else must approve"):
        approve(lite.book, lite.approver, On(order.id))


def test_what_only_communications_sets_stays_theirs(lite: Stage) -> None:
    stamped = lite.content(line={"slots": {"title": "Hei", "stamp": "Ordføreren"}})
    with pytest.raises(Exception, match="only the communications office"):
        lite.draft(stamped)
    order = new_order(lite.book, lite.approver, "nu03", stamped)
    same = lite.content(
        quantity=200, line={"quantity": 200, "slots": {"title": "Hallo", "stamp": "Ordføreren"}}
    )
    assert edit(lite.book, lite.leader, On(order.id), same).content.lines[0].slots["title"] == "Hallo"


def test_a_picture_is_its_committees_own(lite: Stage) -> None:
    file = keep_upload(lite.book, lite.leader, "nu03", b"\x89PNG\r\n\x1a\n", consent=Consent.NOBODY)
    assert read_upload(lite.book, lite.leader, "nu03", file).startswith(b"\x89PNG")
    with pytest.raises(OrderRefused, match="has no picture"):
        read_upload(lite.book, lite.other, "nu04", file)


def test_every_right_is_somebodys() -> None:
    assert set(RIGHTS) == set(Act)
    assert all(RIGHTS.values())


def test_an_orderer_may_nothing_elsewhere() -> None:
    person = Person(1, "x", "x", "nb", frozenset({Seat(Role.ORDERER, "nu03")}))
    assert not any(may(person, act, where) for act in Act for where in ("nu04", None))


@pytest.mark.parametrize("text", ["orderer", "approver:nu03", "boss", ""])
def test_what_is_no_role_is_refused(text: str) -> None:
    with pytest.raises(OrderRefused):
        read_seat(text)
