"""What `batch` says: of a run that is only thought of, and of one that is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.failure import describe
from printkit.cli.options import Settings
from printkit.cli.table import table

if TYPE_CHECKING:
    from printkit.batch import Due, Forecast, Outcome, Run

# So many reasons are named on the screen; the report has them all.
NAMED = 10


def show(given: Settings, run: Run, told: Forecast) -> None:
    """List what would be made, and about how long it would take."""
    heads = ("piece", "press", "quantity", "state", "why", "note")
    rows = [
        (due.piece.id, due.piece.press, str(due.piece.quantity), due.state, due.why, due.piece.note)
        for due in told.pieces
    ]
    copies = sum(due.piece.quantity for due in told.pieces)
    text = (
        f"{table(heads, rows)}\n\n{len(rows)} pieces, {copies} copies: {told.to_make('rendered')} layouts and "
        f"{told.to_make('variant')} variants to make, {told.count('unchanged')} unchanged, "
        f"{told.count('held')} held; about {told.seconds:.0f} s"
    )
    data = {
        "ok": True,
        "campaign": run.campaign.id,
        "pieces": [_planned(due) for due in told.pieces],
        "seconds": round(told.seconds, 1),
    }
    given.result(data, text)


def _planned(due: Due) -> dict[str, Any]:
    names = ("id", "template", "committee", "format", "press", "site", "quantity", "note")
    told = {name: getattr(due.piece, name) for name in names}
    return told | {"lang": due.piece.language, "state": due.state, "why": due.why}


def tell(given: Settings, run: Run, outcome: Outcome) -> None:
    """Name what is held or not merged on stderr, and the folder with its verdict on stdout."""
    from printkit.batch import held_by_reason, totals, verdict

    for group in held_by_reason(outcome.held)[:NAMED]:
        given.say(_held(group["why"], [piece["id"] for piece in group["pieces"]]))
    for file, error in outcome.unmerged.items():
        given.say(f"not merged: {file}: {error}")
    told: dict[str, Any] = {
        "ok": outcome.exit_code == 0,
        "campaign": run.campaign.id,
        "output": str(run.root),
        "totals": totals(outcome.records),
        "held": [{"id": record.id, "why": list(record.reasons)} for record in outcome.held],
        "unmerged": [{"file": file, "why": str(error)} for file, error in outcome.unmerged.items()],
        "seconds": round(outcome.seconds, 2),
    }
    if outcome.failure:
        told["error"] = describe(outcome.failure)
    text = "" if given.quiet else f"{verdict(outcome)['text']}\n{run.root / 'report.html'}"
    given.result(told, text)
    if outcome.failure and not given.json:
        click.echo(f"printkit: no piece could be made: {outcome.failure}", err=True)


def _held(reasons: Sequence[str], ids: Sequence[str]) -> str:
    more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
    return f"held: {ids[0]}{more}: {reasons[0] if reasons else 'see the report'}"
