"""A new workspace is there in whole or not at all, also where a folder refuses rights or runs full."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from printkit.errors import WriteError
from printkit.workspace import start_workspace, write_file


def refuse(*_: Any, **__: Any) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_folder_that_refuses_rights_takes_a_workspace_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("os.chmod", "os.fchmod", "shutil.copymode", "shutil.copystat"):
        monkeypatch.setattr(name, refuse)
    files = start_workspace(tmp_path / "w")
    assert "profiles/brand.toml" in files
    assert sorted(
        path.relative_to(tmp_path / "w").as_posix() for path in (tmp_path / "w").rglob("*.toml")
    ) == [file for file in sorted(files) if file.endswith(".toml")]
    write_file(tmp_path / "x.pdf", b"data")
    assert (tmp_path / "x.pdf").read_bytes() == b"data"


def test_a_workspace_that_cannot_be_copied_in_whole_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    copy = shutil.copyfile

    def fill_up(source: Path, target: Path) -> None:
        copied.append(target.name)
        if len(copied) == 40:
            raise OSError(28, "No space left on device", str(target))
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", fill_up)
    with pytest.raises(WriteError) as refused:
        start_workspace(tmp_path / "deep/w")
    assert str(refused.value) == f"{tmp_path}/deep/w: cannot be written: No space left on device"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert start_workspace(tmp_path / "deep/w")


def test_what_lies_in_a_folder_stays_beside_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    start_workspace(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "assets",
        "notes.txt",
        "profiles",
        "templates",
    ]


def test_a_file_has_the_rights_that_the_process_gives(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    write_file(tmp_path / "x.pdf", b"data")
    assert (tmp_path / "x.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "x.pdf"]


def test_a_device_is_written_to_and_stays_one() -> None:
    write_file(Path("/dev/null"), b"data")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(WriteError, match="/dev/full: cannot be written: No space left on device"):
        write_file(Path("/dev/full"), b"data")
