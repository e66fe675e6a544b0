"""Execute a plan: make what changed, put it in place, note it; a bad piece never stops the others."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace

from printkit.batch.books import make_books
from printkit.batch.dispatch import Dispatcher, Group
from printkit.batch.folder import open_folder
from printkit.batch.foreign import check_own
from printkit.batch.journal import read_journal, write_journal
from printkit.batch.manifest import manifest, read_files, write_manifest, write_origin
from printkit.batch.merged import merge_files
from printkit.batch.others import keep_others
from printkit.batch.pictures import missing_pictures, shows, standing_pictures
from printkit.batch.piece import Found, find_inputs, settle
from printkit.batch.planned import Planned
from printkit.batch.print_ids import refuse_shared_ids
from printkit.batch.report import write_report
from printkit.batch.report_page import report_page
from printkit.batch.run import Outcome, Producer, Progress, Run
from printkit.batch.session import Session
from printkit.batch.tables import as_csv, deliveries, delivery_heads, order_heads, order_lines
from printkit.batch.workbooks import write_workbooks
from printkit.errors import PrintkitError
from printkit.produce import Inputs
from printkit.words import translate
from printkit.work.pool import Pool


def execute(
    run: Run, pieces: Sequence[Planned], producer: Producer, progress: Progress, *, pool: Callable[[], Pool]
) -> Outcome:
    """Make the pieces in `run.root`; raise WriteError where the folder cannot be written or is in use.

    The pool is called only where something is to be made.
    """
    begun = time.monotonic()
    with open_folder(run.root) as folder:
        before = read_journal(folder)
        check_own(folder, before, run, pieces)
        session = Session(run, folder, progress, before, former=read_files(folder))
        progress.begin(len(pieces))
        # Before anything is made, so that what these pieces' pictures and print ids stand for is known
        if run.options.partial:
            others = set(run.origin.ids()) - {piece.id for piece in pieces}
            keep_others(session, others)
        found = find_inputs(run, pieces, producer, before)
        # Only bound pieces have their addresses, which ids are made of, and this is the last moment before
        # work
        refuse_shared_ids(run.origin, pieces, found, session.now.records.values())
        write_origin(folder, run.origin)
        with ExitStack() as stack:
            called = _make(session, by_layout(pieces, found), found, lambda: stack.enter_context(pool()))
            make_books(session, called)
        # Behind all pieces, whose bytes they are made of, and before the lists that name them
        merge_files(session)
        write_workbooks(session)
        removed = _remove_superseded(session)
        outcome = _outcome(session, pieces, removed, begun)
        outcome = replace(outcome, apart=_apart(pieces, found), alone=+session.alone)
        _write_lists(session, outcome)
        return outcome


def by_layout(pieces: Sequence[Planned], found: Mapping[str, Found]) -> list[list[Planned]]:
    """Group pieces that share a layout, groups and pieces in order of id: each layout is made once."""
    groups: dict[str, list[Planned]] = {}
    # By id, so that two runs with the same pieces choose the same piece to show a layout by
    for piece in sorted(pieces):
        groups.setdefault(_layout(piece, found), []).append(piece)
    return list(groups.values())


def _layout(piece: Planned, found: Mapping[str, Found]) -> str:
    """Return the piece's layout; one whose inputs are wrong shares none."""
    inputs = found[piece.id]
    return piece.id if isinstance(inputs, PrintkitError) else inputs.layout


def _make(
    session: Session,
    groups: Sequence[Sequence[Planned]],
    found: Mapping[str, Found],
    call: Callable[[], Pool],
) -> Pool | None:
    """Keep what is unchanged and have the rest made, then the pictures that are not there.

    Return the pool that was called for it, if one was.
    """
    proofs, todo = session.run.options.proofs, []
    for group in groups:
        changed = [piece for piece in group if not settle(session, piece, found[piece.id])]
        if changed:
            shown = proofs and changed[0] == group[0] and shows(session, group[0], _layout(group[0], found))
            todo.append(Group(tuple(changed), shown))
    unseen = [] if todo else _unseen(session, groups)
    if not todo and not (proofs and unseen):
        return None
    with ExitStack() as beside:
        # Before the pool, as a copy is to have no threads, and waited for behind it
        checked = beside.enter_context(_fonts_checked(session.run)) if proofs else None
        pool = call()
        # Workers load at the same time; both are needed at the end.
        report_page(session.run.words.language)
        if checked:
            checked()
    dispatcher = Dispatcher(session, pool, found)
    dispatcher.make(todo, standing_pictures(session, groups) if proofs else ())
    unseen = _unseen(session, groups)
    if proofs:
        dispatcher.picture(unseen)
    return pool


def _fonts_checked(run: Run) -> AbstractContextManager[Callable[[], None]]:
    # What proofs are put together with is loaded for runs that make some
    from printkit.batch.proofs import fonts_checked

    return fonts_checked(run)


def _unseen(session: Session, groups: Sequence[Sequence[Planned]]) -> list[Planned]:
    shown = (missing_pictures(session, group) for group in groups)
    return [piece for piece in shown if piece]


def _remove_superseded(session: Session) -> tuple[str, ...]:
    """Remove what a former run wrote and this folder no longer lists."""
    standing = _standing(session)
    former = [*session.before.files(), *session.before.former, *session.former]
    gone = [written for written in former if written.file not in standing]
    if gone:
        session.withdraw_lists()
    return tuple(sorted(written.file for written in gone if session.folder.remove(written)))


def _standing(session: Session) -> set[str]:
    """Return the files that this folder lists."""
    return {written.file for written in session.now.files()}


def _outcome(session: Session, pieces: Sequence[Planned], removed: tuple[str, ...], begun: float) -> Outcome:
    records = tuple(session.now.records[name] for name in sorted(session.now.records))
    return Outcome(
        records=records,
        planned=frozenset(piece.id for piece in pieces),
        errors=dict(session.errors),
        why={name: reason for name, reason in session.why.items() if reason},
        removed=removed,
        strange=tuple(sorted(set(session.folder.lying()) - _standing(session))),
        pictures=frozenset(file for file in session.now.extras if file.startswith("proofs/")),
        seconds=time.monotonic() - begun,
    )


def _apart(pieces: Sequence[Planned], found: Mapping[str, Found]) -> dict[str, int]:
    """Count by template the pieces at a site that their texts may name."""
    at_sites = ((piece.template, found[piece.id]) for piece in pieces if piece.site)
    return Counter(name for name, inputs in at_sites if isinstance(inputs, Inputs) and inputs.names_site)


def _write_lists(session: Session, outcome: Outcome) -> None:
    folder, run = session.folder, session.run
    words = translate(run.profiles.municipality.language)
    folder.renew("order.csv", as_csv(order_heads(words), order_lines(run, outcome.records)))
    driven = deliveries(run, outcome.records, words)
    folder.renew("distribution.csv", as_csv(delivery_heads(words), driven))
    write_report(folder, run, outcome)
    write_journal(folder, session.now)
    # Last: whoever finds it knows that all that it lists is there
    write_manifest(folder, manifest(run, outcome.records))
