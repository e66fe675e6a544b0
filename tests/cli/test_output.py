"""stdout that is full, closed or left: the contract's code and words, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.preflight.files import press_file

LIST = ("list", "committees")


def printkit(*words: str, to: str = "", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a shell; `to` is where its stdout leads."""
    line = f'"$@" {to}'
    run = [sys.executable, "-m", "printkit", *words]
    environment = os.environ | settings
    return subprocess.run(["sh", "-c", line, "sh", *run], env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("words", [LIST, (*LIST, "--json"), ("--help",), ("schema", "format")])
def test_a_full_stdout_is_7(words: tuple[str, ...]) -> None:
    ended = printkit(*words, to=">/dev/full")
    assert ended.returncode == 7
    assert b"No space left" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert b"ignored" not in ended.stderr


@pytest.mark.parametrize("words", [LIST, (*LIST, "--json")])
def test_a_closed_stdout_is_7(words: tuple[str, ...]) -> None:
    ended = printkit(*words, to=">&-")
    assert (ended.returncode, ended.stderr.count(b"\n")) == (7, 1)
    assert ended.stderr.startswith(b"printkit: stdout is closed")


def test_a_program_without_stdin_stdout_and_stderr_writes_its_file(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    words = ("render", "recruit", "--committee", "nu03", "--format", "flyer-a5", "--sample", "-o", str(file))
    assert printkit(*words, to="<&- >&- 2>&-").returncode == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_verdict_that_nobody_takes_is_not_passed(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(press_file())
    ended = printkit("check", str(file), "--json", to=">/dev/full")
    assert (ended.returncode, b"Traceback" in ended.stderr) == (7, False)


def test_a_reader_who_leaves_is_told_once() -> None:
    ended = printkit(*LIST, to="| :; exit 0")
    assert ended.stderr in (b"", b"printkit: stdout: whoever was reading it has gone\n")


def test_json_is_utf_8_and_text_is_written_whatever_the_encoding() -> None:
    told = printkit(*LIST, "--json", PYTHONIOENCODING="ascii:strict")
    assert "Strømsø" in " ".join(str(one) for one in json.loads(told.stdout.decode())["committees"])
    text = printkit(*LIST, PYTHONIOENCODING="ascii:strict")
    assert (text.returncode, b"Str?ms?" in text.stdout) == (0, True)


def test_a_name_that_is_no_text_is_told_in_json(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"a\xe5.pdf")
    file.write_bytes(b"%PDF-1.6\n")
    ended = printkit("check", str(file), "--json", PYTHONIOENCODING="utf-8:strict")
    assert ended.returncode == 1
    assert json.loads(ended.stdout.decode())["files"][0]["verdict"] == "unreadable"


@pytest.mark.parametrize("kind", ["pipe", "/dev/zero", "folder", "socket"])
def test_what_may_never_end_is_no_file_to_check(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind.strip("/").replace("/", "-")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        os.mknod(path, 0o600 | 0o140000)
    ended = printkit("check", kind if kind.startswith("/") else str(path))
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr
    assert path.name.encode() in ended.stderr.replace(b"/dev/zero", b"dev-zero")


def test_a_check_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    file, temporary = tmp_path / "a.pdf", tmp_path / "temporary"
    file.write_bytes(press_file())
    temporary.mkdir()
    # Registered before the program is, so it is asked after what that does at its end
    code = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count())); "
    run = [sys.executable, "-c", f"{code}from printkit.cli import main; main()", "check", str(file)]
    environment = os.environ | {"TMPDIR": str(temporary)}
    ended = subprocess.run(run, env=environment, capture_output=True, check=False, timeout=300)
    assert int(ended.stdout.splitlines()[-1]) > 10_000
    assert ended.stderr == b""
    assert list(temporary.iterdir()) == []


def test_the_order_book_is_whole_in_one_file_once_a_command_has_ended(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/orders.sqlite3"
    ended = printkit("person", "add", "A", "a@example.org", "--role", "admin", "--database", place)
    assert ended.returncode == 0
    assert [file.name for file in tmp_path.iterdir()] == ["orders.sqlite3"]
