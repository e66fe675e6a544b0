"""How jobs are handed out: inputs that change in a run, jobs that are lost, files of layouts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printkit.batch import dispatch as dispatcher
from printkit.batch.execution import execute
from printkit.batch.planned import Planned
from printkit.batch.run import Silence
from printkit.errors import PrintkitError, RenderError, WriteError
from printkit.papers.parts import PagePicture
from printkit.produce import Begun, Product, Variant
from printkit.work.pool import InProcess, Lost
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn

FIRST = "nu01_recruit_flyer-a5_nb_bib-drammen"


class Counting(StandIn):
    """Count calls, by method and piece; `lost` says how often a piece's job is lost."""

    def __init__(self, lost: dict[str, int] | None = None) -> None:
        super().__init__()
        self.calls: Counter[tuple[str, str]] = Counter()
        self.jobs: list[int] = []
        self.lost = lost or {}

    def begin(self, piece: Planned, pictures: bool) -> Begun:
        self._call("begin", piece.id)
        return super().begin(piece, pictures)

    def vary(self, master: bytes, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
        self.jobs.append(len(variants))
        for one in variants:
            self._call("vary", one.piece)
        return super().vary(master, variants)

    def _call(self, method: str, piece: str) -> None:
        self.calls[method, piece] += 1
        if self.calls[method, piece] <= self.lost.get(piece, 0):
            raise Lost("the worker died (signal 9)")

    def begun(self, layout: str) -> list[str]:
        return sorted(piece for method, piece in self.calls if method == "begin" and layout in piece)


class Changing(Counting):
    """Lay a first piece out from other inputs than those it was planned with."""

    def begin(self, piece: Planned, pictures: bool) -> Begun:
        begun = super().begin(piece, pictures)
        return replace(begun, key="another") if piece.id == FIRST else begun


def flyers(batch: Batch) -> list[str]:
    return sorted(piece.id for piece in batch.pieces if "flyer-a5" in piece.id)


def test_a_piece_whose_inputs_changed_is_held_and_none_is_made_from_its_layout(batch: Batch) -> None:
    maker = Changing()
    outcome = batch(maker)
    assert [(record.id, record.file, record.reasons) for record in outcome.held] == [
        (FIRST, None, (dispatcher.CHANGED,))
    ]
    assert maker.begun("flyer-a5") == flyers(batch)
    assert not [call for call in maker.calls if call[0] == "vary" and "flyer-a5" in call[1]]
    assert not list((batch.root / "press").rglob(f"{FIRST}.pdf"))


def test_pictures_of_inputs_that_changed_are_not_shown(batch: Batch) -> None:
    batch(Changing())
    shown = {path.name for path in (batch.root / "proofs").glob("*flyer-a5*.png")}
    assert f"{FIRST}-1.png" not in shown


def test_it_is_made_by_the_next_run(batch: Batch) -> None:
    batch(Changing())
    maker = Counting()
    assert batch(maker).exit_code == 0
    assert maker.made == [FIRST]


@pytest.mark.parametrize(("times", "held"), [(1, False), (2, True), (3, True)])
def test_a_layouts_first_piece_has_two_tries_and_its_sites_do_not_depend_on_it(
    batch: Batch, times: int, held: bool
) -> None:
    maker = Counting({FIRST: times})
    outcome = batch(maker)
    assert maker.calls["begin", FIRST] == 2
    assert [record.id for record in outcome.held] == ([FIRST] if held else [])
    assert len(outcome.records) == len(batch.pieces)
    assert maker.begun("flyer-a5") == (flyers(batch)[:2] if held else [FIRST])


@pytest.mark.parametrize(("times", "held"), [(1, False), (2, True)])
def test_a_site_that_is_lost_has_a_second_try_alone(batch: Batch, times: int, held: bool) -> None:
    one = flyers(batch)[2]
    maker = Counting({one: times})
    outcome = batch(maker)
    assert maker.calls["vary", one] == 2
    assert [record.id for record in outcome.held] == ([one] if held else [])
    assert [why for record in outcome.held for why in record.reasons if "signal 9" in why] != [] or not held
    assert 1 in maker.jobs


def test_a_full_disk_ends_the_run_whoever_met_it(batch: Batch) -> None:
    class Full(StandIn):
        def begin(self, piece: Planned, pictures: bool) -> Begun:
            if len(self.made) == 3:
                raise WriteError("/tmp: No space left on device")
            return replace(super().begin(piece, pictures), master=None)

    with pytest.raises(WriteError, match="No space left"):
        batch(Full())
    assert not (batch.root / "manifest.json").exists()


def test_no_job_holds_more_bytes_than_fit(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "MOST_BYTES", 1)
    maker = Counting()
    assert batch(maker).exit_code == 0
    assert set(maker.jobs) == {1}


def test_no_job_holds_more_pieces_than_fit(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "MOST", 2)
    maker = Counting()
    assert batch(maker).exit_code == 0
    assert max(maker.jobs) == 2
    assert sum(maker.jobs) == len(batch.pieces) - 4


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_all_workers_have_some_sites_of_a_layout(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(dispatcher, "LEAST", 1)
    monkeypatch.setattr(InProcess, "workers", workers)
    maker = Counting()
    one = tuple(piece for piece in batch.pieces if piece.id in flyers(batch) and piece.committee == "nu01")
    batch(maker, one)
    assert len(maker.jobs) == workers
    assert sum(maker.jobs) == len(one) - 1


class Keeping(Counting):
    """Keep layouts in files, as hands do that write."""

    def __init__(self, folder: Path, lost: dict[str, int] | None = None) -> None:
        super().__init__(lost)
        self.folder = folder

    def begin(self, piece: Planned, pictures: bool) -> Begun:
        begun = super().begin(piece, pictures)
        kept = self.folder / piece.id
        kept.write_bytes(begun.master or b"")
        return replace(begun, master=None, kept=kept)

    def vary(self, master: Any, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
        return super().vary(master.read_bytes(), variants)


@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_layouts_file_goes_behind_its_last_piece_and_not_before(
    batch: Batch, tmp_path: Path, times: int
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    outcome = batch(Keeping(kept, {flyers(batch)[3]: times}))
    assert len(outcome.held) == (times == 2)
    assert list(kept.iterdir()) == []


def test_a_picture_that_cannot_be_made_is_told_and_costs_no_piece(batch: Batch) -> None:
    class Blind(StandIn):
        def pictures(self, piece: Planned) -> tuple[PagePicture, ...]:
            raise RenderError("no picture")

    class Heard(Silence):
        said: list[str] = []

        def say(self, text: str) -> None:
            self.said.append(text)

    batch(StandIn(), proofs=False)
    heard, maker = Heard(), Blind()
    outcome = execute(batch.base, batch.pieces, maker, heard, pool=lambda: InProcess(lambda: maker))
    assert outcome.exit_code == 0
    assert f"{FIRST}: no proof: no picture" in heard.said
