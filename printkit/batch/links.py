"""Never follow a link that lies in a batch's folder: it may lead to somebody's own files."""

import os
from pathlib import Path
from typing import IO

from printkit.batch.paths import CAMPAIGN, JOURNAL, LISTS, LOCK, PLACES, STATE
from printkit.errors import WriteError, system_words
from printkit.words import Message

# Files that are written in place. All others are written aside and moved, which leaves a second name alone.
IN_PLACE = (f"{STATE}/{LOCK}", JOURNAL, CAMPAIGN)


def refuse_links(root: Path) -> None:
    """Raise WriteError for what lies where a run writes and is neither a folder nor a plain file.

    The folder itself may be a link: whoever names it has chosen where that leads.
    """
    for name in (STATE, *PLACES, *LISTS):
        _refuse(root / name)
    for name in IN_PLACE:
        path = root / name
        if path.is_file() and path.stat().st_nlink > 1:
            raise WriteError(
                Message(
                    "%(path)s: the file has another name elsewhere, where it would change too; remove it",
                    path=path,
                )
            )


def _refuse(path: Path) -> None:
    if path.is_symlink():
        raise WriteError(
            Message(
                "%(path)s: a link, which is never followed; remove it or choose another folder", path=path
            )
        )
    if path.is_dir():
        _refuse_within(path)
    elif path.exists() and not path.is_file():
        raise WriteError(
            Message("%(path)s: neither a file nor a folder; remove it or choose another folder", path=path)
        )


def _refuse_within(folder: Path) -> None:
    """Look at a folder's entries, as the system lists them: a plain file costs no look of its own."""
    try:
        with os.scandir(folder) as entries:
            odd = [entry.path for entry in entries if not entry.is_file(follow_symlinks=False)]
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be read: %(strerror)s", path=folder, strerror=system_words(error))
        ) from error
    for path in sorted(odd):
        _refuse(Path(path))


def open_unlinked(path: Path, mode: str) -> IO[bytes]:
    """Open a file for writing; raise OSError where a link lies in its place."""
    return open(path, mode, opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW, 0o666))
