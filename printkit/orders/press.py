"""Press files of orders, made by a batch from the releases that were approved."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from printkit.batch.execution import execute
from printkit.batch.journal import Record
from printkit.batch.origin import Delivery, Origin
from printkit.batch.run import Options, Outcome, Run, Silence
from printkit.batch.writing import WritingSetup
from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.deciding import revision_row
from printkit.orders.pieces import LineMaker, OrderPiece, Printed, pieces_of, productions_of
from printkit.orders.reading import Order, views
from printkit.orders.releases import files_of, unite, write_files
from printkit.orders.tables import orders, uploads
from printkit.orders.uploads import pictures
from printkit.produce import Production, engine_versions
from printkit.profiles import BatchLimits, Profiles, load_profiles
from printkit.words import Message
from printkit.work.pool import Pool, cores
from printkit.work.workers import Workers
from printkit.workspace import Scratch, Snapshot

# Who makes the pieces of these productions below a folder.
OpenPool = Callable[[Mapping[str, Production], Path, BatchLimits], Pool]


@dataclass(frozen=True)
class Due:
    """An order that is to be made: what it prints, the files it is made from, its pieces."""

    order: Order
    printed: Printed
    files: Mapping[str, str]
    pieces: Sequence[OrderPiece]


def workers(productions: Mapping[str, Production], root: Path, limits: BatchLimits) -> Pool:
    """Call as many workers as this process has cores."""
    return Workers(WritingSetup(partial(LineMaker, productions), root), cores(), limits)


def due_of(book: Book, connection: Connection, order: Order) -> Due:
    """Return what is to be made of an order's current revision; raise OrderRefused."""
    number, day = _root(connection, order)
    printed = Printed(number, order.committee, order.content, day)
    released = [files_of(connection, line.template, line.release) for line in order.content.lines]
    files = unite([*released, _uploads(connection, order)])
    if files is None:
        raise OrderRefused(
            Message(
                "order %(order)s: two of its lines are of releases that differ in a file they share; "
                "order them apart",
                order=order.id,
            )
        )
    return Due(order, printed, files, pieces_of(printed, book.rules.rules))


def _root(connection: Connection, order: Order) -> tuple[int, datetime.date]:
    """Return number and day that stand in an order's files: a complaint repeats those of its parent."""
    first = order
    # A complaint may be of a complaint
    while first.kind == "complaint" and first.parent is not None:
        rows = connection.execute(select(orders).where(orders.c.id == first.parent)).mappings()
        first = views(connection, rows.all())[0]
    return first.id, datetime.date.fromisoformat(revision_row(connection, first)["day"])


def _uploads(connection: Connection, order: Order) -> dict[str, str]:
    """Return the committee's uploaded pictures that the order's slots name, by file."""
    named = set().union(*(pictures(line) for line in order.content.lines))
    here = (uploads.c.committee == order.committee, uploads.c.file.in_(named))
    rows = connection.execute(select(uploads).where(*here)).mappings()
    return {row["file"]: row["sha256"] for row in rows}


def make(
    book: Book, due: Sequence[Due], root: Path, *, name: str, day: datetime.date, pool: OpenPool, proofs: bool
) -> Outcome:
    """Make the pieces of orders whose files agree into one batch folder, under a batch's promises.

    Each stored file is compared with its hash on its way: raise OrderRefused, which names one that differs.
    """
    files = unite(one.files for one in due) or {}
    # A folder of its own, as files of several releases stand together in it for this run only.
    scratch = Scratch("orders")
    try:
        folder = Path(scratch.name) / "workspace"
        folder.mkdir()
        write_files(book, files, folder)
        workspace = Snapshot(folder)
        profiles = load_profiles(workspace)
        productions: dict[str, Production] = {}
        for one in due:
            productions |= productions_of(
                one.printed, one.pieces, book.rules.rules, workspace=workspace, profiles=profiles
            )
        planned = sorted(piece.planned for one in due for piece in one.pieces)
        date = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        options = Options(proofs=proofs)
        # Nobody drives a proof, so it needs no address of today
        listed = profiles if proofs else _live(profiles, book)
        addressed = {} if proofs else _deliveries(due)
        origin = Origin(name, name, "orders", kind="orders", deliveries=addressed)
        run = Run(root, workspace, listed, origin, date, versions=engine_versions(), options=options)
        root.mkdir(parents=True, exist_ok=True)
        return execute(
            run,
            planned,
            LineMaker(productions),
            Silence(),
            pool=lambda: pool(productions, root, profiles.batch),
        )
    finally:
        scratch.cleanup()


def _deliveries(due: Sequence[Due]) -> dict[str, list[Delivery]]:
    """Return by piece the addresses that it goes to; its spares lie in the first parcel."""
    found = {}
    for one in due:
        for piece in one.pieces:
            if piece.planned.site is None:
                found[piece.planned.id] = [
                    Delivery(address, one.order.beside.phone, copies + (0 if number else piece.spares))
                    for number, (address, copies) in enumerate(piece.copies.items())
                ]
    return found


def _live(profiles: Profiles, book: Book) -> Profiles:
    """Return profiles whose places are reached as of today: whom a driver asks for is in no press file."""
    today = load_profiles(Snapshot(book.workspace.root)).sites
    sites = {
        name: site.model_copy(update={"address": today[name].address, "contact": today[name].contact})
        for name, site in profiles.sites.items()
        if name in today
    }
    return replace(profiles, sites={**profiles.sites, **sites})


def engines() -> str:
    """Return the versions that shape bytes, as one text."""
    return " ".join(f"{name} {version}" for name, version in sorted(engine_versions().items()))


def by_piece(outcome: Outcome) -> dict[str, Record]:
    """Return what a run has noted of its pieces, by their ids."""
    return {record.id: record for record in outcome.records}
