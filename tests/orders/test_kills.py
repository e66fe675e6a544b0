"""Worker, server and database killed at any moment: nothing is lost or doubled, the next one goes on.

PRINTKIT_KILLS=50 kills worker and server so many times.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from printkit.errors import OrderRefused, WriteError
from printkit.orders.changing import submit
from printkit.orders.life import State
from printkit.orders.money import account
from printkit.orders.producing import press_file
from printkit.orders.reading import get, list_orders, proofs_of
from printkit.orders.signing import sign_in_by_email
from printkit.orders.stepping import On
from printkit.orders.verifying import verify
from printkit.orders.working import work
from printkit.web.asking import SESSION
from tests.orders.conftest import Prepared
from tests.orders.postgres import Server
from tests.orders.stage import Stage, here, open_stage
from tests.processes import soon, the_living, told_by

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("PRINTKIT_KILLS", "2"))
# A run of one small piece takes some seconds of computing, the loading of the layout engine too.
LONGEST = 4.0


def run(module: str, stage: Stage) -> subprocess.Popen[str]:
    """Run a module of these tests over a stage's order book, in a session of its own."""
    url = stage.book.database.engine.url.render_as_string()
    places = (stage.book.workspace.root, url, stage.book.store.root, stage.book.batches)
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, places)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def start(stage: Stage) -> subprocess.Popen[str]:
    """Run `orders work`."""
    return run("tests.orders.worker", stage)


def test_killed_work_goes_on(lite: Stage) -> None:
    chance = random.Random(1)
    orders = [lite.released(lite.content(title)) for title in ("En", "To")]
    for _ in range(KILLS):
        working = start(lite)
        try:
            working.wait(chance.uniform(0.2, LONGEST))
        except subprocess.TimeoutExpired:
            os.killpg(working.pid, signal.SIGKILL)
            working.wait(60)
        assert verify(lite.book) == []
    assert start(lite).wait(300) == 0
    for order in orders:
        made = get(lite.book, lite.leader, order.id)
        assert made.state == "at_printer"
        with lite.book.read() as connection:
            (proof,) = proofs_of(connection, order.id, 1)
            assert account(lite.book, connection, "nu03-2027").spent == 30_000
        file = press_file(lite.book, made.run or "", "nu03", proof.piece)
        assert sha256(file.read_bytes()).hexdigest() == proof.sha256
    assert len(list(lite.book.batches.rglob("*.pdf"))) == len(orders)


def test_two_who_work_at_once_do_it_once(lite: Stage) -> None:
    order = lite.released()
    with ThreadPoolExecutor(2) as both:
        told = [both.submit(work, lite.again(), pool=here) for _ in range(2)]
    refused = [one.exception() for one in told if one.exception()]
    # The second is refused by the folder's lock, or finds nothing left to do.
    assert all(isinstance(one, WriteError | OrderRefused) for one in refused)
    assert len(refused) < 2
    assert get(lite.book, lite.leader, order.id).state == "at_printer"
    assert verify(lite.book) == []


def order_by_form(address: str, session: str, answered: list[int], kill: Callable[[], None]) -> None:
    """Begin and withdraw drafts until the server is gone, killed after some; note what was answered."""
    chance = random.Random(len(answered))
    last = len(answered) + chance.randrange(1, 15)
    sent = {"Cookie": f"{SESSION}={session}", "Origin": address}
    begun = {"template": "t", "format": "t100", "committee": "nu03"}
    with contextlib.suppress(httpx2.TransportError), httpx2.Client(base_url=address, timeout=60) as client:
        while True:
            made = client.post("/order/new", data=begun, headers=sent)
            assert made.status_code == 303, f"{made.status_code}: {made.text}"
            number = int(made.headers["location"].rpartition("/")[2])
            assert client.post(f"/order/{number}/withdraw", headers=sent).status_code == 303
            answered.append(number)
            if len(answered) == last:
                threading.Timer(chance.uniform(0, 0.1), kill).start()


def is_gone(session: int) -> bool:
    return not the_living(session)


def test_a_server_that_is_killed_keeps_what_it_answered(lite: Stage) -> None:
    session, _ = sign_in_by_email(lite.book, lite.leader.email)
    answered: list[int] = []
    # Each start takes some seconds of computing.
    for _ in range(KILLS if KILLS > 10 else 1):
        process = run("tests.orders.server", lite)
        try:
            kill = partial(os.killpg, process.pid, signal.SIGKILL)
            order_by_form(told_by(process)["address"], session, answered, kill)
        finally:
            process.kill()
            process.wait(60)
        assert soon(partial(is_gone, process.pid), 60)
        assert verify(lite.book) == []
    kept = {one.id: one.state for one in list_orders(lite.book, lite.leader, most=100_000)}
    assert {kept[number] for number in answered} <= {State.WITHDRAWN}
    # Beside those that were answered at most one a kill was begun, and is a whole draft.
    assert len(kept) - len(answered) <= KILLS
    assert len(answered) == len(set(answered))


def test_a_postgresql_that_is_killed_keeps_what_was_answered(
    server: Server, prepared: Prepared, template: str, tmp_path: Path
) -> None:
    prepared.copy(tmp_path)
    stage = open_stage(prepared.workspace, server.new_database(template), tmp_path)
    numbers = [stage.draft(stage.content(quantity=10)).id for _ in range(40)]
    killed = threading.Timer(0.3, server.kill)
    killed.start()
    done: list[int] = []

    def hand_in(number: int) -> None:
        with contextlib.suppress(WriteError):
            submit(stage.book, stage.leader, On(number))
            done.append(number)

    with ThreadPoolExecutor(4) as clients:
        list(clients.map(hand_in, numbers))
    killed.join(60)
    server.start()
    now = {number: get(stage.book, stage.leader, number).state for number in numbers}
    assert {now[number] for number in done} <= {State.SUBMITTED}
    assert set(now.values()) <= {State.SUBMITTED, State.DRAFT}
    assert verify(stage.book) == []
    for number in [number for number, state in now.items() if state is State.DRAFT][:2]:
        assert submit(stage.book, stage.leader, On(number)).state == "submitted"
    stage.book.database.dispose()
