"""Only whole files stand in a batch's folder, and a file is known again by what it holds."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.batch import folder as folder_module
from printkit.batch.folder import Folder, open_folder
from printkit.errors import WriteError


def test_many_files_are_written_as_one_is(tmp_path: Path) -> None:
    files = {f"press/nu0{number % 3}/{number}.pdf": bytes([number]) * 1000 for number in range(40)}
    with open_folder(tmp_path) as folder:
        written = folder.put_all_aside(files)
        assert not list(tmp_path.rglob("press/*/*.pdf"))
        folder.bring(*written)
        assert [one.file for one in written] == list(files)
        assert all(folder.holds(one, thorough=True) for one in written)
    assert {file: (tmp_path / file).read_bytes() for file in files} == files
    assert list((tmp_path / ".printkit/aside").iterdir()) == []


def test_one_file_that_cannot_be_written_stops_many(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        (tmp_path / "press").write_bytes(b"no folder")
        with pytest.raises(WriteError, match=r"press/b\.pdf"):
            folder.put_all_aside({"held/a.pdf": b"a", "press/b.pdf": b"b"})
    assert list((tmp_path / ".printkit/aside").iterdir()) == []


def test_a_list_that_did_not_change_is_left_alone(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        folder.renew("order.csv", b"Fil")
        os.utime(tmp_path / "order.csv", ns=(5, 5))
        folder.renew("order.csv", b"Fil")
        assert (tmp_path / "order.csv").stat().st_mtime_ns == 5
        folder.renew("order.csv", b"Fil;")
    assert (tmp_path / "order.csv").read_bytes() == b"Fil;"


def test_lists_that_were_withdrawn_come_back_where_they_are_true_after_all(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        same, other = folder.place("order.csv", b"Fil"), folder.place("order.xlsx", b"PK")
        (tmp_path / "report.html").mkdir()
        with pytest.raises(WriteError, match=r"report\.html: cannot be removed"):
            folder.withdraw(["order.csv", "order.xlsx", "report.json", "report.html"])
        assert {path.name for path in tmp_path.iterdir()} == {".printkit", "report.html"}
        folder.renew("order.csv", b"Fil")
        assert (tmp_path / "order.csv").stat().st_ino == same.inode
        assert not folder.bring_back(replace(other, mtime_ns=other.mtime_ns + 1))
        assert folder.bring_back(other)
        assert not folder.bring_back(other)
        assert (tmp_path / "order.xlsx").stat().st_ino == other.inode
        folder.withdraw(["order.csv"])
        folder.renew("order.csv", b"Fil;")
        assert (tmp_path / "order.csv").read_bytes() == b"Fil;"
    assert list((tmp_path / ".printkit/aside").iterdir()) == []


def test_a_link_in_the_place_of_a_list_is_taken_away_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    with open_folder(tmp_path) as folder:
        (tmp_path / "order.csv").symlink_to(tmp_path / "mine")
        folder.withdraw(["order.csv"])
        assert not (tmp_path / "order.csv").is_symlink()
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_name_that_leads_out_is_refused(tmp_path: Path) -> None:
    for name in ("../x", "/x", "press/../../x"):
        with pytest.raises(WriteError, match="leads out"):
            Folder(tmp_path).renew(name, b"")


def test_the_whole_disk_is_a_folder_as_any_other() -> None:
    # Two slashes at the head of a path stand for something else to POSIX
    root = Folder(Path("/"))
    assert str(root.path("press/a.pdf")) == "/press/a.pdf"
    assert all(not name.startswith("/") for name in root.lying())


def test_a_list_as_long_as_before_is_written_where_one_byte_differs(tmp_path: Path) -> None:
    before = bytes(3_000_000)
    with open_folder(tmp_path) as folder:
        folder.renew("manifest.json", before)
        for at in (0, 1_048_575, 1_048_576, 2_999_999):
            data = before[:at] + b"x" + before[at + 1 :]
            folder.renew("manifest.json", data)
            assert (tmp_path / "manifest.json").read_bytes() == data


def test_a_file_put_in_place_of_another_is_noticed(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        written = folder.place("press/a.pdf", b"one")
        stat = (tmp_path / "press/a.pdf").stat()
        (tmp_path / "other").write_bytes(b"two")
        os.utime(tmp_path / "other", ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert folder.holds(written)
        (tmp_path / "other").replace(tmp_path / "press/a.pdf")
        assert not folder.holds(written)


def test_a_copy_is_known_by_its_content_and_then_by_its_stamps(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        written = folder.place("press/a.pdf", b"one")
        shutil.copy(tmp_path / "press/a.pdf", tmp_path / "other")
        (tmp_path / "other").replace(tmp_path / "press/a.pdf")
        known = folder.known(written)
        assert known is not None
        assert (known.sha256, known.inode == written.inode) == (written.sha256, False)
        assert folder.known(known) is known


def is_in_memory(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            return os.preadv(file.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT) == 1
        except BlockingIOError:
            return False


def test_what_is_written_does_not_stay_in_memory(tmp_path: Path) -> None:
    probe = tmp_path / "probe"
    with probe.open("wb") as file:
        file.write(bytes(100_000))
        file.flush()
        assert is_in_memory(probe)
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if is_in_memory(probe):
        pytest.skip("a file system that keeps its files in memory")
    with open_folder(tmp_path) as folder:
        folder.place("press/one.pdf", bytes(100_000))
    assert not is_in_memory(tmp_path / "press/one.pdf")


@pytest.mark.parametrize("change", [lambda data: b"x" + data[1:], lambda data: data[:-1]])
def test_what_lies_on_the_disk_is_what_was_written_or_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[bytes], bytes]
) -> None:
    write = folder_module._write
    monkeypatch.setattr(folder_module, "_write", lambda path, data: write(path, change(data)))
    with open_folder(tmp_path) as folder, pytest.raises(WriteError, match="not what was written"):
        folder.place("press/a.pdf", b"%PDF-1.7 whole")
    assert not list(tmp_path.rglob("*.pdf"))
