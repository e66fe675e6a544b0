"""Files that workers write aside are those that the caller would have written."""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from printkit.batch.execution import execute
from printkit.batch.planned import Planned
from printkit.batch.run import Options, Silence
from printkit.batch.writing import WritingSetup
from printkit.errors import PrintkitError, WriteError
from printkit.produce import Product, Variant
from printkit.work.pool import InProcess
from printkit.work.workers import Workers
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn
from tests.batch.test_execution import bytes_of


def written(batch: Batch, setup: object) -> Workers:
    return Workers(WritingSetup(setup, batch.root), 2, batch.base.profiles.batch)  # type: ignore[arg-type]


def test_a_run_by_scribes_equals_one_whose_bytes_travel(batch: Batch, tmp_path: Path) -> None:
    other = replace(batch, base=replace(batch.base, root=tmp_path / "other"))
    other(StandIn())
    execute(batch.base, batch.pieces, StandIn(), Silence(), pool=lambda: written(batch, StandIn))
    assert bytes_of(batch) == bytes_of(other)
    assert list((batch.root / ".printkit" / "aside").iterdir()) == []


def test_a_bad_piece_is_held_by_scribes_too(batch: Batch) -> None:
    bad = {batch.pieces[1].id: "check", batch.pieces[4].id: "render"}
    setup = partial(StandIn, bad=bad)
    outcome = execute(batch.base, batch.pieces, StandIn(), Silence(), pool=lambda: written(batch, setup))
    assert {record.id: bool(record.file) for record in outcome.held} == {
        batch.pieces[1].id: True,
        batch.pieces[4].id: False,
    }


def test_only_what_a_file_is_known_by_travels(batch: Batch, pieces: tuple[Planned, ...]) -> None:
    (batch.root / ".printkit" / "aside").mkdir(parents=True)
    maker = WritingSetup(StandIn, batch.root)()
    begun = maker.begin(pieces[0], False)
    (product,) = maker.vary(pickle.dumps(pieces[0]), [Variant(pieces[1].id, "key", ())])
    for one in (begun.product, product):
        assert one.pdf == b""  # type: ignore[union-attr]
        stored = one.stored  # type: ignore[union-attr]
        assert stored is not None
        file = batch.root / ".printkit" / "aside" / stored.file.replace("/", "~")
        assert file.stat().st_size == stored.bytes > 300


@pytest.mark.parametrize("room", [True, False])
def test_a_layout_is_written_down_while_its_sites_are_made(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: bool
) -> None:
    aside, seen = tmp_path / "temporary", []
    if room:
        aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))

    class Watched(StandIn):
        def vary(self, master: bytes, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
            seen.append([file.read_bytes() == master for file in aside.glob("layout-*")])
            return super().vary(master, variants)

    execute(
        batch.base,
        batch.pieces,
        StandIn(),
        Silence(),
        pool=lambda: InProcess(WritingSetup(Watched, batch.root)),
    )
    assert len(seen) == len(batch.pieces) - len({StandIn().inputs(one).layout for one in batch.pieces})
    # A second layout is begun before the first one's sites are made.
    assert all((True in one and len(one) <= 2) if room else one == [] for one in seen)
    assert not list(aside.glob("*"))


def test_a_layout_that_another_began_is_read(batch: Batch, pieces: tuple[Planned, ...]) -> None:
    (batch.root / ".printkit" / "aside").mkdir(parents=True)
    one, other = (WritingSetup(StandIn, batch.root)() for _ in range(2))
    begun = one.begin(pieces[0], False)
    assert begun.master is None
    assert begun.kept is not None
    variant = Variant(pieces[1].id, "key", ())
    (mine,), (theirs,) = (maker.vary(begun.kept, [variant]) for maker in (one, other))
    assert isinstance(mine, Product)
    assert isinstance(theirs, Product)
    assert mine.sha256 == theirs.sha256
    begun.kept.unlink()


def test_what_a_scribe_cannot_write_stops_the_run(batch: Batch) -> None:
    class Full(StandIn):
        def begin(self, piece, pictures):  # type: ignore[no-untyped-def]
            raise WriteError("the disk is full")

    with pytest.raises(WriteError, match="the disk is full"):
        batch(Full())
    assert batch(StandIn(), **vars(Options())).exit_code == 0


def test_a_worker_reads_no_tables() -> None:
    code = "import sys, printkit.batch.writing; sys.exit('printkit.rows' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
