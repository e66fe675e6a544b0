"""A disk that is full stops a run with whole files only; the run after it completes the folder."""

import re
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from printkit.batch.folder import open_folder
from printkit.errors import WriteError
from tests.batch.conftest import Batch
from tests.batch.contents import check_whole, contents
from tests.batch.stand_in import StandIn
from tests.disk import Disk, mounted

PAGE = 4096
BAD = {"nu01_recruit_flyer-a5_nb_st-drammen": "check", "nu01_recruit_poster-a3_nb_st-drammen": "render"}


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow past 900 bytes, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path, small_files: None) -> None:
    with open_folder(tmp_path) as folder:
        folder.place("press/a.pdf", b"short")
        with pytest.raises(WriteError, match=r"press/a\.pdf: cannot be written"):
            folder.place("press/a.pdf", b"x" * 1000)
        assert (tmp_path / "press/a.pdf").read_bytes() == b"short"
        assert list((tmp_path / ".printkit" / "aside").iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    with mounted(tmp_path / "disk", 2 * PAGE) as disk:
        yield disk


def test_a_folder_that_cannot_be_locked_for_want_of_room_is_told_itself(small_disk: Disk) -> None:
    (small_disk.root / "out/.printkit/aside").mkdir(parents=True)
    (small_disk.root / "out/.printkit/lock").touch()
    small_disk.fill()
    with (
        pytest.raises(WriteError, match="/out: cannot be written: No space left"),
        open_folder(small_disk.root / "out"),
    ):
        pass


def fill(batch: Batch) -> str:
    """Run on; return the file that could not be written, or nothing where all could."""
    try:
        batch(StandIn(bad=BAD))
    except WriteError as error:
        found = re.fullmatch(r".*/out/(.+): cannot be written: No space left on device", str(error))
        return found[1] if found else str(error)
    return ""


def test_a_disk_that_fills_up_at_any_moment_leaves_whole_files(
    make_batch: Callable[[Path], Batch], small_disk: Disk, tmp_path: Path
) -> None:
    """It gets a page more for each run, until one completes the folder."""
    batch, undisturbed = make_batch(small_disk.root / "out"), make_batch(tmp_path / "undisturbed")
    undisturbed(StandIn(bad=BAD))
    whole, stopped = contents(undisturbed.root), []
    while file := fill(batch):
        stopped.append(file)
        check_whole(batch.root, whole)
        assert len(stopped) < 300
        small_disk.grow(PAGE)
    assert contents(batch.root) == whole
    assert {file.partition("/")[0] for file in stopped} >= {"press", "proofs", "order.csv"}
    assert {".printkit/journal.jsonl", "report.html"} <= set(stopped)


def test_a_disk_that_is_full_when_the_manifest_is_written_leaves_none(
    make_batch: Callable[[Path], Batch], small_disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = make_batch(small_disk.root / "out")
    small_disk.grow(200 * PAGE)
    # The report says how long a run took; a busy machine would have it written anew.
    monkeypatch.setattr("printkit.batch.execution.time", SimpleNamespace(monotonic=float))
    # The second run's lists are those of each later one.
    assert [fill(batch), fill(batch)] == ["", ""]
    whole = contents(batch.root)
    (batch.root / "manifest.json").unlink()
    ballast = small_disk.fill()
    assert fill(batch) == "manifest.json"
    assert not (batch.root / "manifest.json").exists()
    assert not list((batch.root / ".printkit/aside").iterdir())
    ballast.unlink()
    assert fill(batch) == ""
    assert contents(batch.root) == whole
