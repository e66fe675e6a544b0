"""Links and sessions: once, for minutes, and the database knows hashes only."""

import pytest
from sqlalchemy import select

from printkit.errors import OrderRefused
from printkit.orders.persons import leave
from printkit.orders.signing import (
    ask_link,
    link_is_good,
    sign_in,
    sign_in_by_email,
    sign_out,
    who_is,
)
from printkit.orders.tables import links, sessions
from printkit.orders.tidying import tidy
from tests.orders.stage import Stage


def link(stage: Stage) -> str:
    token = ask_link(stage.book, "Leder3@example.org ", "10.0.0.1")
    assert token is not None
    return token


def test_a_link_is_good_once(stage: Stage) -> None:
    token = link(stage)
    assert link_is_good(stage.book, token)
    assert link_is_good(stage.book, token)
    session, person = sign_in(stage.book, token)
    assert person == stage.leader == who_is(stage.book, session)
    assert not link_is_good(stage.book, token)
    with pytest.raises(OrderRefused, match="used up or too old"):
        sign_in(stage.book, token)


def test_a_link_is_good_for_fifteen_minutes(lite: Stage) -> None:
    token = link(lite)
    lite.clock.pass_(minutes=15)
    assert not link_is_good(lite.book, token)
    # A clock that goes back does not make it longer than it was.
    lite.clock.pass_(minutes=-1)
    assert link_is_good(lite.book, token)


def test_a_session_ends(lite: Stage) -> None:
    session, _ = sign_in(lite.book, link(lite))
    lite.clock.pass_(hours=12)
    assert who_is(lite.book, session) is None


def test_who_signs_out_or_leaves_is_out(lite: Stage) -> None:
    first, _ = sign_in(lite.book, link(lite))
    sign_out(lite.book, first)
    assert who_is(lite.book, first) is None
    second, _ = sign_in(lite.book, link(lite))
    leave(lite.book, lite.admin, lite.leader.id)
    assert who_is(lite.book, second) is None
    assert ask_link(lite.book, "leder3@example.org", "10.0.0.1") is None
    with pytest.raises(OrderRefused, match="nobody here"):
        sign_in_by_email(lite.book, "leder3@example.org")


def test_the_database_knows_hashes_only(lite: Stage) -> None:
    token = link(lite)
    session, _ = sign_in(lite.book, link(lite))
    with lite.book.read() as connection:
        stored = [
            *connection.execute(select(links.c.hash)).scalars(),
            *connection.execute(select(sessions.c.hash)).scalars(),
        ]
    assert len(stored) == 3
    assert not {token, session} & set(stored)


def test_strangers_and_forged_tokens_get_nothing(lite: Stage) -> None:
    assert ask_link(lite.book, "stranger@example.org", "10.0.0.1") is None
    assert who_is(lite.book, "x" * 43) is None
    assert not link_is_good(lite.book, "")


def test_an_address_that_asks_too_often_waits(lite: Stage) -> None:
    for _ in range(lite.book.rules.rules.links_an_hour):
        ask_link(lite.book, "nobody@example.org", "10.0.0.1")
    with pytest.raises(OrderRefused, match="wait an hour"):
        ask_link(lite.book, "nobody@example.org", "10.0.0.1")
    assert ask_link(lite.book, "leder3@example.org", "10.0.0.2")
    lite.clock.pass_(hours=1)
    assert ask_link(lite.book, "leder3@example.org", "10.0.0.1")


def test_addresses_of_requests_are_kept_thirty_days(lite: Stage) -> None:
    link(lite)
    lite.clock.pass_(days=29)
    assert tidy(lite.book)["attempts"] == 0
    lite.clock.pass_(days=2)
    gone = tidy(lite.book)
    assert (gone["attempts"], gone["links"]) == (1, 0)


def test_a_letter_box_is_not_filled_from_many_addresses(lite: Stage) -> None:
    most = lite.book.rules.rules.links_a_person
    asked = [ask_link(lite.book, "leder3@example.org", f"10.0.0.{n}") for n in range(most + 1)]
    assert [one is None for one in asked] == [False] * most + [True]
    lite.clock.pass_(hours=1)
    assert ask_link(lite.book, "leder3@example.org", "10.0.0.1")
