"""What is noted of a piece: made, held, or never become a PDF."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from printkit.batch.folder import Written
from printkit.batch.journal import Judgement, Record, State, stamps
from printkit.batch.planned import Planned
from printkit.batch.run import Run
from printkit.errors import PrintkitError, SlotErrors
from printkit.produce import Inputs, Product
from printkit.words import Message


def hold_reasons(made: Product | Record | None, unconfirmed: tuple[str, ...], final: bool) -> list[str]:
    """Say why a piece is held, None where it is not made yet; empty where it may be printed."""
    reasons = [_sentence(one) for one in made.findings if one["severity"] == "error"] if made else []
    reasons += made.not_checked if made else ()
    if final and unconfirmed:
        reasons.append(
            Message("a final run takes confirmed values only; not confirmed: %(values)s", values=unconfirmed)
        )
    return reasons


def place_of(piece: Planned, held: bool, kind: str = "pdf") -> str:
    """Return where a piece's file stands, relative to the run's folder."""
    return f"{'held' if held else 'press'}/{piece.committee}/{piece.id}.{kind}"


def record_product(
    piece: Planned, inputs: Inputs, product: Product, *, written: Written, reasons: list[str]
) -> Record:
    """Note a finished piece that is in place."""
    state: State = "held" if reasons else "variant" if product.variant else "rendered"
    judged = Judgement(
        verdict=product.verdict,
        errors=product.count("error"),
        warnings=product.count("warning"),
        waived=len(product.waived),
    )
    return Record(
        **_identity(piece),
        **_known(inputs),
        file=written.file,
        sha256=written.sha256,
        bytes=written.bytes,
        **stamps(written),
        pages=product.pages,
        trim_mm=product.trim_mm,
        bleed_mm=product.bleed_mm,
        qr=product.codes,
        preflight=judged,
        state=state,
        seconds=round(product.seconds, 3),
        findings=product.findings,
        not_checked=product.not_checked,
        waived=product.waived,
        expired=product.expired,
        reasons=tuple(reasons),
    )


def record_error(run: Run, piece: Planned, inputs: Inputs | None, *, error: PrintkitError) -> Record:
    """Note a piece that never became a PDF."""
    page, press = run.profiles.formats[piece.format], run.profiles.presses[piece.press]
    # Problems with values come one a line
    reasons = [one for one in error.sentences() if one] or [type(error).__name__]
    known = _known(inputs or _unknown(piece, reasons))
    return Record(
        **_identity(piece),
        **known,
        file=None,
        sha256=None,
        bytes=None,
        mtime_ns=None,
        pages=None,
        trim_mm=page.trim_mm,
        bleed_mm=page.bleed_mm if press.bleed_mm is None else press.bleed_mm,
        qr=(),
        preflight=Judgement(verdict="fail", errors=len(reasons), warnings=0),
        state="held",
        seconds=0.0,
        findings=(),
        reasons=tuple(reasons),
    )


def keep_record(record: Record, piece: Planned, *, written: Written, reasons: list[str]) -> Record:
    """Note a piece whose file is as it was; quantities and its place may have changed."""
    changed = {
        "quantity": piece.quantity,
        "note": piece.note,
        "file": written.file,
        **stamps(written),
        "state": "held" if reasons else "unchanged",
        "seconds": 0.0,
        "reasons": tuple(reasons),
    }
    return record.model_copy(update=changed)


def explain(record: Record, error: PrintkitError | None) -> bytes:
    """Return the JSON that lies beside a held piece, or in its place."""
    said: dict[str, Any] = {
        "id": record.id,
        "why": list(record.reasons),
        "unconfirmed": list(record.unconfirmed),
    }
    if error:
        said["error"] = {"kind": type(error).__name__, "code": error.exit_code}
    if isinstance(error, SlotErrors):
        said["problems"] = [asdict(problem) for problem in error.problems]
    said["findings"] = [dict(finding) for finding in record.findings]
    said["waived"] = [dict(finding) for finding in record.waived]
    said["waivers_expired"] = [dict(waiver) for waiver in record.expired]
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def _identity(piece: Planned) -> dict[str, Any]:
    names = ("id", "template", "committee", "format", "press", "site", "quantity", "note")
    return {name: getattr(piece, name) for name in names} | {"lang": piece.language}


def _known(inputs: Inputs) -> dict[str, Any]:
    names = ("key", "layout", "planned", "read", "parts", "own", "texts", "unconfirmed")
    return {name: getattr(inputs, name) for name in names}


def _unknown(piece: Planned, reasons: list[str]) -> Inputs:
    # A key all the same, so that a later run sees whether the piece or what was wrong with it has changed.
    text = json.dumps([asdict(piece), reasons], ensure_ascii=False)
    return Inputs(key=sha256(text.encode()).hexdigest(), layout="", parts={})


def _sentence(finding: Mapping[str, Any]) -> str:
    page, more = finding.get("page"), len(finding.get("pages", ())) - 1
    place = finding["id"]
    if page and more > 0:
        place = Message("%(rule)s, page %(page)s and %(more)s more", rule=place, page=page, more=more)
    elif page:
        place = Message("%(rule)s, page %(page)s", rule=place, page=page)
    return Message("%(place)s: %(reason)s", place=place, reason=finding["message"])
