"""A terminal shows how far a batch is; a pipe or a log file does not."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from printkit.cli.bar import bar
from printkit.words import translate

PIECES = ["--only", "committee=nu07,format=flyer-a5", "--jobs", "1"]
BATCH = [sys.executable, "-m", "printkit", "batch", "recruitment", *PIECES]

# How many there are and how long it takes is not known from the first moment.
BAR = r"\w+ [━╸╺ ]+ ./[5?] pieces, 0 held, (-|\d+\.\d)/s, \S* to go"


def on_a_terminal(line: list[str], **environment: str) -> tuple[str, str]:
    """Return what a command says on stdout, and on a terminal where its stderr is."""
    ours, theirs = os.openpty()
    told = bytearray()
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | environment
    ) as process:
        os.close(theirs)
        while more := heard(ours):
            told += more
        assert process.stdout is not None
        said = process.stdout.read().decode()
    os.close(ours)
    assert process.returncode == 0
    return said, told.decode()


def heard(terminal: int) -> bytes:
    """Return what a terminal shows next; nothing once all who wrote have left."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_terminal_shows_pieces_held_rate_and_time_left_and_nothing_else_does(tmp_path: Path) -> None:
    out = ["-o", str(tmp_path)]
    silent = subprocess.run([*BATCH, *out], capture_output=True, text=True, check=True)
    assert silent.stderr == ""
    said, told = on_a_terminal([*BATCH, *out, "--force"], TERM="xterm", COLUMNS="80")
    lines = [line.strip() for line in re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told))]
    shown = [line for line in lines if line]
    assert shown
    assert all(re.fullmatch(BAR, line) for line in shown)
    assert re.search(r"5/5 pieces, 0 held, \d+\.\d/s, 0?0:00 to go", shown[-1])
    assert said == silent.stdout


def test_the_bar_speaks_the_language_of_the_call() -> None:
    target = io.StringIO()
    shown = Console(width=80, file=target)
    made = bar(translate("nn", "command"))
    made.add_task("lagar", total=4, completed=1, held=2)
    shown.print(made.get_renderable())
    said = target.getvalue()
    assert "trykksaker, 2 haldne tilbake, -/s," in said
    assert said.strip().endswith("att")
