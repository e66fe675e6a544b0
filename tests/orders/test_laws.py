"""What always holds, whatever people do in whatever order: on both databases, by machines that try.

PRINTKIT_LAWS=300 tries as many lives as the laws were tried with; a few are tried by default.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from printkit.errors import OrderRefused, SlotErrors
from printkit.orders.approving import approve
from printkit.orders.changing import complain, edit, reorder, set_beside, submit, withdraw
from printkit.orders.content import Beside
from printkit.orders.deciding import approve_money, give_back, reject
from printkit.orders.life import APPROVED, RESERVED, SPENT, State
from printkit.orders.money import account, carry_over, grant
from printkit.orders.press import due_of
from printkit.orders.producing import cancel, close, confirm, hold, printed, release, slips_of
from printkit.orders.reading import Order, get, list_orders
from printkit.orders.rights import Person
from printkit.orders.stepping import On, load, take
from printkit.orders.tables import accounts, ledger
from printkit.orders.verifying import problems
from tests.orders.stage import Stage

pytestmark = pytest.mark.long

LIVES = int(os.environ.get("PRINTKIT_LAWS", "3"))
STEPS = 60 if LIVES > 50 else 25
# The first order more often than others, so that some get far.
WHICH = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5, 8])
QUANTITIES = st.sampled_from([10, 100, 500, 15, 2000])


class Lives(RuleBasedStateMachine):
    """Do things to orders as people do, allowed or not; a refusal leaves everything as it was."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.numbers: list[int] = []
        # Whatever is tried next, one order is well on its way.
        self.numbers.append(self.stage.approved().id)

    def person(self, index: int) -> Person:
        stage = self.stage
        return (stage.leader, stage.approver, stage.coordinator, stage.other, stage.admin)[index]

    def pick(self, index: int) -> int:
        return self.numbers[index % len(self.numbers)] if self.numbers else 1

    def attempt(self, do: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        try:
            return do(self.stage.book, *arguments, **options)
        except (OrderRefused, SlotErrors):
            return None

    @rule(
        index=WHICH,
        who=st.sampled_from([None, None, None, 0, 1, 2, 3]),
        bad=st.sampled_from([False, False, True]),
    )
    def go_on(self, index: int, who: int | None, bad: bool) -> None:
        """Take the step that comes next, mostly by whose turn it is, sometimes the one that goes wrong."""
        number = self.pick(index)
        order = get(self.stage.book, self.stage.coordinator, number)
        match order.state:
            case State.DRAFT:
                self._hand_in(number, self.person(who or 0))
            case State.SUBMITTED:
                self._decide(order, self.person(1 if who is None else who), bad)
            case State.APPROVED:
                self.attempt(release, self.person(2 if who is None else who), On(number))
            case State.RELEASED:
                self._work(number, bad)
            case State.AT_PRINTER if bad:
                self.attempt(cancel, self.stage.coordinator, On(number), "Feil papir")
            case State.AT_PRINTER:
                # Nobody has made press files here; what ship compares is held by a test of its own.
                with self.stage.book.write(self.stage.coordinator) as step:
                    take(step, load(step, number), "ship")
            case State.IN_DELIVERY:
                self._arrive(number)
            case State.DELIVERED:
                self.attempt(close, self.person(2 if who is None else who), On(number))

    def _hand_in(self, number: int, who: Person) -> None:
        order = self.attempt(submit, who, On(number))
        if order:
            again = On(number, key="once")
            assert self.attempt(submit, who, again) is None
            self.stage.proved(order, f"{number:064d}")

    def _decide(self, order: Order, who: Person, bad: bool) -> None:
        if bad:
            self.attempt(give_back, who, On(order.id), "Feil dato")
            return
        signed = self.attempt(approve, who, On(order.id), "content")
        assert not signed or who.id not in (order.submitted_by, order.edited_by)
        self.attempt(approve_money, self.stage.coordinator, On(order.id))

    def _work(self, number: int, bad: bool) -> None:
        book = self.stage.book
        with book.write(self.stage.coordinator) as step:
            order = load(step, number, lock=True)
            if bad:
                hold(step, order, "den ble holdt")
                return
            printed(step, due_of(book, step.connection, order))
        slips = slips_of(book, self.stage.leader, number)
        assert sum(int(str(slip["copies"])) for slip in slips) == sum(
            line.quantity for line in order.content.lines
        )
        assert len({slip["piece"] for slip in slips}) == len(slips)

    def _arrive(self, number: int) -> None:
        for slip in slips_of(self.stage.book, self.stage.leader, number):
            counted = {str(slip["piece"]): int(str(slip["copies"]))}
            confirm(self.stage.book, str(slip["code"]), counted)
            assert self.attempt(confirm, str(slip["code"]), counted) is None

    @rule(quantity=QUANTITIES, who=st.integers(0, 4))
    def begin(self, quantity: int, who: int) -> None:
        try:
            self.numbers.append(
                self.stage.draft(self.stage.content(quantity=quantity), actor=self.person(who)).id
            )
        except OrderRefused:
            assert self.person(who) in (self.stage.other, self.stage.admin)

    @rule(index=WHICH, who=st.integers(0, 4), quantity=QUANTITIES)
    def change(self, index: int, who: int, quantity: int) -> None:
        title = "Ny" if quantity == 100 else "Hei"
        changed = self.attempt(
            edit, self.person(who), On(self.pick(index)), self.stage.content(title, quantity)
        )
        assert not changed or changed.approvals == () or changed.state in (State.SUBMITTED, State.APPROVED)

    @rule(
        index=WHICH,
        step=st.sampled_from([withdraw, reorder, complain, reject, set_beside]),
        who=st.integers(0, 3),
    )
    def step_aside(self, index: int, step: Any, who: int) -> None:
        words: dict[Any, tuple[Any, ...]] = {
            complain: ("Feil",),
            reject: ("Nei",),
            set_beside: (Beside(note="x"),),
        }
        order = self.attempt(step, self.person(who), On(self.pick(index)), *words.get(step, ()))
        if order and order.id not in self.numbers:
            self.numbers.append(order.id)

    @rule(amount=st.sampled_from([-500_000, 20_000, 300_000]))
    def give(self, amount: int) -> None:
        self.attempt(grant, self.stage.coordinator, "nu03", 2027, amount=amount)

    @rule()
    def turn_the_year(self) -> None:
        before = self._granted()
        self.attempt(carry_over, self.stage.coordinator, "nu03", 2027)
        assert self._granted() == before

    def _granted(self) -> int:
        with self.stage.book.read() as connection:
            return sum(connection.execute(select(accounts.c.granted)).scalars())

    @invariant()
    def sums_hold(self) -> None:
        with self.stage.book.read() as connection:
            for row in connection.execute(select(accounts)).mappings():
                left = row["granted"] - row["reserved"] - row["spent"]
                assert min(left, row["reserved"], row["spent"]) >= 0
                found = account(self.stage.book, connection, row["id"])
                assert found.available + found.reserved + found.spent == found.granted

    @invariant()
    def money_follows_the_state(self) -> None:
        orders = list_orders(self.stage.book, self.stage.coordinator)
        with self.stage.book.read() as connection:
            entries = (
                connection.execute(select(ledger).where(ledger.c.order_id.is_not(None))).mappings().all()
            )
        for order in orders:
            own = [row for row in entries if row["order_id"] == order.id]
            assert sum(row["reserved"] for row in own) == (order.cost.net if order.state in RESERVED else 0)
            assert sum(row["spent"] for row in own) == (order.cost.net if order.state in SPENT else 0)
            self._approvals_hold(order)

    def _approvals_hold(self, order: Order) -> None:
        if order.state in APPROVED:
            assert {one.kind for one in order.approvals} == {"content", "money"}
            assert len({one.hash for one in order.approvals}) == 1
        if order.state is State.DRAFT:
            assert order.approvals == ()

    @invariant()
    def others_see_nothing(self) -> None:
        assert list_orders(self.stage.book, self.stage.other) == []

    def teardown(self) -> None:
        # Of rows and stored files: lives are too many to print each
        with self.stage.book.read() as connection:
            assert list(problems(self.stage.book, connection)) == []
        self.stage.book.database.dispose()


def test_the_laws_hold(opened: Callable[[Path], Stage], tmp_path: Path) -> None:
    count = iter(range(1_000_000))

    class Opened(Lives):
        def __init__(self) -> None:
            super().__init__(opened(tmp_path / str(next(count))))

    chosen = settings(
        max_examples=LIVES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Opened, settings=chosen)


@pytest.mark.parametrize("code", ["", "zzzzzzzzzz", "' OR 1=1"])
def test_a_code_that_nobody_printed_is_refused(lite: Stage, code: str) -> None:
    with pytest.raises(OrderRefused, match="no slip has this code"):
        confirm(lite.book, code, {"x": 1})
