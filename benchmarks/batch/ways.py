"""The ways to the same flyers, each a command that fills a folder."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batch.measure import BenchError, beside
from benchmarks.batch.workspace import CAMPAIGN, TEMPLATE

Command = Sequence[str | Path]
# Workers of the batches that are compared
WORKERS = 2


@dataclass(frozen=True)
class Way:
    """Describe a way: its name, what comes out of it, its command, the most sites a usual run asks of it."""

    id: str
    name: str
    gives: str
    command: Callable[[Path, Path], Command]
    most_sites: int


def batch(*options: str) -> Callable[[Path, Path], Command]:
    """Return the command of a batch by printkit with these options."""

    def command(workspace: Path, out: Path) -> Command:
        return [beside("printkit"), "-w", workspace, "-q", "batch", CAMPAIGN, "-o", out, *options]

    return command


def rival(module: str, *options: str) -> Callable[[Path, Path], Command]:
    """Return the command of another way with these options."""

    def command(workspace: Path, out: Path) -> Command:
        return [sys.executable, "-m", f"benchmarks.batch.rivals.{module}", workspace, out, *options]

    return command


def one_core(workspace: Path, out: Path) -> Command:
    """Return the command of a batch whose processes all share one core."""
    core = str(min(os.sched_getaffinity(0)))
    return ["taskset", "-c", core, *batch("--jobs", "1")(workspace, out)]


CHECKED = "PDF/X-4, every file checked, every code read"
LABEL = "the label of PDF/X-4; colours and photo stay RGB"
WAYS = (
    Way("ours", "printkit batch", CHECKED + ", proofs", batch("--jobs", str(WORKERS)), 10_000),
    Way(
        "ours-no-proofs",
        "printkit batch --no-proofs",
        CHECKED,
        batch("--jobs", str(WORKERS), "--no-proofs"),
        10,
    ),
    Way("ours-one", "printkit batch --jobs 1", CHECKED + ", proofs", batch("--jobs", "1"), 100),
    Way("ours-core", "printkit batch --jobs 1, one core", CHECKED + ", proofs", one_core, 100),
    Way("typst", "Typst, pikepdf finish", "PDF/X-4 in form, nothing checked", rival("typst_finish"), 100),
    Way(
        "typst-given",
        "Typst, pikepdf finish, one mask for all codes",
        "the same, codes not as ISO/IEC 18004 asks",
        rival("typst_finish", "given"),
        100,
    ),
    Way("weasy-x4", "WeasyPrint loop, pdf/x-4", LABEL, rival("weasy_loop", "x4"), 10),
    Way("weasy-rgb", "WeasyPrint loop, RGB", "RGB, not fit to print", rival("weasy_loop", "rgb"), 10),
)
BY_ID = {way.id: way for way in WAYS}


def render(workspace: Path, out: Path, *options: str) -> Command:
    """Return the command that makes the first piece by itself."""
    piece = ["--committee", "nu01", "--format", "flyer-a5", "--site", "s0001", "--campaign", CAMPAIGN]
    return [beside("printkit"), "-w", workspace, "render", TEMPLATE, *piece, *options, "-o", out]


def check_whole(out: Path, pieces: int, layouts: int) -> None:
    """Raise BenchError unless a batch made all its pieces from so many layouts, and none is held."""
    made = json.loads((out / "manifest.json").read_text("utf-8"))["pieces"]
    found = sum(piece["preflight"]["verdict"] == "pass" and piece["state"] != "held" for piece in made)
    if not found == len(made) == pieces:
        raise BenchError(
            f"{out}: {found} of {len(made)} pieces passed without a warning; {pieces} were asked"
        )
    laid_out = sum(piece["state"] == "rendered" for piece in made)
    if laid_out > layouts:
        raise BenchError(f"{out}: {laid_out} pieces were laid out by themselves; {layouts} layouts do")


def check_made(out: Path, made: int) -> None:
    """Raise BenchError unless a batch that ran again made so many pieces and left the others."""
    pieces = json.loads((out / "manifest.json").read_text("utf-8"))["pieces"]
    found = sum(piece["state"] != "unchanged" for piece in pieces)
    if found != made:
        raise BenchError(f"{out}: {found} pieces made again in place of {made}")


def check_count(out: Path, pieces: int) -> None:
    """Raise BenchError unless a rival wrote all its pieces."""
    found = sum(1 for _ in out.glob("*/*.pdf"))
    if found != pieces:
        raise BenchError(f"{out}: {found} files in place of {pieces}")
