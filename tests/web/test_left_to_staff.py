"""A design with a slot that a committee may not set, and that must be filled in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printkit.errors import SlotErrors
from printkit.orders.changing import edit, submit
from printkit.orders.reading import get
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from tests.orders.stage import Stage, make_workspace, set_stage
from tests.web.conftest import Browser
from tests.web.test_demo import DATE, dated

Visit = Callable[[Person | None], Browser]
TOLD = "Kommunikasjonsavdelingen fyller ut: Dag."


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Stage]:
    root = dated(make_workspace(tmp_path / "w"), DATE)
    made = set_stage(root, f"sqlite:///{tmp_path / 'orders.sqlite3'}", tmp_path)
    yield made
    made.book.database.dispose()


def test_it_is_offered_to_staff_and_not_to_committees(lite: Stage, visit: Visit) -> None:
    path = "/order/new?committee=nu03&template=t"
    assert visit(lite.approver).client.get(path, follow_redirects=False).status_code == 200
    assert (
        visit(lite.leader).client.get(path, follow_redirects=False).headers["location"] == "/?committee=nu03"
    )


def test_a_draft_says_who_fills_it_in_until_it_is(lite: Stage, visit: Visit) -> None:
    order, leader = lite.draft(), visit(lite.leader)
    assert TOLD in leader.get(f"/order/{order.id}").text
    assert TOLD not in visit(lite.coordinator).get(f"/order/{order.id}").text
    with pytest.raises(SlotErrors, match="only the communications office sets; ask it"):
        submit(lite.book, lite.leader, On(order.id))
    (line,) = order.content.lines
    line = line.model_copy(update={"slots": {**line.slots, "day": "2027-06-05"}})
    edit(lite.book, lite.coordinator, On(order.id), order.content.model_copy(update={"lines": (line,)}))
    assert TOLD not in leader.get(f"/order/{order.id}").text
    submit(lite.book, lite.leader, On(order.id))
    assert get(lite.book, lite.leader, order.id).state.value == "submitted"
