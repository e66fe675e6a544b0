"""`orders work` killed at any moment: nothing is lost or doubled, the next one goes on.

PRINTKIT_KILLS=50 kills it so many times.
"""

import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from printkit.errors import OrderRefused, WriteError
from printkit.orders.money import account
from printkit.orders.producing import press_file
from printkit.orders.reading import get, proofs_of
from printkit.orders.verifying import verify
from printkit.orders.working import work
from tests.orders.stage import Stage, here

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("PRINTKIT_KILLS", "3"))
# A run of one small piece takes some seconds of computing, the loading of the layout engine too.
LONGEST = 4.0


def start(stage: Stage) -> subprocess.Popen[bytes]:
    """Run `printkit orders work` in a session of its own."""
    url = stage.book.database.engine.url.render_as_string()
    places = (stage.book.workspace.root, url, stage.book.store.root, stage.book.batches)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.orders.worker", *map(str, places)], start_new_session=True
    )


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
