"""What was measured, and the file that keeps it."""

import json
import platform
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.batch.measure import Spent

COMMITTEES = 10
# This program goes by another name on the package index.
ENGINES = ("printkit-press", "weasyprint", "typst", "pikepdf", "qrcode", "pillow")


@dataclass(frozen=True)
class Shares:
    """What a batch says of itself: seconds of work on layouts and on variants, and how many of each."""

    layouts: float
    variants: float
    layout_count: int
    variant_count: int

    @classmethod
    def read(cls, out: Path) -> "Shares":
        """Read a batch's manifest."""
        pieces = json.loads((out / "manifest.json").read_text("utf-8"))["pieces"]
        first = [piece["seconds"] for piece in pieces if piece["state"] == "rendered"]
        further = [piece["seconds"] for piece in pieces if piece["state"] == "variant"]
        return cls(sum(first), sum(further), len(first), len(further))


@dataclass
class Results:
    """Every run by its name (`typst 100`: Typst, 100 sites) and what batches said of themselves."""

    sites: tuple[int, ...]
    rounds: int
    runs: dict[str, list[Spent]] = field(default_factory=lambda: defaultdict(list))
    shares: dict[str, Shares] = field(default_factory=dict)

    def add(self, name: str, spent: Spent) -> None:
        """Keep one run."""
        self.runs[name].append(spent)

    def wall(self, name: str) -> float | None:
        """Return the median wall time of a run, None where there was none."""
        return median(one.wall for one in self.runs[name]) if self.runs.get(name) else None

    def cpu(self, name: str) -> float | None:
        """Return the median CPU time of a run and all its processes."""
        return median(one.cpu for one in self.runs[name]) if self.runs.get(name) else None

    def peak(self, name: str) -> float | None:
        """Return the largest peak of memory in megabytes, None where nobody looked."""
        peaks = [one.peak_mb for one in self.runs.get(name, []) if one.peak_mb]
        return max(peaks, default=None)

    def further(self, way: str, few: int, many: int) -> float | None:
        """Return the seconds that a further file takes, from two sizes; None where chance outweighs them."""
        first, second = self.wall(f"{way} {few}"), self.wall(f"{way} {many}")
        if first is None or second is None or second <= first:
            return None
        return (second - first) / ((many - few) * COMMITTEES)

    def save(self, file: Path, targets: list[dict[str, Any]]) -> None:
        """Write everything as JSON."""
        told = {
            "versions": {"python": platform.python_version()} | {name: version(name) for name in ENGINES},
            "sites": self.sites,
            "rounds": self.rounds,
            "runs": {name: [asdict(one) for one in spent] for name, spent in self.runs.items()},
            "shares": {name: asdict(share) for name, share in self.shares.items()},
            "targets": targets,
        }
        file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, file: Path) -> "Results":
        """Read what `save` wrote."""
        told = json.loads(file.read_text("utf-8"))
        found = cls(tuple(told["sites"]), told["rounds"])
        for name, runs in told["runs"].items():
            found.runs[name] = [Spent(**one) for one in runs]
        found.shares = {name: Shares(**share) for name, share in told["shares"].items()}
        return found
