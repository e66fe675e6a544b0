"""Merged files for digital presses: one for each place, committee or format, in the order of delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from printkit.batch.journal import Record
from printkit.batch.run import MERGE_KEYS, MERGED, MergeKey, Run
from printkit.batch.session import Session
from printkit.batch.tables import Span, delivered, index
from printkit.digest import digest_of
from printkit.errors import PrintkitError, RenderError, WriteError
from printkit.produce.versions import program_digest
from printkit.version import VERSION
from printkit.words import Message, translate

if TYPE_CHECKING:
    from printkit.pdfx.identity import Identity

INDEX = f"{MERGED}index.csv"
WITHOUT = "without-site"


@dataclass(frozen=True)
class MergedFile:
    """The pieces of one merged file in order, and the hash of all that can change its bytes."""

    file: str
    title: str
    records: tuple[Record, ...]
    key: str


def merge_files(session: Session) -> None:
    """Bring merged/ up to date: make what is asked for; of a former run keep what is still right."""
    asked = session.run.options.merge
    # Most folders have no merged files, and dividing all pieces costs what it finds
    if not asked and INDEX not in session.before.extras:
        return
    standing = [
        merged
        for by in ((asked,) if asked else MERGE_KEYS)
        for merged in divide(session.run, session.now.records.values(), by)
        if _stands(session, merged) or (asked and _make(session, merged))
    ]
    if standing:
        data = index(session.run, _spans(standing), translate(session.run.profiles.municipality.language))
        key = sha256(data).hexdigest()
        if not session.has(INDEX, key):
            session.place(INDEX, data, key)


def divide(run: Run, records: Iterable[Record], by: MergeKey) -> list[MergedFile]:
    """Return what to merge: pieces that may be printed, of one press and one value of the key."""
    groups = dict[str, list[Record]]()
    for record in delivered(run, records):
        value = getattr(record, by) or WITHOUT
        # One output intent a file, so each press has its own
        groups.setdefault(f"{value}_{record.press}", []).append(record)
    return [_merged_of(run, by, name, groups[name]) for name in sorted(groups)]


def _merged_of(run: Run, by: MergeKey, name: str, records: Sequence[Record]) -> MergedFile:
    title = f"{run.origin.name}: {name.partition('_')[0]}"
    told: list[Any] = [run.origin.id, run.date.isoformat(), dict(run.versions), program_digest()]
    told += [by, name, title, [record.sha256 for record in records]]
    return MergedFile(f"{MERGED}{name}.pdf", title, tuple(records), digest_of(told))


def _stands(session: Session, merged: MergedFile) -> bool:
    """Tell whether the merged file is there, and with --verify also whether it is to the byte."""
    extra, verify = session.before.extras.get(merged.file), session.run.options.verify
    if extra and verify and not session.folder.holds(extra.written, thorough=True):
        return False
    return session.has(merged.file, merged.key)


def _make(session: Session, merged: MergedFile) -> bool:
    """Make, compare and place one merged file; one that cannot be made costs no other."""
    session.progress.say(merged.file)
    try:
        # Planning needs neither qpdf nor PDFium
        from printkit.batch.merged_file import merged_file

        data = merged_file(merged.records, lambda one: _read(session, one), _identity(session.run, merged))
    # Nothing that follows could be written either
    except WriteError:
        raise
    except PrintkitError as error:
        session.errors[merged.file] = error
    except Exception as error:  # noqa: BLE001
        session.errors[merged.file] = RenderError(f"{type(error).__name__}: {error}")
    else:
        session.place(merged.file, data, merged.key)
        return True
    return False


def _identity(run: Run, merged: MergedFile) -> "Identity":
    from printkit.pdfx.identity import Identity

    return Identity(merged.title, f"{merged.file} {merged.key}", run.date, f"printkit {VERSION}")


def _read(session: Session, record: Record) -> bytes:
    """Return a press file's bytes; raise RenderError where they are not those that were checked."""
    data = session.folder.read(record.file or "")
    if sha256(data).hexdigest() != record.sha256:
        raise RenderError(
            Message("%(file)s is not what printkit wrote; run again with --verify", file=record.file)
        )
    return data


def _spans(files: Iterable[MergedFile]) -> Iterable[Span]:
    """Yield where each piece stands: the merged file, its first and last page there."""
    for merged in files:
        last = 0
        for record in merged.records:
            first, last = last + 1, last + (record.pages or 0)
            yield Span(merged.file, first, last, record)
