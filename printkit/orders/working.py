"""`orders work`: make what is released, in runs of one batch folder each; a run that was stopped goes on."""

import datetime
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update

from printkit.batch.run import Outcome
from printkit.errors import OrderRefused
from printkit.orders.beating import beating, pause_of
from printkit.orders.book import PRINTKIT, Book, Step
from printkit.orders.deciding import check_approvals
from printkit.orders.pieces import OrderPiece
from printkit.orders.press import Due, OpenPool, by_piece, due_of, engines, make, workers
from printkit.orders.producing import hold, into_run, printed
from printkit.orders.reading import Order, proofs_of, views
from printkit.orders.releases import release_of, unite
from printkit.orders.stepping import load
from printkit.orders.tables import orders, runs
from printkit.words import Message, joined


@dataclass
class Worked:
    """What became of released orders: those at the printer by run, and why others went back."""

    done: dict[str, list[int]] = field(default_factory=dict)
    held: dict[int, str] = field(default_factory=dict)


def work(book: Book, *, pool: OpenPool = workers) -> Worked:
    """Make every released order, those of a stopped run first.

    Killed at any moment it has lost and doubled nothing: what is not noted as made is made again, to the same
    bytes. Raise WriteError where another one is at work on the same folder.
    """
    worked = Worked()
    with beating(book, pause_of(book)):
        # Its folder may have files already; going on costs what is missing
        for stopped in _unfinished(book):
            _finish(book, stopped, worked, pool)
        while (run := _open(book, worked)) is not None:
            _finish(book, run, worked, pool)
    return worked


def _unfinished(book: Book) -> list[str]:
    with book.read() as connection:
        wanted = select(runs.c.id).where(runs.c.finished_at.is_(None)).order_by(runs.c.opened_at)
        return list(connection.execute(wanted).scalars())


def _open(book: Book, worked: Worked) -> str | None:
    """Put released orders whose files agree into a new run; None where none is left."""
    with book.write(PRINTKIT) as step:
        waiting = _released(step, None)
        chosen: list[Due] = []
        for order in waiting:
            due = _due(book, step, order, worked)
            # Others wait for a run of their own: one folder has one workspace
            if due is not None and _fits(chosen, due):
                chosen.append(due)
        if not chosen:
            return None
        # Counted over all days, so that a run's name is never used again.
        count = len(step.connection.execute(select(runs.c.id)).all()) + 1
        run = f"{step.day.isoformat()}-{count}"
        step.connection.execute(insert(runs).values(id=run, opened_at=step.at))
        for due in chosen:
            into_run(step, due.order, run)
        return run


def _released(step: Step, run: str | None) -> list[Order]:
    here = orders.c.run_id.is_(None) if run is None else orders.c.run_id == run
    wanted = select(orders).where(orders.c.state == "released", here).order_by(orders.c.id).with_for_update()
    return views(step.connection, step.connection.execute(wanted).mappings().all())


def _due(book: Book, step: Step, order: Order, worked: Worked) -> Due | None:
    """Return what is to be made of an order, or hold it where it is not what was approved."""
    try:
        check_approvals(step, order)
        due = due_of(book, step.connection, order)
        # Before hours of print: each stored file is still what it was
        for name, found in due.files.items():
            book.store.read(found, name)
    except OrderRefused as error:
        reason = joined(error.sentences())
        hold(step, order, reason)
        worked.held[order.id] = reason
        return None
    return due


def _fits(chosen: Sequence[Due], due: Due) -> bool:
    """Tell whether an order can be made in one folder with others: same files, no piece of the same name."""
    names = {piece.planned.id for one in chosen for piece in one.pieces}
    same = names & {piece.planned.id for piece in due.pieces}
    return not same and unite([*(one.files for one in chosen), due.files]) is not None


def _finish(book: Book, run: str, worked: Worked, pool: OpenPool) -> None:
    """Make a run's orders; those with a held or foreign file go back, and the folder is made without them."""
    while True:
        with book.write(PRINTKIT) as step:
            found = (_due(book, step, order, worked) for order in _released(step, run))
            due = [one for one in found if one is not None]
            opened = step.connection.execute(select(runs.c.opened_at).where(runs.c.id == run)).scalar_one()
        made = _make(book, run, due, day=datetime.date.fromisoformat(opened[:10]), pool=pool) if due else None
        if made is None:
            # Nothing in the folder is of an order that may be printed.
            shutil.rmtree(book.batches / run, ignore_errors=True)
        with book.write(PRINTKIT) as step:
            bad = dict(_bad(step, due, made)) if made else {}
            for number, reason in bad.items():
                hold(step, load(step, number, lock=True), reason)
            worked.held |= bad
            # The folder is made once more without them, so that it holds what is printed and nothing else
            if bad:
                continue
            for one in due:
                printed(step, one)
            step.connection.execute(update(runs).where(runs.c.id == run).values(finished_at=step.at))
            worked.done[run] = [one.order.id for one in due]
            return


def _make(book: Book, run: str, due: Sequence[Due], *, day: datetime.date, pool: OpenPool) -> Outcome:
    return make(book, due, book.batches / run, name=run, day=day, pool=pool, proofs=False)


def _bad(step: Step, due: Sequence[Due], outcome: Outcome) -> Iterator[tuple[int, str]]:
    """Yield orders that must not be printed, with the first reason."""
    records = by_piece(outcome)
    for one in due:
        signed = {
            proof.piece: proof for proof in proofs_of(step.connection, one.order.id, one.order.revision)
        }
        for piece in one.pieces:
            record, proof = records[piece.planned.id], signed.get(piece.planned.id)
            if record.held:
                yield (
                    one.order.id,
                    Message(
                        "%(piece)s was held: %(reasons)s",
                        piece=_called(step, one, piece),
                        reasons=joined(record.reasons),
                    ),
                )
                break
            if proof is None or proof.sha256 != record.sha256:
                same = proof is not None and proof.engines == engines()
                why = (
                    Message("a stored file or a row was changed")
                    if same
                    else Message("the engines are others than at approval")
                )
                yield (
                    one.order.id,
                    Message(
                        "%(piece)s is not the approved file: %(why)s; edit the order to approve it anew",
                        piece=_called(step, one, piece),
                        why=why,
                    ),
                )
                break


def _called(step: Step, due: Due, piece: OrderPiece) -> str:
    """Return what people call a piece: the committee reads why it was held."""
    line = due.order.content.lines[piece.line - 1]
    page = step.book.profiles.formats.get(line.format)
    design = release_of(step.connection, line.template, line.release).name
    return f"{design}, {page.name if page else line.format}"
