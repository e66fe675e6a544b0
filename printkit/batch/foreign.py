"""Refuse a folder whose files a run would take the place of, though no run of the campaign made them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from printkit.batch.folder import Folder
from printkit.batch.journal import Journal
from printkit.batch.manifest import origin_of, read_files
from printkit.batch.paths import JOURNAL, LISTS
from printkit.batch.planned import Planned
from printkit.batch.run import Run
from printkit.errors import WriteError
from printkit.words import Message
from printkit.workspace.files import foreign

PICTURE = re.compile(r"proofs/(.+)-\d+\.png")
# Each press file says what made it.
MAKER = b"printkit"


def check_own(folder: Folder, journal: Journal, run: Run, pieces: Sequence[Planned]) -> None:
    """Raise WriteError where the folder is another campaign's or a file of the run's names somebody's own."""
    former = origin_of(folder)
    if former not in (None, run.origin.id):
        reason = Message(
            "holds the pieces of campaign '%(former)s'; choose another folder by -o, or remove this one",
            former=former,
        )
        raise WriteError(Message("%(place)s: %(reason)s", place=folder.root, reason=reason))
    known = former is not None or folder.path(JOURNAL).exists()
    # Lists have names that others use too, so in a folder that no run knows they may be somebody's own
    lists = () if known else (name for name in LISTS if folder.path(name).exists())
    for name in (*lists, *_strange(folder, journal, run, pieces)):
        # A power cut may have taken the line that names a file of printkit's.
        if not (known and _is_printkits(folder, name)):
            raise foreign(folder.root, name)


def _strange(folder: Folder, journal: Journal, run: Run, pieces: Iterable[Planned]) -> Iterator[str]:
    """Yield what lies where this run may put a file and no run has noted."""
    noted = {one.file for one in (*journal.files(), *journal.former, *read_files(folder))}
    committees = {piece.id: piece.committee for piece in pieces}
    for name in sorted(set(folder.lying()) - noted):
        if _is_target(name, committees) or (run.options.merge and name.startswith("merged/")):
            yield name


def _is_target(name: str, committees: dict[str, str]) -> bool:
    """Tell whether a piece, its reason, a picture or a proof of these pieces has this name."""
    path = PurePosixPath(name)
    if path.parts[0] == "proofs":
        picture = PICTURE.fullmatch(name)
        books = {"contact-sheet", *committees.values()}
        return picture[1] in committees if picture else path.suffix == ".pdf" and path.stem in books
    committee = committees.get(path.stem)
    return committee is not None and path.parts[1:-1] == (committee,) and path.suffix in (".pdf", ".json")


def _is_printkits(folder: Folder, name: str) -> bool:
    """Tell whether a file that no run has noted says itself that printkit made it."""
    return name.endswith((".png", ".json")) or MAKER in folder.read(name)
