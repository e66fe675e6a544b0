"""A batch says what it did, what needs a look and what is not to be sent."""

import json
from dataclasses import replace

import pytest

from printkit.cli.batch_words import tell
from printkit.cli.options import Settings
from tests.batch.conftest import Batch, batch, make_batch, pieces, profiles, workspace
from tests.batch.stand_in import StandIn

__all__ = ["batch", "make_batch", "pieces", "profiles", "workspace"]


def told(
    batch: Batch, capsys: pytest.CaptureFixture[str], made: StandIn, *, given: Settings | None = None
) -> tuple[str, str]:
    """Return what a run of the stand-in says on stdout and stderr."""
    tell(given or Settings(), batch.base, batch(made))
    said = capsys.readouterr()
    return said.out, said.err


def test_it_counts_what_was_done(batch: Batch, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = told(batch, capsys, StandIn())
    assert first.splitlines()[:2] == ["All 14 pieces are ready to print.", "14 made"]
    (batch.root / batch.files()[0]).unlink()
    batch.pieces = batch.pieces[:-2]
    again, _ = told(batch, capsys, StandIn(bad={batch.pieces[1].id: "slot"}))
    assert again.splitlines()[1] == "1 made, 10 unchanged, 1 held, 2 removed"


def test_a_single_piece_is_told_as_one(batch: Batch, capsys: pytest.CaptureFixture[str]) -> None:
    batch.pieces = batch.pieces[:1]
    said, _ = told(batch, capsys, StandIn())
    assert said.splitlines()[0] == "The piece is ready to print."
    (batch.root / batch.files()[0]).unlink()
    held, _ = told(batch, capsys, StandIn(bad={batch.pieces[0].id: "slot"}))
    assert held.splitlines()[0] == "The piece is held and must not be printed."


def test_it_names_what_is_not_to_be_sent(batch: Batch, capsys: pytest.CaptureFixture[str]) -> None:
    told(batch, capsys, StandIn())
    for number in range(12):
        (batch.root / f"press/copy-{number:02}.pdf").write_bytes(b"mine")
    _, noted = told(batch, capsys, StandIn())
    lines = [line for line in noted.splitlines() if line.startswith("not of this run")]
    assert (len(lines), "press/copy-00.pdf" in lines[0], "2 more" in lines[-1]) == (11, True, True)
    data = json.loads(told(batch, capsys, StandIn(), given=Settings(json=True))[0])
    assert (len(data["strange"]), data["states"], data["removed"]) == (12, {"unchanged": 14}, [])
    assert told(batch, capsys, StandIn(), given=Settings(quiet=True)) == ("", "")


def test_it_says_that_a_merged_file_went(batch: Batch, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = batch(StandIn())
    gone = type(outcome)(**vars(outcome) | {"removed": ("merged/nu01_digital.pdf",)})
    tell(Settings(), batch.base, gone)
    assert "removed: merged/nu01_digital.pdf" in capsys.readouterr().err


def test_it_says_what_is_worth_a_look_and_the_report_too(
    batch: Batch, capsys: pytest.CaptureFixture[str]
) -> None:
    batch.base = replace(batch.base, concerns=("deadline = 2020-01-01 is past; set it",))
    _, noted = told(batch, capsys, StandIn())
    assert "worth a look: deadline = 2020-01-01 is past; set it" in noted.splitlines()
    assert json.loads((batch.root / "report.json").read_text())["concerns"] == list(batch.base.concerns)
    assert "2020-01-01 is past" in (batch.root / "report.html").read_text()
