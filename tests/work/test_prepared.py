"""A worker that has nothing to do yet prepares what it will need, where there is such."""

import sys
import time

import pytest

from printkit.batch.writing import WritingMaker
from printkit.work.workers import Workers
from tests.work.test_workers import LIMITS


class Preparing:
    def __init__(self) -> None:
        self.prepared = False

    def prepare(self) -> None:
        self.prepared = True
        raise RuntimeError("told where what is missing is needed")

    def is_prepared(self) -> bool:
        return self.prepared


def test_it_prepares_while_no_call_comes_and_works_on_where_that_fails() -> None:
    # On a busy machine the first call may come before the worker has begun
    for seconds in (0.5, 2, 8, 30):
        with Workers(Preparing, 1, LIMITS) as pool:
            time.sleep(seconds)
            prepared = pool.submit("is_prepared").result()
        if prepared:
            return
    pytest.fail("it does not prepare")


def test_a_maker_of_a_batch_loads_what_proofs_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "printkit.papers.drawing", raising=False)
    WritingMaker.prepare(None)  # type: ignore[arg-type]
    assert "printkit.papers.drawing" in sys.modules
