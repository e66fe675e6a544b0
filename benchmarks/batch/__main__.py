"""`make bench`: run the rounds, print the tables, keep everything in build/bench/results.json.

With --growth the slow rivals run with the second number of sites, beside results that are there. With --docs
nothing runs: tables and plot of docs/performance.md are written from the results that are there.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.batch.measure import ROOT, BenchError, adopt_orphans
from benchmarks.batch.results import Results
from benchmarks.batch.rounds import Bench, run_growth, run_large, run_rounds
from benchmarks.batch.table import document, in_columns, targets_table, ways_table
from benchmarks.batch.targets import targets

FOLDER = ROOT / "build/bench"


def main() -> int:
    """Do what the command line asks; 1 where a way did not make its files."""
    chosen = arguments()
    file = chosen.folder / "results.json"
    if chosen.docs:
        write_docs(Results.load(file))
        return 0
    adopt_orphans()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    try:
        results = add_growth(chosen, Results.load(file)) if chosen.growth else measured(chosen)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    found = targets(results)
    results.save(file, [one.as_dict() for one in found])
    print(in_columns(ways_table(results)), in_columns(targets_table(found)), sep="\n\n")
    return 0


def measured(chosen: argparse.Namespace) -> Results:
    """Run all rounds."""
    bench = Bench(chosen.folder, chosen.rounds, Results(chosen.sites, chosen.rounds))
    run_rounds(bench)
    run_large(bench)
    return bench.results


def add_growth(chosen: argparse.Namespace, results: Results) -> Results:
    """Add to results the runs that the rounds spared."""
    run_growth(Bench(chosen.folder, 1, results))
    return results


def write_docs(results: Results) -> None:
    """Put tables and plot into the docs."""
    from benchmarks.batch.plot import growth

    begin, end = "<!-- bench -->\n", "<!-- /bench -->"
    page = ROOT / "docs/performance.md"
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{document(results)}\n\n{end}{after}", "utf-8")
    (ROOT / "docs/images/performance-growth.svg").write_text(growth(results), "utf-8")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument(
        "--sites", type=numbers, default=(10, 100, 1000), help="up to three, rising: 10,100,1000"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--docs", action="store_true")
    return parser.parse_args()


def numbers(text: str) -> tuple[int, ...]:
    """Read rising numbers; raise ValueError for others."""
    found = tuple(int(part) for part in text.split(","))
    if not 0 < len(found) < 4 or sorted(set(found)) != list(found) or found[0] < 2:
        raise ValueError(text)
    return found


if __name__ == "__main__":
    sys.exit(main())
