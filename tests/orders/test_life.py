"""The table of life: complete, and drawn in the docs."""

import pytest

from printkit.errors import OrderRefused
from printkit.orders.life import BY_NAME, ENDED, TRANSITIONS, State, possible, step_from
from tests.orders.diagram import PAGE, page


def test_the_docs_draw_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.orders.diagram"


def test_names_are_told_apart() -> None:
    assert len(BY_NAME) == len(TRANSITIONS)


@pytest.mark.parametrize("state", State)
def test_an_order_ends_where_no_step_leads_on(state: State) -> None:
    assert (possible(state) == ()) == (state in ENDED)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", BY_NAME)
def test_no_step_is_taken_from_another_state(name: str, state: State) -> None:
    if state in BY_NAME[name].before:
        assert step_from(name, state, "7").name == name
    else:
        with pytest.raises(OrderRefused, match=f"order 7 is {state.value}"):
            step_from(name, state, "7")
