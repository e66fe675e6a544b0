"""What a row of a table costs, each with a layout of its own, beside Typst for the same words.

`python -m benchmarks.rows [ROWS]`: CPU seconds of whole processes with a tenth of the rows and with all; the
difference, divided by the rows between, is what one costs.
"""

import csv
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.batch.measure import adopt_orphans, beside
from benchmarks.batch.measure import run as measured
from benchmarks.batch.pieces import FOLDER, PIECES, write_pieces
from benchmarks.batch.workspace import CAMPAIGN, write_workspace

WORDS = "Møtet tar opp skoleveien, lekeplassen og snarveien forbi brua, og alle er velkomne"


def main(rows: int) -> None:
    """Print what a row costs by each way, in milliseconds of CPU."""
    adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = folder / "workspace"
        write_workspace(workspace, 1)
        write_pieces(workspace)
        for way, run in {"printkit batch --no-proofs": ours, "Typst, pikepdf finish": typst}.items():
            few, many = (
                measured(run(workspace, folder / f"{run.__name__}{count}", count)).cpu
                for count in (rows // 10, rows)
            )
            print(f"{way}: {1000 * (many - few) / (rows - rows // 10):.0f} ms a row")


def said(number: int) -> tuple[str, str]:
    return f"Møte {number} om nabolaget", f"Nummer {number}. {WORDS}."


def ours(workspace: Path, out: Path, count: int) -> list[str | Path]:
    """Write a table and return the command of a batch of its rows."""
    with (workspace / "data.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("committee", "id", "headline", "lead"))
        writer.writerows((f"nu{number % 10 + 1:02d}", f"r{number}", *said(number)) for number in range(count))
    path = workspace / f"profiles/campaigns/{CAMPAIGN}.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('sites = ["library"]', 'rows = "data.csv"'), "utf-8")
    options = ("-q", "batch", CAMPAIGN, "-o", out, "--no-proofs", "--jobs", "1")
    return [beside("printkit"), "-w", workspace, *options]


def typst(workspace: Path, out: Path, count: int) -> list[str | Path]:
    """Write the same words for Typst and return its command."""
    file = workspace / FOLDER / PIECES
    given = json.loads(file.read_text("utf-8"))
    first, fixed = given["pieces"][0], given["fixed"]
    given["pieces"] = [
        {
            **first,
            "id": f"{first['id']}_r{number}",
            **dict(zip(("headline", "lead"), said(number), strict=True)),
        }
        for number in range(count)
    ]
    given["fixed"] = {key: value for key, value in fixed.items() if key not in ("headline", "lead")}
    file.write_text(json.dumps(given), "utf-8")
    return [sys.executable, "-m", "benchmarks.batch.rivals.typst_finish", workspace, out]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
