"""What a run would do and how long it would take, without doing it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from printkit.batch.folder import Folder
from printkit.batch.foreign import check_own
from printkit.batch.journal import Journal, State, read_journal
from printkit.batch.links import refuse_links
from printkit.batch.piece import Found, find_inputs, why_made
from printkit.batch.planned import Planned
from printkit.batch.print_ids import refuse_shared_ids
from printkit.batch.record import hold_reasons
from printkit.batch.removal import Remaining, to_remove
from printkit.batch.run import Producer, Run
from printkit.errors import PrintkitError
from printkit.produce import Inputs
from printkit.words import joined

Pace = Mapping[tuple[str, State], float]


@dataclass(frozen=True)
class PieceForecast:
    """A piece and what would become of it: `why` is empty where it would stay as it is.

    `work` is how it would be made, None where nothing is to be done; what is made may be held, too.
    """

    piece: Planned
    state: State
    why: str = ""
    work: State | None = None


@dataclass(frozen=True)
class Forecast:
    """What a run would do, what it would remove, and the seconds it would take by as many workers."""

    pieces: tuple[PieceForecast, ...]
    seconds: float
    removed: tuple[str, ...] = ()

    def count(self, state: State) -> int:
        """Count the pieces that would end in a state."""
        return sum(due.state == state for due in self.pieces)

    def to_make(self, work: State) -> int:
        """Count the pieces that would be made this way."""
        return sum(due.work == work for due in self.pieces)


def forecast(run: Run, pieces: Sequence[Planned], producer: Producer, workers: int) -> Forecast:
    """Return what a run into the folder would do; nothing is locked, written or laid out.

    Raise WriteError for a folder that a run would refuse.
    """
    folder = Folder(run.root)
    refuse_links(run.root)
    journal = read_journal(folder)
    check_own(folder, journal, run, pieces)
    begun: set[str] = set()
    inputs = find_inputs(run, pieces, producer, journal)
    # A dry run refuses what the run would refuse
    refuse_shared_ids(run.origin, pieces, inputs, ())
    due = [
        _outcome(run, folder, journal, piece=piece, found=inputs[piece.id], begun=begun)
        for piece in sorted(pieces)
    ]
    removed = to_remove(run, folder, journal, _expected(run, due, journal))
    return Forecast(tuple(due), _seconds(run, due, _pace(journal), workers), removed)


def _outcome(
    run: Run, folder: Folder, journal: Journal, *, piece: Planned, found: Found, begun: set[str]
) -> PieceForecast:
    """Tell what would become of a piece whose inputs were found, or the error in their place."""
    if isinstance(found, PrintkitError):
        return PieceForecast(piece, "held", joined(found.sentences()))
    old = journal.records.get(piece.id)
    one = _due(piece, found, why_made(folder, run.options, old, found), begun)
    reasons = hold_reasons(None if one.work else old, found.unconfirmed, run.options.final)
    return replace(one, state="held", why=reasons[0]) if reasons else one


def _expected(run: Run, due: Sequence[PieceForecast], journal: Journal) -> Remaining:
    held = {one.piece.id: one.state == "held" for one in due}
    if run.options.partial:
        others = set(run.origin.ids()) - held.keys()
        held |= {one.id: one.held for one in journal.records.values() if one.id in others}
    return Remaining(held, {one.piece.id for one in due if one.work})


def _due(piece: Planned, found: Inputs, why: str, begun: set[str]) -> PieceForecast:
    """Tell how a piece is made; `begun` gets its layout where it is the first of it."""
    if not why:
        return PieceForecast(piece, "unchanged")
    state: State = "variant" if found.layout in begun else "rendered"
    begun.add(found.layout)
    return PieceForecast(piece, state, why, state)


def _pace(journal: Journal) -> Pace:
    """Return the mean seconds of a format's layouts and variants as the last run took them."""
    seconds: defaultdict[tuple[str, State], list[float]] = defaultdict(list)
    for record in journal.records.values():
        if record.seconds:
            seconds[record.format, record.state].append(record.seconds)
    return {name: mean(found) for name, found in seconds.items()}


def _seconds(run: Run, due: Iterable[PieceForecast], pace: Pace, workers: int) -> float:
    usual: dict[State, float] = {
        "rendered": run.profiles.batch.layout_seconds,
        "variant": run.profiles.batch.variant_seconds,
    }
    work = [pace.get((one.piece.format, one.work), usual[one.work]) for one in due if one.work]
    if not work:
        return 0.0
    # No run ends before its longest layout has, however many workers there are
    return run.profiles.batch.start_seconds + max(sum(work) / workers, max(work))
