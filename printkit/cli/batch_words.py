"""What `batch` says: of a run that is only thought of, and of one that is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printkit.cli.failure import describe
from printkit.cli.options import Settings
from printkit.cli.table import table
from printkit.words import Message, Words, translate

if TYPE_CHECKING:
    from printkit.batch.forecast import Forecast, PieceForecast
    from printkit.batch.run import Outcome, Run

STATES = {
    str(state): state
    for state in (Message("rendered"), Message("variant"), Message("unchanged"), Message("held"))
}
# So many reasons are named on the screen; the report has them all.
NAMED = 10


def show(given: Settings, run: Run, told: Forecast) -> None:
    """List what would be made, and about how long it would take; name on stderr what is worth a look."""
    from printkit.batch.report_page import say_why

    papers = translate(given.words.language)
    for line in run.concerns:
        given.say(Message("worth a look: %(line)s", line=line))
    heads = (
        Message("piece"),
        Message("press"),
        Message("quantity"),
        Message("state"),
        Message("why"),
        Message("note"),
    )
    rows = [
        (
            due.piece.id,
            due.piece.press,
            str(due.piece.quantity),
            STATES[due.state],
            say_why(papers, due.why),
            due.piece.note,
        )
        for due in told.pieces
    ]
    copies = sum(due.piece.quantity for due in told.pieces)
    summary = Message(
        "%(pieces)s pieces, %(copies)s copies: %(layouts)s layouts and %(variants)s variants to make, "
        "%(unchanged)s unchanged, %(held)s held; about %(seconds).0f s",
        pieces=len(rows),
        copies=copies,
        layouts=told.to_make("rendered"),
        variants=told.to_make("variant"),
        unchanged=told.count("unchanged"),
        held=told.count("held"),
        seconds=told.seconds,
    )
    text = f"{table(heads, rows, given.words.say)}\n\n{given.words.say(summary)}"
    if told.removed:
        head = given.words.say(Message("would be removed:"))
        text += f"\n\n{head}\n" + "\n".join(f"  {file}" for file in told.removed)
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
        given.say(Message("worth a look: %(line)s", line=line))
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
    said = verdict(outcome, translate(given.words.language))["text"]
    # The verdict first: whoever reads one line only reads what to do.
    lines = (said, _done(outcome, given.words), run.root / "report.html")
    given.result(told, "" if given.quiet else "\n".join(map(str, lines)))
    if outcome.failure:
        given.fault(Message("printkit: no piece could be made: %(failure)s", failure=outcome.failure))


def _faults(outcome: Outcome) -> Iterator[str]:
    """Name what is held and what could not be merged."""
    from printkit.batch.report import held_by_reason

    for group in held_by_reason(outcome.held)[:NAMED]:
        yield _held(group["why"], [piece["id"] for piece in group["pieces"]])
    for file, error in outcome.unmerged.items():
        yield Message("not merged: %(file)s: %(error)s", file=file, error=error)


def _remarks(run: Run, outcome: Outcome) -> Iterator[str]:
    """Name what is no longer merged, and what lies there and is not to be sent."""
    from printkit.batch.run import MERGED

    # With --merge the new file stands where the old one did, and nothing is missing.
    for file in () if run.options.merge else outcome.removed:
        if file.startswith(MERGED):
            yield Message(
                "removed: %(file)s: its pieces are no longer those in press/; --merge makes it anew",
                file=file,
            )
    for file in outcome.strange[:NAMED]:
        yield Message("not of this run: %(file)s: printkit leaves it where it is; do not send it", file=file)
    if outcome.strange[NAMED:]:
        more = len(outcome.strange) - NAMED
        yield Message("not of this run: %(count)s more, see the report", count=more)


def _done(outcome: Outcome, words: Words) -> str:
    """Say how many pieces this run made, left as they are, held and took away."""
    from printkit.batch.report import states

    counts, ids = states(outcome), {record.id for record in outcome.records}
    # Pieces, not files: one that moved from held/ to press/ lost a file there and is not gone.
    pieces = {Path(file).stem for file in outcome.removed if file.startswith(("press/", "held/"))}
    made, kept = counts.get("rendered", 0) + counts.get("variant", 0), counts.get("unchanged", 0)
    held, removed = counts.get("held", 0), len(pieces - ids)
    told = (
        (made, words.gettext("%(count)s made", count=made)),
        (kept, words.gettext("%(count)s unchanged", count=kept)),
        (held, words.gettext("%(count)s held", count=held)),
        (removed, words.gettext("%(count)s removed", count=removed)),
    )
    return ", ".join(what for count, what in told if count)


def _held(reasons: Sequence[str], ids: Sequence[str]) -> str:
    why = reasons[0] if reasons else Message("see the report")
    if len(ids) == 1:
        return Message("held: %(piece)s: %(why)s", piece=ids[0], why=why)
    return Message("held: %(piece)s and %(count)s more: %(why)s", piece=ids[0], count=len(ids) - 1, why=why)
