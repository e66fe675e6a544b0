"""Which files a run would take away, told before it does."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from printkit.batch.folder import Folder
from printkit.batch.journal import Journal
from printkit.batch.manifest import read_files
from printkit.batch.merged import INDEX, divide
from printkit.batch.run import MERGE_KEYS, MERGED, Run


@dataclass(frozen=True)
class Remaining:
    """What will be of the pieces: `held` by the id of each that stays, `changed` those made anew."""

    held: Mapping[str, bool]
    changed: Collection[str]


def to_remove(run: Run, folder: Folder, journal: Journal, expected: Remaining) -> tuple[str, ...]:
    """Return the files of former runs that would go, as far as it can be known before pieces are made."""
    former = [*journal.files(), *journal.former, *read_files(folder)]
    going = set(_merged(run, journal, expected))
    gone = {one.file for one in former if one.file in going or _goes(run, journal, one.file, expected)}
    return tuple(sorted(file for file in gone if folder.path(file).is_file()))


def _goes(run: Run, journal: Journal, file: str, expected: Remaining) -> bool:
    path = PurePosixPath(file)
    place, stem = path.parts[0], path.stem
    if place in ("press", "held"):
        # What is made anew may come to lie in either.
        moves = stem not in expected.changed and expected.held.get(stem) != (place == "held")
        return stem not in expected.held or moves
    if place != "proofs":
        return False
    if path.suffix == ".png":
        piece = stem.rpartition("-")[0]
        return piece not in expected.held or (piece in expected.changed and not run.options.proofs)
    shown = {one.committee for one in journal.records.values() if one.id in expected.held}
    # Without proofs a changed piece leaves its book showing what is no longer printed
    outdated = expected.changed and not run.options.proofs
    return bool(outdated) or not (stem in shown or stem == "contact-sheet")


def _merged(run: Run, journal: Journal, expected: Remaining) -> Iterator[str]:
    """Yield merged files whose pieces change or go, and those of another key than is asked for."""
    records, asked = journal.records.values(), run.options.merge
    stay = {
        one.id for one in records if one.id not in expected.changed and expected.held.get(one.id) is False
    }
    whole, standing = list[str](), 0
    for merged in (one for by in MERGE_KEYS for one in divide(run, records, by)):
        if merged.file in journal.extras:
            whole.append(merged.file)
            standing += all(record.id in stay for record in merged.records)
            if not asked and any(record.id not in stay for record in merged.records):
                yield merged.file
    if asked:
        wanted = {merged.file for merged in divide(run, records, asked)}
        yield from (
            file for file in journal.extras if file.startswith(MERGED) and file not in {*wanted, INDEX}
        )
    elif whole and not standing:
        yield INDEX
