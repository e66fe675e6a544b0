"""What can be told of a run before any profile is read."""

from collections.abc import Iterator
from pathlib import Path

from printkit.batch.paths import MANIFEST
from printkit.workspace import PARTS, Workspace


def expects_work(workspace: Workspace, root: Path) -> bool:
    """Tell by times alone whether a run will make anything: its workers can begin to load meanwhile.

    It will where the folder has no manifest, or a file of the workspace is newer than that.
    """
    try:
        # Times alone, as hashing what a workspace holds would cost what this is to save; a guess that is
        # wrong costs workers that load for nothing
        made = (root / MANIFEST).stat().st_mtime_ns
    except OSError:
        return True
    return any(workspace.path(file).stat().st_mtime_ns > made for file in _watched(workspace))


def _watched(workspace: Workspace) -> Iterator[str]:
    for part in PARTS:
        yield from workspace.files(f"{part}/**/*")
