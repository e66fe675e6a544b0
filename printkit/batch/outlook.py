"""What a run would do and how long it would take, without doing it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from printkit.batch.folder import Folder
from printkit.batch.journal import Journal, State, read_journal
from printkit.batch.piece import Found, guarded, why_made
from printkit.batch.planning import Planned
from printkit.batch.run import Producer, Run
from printkit.errors import PrintkitError

Pace = Mapping[tuple[str, State], float]


@dataclass(frozen=True)
class Due:
    """Hold a piece and what a run would do with it: `why` is empty where it would stay as it is."""

    piece: Planned
    state: State
    why: str = ""


@dataclass(frozen=True)
class Forecast:
    """Hold what a run would do, and the seconds it would take by as many workers."""

    pieces: tuple[Due, ...]
    seconds: float

    def count(self, state: State) -> int:
        """Count the pieces that would end in a state."""
        return sum(due.state == state for due in self.pieces)


def forecast(run: Run, pieces: Sequence[Planned], producer: Producer, workers: int) -> Forecast:
    """Return what a run into the folder would do; nothing is locked, written or laid out."""
    folder = Folder(run.root)
    journal = read_journal(folder)
    begun: set[str] = set()
    due = []
    for piece in sorted(pieces):
        found = guarded(producer.inputs, piece)
        due.append(_due(piece, found, _why(run, journal, piece, found), begun))
    return Forecast(tuple(due), _seconds(run, due, _pace(journal), workers))


def _why(run: Run, journal: Journal, piece: Planned, found: Found) -> str:
    if isinstance(found, PrintkitError):
        return " ".join(str(found).split())
    return why_made(Folder(run.root), run.options, journal.records.get(piece.id), found)


def _due(piece: Planned, found: Found, why: str, begun: set[str]) -> Due:
    """Tell what becomes of a piece; `begun` gets its layout where it is the first of it."""
    if isinstance(found, PrintkitError):
        return Due(piece, "held", why)
    if not why:
        return Due(piece, "unchanged")
    state: State = "variant" if found.layout in begun else "rendered"
    begun.add(found.layout)
    return Due(piece, state, why)


def _pace(journal: Journal) -> Pace:
    """Return the mean seconds of a format's layouts and variants as the last run took them."""
    seconds: defaultdict[tuple[str, State], list[float]] = defaultdict(list)
    for record in journal.records.values():
        if record.seconds:
            seconds[record.format, record.state].append(record.seconds)
    return {name: mean(found) for name, found in seconds.items()}


def _seconds(run: Run, due: Iterable[Due], pace: Pace, workers: int) -> float:
    usual: dict[State, float] = {
        "rendered": run.profiles.batch.layout_seconds,
        "variant": run.profiles.batch.variant_seconds,
    }
    work = [pace.get((one.piece.format, one.state), usual[one.state]) for one in due if one.state in usual]
    if not work:
        return 0.0
    return run.profiles.batch.start_seconds + max(sum(work) / workers, max(work))
