"""Files of a workspace: read as people save them, and never from outside."""

import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from printkit.errors import WorkspaceError, WriteError
from printkit.workspace import Workspace, find_workspace, read_toml, start_workspace, write_file


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_bytes('a = 1\nname = "Åsen"\n'.encode("latin-1"))
    with pytest.raises(WorkspaceError, match="line 2: byte 0xc5 is not UTF-8"):
        Workspace(tmp_path).read_toml("t.toml")


def test_toml_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(tmp_path / "t.toml") == {"a": 1}


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", "link"])
def test_no_path_leaves_the_workspace(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "x").write_text("secret")
    (root / "link").symlink_to(tmp_path / "x")
    with pytest.raises(WorkspaceError, match="leaves the workspace"):
        Workspace(root).read_bytes(path)


def test_a_missing_file_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"^profiles/brand\.toml: cannot be read: No such file"):
        Workspace(tmp_path).read_toml("profiles/brand.toml")


def test_the_nearest_folder_upwards_is_found(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_workspace(start=deep).root == tmp_path


def test_without_a_folder_the_bundled_one_is_taken(tmp_path: Path, repository: Path) -> None:
    assert find_workspace(start=tmp_path).root == repository


def test_a_named_folder_must_be_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="printkit init"):
        find_workspace(tmp_path)


def test_the_environment_comes_before_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one" / "profiles").mkdir(parents=True)
    monkeypatch.setenv("PRINTKIT_WORKSPACE", str(tmp_path / "one"))
    assert find_workspace(start=tmp_path).root == tmp_path / "one"


def test_starting_a_workspace_copies_all_and_overwrites_nothing(tmp_path: Path, repository: Path) -> None:
    brand = "profiles/brand.toml"
    assert brand in start_workspace(tmp_path)
    assert (tmp_path / brand).read_bytes() == (repository / brand).read_bytes()
    with pytest.raises(WriteError, match="is there already"):
        start_workspace(tmp_path)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "a.pdf", b"one")
    write_file(tmp_path / "a.pdf", b"two")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"two"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="no/folder/a"):
        write_file(tmp_path / "no" / "folder" / "a", b"")


Form = Literal["NFC", "NFD"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_however_its_letters_are_composed(tmp_path: Path, form: Form) -> None:
    folder = tmp_path / unicodedata.normalize(form, "bål")
    folder.mkdir()
    (folder / unicodedata.normalize(form, "blå.txt")).write_text("ja")
    workspace = Workspace(tmp_path)
    for asked in ("bål/blå.txt", unicodedata.normalize("NFD", "bål/blå.txt")):
        assert workspace.read_text(asked) == "ja"
    assert not workspace.path("bål/bla.txt").exists()


def test_a_link_that_is_spelled_otherwise_may_not_leave_either(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / unicodedata.normalize("NFD", "å")).symlink_to(tmp_path)
    with pytest.raises(WorkspaceError, match="leaves the workspace"):
        Workspace(tmp_path / "inside").path("å")


def test_a_pipe_in_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    with pytest.raises(WorkspaceError, match=r"a.toml: this is no file but a pipe"):
        Workspace(tmp_path).read_bytes("a.toml")
