"""A site that many tests share: everybody has a session, orders stand in every state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx2
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from printkit.orders.deciding import approve_content
from printkit.orders.money import grant
from printkit.orders.press import due_of
from printkit.orders.producing import deliver, printed, release
from printkit.orders.rights import Person
from printkit.orders.signing import sign_in_by_email
from printkit.orders.stepping import On, load, take
from printkit.orders.tables import log_head, orders
from printkit.orders.uploads import Consent, keep_upload
from printkit.web.asking import SESSION
from printkit.web.guard import Guard
from printkit.web.pressing import set_up
from printkit.web.previewing import Previews
from printkit.web.routes import app
from printkit.web.serving import MOST_BYTES
from printkit.web.site import Site
from printkit.work.pool import InProcess
from tests.orders.conftest import Opened
from tests.orders.stage import Stage
from tests.web.conftest import BASE, Letters
from tests.web.test_uploading import photo

# `other` leads another committee than the one whose order, budget and slips are asked for.
PEOPLE = ("leader", "other", "approver", "coordinator", "admin", "nobody")


@dataclass
class Trial:
    """A site, the sessions of everybody, and orders of nu03 by the state that a test needs."""

    stage: Stage
    site: Site
    client: TestClient
    sessions: dict[str, str]
    made: dict[str, int] = field(default_factory=dict)

    def ask(self, who: str, method: str, path: str, form: Mapping[str, str]) -> httpx2.Response:
        self.client.cookies.clear()
        if who != "nobody":
            self.client.cookies.set(SESSION, self.sessions[who])
        sent = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
        return self.client.request(
            method, path, data=dict(form), headers=sent if method == "POST" else {}, follow_redirects=False
        )

    def post(self, who: str, path: str, fields: Sequence[tuple[str, str]]) -> httpx2.Response:
        """Send fields as they are, some of them twice."""
        sent = {"Origin": BASE, "Content-Type": "application/x-www-form-urlencoded"}
        sent |= {"Cookie": f"{SESSION}={self.sessions[who]}"} if who != "nobody" else {}
        body = urlencode(fields, errors="surrogatepass").encode()
        return self.client.post(path, content=body, headers=sent, follow_redirects=False)

    def state(self) -> tuple[object, ...]:
        """Return what changes with every change: the log's end, and all versions of orders."""
        with self.stage.book.read() as connection:
            head = connection.execute(select(log_head.c.hash)).scalar_one()
            versions = connection.execute(select(orders.c.id, orders.c.version).order_by(orders.c.id)).all()
        return head, *map(tuple, versions)

    def order(self, state: str) -> int:
        """Return an order in a state: a new one where it is quickly made, else always the same."""
        stage = self.stage
        match state:
            case "draft":
                return stage.draft().id
            case "submitted":
                return stage.submitted().id
            case "proved":
                return stage.proved(stage.submitted()).id
            case "approved":
                return stage.approved().id
            case "signed":
                return self._signed()
            case "pictured":
                file = keep_upload(stage.book, stage.leader, "nu03", photo(), consent=Consent.NOBODY)
                slots = {"title": "Hei", "photo": {"file": file, "x": 0.5, "y": 0.5}}
                return stage.draft(stage.content(line={"slots": slots})).id
        if state not in self.made:
            self.made[state] = self._printed() if state == "printed" else self._followed(state)
        return self.made[state]

    def _signed(self) -> int:
        """Return one that waits for a word on money: its proofs are signed, and not made again."""
        stage = self.stage
        grant(stage.book, stage.coordinator, "nu03", 2027, amount=0, limit=1)
        order = stage.proved(stage.submitted())
        grant(stage.book, stage.coordinator, "nu03", 2027, amount=0, limit=500_000)
        return approve_content(stage.book, stage.approver, On(order.id)).id

    def _printed(self) -> int:
        """Return one whose press files were made."""
        order = self.stage.released().id
        self.stage.work()
        return order

    def _followed(self, state: str) -> int:
        """Return one that is said to be at the printer, on its way or delivered, without press files."""
        stage, book = self.stage, self.stage.book
        number = release(book, stage.coordinator, On(stage.approved().id)).id
        with book.write(stage.coordinator) as step:
            printed(step, due_of(book, step.connection, load(step, number)))
            if state != "at_printer":
                take(step, load(step, number), "ship")
        if state in ("delivered", "arrived"):
            deliver(book, stage.coordinator, On(number))
        return number


@pytest.fixture(scope="module")
def trial(usual: Opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    stage = usual(tmp_path_factory.mktemp("trial"))
    site = Site(stage.book, BASE, Previews(InProcess(set_up)), Letters())
    # In its context all requests share one loop; without it each starts a thread of its own.
    with TestClient(Guard(app(site), BASE, MOST_BYTES), base_url=BASE) as client:
        sessions = {who: sign_in_by_email(stage.book, person(stage, who).email)[0] for who in PEOPLE[:-1]}
        # No test of these waits for news, which end at once so.
        site.news.close()
        yield Trial(stage, site, client, sessions)
    stage.book.database.dispose()


def person(stage: Stage, who: str) -> Person:
    found = getattr(stage, who)
    assert isinstance(found, Person)
    return found
