"""What lies in a folder that is to be filled: links are never followed, somebody's files never replaced."""

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.batch.forecast import forecast
from printkit.batch.run import Options
from printkit.errors import WriteError
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn

pytestmark = pytest.mark.long

PIECE = "nu01_recruit_flyer-a5_nb_st-drammen"


def told(batch: Batch) -> str:
    """Return why the folder is refused, by a run and by a look ahead alike, with nothing made."""
    maker = StandIn()
    with pytest.raises(WriteError) as refused:
        batch(maker)
    with pytest.raises(WriteError) as foreseen:
        forecast(replace(batch.base, options=Options()), batch.pieces, maker, 1)
    assert maker.made == []
    assert str(refused.value) == str(foreseen.value)
    return str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        *(".printkit", ".printkit/aside", ".printkit/lock", ".printkit/journal.jsonl", ".printkit/campaign"),
        *("press", "press/nu01", "held", "held/nu01", "proofs", "merged", "order.csv", "manifest.json"),
        *(f"press/nu01/{PIECE}.pdf", "press/nu03", "report.html"),
    ],
)
@pytest.mark.parametrize("former", [False, True])
def test_a_link_is_refused_and_what_it_leads_to_is_left_alone(
    batch: Batch, tmp_path: Path, name: str, former: bool
) -> None:
    if former:
        batch(StandIn())
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "keep").write_bytes(b"theirs")
    link = batch.root / name
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.exists():
        link.rename(tmp_path / "away")
    link.symlink_to(theirs if "." not in link.name or name == ".printkit" else theirs / "keep")
    assert told(batch).startswith(f"{link}: a link, which is never followed")
    assert [(one.name, one.read_bytes()) for one in theirs.iterdir()] == [("keep", b"theirs")]


def test_a_link_to_nothing_is_refused_too(batch: Batch, tmp_path: Path) -> None:
    batch.root.mkdir()
    (batch.root / "proofs").symlink_to(tmp_path / "nothing")
    assert "proofs: a link" in told(batch)
    assert not (tmp_path / "nothing").exists()


def test_the_folder_itself_may_be_a_link(make_batch: Callable[[Path], Batch], tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "there")
    assert make_batch(tmp_path / "here")(StandIn()).exit_code == 0
    assert (tmp_path / "there/manifest.json").is_file()


@pytest.mark.parametrize("name", ["lock", "journal.jsonl", "campaign"])
def test_a_file_with_a_second_name_is_not_written_in_place(batch: Batch, tmp_path: Path, name: str) -> None:
    batch(StandIn())
    os.link(batch.root / ".printkit" / name, tmp_path / "second")
    before = (tmp_path / "second").read_bytes()
    assert f"{name}: the file has another name" in told(batch)
    assert (tmp_path / "second").read_bytes() == before


def test_a_second_name_of_a_press_file_keeps_its_bytes(batch: Batch, tmp_path: Path) -> None:
    batch(StandIn())
    os.link(batch.root / f"press/nu01/{PIECE}.pdf", tmp_path / "second")
    before = (tmp_path / "second").read_bytes()
    batch(StandIn("other texts"))
    assert (tmp_path / "second").read_bytes() == before


@pytest.mark.parametrize("name", [".printkit/lock", "press/nu01/a.pdf", "proofs", "order.csv"])
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_a_pipe_or_a_socket_is_refused_and_not_waited_for(batch: Batch, name: str, kind: str) -> None:
    path = batch.root / name
    path.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        before = Path.cwd()
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
        os.chdir(before)
    assert told(batch) == f"{path}: neither a file nor a folder; remove it or choose another folder"


@pytest.mark.parametrize(
    "name",
    [
        *(
            f"press/nu01/{PIECE}.pdf",
            f"held/nu01/{PIECE}.json",
            "proofs/nu01.pdf",
            "proofs/contact-sheet.pdf",
        ),
        *(f"proofs/{PIECE}-1.png", "order.csv", "report.html"),
    ],
)
def test_somebodys_own_file_under_a_name_of_the_run_is_refused(batch: Batch, name: str) -> None:
    path = batch.root / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    assert told(batch).startswith(f"{batch.root}: {name} is there and not printkit's; move it away")
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "name", ["press/nu01/mine.pdf", "press/nu02/b.pdf", "proofs/mine-1.png", "notes.txt"]
)
def test_somebodys_own_file_under_another_name_stays(batch: Batch, name: str) -> None:
    path = batch.root / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    assert batch(StandIn()).exit_code == 0
    assert path.read_bytes() == b"mine"


def test_a_file_put_under_a_new_pieces_name_between_two_runs_is_refused(batch: Batch) -> None:
    batch(StandIn(), tuple(piece for piece in batch.pieces if piece.id != PIECE))
    (batch.root / f"press/nu01/{PIECE}.pdf").write_bytes(b"%PDF-1.4 mine")
    assert f"press/nu01/{PIECE}.pdf is there and not printkit's" in told(batch)


def test_the_folder_of_another_campaign_is_refused_whether_its_run_was_whole_or_not(batch: Batch) -> None:
    batch(StandIn())
    other = replace(batch.base.origin, id="autumn")
    second = Batch(replace(batch.base, origin=other), batch.pieces)
    before = batch.files()
    assert "holds the pieces of campaign 'recruitment'; choose another folder by -o" in told(second)
    (batch.root / "manifest.json").unlink()
    assert "holds the pieces of campaign 'recruitment'" in told(second)
    assert batch.files() == before


def test_a_name_that_is_no_utf8_is_told_escaped_and_left_alone(batch: Batch) -> None:
    batch(StandIn())
    odd = os.fsencode(batch.root / "press/nu01") + b"/gr\xf8nn\x1b.pdf"
    Path(os.fsdecode(odd)).write_bytes(b"mine")
    outcome = batch(StandIn())
    assert outcome.strange == ("press/nu01/gr\\xf8nn\\x1b.pdf",)
    assert "gr\\xf8nn" in (batch.root / "report.html").read_text("utf-8")
    assert Path(os.fsdecode(odd)).read_bytes() == b"mine"
