"""What `batch` says: of a run that is only thought of, and of one that is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printkit.cli.failure import describe
from printkit.cli.options import Settings
from printkit.cli.table import table
from printkit.words import SOURCE_LANGUAGE, translate

if TYPE_CHECKING:
    from printkit.batch.forecast import Forecast, PieceForecast
    from printkit.batch.run import Outcome, Run

# So many reasons are named on the screen; the report has them all.
NAMED = 10


def show(given: Settings, run: Run, told: Forecast) -> None:
    """List what would be made, and about how long it would take; name on stderr what is worth a look."""
    for line in run.concerns:
        given.say(f"worth a look: {line}")
    heads = ("piece", "press", "quantity", "state", "why", "note")
    rows = [
        (due.piece.id, due.piece.press, str(due.piece.quantity), due.state, due.why, due.piece.note)
        for due in told.pieces
    ]
    copies = sum(due.piece.quantity for due in told.pieces)
    text = (
        f"{table(heads, rows)}\n\n{len(rows)} pieces, {copies} copies: "
        f"{told.to_make('rendered')} layouts and {told.to_make('variant')} variants to make, "
        f"{told.count('unchanged')} unchanged, "
        f"{told.count('held')} held; about {told.seconds:.0f} s"
    )
    if told.removed:
        text += "\n\nwould be removed:\n" + "\n".join(f"  {file}" for file in told.removed)
    data = {
        "ok": True,
        "campaign": run.origin.id,
        "pieces": [_planned(due) for due in told.pieces],
        "removed": list(told.removed),
        "concerns": list(run.concerns),
        "seconds": round(told.seconds, 1),
    }
    given.result(data, text)


def _planned(due: PieceForecast) -> dict[str, Any]:
    names = ("id", "template", "committee", "format", "press", "site", "quantity", "note")
    told = {name: getattr(due.piece, name) for name in names}
    return told | {"lang": due.piece.language, "state": due.state, "why": due.why}


def tell(given: Settings, run: Run, outcome: Outcome) -> None:
    """Say on stderr what needs a look, and on stdout the verdict, what was done and where the report is."""
    from printkit.batch.manifest import totals
    from printkit.batch.report import states, verdict

    for line in _faults(outcome):
        given.fault(line)
    for line in run.concerns:
        given.say(f"worth a look: {line}")
    for line in _remarks(run, outcome):
        given.say(line)
    told: dict[str, Any] = {
        "ok": outcome.exit_code == 0,
        "campaign": run.origin.id,
        "output": str(run.root),
        "totals": totals(outcome.records),
        "states": states(outcome),
        "held": [{"id": record.id, "why": list(record.reasons)} for record in outcome.held],
        "unmerged": [{"file": file, "why": str(error)} for file, error in outcome.unmerged.items()],
        "removed": list(outcome.removed),
        "strange": list(outcome.strange),
        "concerns": list(run.concerns),
        "seconds": round(outcome.seconds, 2),
    }
    if outcome.failure:
        told["error"] = describe(outcome.failure)
    lines = (verdict(outcome, translate(SOURCE_LANGUAGE))["text"], _done(outcome), run.root / "report.html")
    given.result(told, "" if given.quiet else "\n".join(map(str, lines)))
    if outcome.failure:
        given.fault(f"printkit: no piece could be made: {outcome.failure}")


def _faults(outcome: Outcome) -> Iterator[str]:
    """Name what is held and what could not be merged."""
    from printkit.batch.report import held_by_reason

    for group in held_by_reason(outcome.held)[:NAMED]:
        yield _held(group["why"], [piece["id"] for piece in group["pieces"]])
    for file, error in outcome.unmerged.items():
        yield f"not merged: {file}: {error}"


def _remarks(run: Run, outcome: Outcome) -> Iterator[str]:
    """Name what is no longer merged, and what lies there and is not to be sent."""
    from printkit.batch.run import MERGED

    for file in () if run.options.merge else outcome.removed:
        if file.startswith(MERGED):
            yield f"removed: {file}: its pieces are no longer those in press/; --merge makes it anew"
    for file in outcome.strange[:NAMED]:
        yield f"not of this run: {file}: printkit leaves it where it is; do not send it"
    if outcome.strange[NAMED:]:
        yield f"not of this run: {len(outcome.strange) - NAMED} more, see the report"


def _done(outcome: Outcome) -> str:
    """Say how many pieces this run made, left as they are, held and took away."""
    from printkit.batch.report import states

    counts, ids = states(outcome), {record.id for record in outcome.records}
    pieces = {Path(file).stem for file in outcome.removed if file.startswith(("press/", "held/"))}
    told = {
        "made": counts.get("rendered", 0) + counts.get("variant", 0),
        "unchanged": counts.get("unchanged", 0),
        "held": counts.get("held", 0),
        "removed": len(pieces - ids),
    }
    return ", ".join(f"{count} {what}" for what, count in told.items() if count)


def _held(reasons: Sequence[str], ids: Sequence[str]) -> str:
    more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
    return f"held: {ids[0]}{more}: {reasons[0] if reasons else 'see the report'}"
