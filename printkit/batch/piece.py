"""One piece of a run: unchanged, made anew, or held with the reason beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

from printkit.batch.folder import Folder, Written
from printkit.batch.journal import Journal, Record
from printkit.batch.planned import Planned
from printkit.batch.record import (
    explain,
    hold_reasons,
    keep_record,
    place_of,
    record_error,
    record_product,
)
from printkit.batch.run import Options, Producer, Run
from printkit.batch.session import Session
from printkit.errors import PrintkitError, RenderError, WriteError
from printkit.produce import Inputs, Product
from printkit.template import READINGS, Readings
from printkit.work.pieces import bind_each
from printkit.workspace import News, digests

T = TypeVar("T")
Found = Inputs | PrintkitError


def guarded(work: Callable[[Planned], T], piece: Planned) -> T | PrintkitError:
    """Return the work's result, or the error that costs this piece alone; a full disk stops all."""
    try:
        return work(piece)
    except WriteError:
        raise
    # One piece's bug or lack of memory must not cost the others.
    except Exception as error:  # noqa: BLE001
        return as_error(error)


def find_inputs(run: Run, pieces: Sequence[Planned], producer: Producer, before: Journal) -> dict[str, Found]:
    """Return what each piece depends on, or what is wrong with it, by its id.

    What a layout reads, only laying it out can tell: for one that was laid out, the journal names the files.
    """

    def ask(piece: Planned) -> tuple[Found, News, Readings | None]:
        # All that was read of templates is known with the last one
        readings = READINGS if piece is pieces[-1] else None
        return guarded(producer.inputs, piece), run.workspace.news(), readings

    # By the layout as planned, since what it read is part of the layout's final name
    read = {record.planned: record.read for record in before.records.values() if record.read}
    found: dict[str, Found] = {}
    for piece, told in zip(pieces, bind_each(ask, pieces, run.profiles.batch), strict=True):
        if isinstance(told, PrintkitError):
            found[piece.id] = told
            continue
        inputs, news, readings = told
        # Binding is done in a copy of the process, which tells what it read on the way
        run.workspace.take(news)
        if readings:
            READINGS.take(readings)
        if isinstance(inputs, Inputs):
            inputs = inputs.seen(dict(digests(run.workspace, read.get(inputs.layout, {}))))
        found[piece.id] = inputs
    return found


def as_error(error: BaseException) -> PrintkitError:
    """Return an error that costs a piece as one of printkit's."""
    return error if isinstance(error, PrintkitError) else RenderError(f"{type(error).__name__}: {error}")


def settle(session: Session, piece: Planned, found: Found) -> bool:
    """Hold a piece whose inputs are wrong and keep one that is unchanged; tell whether it is settled."""
    if isinstance(found, PrintkitError):
        hold(session, piece, None, found)
        return True
    old = session.before.records.get(piece.id)
    session.why[piece.id], written = standing(session.folder, session.run.options, old, found)
    if written is None:
        return False
    _keep(session, piece, found, written)
    return True


def why_made(folder: Folder, options: Options, old: Record | None, found: Inputs) -> str:
    """Say why a piece is made again; empty where nothing changed."""
    return standing(folder, options, old, found)[0]


def standing(
    folder: Folder, options: Options, old: Record | None, found: Inputs
) -> tuple[str, Written | None]:
    """Return an empty reason and what to know a piece's file by that stands, else why it is made again."""
    if old is None:
        return "new", None
    if old.key != found.key:
        before, now = ({**one.parts, **dict(one.own)} for one in (old, found))
        names = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
        return "changed: " + ", ".join(names) if names else "changed", None
    # A check that a limit stopped may come to its end on a quieter machine
    if old.written is None or old.not_checked:
        return "tried again", None
    written = folder.known(old.written, options.verify)
    if written is None:
        gone = not folder.path(old.written.file).exists()
        return "its file was gone" if gone else "its file was not what printkit wrote", None
    return ("forced", None) if options.force else ("", written)


def enter(session: Session, made: Iterable[tuple[Planned, Inputs, Product]]) -> None:
    """Bring pieces that were made to their places, all flushed together, and into the journal."""
    final, placed = session.run.options.final, []
    for piece, inputs, product in made:
        reasons = hold_reasons(product, inputs.unconfirmed, final)
        placed.append((place_of(piece, bool(reasons)), piece, inputs, product, reasons))
    aside = _put_aside(session.folder, {file: product for file, _, _, product, _ in placed})
    records = [
        record_product(piece, inputs, product, written=one, reasons=reasons)
        for one, (_, piece, inputs, product, reasons) in zip(aside, placed, strict=True)
    ]
    for record in records:
        _explain(session, record, None)
    session.enter(records, aside)


def _put_aside(folder: Folder, products: Mapping[str, Product]) -> list[Written]:
    """Write products aside that were not written where they were made; return all in their order."""
    loose = {file: product.pdf for file, product in products.items() if product.stored is None}
    put = {written.file: written for written in folder.put_all_aside(loose)} if loose else {}
    return [
        folder.adopt(product.stored, file) if product.stored else put[file]
        for file, product in products.items()
    ]


def hold(session: Session, piece: Planned, inputs: Inputs | None, error: PrintkitError) -> None:
    """Note a piece that never became a PDF, with the reason in its place."""
    session.errors[piece.id] = error
    record = record_error(session.run, piece, inputs, error=error)
    _explain(session, record, error)
    session.enter([record])


def _keep(session: Session, piece: Planned, found: Inputs, written: Written) -> None:
    old = session.before.records[piece.id]
    reasons = hold_reasons(old, found.unconfirmed, session.run.options.final)
    target = place_of(piece, bool(reasons))
    aside = []
    # A value was confirmed or a waiver ran out: same bytes, another verdict
    if target != written.file:
        written = session.folder.put_aside(target, session.folder.read(written.file))
        aside = [written]
    record = keep_record(old, piece, written=written, reasons=reasons)
    _explain(session, record, None)
    session.enter([record], aside)


def _explain(session: Session, record: Record, error: PrintkitError | None) -> None:
    if record.held:
        file, data = f"held/{record.committee}/{record.id}.json", explain(record, error)
        key = sha256(data).hexdigest()
        if not session.has(file, key):
            session.place(file, data, key)
