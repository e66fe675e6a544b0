"""The piece that a preview begins with as it was shown last, for the next start, where nothing changed since.

It stands in for a picture until that is made anew, which it always is.
"""

import base64
import contextlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from printkit.digest import digest_of
from printkit.errors import PrintkitError
from printkit.preview.asked import INKS, Ask, Picture, PlacedSlot, Previewed, Shown
from printkit.preview.watch import changed_since, files
from printkit.produce import engine_versions
from printkit.produce.versions import program_digest
from printkit.units import MB
from printkit.workspace import Workspace, write_file

# All of these count; of assets those that were read, and the names of all.
WHOLE = ("profiles/", "templates/")


@dataclass(frozen=True)
class LastShown:
    """The file that keeps what was shown last of a piece."""

    begun: Previewed
    folder: Path

    @property
    def file(self) -> Path:
        begun = self.begun
        name = [str(begun.root), begun.template, begun.campaign, asdict(begun.first)]
        return self.folder / f"{digest_of(name)}.json"

    @property
    def pixels(self) -> int | None:
        """Return how large it was shown, whatever changed since; None where nothing is kept."""
        kept = self._kept
        return kept["pixels"] if kept and isinstance(kept.get("pixels"), int) else None

    def find(self) -> tuple[Ask, Shown] | None:
        """Return what was shown last, None where something has changed since."""
        kept = self._kept
        # A file that somebody else wrote or cut off says nothing
        with contextlib.suppress(KeyError, TypeError, ValueError, PrintkitError):
            if kept and kept["key"] == self._key(kept["read"]):
                return Ask(self.begun.first, kept["pixels"]), _unpacked(kept)
        return None

    def keep(self, ask: Ask, shown: Shown, since_ns: int, most_mb: int) -> bool:
        """Keep what is shown of the state that files have had since then; tell whether it can be known again.

        In all, files of `most_mb` are kept.
        """
        own = ask.cell == self.begun.first and not ask.values and ask.inks == INKS
        if not (own and shown.whole and shown.settled and shown.complaint is None):
            return False
        with contextlib.suppress(OSError, PrintkitError):
            key = self._key(shown.read)
            # A file that changed while this was made, or is just being saved
            if changed_since(
                since_ns, {*files(self.begun.root), *(self.begun.root / one for one in shown.read)}
            ):
                return False
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_file(self.file, json.dumps({"key": key, "pixels": ask.pixels, **_packed(shown)}).encode())
            _clear(self.folder, most_mb * MB)
            return True
        return False

    @cached_property
    def _kept(self) -> dict[str, Any] | None:
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self.file.read_bytes())
            return kept if isinstance(kept, dict) else None
        return None

    def _key(self, read: Iterable[str]) -> str:
        """Hash all that the piece depends on; raise PrintkitError where a file of it is gone."""
        workspace = Workspace(self.begun.root)
        names = [
            path.relative_to(workspace.root).as_posix() for path in files(workspace.root) if path.is_file()
        ]
        counted = {*read, *(name for name in names if name.startswith(WHOLE))}
        return digest_of(
            [
                str(self.begun.date),
                names,
                {name: workspace.digest(name) for name in sorted(counted)},
                dict(engine_versions()),
                program_digest(),
            ]
        )


def cache_folder() -> Path | None:
    """Return where this system has its users' programs keep what can be made anew; None where nobody is."""
    with contextlib.suppress(RuntimeError):
        usual = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}.get(sys.platform, "~/.cache")
        # XDG Base Directory Specification 0.8: a path that is not absolute is to be passed over
        chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (chosen if chosen.is_absolute() else Path(usual).expanduser()) / "printkit/preview"
    return None


def _packed(shown: Shown) -> dict[str, Any]:
    pictures = [
        {"data": base64.b64encode(one.data).decode(), "size": one.size, "most_ink": one.most_ink}
        for one in shown.pictures
        if one
    ]
    return {
        "pictures": pictures,
        "slots": [asdict(slot) for slot in shown.slots],
        "texts": shown.texts,
        "bleed_mm": shown.bleed_mm,
        "ink_limit": shown.ink_limit,
        "read": shown.read,
    }


def _unpacked(kept: dict[str, Any]) -> Shown:
    """Return what was packed; raise KeyError, TypeError or ValueError for anything else."""
    pictures = [(base64.b64decode(one["data"], validate=True), one) for one in kept["pictures"]]
    return Shown(
        pictures=tuple(
            Picture(sha256(data).hexdigest(), data, tuple(one["size"]), one["most_ink"])
            for data, one in pictures
        ),
        slots=tuple(PlacedSlot(**{**slot, "box_mm": tuple(slot["box_mm"])}) for slot in kept["slots"]),
        texts=tuple((name, text) for name, text in kept["texts"]),
        bleed_mm=kept["bleed_mm"],
        ink_limit=kept["ink_limit"],
        read=tuple(kept["read"]),
        settled=True,
        complaint=None,
    )


def _clear(folder: Path, most: int) -> None:
    """Remove the files that were kept longest ago, past so many bytes."""
    kept = sorted(((path.stat(), path) for path in folder.glob("*.json")), key=lambda one: -one[0].st_mtime)
    for stat, path in kept:
        most -= stat.st_size
        if most < 0:
            path.unlink(missing_ok=True)
