"""The pictures of the last batch, to lay over a piece as it is now."""

from collections.abc import Iterable
from pathlib import Path

from printkit.preview.asked import Cell


def find_earlier(folders: Iterable[Path], template: str, cell: Cell, page: int) -> Path | None:
    """Return the newest picture of a piece's page in any of these batch folders, of any of its sites."""
    piece = f"{cell.committee}_{template}_{cell.format}_{cell.language}"
    found = [
        path
        for folder in folders
        for path in (folder / "proofs").glob(f"{piece}*-{page}.png")
        # Behind it a site's id or the page: another language whose tag only begins alike is no match
        if path.name[len(piece)] in "_-"
    ]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def batch_folders(named: Path | None, *above: Path) -> list[Path]:
    """Return the folder that was named, else all below `build` here and in the workspace."""
    if named is not None:
        return [named]
    return [one for root in dict.fromkeys(above) for one in (root / "build").glob("*") if one.is_dir()]
