"""Who has a form open hears when its picture is there: by server-sent events, as a browser reads them."""

import asyncio
import datetime
import json
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx2
import pytest

from printkit.orders.persons import leave
from printkit.orders.rights import Person
from printkit.orders.signing import sign_in_by_email
from printkit.profiles import Campaign
from printkit.web.asking import SESSION
from printkit.web.news import END, MOST_OF_SESSION, News, Told
from printkit.web.previewing import PreviewRequest, Previews, Shown
from tests.orders.stage import Stage
from tests.web.conftest import Letters
from tests.web.served import PATIENCE_MS, Served, serving

pytestmark = pytest.mark.long


@pytest.fixture
def served(lite: Stage, letters: Letters) -> Iterator[Served]:
    with serving(lite, letters) as served:
        yield served


class Reader:
    """Read events of a form as they come."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.lines = answer.iter_lines()

    def event(self) -> dict[str, str]:
        """Return the fields of the next event; empty at the end of the stream."""
        found: dict[str, str] = {}
        for line in self.lines:
            name, _, value = line.partition(":")
            if name in ("id", "event", "data"):
                found[name] = value.strip()
            elif not line and found:
                return found
        return {}


def visitor(served: Served, person: Person) -> httpx2.Client:
    session, _ = sign_in_by_email(served.stage.book, person.email)
    headers = {"Cookie": f"{SESSION}={session}", "Origin": served.address}
    return httpx2.Client(base_url=served.address, headers=headers, timeout=PATIENCE_MS / 1000)


@contextmanager
def hearing(client: httpx2.Client, order: int, seen: int) -> Iterator[Reader]:
    with client.stream("GET", f"/order/{order}/news?line=1&v={seen}") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Reader(answer)


def write(client: httpx2.Client, order: int, version: int, title: str) -> int:
    form = {"version": str(version), "line": "1", "slot.title": title}
    told = client.post(f"/order/{order}/draft", data=form).raise_for_status().json()
    assert told["saved"]
    return int(told["version"])


def test_a_saved_draft_is_answered_at_once_and_its_picture_is_heard_of(served: Served) -> None:
    order = served.stage.draft()
    with visitor(served, served.stage.leader) as client, hearing(client, order.id, order.version) as reader:
        version = write(client, order.id, order.version, "Møte på torget")
        event = reader.event()
        told = json.loads(event["data"])
        assert (event["id"], told["version"]) == (str(version), version)
        assert "Møte på torget" in told["said"]
        picture = client.get(f"/order/{order.id}/preview/1.png?line=1&h={told['pages'][0]}")
        assert sha256(picture.content).hexdigest()[:32] == told["pages"][0]
        assert "immutable" in picture.headers["cache-control"]


def test_what_was_saved_while_nobody_listened_is_told_first(served: Served) -> None:
    order = served.stage.draft()
    with visitor(served, served.stage.leader) as client:
        version = write(client, order.id, order.version, "Ny tittel")
        with hearing(client, order.id, order.version) as reader:
            assert json.loads(reader.event()["data"])["version"] == version


def test_a_text_that_does_not_fit_is_heard_of_in_words(served: Served) -> None:
    order = served.stage.draft()
    with visitor(served, served.stage.leader) as client, hearing(client, order.id, order.version) as reader:
        write(client, order.id, order.version, "x" * 21)
        assert "Tittel" in json.loads(reader.event()["data"])["said"]


def test_another_committee_and_strangers_hear_nothing(served: Served) -> None:
    order = served.stage.draft()
    with visitor(served, served.stage.other) as client:
        assert client.get(f"/order/{order.id}/news?line=1").status_code == 404
    assert httpx2.get(f"{served.address}/order/{order.id}/news?line=1").status_code == 404


def test_who_has_left_hears_no_more(served: Served) -> None:
    order, stage = served.stage.draft(), served.stage
    with visitor(served, stage.leader) as client, hearing(client, order.id, order.version) as reader:
        with visitor(served, stage.coordinator) as staff:
            leave(stage.book, stage.admin, stage.leader.id)
            write(staff, order.id, order.version, "Etterpå")
        assert reader.event() == {}


def test_the_oldest_of_too_many_open_pages_is_told_to_ask_by_itself(served: Served) -> None:
    order = served.stage.draft()
    with visitor(served, served.stage.leader) as client, hearing(client, order.id, order.version) as oldest:
        for _ in range(MOST_OF_SESSION - 1):
            client.send(client.build_request("GET", f"/order/{order.id}/news?line=1&v=1"), stream=True)
        with hearing(client, order.id, order.version):
            assert oldest.event()["event"] == "over"


def test_a_server_that_stops_waits_for_no_open_page(lite: Stage, letters: Letters) -> None:
    with serving(lite, letters) as served:
        order = lite.draft()
        client = visitor(served, lite.leader)
        answer = client.send(
            client.build_request("GET", f"/order/{order.id}/news?line=1&v={order.version}"), stream=True
        )
        reader = Reader(answer)
        assert next(reader.lines).startswith("retry")
    assert reader.event()["event"] == "over"
    assert reader.event() == {}
    client.close()


class Held:
    """A pool whose pictures come when the test says so."""

    workers = 1

    def __init__(self) -> None:
        self.asked: list[tuple[PreviewRequest, Future[Any]]] = []

    def submit(self, method: str, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked.append((arguments[0], future))
        return future


def wanted(line: str) -> PreviewRequest:
    campaign = cast(Campaign, SimpleNamespace(model_dump_json=str))
    day = datetime.date(2027, 3, 1)
    return PreviewRequest(Path("r"), Path("s"), "t", line, "nu03", campaign, day, 100)


def test_of_words_that_are_typed_on_only_the_last_are_drawn_and_told() -> None:
    async def typed() -> tuple[list[str], list[Told]]:
        pool, told = Held(), []
        news = News(Previews(pool, 1))  # type: ignore[arg-type]
        with news.listening("1.1", "a") as events:
            for version, words in enumerate(("M", "Mø", "Møt", "Møte"), 1):
                news.tell("1.1", version, wanted(words))
                await asyncio.sleep(0)
            news.tell("2.1", 1, wanted("Nobody listens"))
            for _ in range(2):
                while not pool.asked or pool.asked[-1][1].done():
                    await asyncio.sleep(0.001)
                pool.asked[-1][1].set_result(Shown((b"page",), pool.asked[-1][0].line))
                told.append(await events.get())
            news.close()
            told.append(await events.get())
        return [asked.line for asked, _ in pool.asked], told

    drawn, told = asyncio.run(asyncio.wait_for(typed(), 60))
    assert drawn == ["M", "Møte"]
    assert [one.version for one in told] == [1, 4, 0]
    assert told[-1] is END
