"""The rounds of a bench: every way in turn, whole processes, so that all see the same machine."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batch.measure import Spent, beside, run
from benchmarks.batch.pieces import COLD, write_pieces
from benchmarks.batch.results import COMMITTEES, Results, Shares
from benchmarks.batch.ways import BY_ID, WAYS, Way, check_count, check_made, check_whole, render
from benchmarks.batch.workspace import write_campaign, write_workspace

# Rivals' cost of a further file needs a run of a single site.
ONE = 1


@dataclass(frozen=True)
class Bench:
    """Where a bench works, how often each run is made, and what was measured."""

    folder: Path
    rounds: int
    results: Results

    @property
    def sites(self) -> tuple[int, ...]:
        """The numbers of sites, rising."""
        return self.results.sites

    def workspace(self, sites: int) -> Path:
        """Return the workspace with so many sites."""
        return self.folder / f"workspace-{sites}"

    def prepare(self, sizes: Sequence[int]) -> None:
        """Write the workspaces of these sizes anew."""
        for sites in sizes:
            shutil.rmtree(self.workspace(sites), ignore_errors=True)
            write_workspace(self.workspace(sites), sites)
            write_pieces(self.workspace(sites))

    def measure(self, way: Way, sites: int, memory: bool = False) -> Path:
        """Run one way into an empty folder, keep what it cost, return the folder."""
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        # What earlier runs left to be written must not weigh on this one.
        os.sync()
        spent = self.keep(f"{way.id} {sites}", way.command(self.workspace(sites), out), memory)
        if way.id.startswith("ours"):
            check_whole(out, sites * COMMITTEES, COMMITTEES)
            self.results.shares[f"{way.id} {sites}"] = Shares.read(out)
        else:
            check_count(out, sites * COMMITTEES)
        took = f"{spent.wall:.2f} s, {spent.cpu:.2f} s of CPU"
        print(f"  {way.name}, {COMMITTEES} x {sites}: {took}", file=sys.stderr)
        return out

    def keep(self, name: str, command: Sequence[str | Path], memory: bool = False) -> Spent:
        """Run a command and keep what it cost under a name."""
        spent = run(command, memory)
        self.results.add(name, spent)
        return spent


def run_rounds(bench: Bench) -> None:
    """Measure everything but the largest batch."""
    few, *more = bench.sites
    sizes, out = [ONE, few, *more[:1]], bench.folder
    bench.prepare(sizes)
    _warm_up(bench)
    for number in range(bench.rounds):
        print(f"round {number + 1} of {bench.rounds}", file=sys.stderr)
        _commands(bench, few)
        for sites in sizes:
            # Ours last: its folder is what the next run begins with.
            for way in reversed(WAYS):
                if sites <= max(way.most_sites, few):
                    out = bench.measure(way, sites)
        _again(bench, sizes[-1], out)


def run_large(bench: Bench) -> None:
    """Measure the memory of the second size, and once the largest batch."""
    ours = BY_ID["ours"]
    if len(bench.sites) > 1:
        bench.measure(ours, bench.sites[1], memory=True)
    if len(bench.sites) > 2:
        bench.prepare([bench.sites[2]])
        shutil.rmtree(bench.measure(ours, bench.sites[2], memory=True))


def run_growth(bench: Bench) -> None:
    """Measure the rivals that a usual run spares, once, with as many sites as the second size has."""
    bench.prepare(bench.sites[1:2])
    for way in WAYS:
        if bench.sites[1:] and way.most_sites < bench.sites[1] and way.id.startswith("weasy"):
            shutil.rmtree(bench.measure(way, bench.sites[1]))


def _warm_up(bench: Bench) -> None:
    """Run each way once, so that all of them find their byte code and the machine's files at hand."""
    for way in WAYS:
        out = bench.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        run(way.command(bench.workspace(ONE), out))


def _commands(bench: Bench, sites: int) -> None:
    """Measure single commands: help, one cold file beside WeasyPrint's own command."""
    workspace, out = bench.workspace(sites), bench.folder / "single.pdf"
    bench.keep("help", [beside("printkit"), "--help"])
    bench.keep("render", render(workspace, out))
    bench.keep("render-rgb", render(workspace, out, "--rgb"))
    bench.keep("weasyprint", [beside("weasyprint"), workspace / "rivals" / COLD, out])


def _again(bench: Bench, sites: int, out: Path) -> None:
    """Measure a batch again over its folder: nothing changed, then one committee's text."""
    workspace = bench.workspace(sites)
    command = BY_ID["ours"].command(workspace, out)
    bench.keep(f"unchanged {sites}", command)
    check_made(out, 0)
    write_campaign(workspace, changed="nu03", word="Bli med.")
    bench.keep(f"changed {sites}", command)
    check_made(out, sites)
    check_whole(out, sites * COMMITTEES, COMMITTEES)
    write_campaign(workspace)
    shutil.rmtree(out)
