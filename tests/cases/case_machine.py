"""Cases of the machine that printkit runs on: folders, disks, pipes, and what is left on them."""

import errno
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from printkit.workspace import bundled_workspace
from tests.batch.stand_in import StandIn
from tests.cases.registry import case

PROGRAM = [sys.executable, "-m", "printkit", "-w", str(bundled_workspace().root)]
FLYER = ["render", "recruit", "--committee", "nu03", "--format", "flyer-a5", "--sample"]
PIECE = "piece=nu03_recruit_flyer-a5_nb_st-drammen"
# A folder od/ that refuses to change rights, as OneDrive does under WSL2
REFUSING = """
import os, sys
def refuse(event, given):
    if event == "os.chmod" and "od" in str(given[0]).split("/"):
        raise PermissionError(1, "Operation not permitted")
sys.addaudithook(refuse)
from printkit.cli import main
main()
"""


def run(folder: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    told = {**os.environ, "PYTHONPATH": str(bundled_workspace().root), **environment}
    line = [*PROGRAM, *words]
    return subprocess.run(line, cwd=folder, env=told, capture_output=True, text=True, check=False)


def quiet(told: "subprocess.CompletedProcess[str]") -> str:
    """Return what stands on stderr, which is no traceback."""
    assert "Traceback" not in told.stderr
    return told.stderr


@case("render/chmod-refused")
def rights_refused(folder: Path) -> None:
    """A folder refuses to change rights: a file is rendered there all the same, a workspace is started in
    whole, and quietly with -q, as only the bytes matter."""
    (folder / "od").mkdir()
    for words in ([*PROGRAM[3:], *FLYER, "-o", "od/x.pdf"], ["-q", "init", "od/w"]):
        told = {**os.environ, "PYTHONPATH": str(bundled_workspace().root)}
        line = [sys.executable, "-c", REFUSING, *words]
        done = subprocess.run(line, cwd=folder, env=told, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "od/x.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "od/w/profiles/brand.toml").is_file()


@case("attack/tmpdir-long")
def long_temporary_folder(folder: Path) -> None:
    """TMPDIR of over 100 characters: no socket fits into it, so the batch names it before any work."""
    deep = folder / ("x" * 120)
    deep.mkdir()
    told = run(folder, "batch", "recruitment", "--only", PIECE, "-o", "out", TMPDIR=str(deep))
    assert told.returncode == 7
    assert f"printkit: {deep}: too long" in quiet(told)
    assert "set TMPDIR" in told.stderr


@case("attack/tmpdir-full")
def full_temporary_folder(folder: Path) -> None:
    """A disk with no room for temporary files is no fault of a piece: exit 7 and the folder, whatever library
    met it first."""
    from printkit.errors import RenderError, WriteError
    from printkit.work.failed import answered
    from printkit.work.worker import answer

    def full(number: int) -> type[StandIn]:
        class Full(StandIn):
            def begin(self, piece: Any, pictures: bool) -> Any:
                try:
                    raise OSError(number, os.strerror(number))
                except OSError as error:
                    raise RenderError("laying out failed: OSError") from error

        return Full

    # The disk's, a quota, and what a limit of the process (ulimit -f) says
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        done, told = answered(answer(full(number), pickle.dumps(("begin", (None, False)))))
        assert (done, type(told), told.exit_code) == (False, WriteError, 7)
        assert str(told).startswith(f"{tempfile.gettempdir()}: {os.strerror(number)}; make room")


@case("attack/folder-vanished")
def vanished_folder(folder: Path) -> None:
    """The folder that one stands in was deleted: the message says which."""
    gone = folder / "gone"
    gone.mkdir()
    line = f"cd {gone} && rmdir {gone} && exec {sys.executable} -P -m printkit list formats"
    told = {**os.environ, "PYTHONPATH": str(bundled_workspace().root)}
    done = subprocess.run(["bash", "-c", line], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 7
    assert f"printkit: {gone}: you stand in this folder, and it was deleted" in quiet(done)


@case("attack/pipes")
def pipes(folder: Path) -> None:
    """Closed and full streams, and an empty address of a cluster: the contract's code, no traceback."""
    program = " ".join(PROGRAM)
    told = {**os.environ, "PYTHONPATH": str(bundled_workspace().root)}
    for line, code in (
        (f"{program} {' '.join(FLYER)} --rgb -o - >&-", 7),
        (f"{program} {' '.join(FLYER)} --rgb -o - > /dev/full", 7),
        (f"{program} list formats > /dev/full", 7),
        (f"{program} doctor > /dev/full", 7),
        (f"{program} list formats 2>&- | cat", 0),
        (f"{program} batch recruitment --only {PIECE} --dry-run -o out > /dev/full", 7),
        (f"{program} batch recruitment --cluster '' -o out", 2),
    ):
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, env=told, capture_output=True, text=True, check=False
        )
        assert (line, done.returncode) == (line, code)
        quiet(done)


@case("attack/toml-nested")
def nested_values(folder: Path) -> None:
    """Values nested 2,000 deep: refused in words with the file, as Python's parser gives up."""
    (folder / "deep.toml").write_text(f"x = {'[' * 2000}{']' * 2000}\n", "utf-8")
    told = run(folder, *FLYER, "--data", "deep.toml", "-o", "x.pdf")
    assert told.returncode == 4
    assert quiet(told).startswith("printkit: deep.toml: lists or tables stand in each other too deeply")


@case("attack/slot-nul")
def control_characters(folder: Path) -> None:
    """Control characters and U+0000 in a picture's name and in texts: exit 3, shown escaped, as a terminal
    would obey them."""
    from printkit.template.manifest import Slot
    from printkit.template.values import Limits, ValueProblem, read_value

    with pytest.raises(ValueProblem, match=r"U\+0000"):
        read_value("assets/\0.jpg", Slot(kind="image", label="p"), Limits(1000))
    (folder / "values.toml").write_text('"a\\u001b[31m" = "x\\u0000"\n', "utf-8")
    told = run(folder, *FLYER, "--data", "values.toml", "-o", "x.pdf")
    assert told.returncode == 3
    assert "\\x1b[31m" in quiet(told)
    assert "\x1b" not in told.stderr


@case("attack/temporary-folders-left")
def temporary_folders(folder: Path) -> None:
    """Renders one after the other leave nothing in the temporary folder, and what a killed one left goes with
    the next start."""
    for _ in range(2):
        assert run(folder, *FLYER, "--rgb", "-o", "x.pdf", TMPDIR=str(folder)).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["x.pdf"]
    told = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(bundled_workspace().root)}
    code = "from printkit.render.engine import open_fonts; open_fonts(); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert len(list(folder.glob("printkit-fonts-*"))) == 1
    assert run(folder, *FLYER, "--rgb", "-o", "x.pdf", TMPDIR=str(folder)).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["x.pdf"]
