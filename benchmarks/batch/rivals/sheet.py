"""What a rival is given, and the file that tells how long it took."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Given:
    """The workspace, the folder of pages in it, and what a run makes."""

    workspace: Path
    pages: Path
    code: dict[str, float]
    fixed: dict[str, str]
    pieces: list[dict[str, str]]

    @classmethod
    def read(cls, workspace: Path) -> "Given":
        """Read what `benchmarks.batch.pieces` wrote into a workspace."""
        pages = workspace / "rivals"
        told: dict[str, Any] = json.loads((pages / "pieces.json").read_text("utf-8"))
        return cls(workspace, pages, told["code"], told["fixed"], told["pieces"])


def file_of(out: Path, piece: dict[str, str]) -> Path:
    """Return where a piece's file goes."""
    return out / piece["committee"] / f"{piece['id']}.pdf"
