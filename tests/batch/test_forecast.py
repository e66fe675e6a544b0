"""What a run would do and how long it would take."""

from dataclasses import replace
from typing import Any

import pytest

from printkit.batch.forecast import Forecast, forecast
from printkit.batch.run import Options
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn


def told(batch: Batch, maker: StandIn, workers: int = 1, **options: Any) -> Forecast:
    return forecast(replace(batch.base, options=Options(**options)), batch.pieces, maker, workers)


def test_a_new_folder_has_all_before_it_and_stays_unwritten(batch: Batch) -> None:
    found = told(batch, StandIn())
    assert (found.count("rendered"), found.count("variant")) == (4, 10)
    assert {due.why for due in found.pieces} == {"new"}
    assert not batch.root.exists()


def test_it_says_what_the_run_then_does(batch: Batch) -> None:
    maker = StandIn(bad={batch.pieces[0].id: "slot"})
    before = told(batch, maker)
    outcome = batch(maker)
    assert {due.piece.id: due.state for due in before.pieces} == {
        record.id: record.state for record in outcome.records
    }
    assert "74 characters, 60 fit" in before.pieces[0].why


@pytest.mark.parametrize("again", [False, True])
def test_it_says_what_a_final_run_then_holds(batch: Batch, again: bool) -> None:
    maker = StandIn(bad={batch.pieces[2].id: "check"})
    maker.unconfirmed = ("brand.logo",)
    if again:
        batch(maker)
    before = told(batch, maker, final=True)
    outcome = batch(maker, final=True)
    assert before.count("held") == len(outcome.held) == len(batch.pieces)
    assert "brand.logo" in before.pieces[0].why
    assert before.to_make("rendered") + before.to_make("variant") == (0 if again else len(batch.pieces))
    assert (before.seconds > 0) != again


def test_what_is_unchanged_takes_no_time(batch: Batch) -> None:
    batch(StandIn())
    found = told(batch, StandIn())
    assert (found.count("unchanged"), found.seconds) == (len(batch.pieces), 0)
    assert told(batch, StandIn(), force=True).count("unchanged") == 0


def test_only_what_is_lost_is_to_be_made(batch: Batch) -> None:
    outcome = batch(StandIn())
    lost = outcome.records[3]
    (batch.root / str(lost.file)).unlink()
    again = [due for due in told(batch, StandIn()).pieces if due.state != "unchanged"]
    assert [(due.piece.id, due.why) for due in again] == [(lost.id, "its file was gone")]


def test_more_workers_take_less_time(batch: Batch) -> None:
    limits = batch.base.profiles.batch
    work = 4 * limits.layout_seconds + 10 * limits.variant_seconds
    assert told(batch, StandIn()).seconds == limits.start_seconds + work
    assert told(batch, StandIn(), workers=2).seconds == limits.start_seconds + work / 2
    # A layout is not divided.
    assert told(batch, StandIn(), workers=99).seconds == limits.start_seconds + limits.layout_seconds


def test_a_folder_knows_its_own_pace(batch: Batch) -> None:
    class Slow(StandIn):
        def make(self, piece):  # type: ignore[no-untyped-def]
            return replace(super().make(piece), seconds=3.0)

    batch(Slow())
    found = told(batch, StandIn(), force=True)
    assert found.seconds == batch.base.profiles.batch.start_seconds + 14 * 3.0
