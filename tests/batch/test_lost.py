"""Pieces that cost their worker: each is tried twice and then held; all others are made."""

import json
import os
import pickle
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from printkit.batch.execution import execute
from printkit.batch.planned import Planned
from printkit.batch.run import Outcome, Silence
from printkit.errors import PrintkitError
from printkit.produce import Product, Variant
from printkit.work.workers import Workers
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn

DIES = "nu01_recruit_poster-a3_nb_st-mjondalen"
DIES_ONCE = "nu01_recruit_flyer-a5_nb_kp-mjondalen"
# The first of its layout
HANGS = "nu01_recruit_poster-a3_nb_bib-drammen"
FILLS = "nu01_recruit_poster-50x70_nb_st-drammen"
LONGEST, MOST_MB = 2, 1000


class Doomed(StandIn):
    """Make pieces but those that end the worker or outgrow it; tries are counted in a folder."""

    def __init__(self, tries: Path) -> None:
        super().__init__()
        self.tries = tries

    def make(self, piece: Planned) -> Product:
        tried = self.tries / piece.id
        before = len(tried.read_bytes()) if tried.exists() else 0
        tried.write_bytes(b"x" * (before + 1))
        if piece.id == DIES or (piece.id == DIES_ONCE and not before):
            os.kill(os.getpid(), signal.SIGKILL)
        if piece.id == HANGS:
            sum(range(10**12))
        if piece.id == FILLS:
            bytearray(MOST_MB * 1_500_000)
        return super().make(piece)

    def vary(self, master: bytes, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
        """Let a lack of memory out, as the engine's own does."""
        first: Planned = pickle.loads(master)
        return [self.make(replace(first, id=one.piece)) for one in variants]


@dataclass(frozen=True)
class Ended:
    """A batch after its run, and how often each piece was tried."""

    batch: Batch
    outcome: Outcome
    tries: Mapping[str, int]

    def why(self, piece: str) -> list[str]:
        told = json.loads((self.batch.root / f"held/nu01/{piece}.json").read_bytes())
        return list(told["why"])


@pytest.fixture(scope="module")
def ended(make_batch: Callable[[Path], Batch], tmp_path_factory: pytest.TempPathFactory) -> Ended:
    batch, tries = make_batch(tmp_path_factory.mktemp("out")), tmp_path_factory.mktemp("tries")
    limits = batch.base.profiles.batch.model_copy(update={"piece_seconds": LONGEST, "worker_mb": MOST_MB})
    pool = partial(Workers, partial(Doomed, tries), 2, limits)
    outcome = execute(batch.base, batch.pieces, StandIn(), Silence(), pool=pool)
    return Ended(batch, outcome, {tried.name: tried.stat().st_size for tried in tries.iterdir()})


@pytest.mark.parametrize(
    ("piece", "reason", "told"),
    [
        (DIES, "the worker died (signal 9)", "arbeidsprosessen døde (signal 9)"),
        (HANGS, f"it took more than {LONGEST} s of computing", f"det tok mer enn {LONGEST} s regnetid"),
        (FILLS, f"it needed more than {MOST_MB} MB", f"det trengte mer enn {MOST_MB} MB"),
    ],
)
def test_a_piece_that_costs_its_worker_is_tried_twice_and_held(
    ended: Ended, piece: str, reason: str, told: str
) -> None:
    assert ended.tries[piece] == 2
    (why,) = ended.why(piece)
    assert why.startswith(f"templates/recruit ({piece.split('_')[2]}): {reason}; look for ")
    assert not list(ended.batch.root.rglob(f"{piece}.pdf"))
    assert reason in (ended.batch.root / "report.json").read_text(encoding="utf-8")
    # People read it in the workspace's language
    html = (ended.batch.root / "report.html").read_text(encoding="utf-8")
    assert told in html.replace("\u00a0", " ")


def test_a_piece_that_costs_its_worker_once_is_made(ended: Ended) -> None:
    assert ended.tries[DIES_ONCE] == 2
    assert (ended.batch.root / f"press/nu01/{DIES_ONCE}.pdf").is_file()


def test_all_others_are_made_also_those_of_the_same_job_or_layout(ended: Ended) -> None:
    assert ended.outcome.exit_code == 1
    assert {record.id for record in ended.outcome.held} == {DIES, HANGS, FILLS}
    made = {file.stem for file in (ended.batch.root / "press/nu01").iterdir()}
    assert made == {piece.id for piece in ended.batch.pieces} - {DIES, HANGS, FILLS}


def test_what_was_lost_is_tried_again_by_the_next_run(ended: Ended) -> None:
    maker = StandIn()
    assert ended.batch(maker).exit_code == 0
    assert set(maker.made) == {DIES, HANGS, FILLS}
