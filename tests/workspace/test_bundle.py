"""A bundle of files: the same bytes from everywhere, whole or refused, and never outside its folder."""

import hashlib
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.errors import WorkspaceError
from printkit.workspace import Bundle, Workspace, pack, unpack

FILES = {"assets/Ås.txt": b"one", "templates/a/b.html": b"\x00\xff", "empty": b""}


def written(folder: Path, names: list[str]) -> Workspace:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(FILES[name])
    return Workspace(folder)


def test_files_come_out_as_they_went_in(tmp_path: Path) -> None:
    bundle = pack(written(tmp_path / "here", list(FILES)), FILES)
    there = unpack(bundle, tmp_path / "there")
    assert {file: there.read_bytes(file) for file in there.files("**/*")} == FILES
    assert bundle.digest == hashlib.sha256(bundle.data).hexdigest()


def test_equal_files_give_equal_bytes(tmp_path: Path) -> None:
    one = written(tmp_path / "one", list(FILES))
    other = written(tmp_path / "other", list(reversed(FILES)))
    os.utime(tmp_path / "other/empty", (0, 0))
    (tmp_path / "other/empty").chmod(0o600)
    assert pack(one, FILES) == pack(other, [*reversed(FILES), "empty"])


def test_a_bundle_that_was_changed_is_refused(tmp_path: Path) -> None:
    bundle = pack(written(tmp_path / "here", list(FILES)), FILES)
    broken = replace(bundle, data=bundle.data.replace(b"one", b"two"))
    with pytest.raises(WorkspaceError, match="its hash is not the one"):
        unpack(broken, tmp_path / "there")
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("name", ["../outside", "a/../../outside", "/outside"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    bundle = Bundle(out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest())
    with pytest.raises(WorkspaceError, match="leaves the workspace"):
        unpack(bundle, tmp_path / "there")
    assert not (tmp_path / "outside").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="missing.txt: cannot be read"):
        pack(Workspace(tmp_path), ["missing.txt"])
