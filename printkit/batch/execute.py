"""Execute a plan: make what changed, put it in place, note it; a bad piece never stops the others."""

import time
from collections.abc import Mapping, Sequence

from printkit.batch.books import make_books
from printkit.batch.folder import open_folder
from printkit.batch.journal import read_journal, write_journal
from printkit.batch.manifest import campaign_of, check_own, manifest, read_files, write_manifest
from printkit.batch.pictures import make_pictures
from printkit.batch.piece import Found, guarded, process
from printkit.batch.plan import Planned
from printkit.batch.report import write_report
from printkit.batch.run import Outcome, Producer, Progress, Run
from printkit.batch.session import Session
from printkit.batch.tables import distribution, order
from printkit.errors import PrintkitError


def execute(run: Run, pieces: Sequence[Planned], producer: Producer, progress: Progress) -> Outcome:
    """Make the pieces in `run.root`; raise WriteError where the folder cannot be written or is in use."""
    begun = time.monotonic()
    with open_folder(run.root) as folder:
        check_own(folder)
        session = Session(run, folder, producer, progress, read_journal(folder))
        progress.begin(len(pieces))
        if run.options.partial and campaign_of(folder) in (None, run.campaign.id):
            session.keep_others({piece.id for piece in pieces})
        found = {piece.id: guarded(producer.inputs, piece) for piece in pieces}
        for group in by_layout(pieces, found):
            for piece in group:
                process(session, piece, found[piece.id])
            make_pictures(session, group)
        make_books(session)
        removed = _remove_superseded(session)
        outcome = _outcome(session, pieces, removed, time.monotonic() - begun)
        _write_lists(session, outcome)
        return outcome


def by_layout(pieces: Sequence[Planned], found: Mapping[str, Found]) -> list[list[Planned]]:
    """Group pieces that share a layout, groups and pieces in order of id: each layout is made once."""
    groups: dict[str, list[Planned]] = {}
    for piece in sorted(pieces):
        inputs = found[piece.id]
        layout = piece.id if isinstance(inputs, PrintkitError) else inputs.layout
        groups.setdefault(layout, []).append(piece)
    return list(groups.values())


def _remove_superseded(session: Session) -> tuple[str, ...]:
    """Remove what a former run wrote and this folder no longer lists."""
    standing = {written.file for written in session.now.files()}
    former = {one.file: one for one in [*read_files(session.folder), *session.before.files()]}
    gone = (written for file, written in sorted(former.items()) if file not in standing)
    return tuple(written.file for written in gone if session.folder.remove(written))


def _outcome(
    session: Session, pieces: Sequence[Planned], removed: tuple[str, ...], seconds: float
) -> Outcome:
    records = tuple(session.now.records[name] for name in sorted(session.now.records))
    return Outcome(
        records=records,
        planned=frozenset(piece.id for piece in pieces),
        errors=dict(session.errors),
        why={name: reason for name, reason in session.why.items() if reason},
        removed=removed,
        pictures=frozenset(file for file in session.now.extras if file.startswith("proofs/")),
        seconds=seconds,
    )


def _write_lists(session: Session, outcome: Outcome) -> None:
    folder, run = session.folder, session.run
    folder.place("order.csv", order(run, outcome.records))
    folder.place("distribution.csv", distribution(run, outcome.records))
    write_report(folder, run, outcome)
    write_journal(folder, session.now)
    write_manifest(folder, manifest(run, outcome.records))
