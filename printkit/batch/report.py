"""The report: what was made and why, what is held, what is left to do; for a person and as JSON."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from printkit.batch.folder import Folder
from printkit.batch.journal import Record, has_several_languages
from printkit.batch.manifest import totals
from printkit.batch.pictures import picture_files
from printkit.batch.report_page import fill
from printkit.batch.run import Outcome, Run
from printkit.template.language import own_name
from printkit.words import SOURCE_LANGUAGE, Words, translate

SLOWEST = 10


def write_report(folder: Folder, run: Run, outcome: Outcome) -> None:
    """Write report.json and report.html."""
    told = describe(run, outcome)
    folder.renew("report.json", to_json(told, indent=1) + b"\n")
    folder.renew("report.html", fill(run, told, verdict(outcome, run.words)))


def describe(run: Run, outcome: Outcome) -> dict[str, Any]:
    """Return the report as plain data."""
    # With --only the folder has others too, which this run has not touched.
    now = [record for record in outcome.records if record.id in outcome.planned]
    return {
        "campaign": {"id": run.origin.id, "name": run.origin.name},
        "date": run.date.strftime("%Y-%m-%d"),
        # English, as programs read this; the page says it in the workspace's language
        "verdict": verdict(outcome, translate(SOURCE_LANGUAGE)),
        "totals": totals(outcome.records),
        "states": states(outcome),
        "seconds": round(outcome.seconds, 1),
        "held": held_by_reason(outcome.held),
        "unconfirmed": _unconfirmed(outcome.records),
        "formats": _formats(run, outcome),
        "findings": _findings(outcome.records),
        "waived": _waived(outcome.records),
        "waivers_expired": _expired(outcome.records),
        "made": [{"id": name, "why": why} for name, why in sorted(outcome.why.items())],
        "apart": dict(sorted(outcome.apart.items())),
        "alone": dict(sorted(outcome.alone.items())),
        "reasons": _counted(outcome.why.values()),
        "removed": list(outcome.removed),
        "strange": list(outcome.strange),
        "concerns": list(run.concerns),
        "pictured": bool(outcome.pictures),
        "books": _books(run, outcome),
        "slowest": [{"id": one.id, "seconds": one.seconds} for one in _slowest(now)],
        "versions": dict(sorted(run.versions.items())),
    }


def verdict(outcome: Outcome, words: Words) -> dict[str, str]:
    """Say in a sentence whether the folder can be sent to print."""
    total, held = len(outcome.records), len(outcome.held)
    unconfirmed = sum(bool(record.unconfirmed) for record in outcome.records if not record.held)
    # "All 1 pieces" is no sentence in any language
    if total == 1:
        return _verdict_of_one(bool(held), bool(unconfirmed), words)
    if held:
        text = words.ngettext(
            "%(count)s of %(total)s pieces is held and must not be printed.",
            "%(count)s of %(total)s pieces are held and must not be printed.",
            held,
            total=total,
        )
        # Held comes before all else: the folder must not be sent as it is.
        return {"kind": "held", "text": text}
    if unconfirmed:
        text = words.ngettext(
            "All %(total)s pieces passed, but %(count)s uses values that nobody has confirmed.",
            "All %(total)s pieces passed, but %(count)s use values that nobody has confirmed.",
            unconfirmed,
            total=total,
        )
        return {"kind": "draft", "text": text}
    return {"kind": "ready", "text": words.gettext("All %(total)s pieces are ready to print.", total=total)}


def _verdict_of_one(held: bool, unconfirmed: bool, words: Words) -> dict[str, str]:
    if held:
        return {"kind": "held", "text": words.gettext("The piece is held and must not be printed.")}
    if unconfirmed:
        text = words.gettext("The piece passed, but uses values that nobody has confirmed.")
        return {"kind": "draft", "text": text}
    return {"kind": "ready", "text": words.gettext("The piece is ready to print.")}


def states(outcome: Outcome) -> dict[str, int]:
    """Count what became of the pieces that this run was asked for."""
    return dict(Counter(record.state for record in outcome.records if record.id in outcome.planned))


def _books(run: Run, outcome: Outcome) -> list[dict[str, Any]]:
    """Name each committee's proof."""
    files = {f"proofs/{one.id}.pdf": one for one in run.profiles.committees.values()}
    return [
        {"file": file, "committee": one.number, "name": one.name_in(run.words.language)}
        for file, one in sorted(files.items())
        if file in outcome.pictures
    ]


def held_by_reason(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Gather held pieces that share all their reasons: most often the sites of one layout."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record in records:
        found.setdefault(record.reasons, []).append({"id": record.id, "file": record.file})
    return [{"why": list(why), "pieces": pieces} for why, pieces in found.items()]


def _unconfirmed(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Count the pieces that use each unconfirmed value; a brand's colours are one."""
    names: Counter[str] = Counter()
    for record in records:
        names.update({_kind(name) for name in record.unconfirmed})
    return [{"value": name, "pieces": count} for name, count in sorted(names.items())]


def _kind(name: str) -> str:
    return "brand colours" if name.startswith("brand.") and name != "brand.logo" else name


def _formats(run: Run, outcome: Outcome) -> list[dict[str, Any]]:
    """Describe each format's layouts, large formats first."""
    several = has_several_languages(outcome.records)
    formats = sorted(
        (run.profiles.formats[name] for name in {record.format for record in outcome.records}),
        key=lambda page: (-page.trim.width * page.trim.height, page.id),
    )
    told = []
    for page in formats:
        records = [record for record in outcome.records if record.format == page.id]
        layouts: dict[str, list[Record]] = {}
        for record in records:
            none = f"{record.committee} {record.template} {record.lang}"
            layouts.setdefault(record.layout or none, []).append(record)
        size = " × ".join(f"{side:g}" for side in page.trim_mm) + " mm"
        told.append(
            {
                "id": page.id,
                "name": page.name,
                "size": size,
                "paper": page.paper,
                "copies": sum(record.quantity for record in records if not record.held),
                "layouts": [_layout(run, outcome, group, several) for group in layouts.values()],
            }
        )
    return told


def _layout(run: Run, outcome: Outcome, records: Sequence[Record], several: bool) -> dict[str, Any]:
    committee = run.profiles.committees[records[0].committee]
    files = [picture_files(record) for record in records if record.file]
    # One piece's pictures stand for a layout: its sites differ in their codes only.
    pictures = next((names for names in files if names and outcome.pictures.issuperset(names)), [])
    return {
        "committee": run.profiles.municipality.numbered_name(committee, committee.name_in(records[0].lang)),
        "lang": records[0].lang,
        # Where all is in one language, nobody has to be told which.
        "language": own_name(records[0].lang) if several else "",
        "ratio": records[0].trim_mm[0] / records[0].trim_mm[1],
        "pictures": pictures,
        "held": any(record.held for record in records),
        "draft": any(record.unconfirmed for record in records),
        "pieces": [_piece(run, record) for record in records],
    }


def _piece(run: Run, record: Record) -> dict[str, Any]:
    site = run.profiles.sites.get(record.site or "")
    return {
        "id": record.id,
        "site": site.name if site else None,
        "quantity": record.quantity,
        "file": record.file,
        "held": record.held,
        "codes": [code.print_id for code in record.qr],
    }


def _findings(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Gather equal findings of all pieces, errors first, then the most frequent."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    pieces: dict[tuple[str, str], set[str]] = {}
    for record in records:
        for finding in record.findings:
            key = (str(finding["severity"]), str(finding["id"]))
            found.setdefault(key, []).append(finding)
            pieces.setdefault(key, set()).add(record.id)
    rows = [
        {
            "id": name,
            "severity": severity,
            "message": found[severity, name][0]["message"],
            "others": len({one["message"] for one in found[severity, name]}) - 1,
            "pieces": sorted(pieces[severity, name]),
        }
        for severity, name in found
    ]
    # "error" sorts before "warning"
    return sorted(rows, key=lambda row: (row["severity"], -len(row["pieces"]), row["id"]))


def _waived(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Gather what is waived by rule and waiver."""
    pieces: dict[tuple[str, ...], set[str]] = {}
    for record in records:
        for finding in record.waived:
            waiver = finding["waiver"]
            key = (finding["id"], waiver["who"], waiver["why"], waiver["until"], finding["message"])
            pieces.setdefault(key, set()).add(record.id)
    names = ("id", "who", "why", "until", "message")
    return [{**dict(zip(names, key, strict=True)), "pieces": sorted(ids)} for key, ids in pieces.items()]


def _expired(records: Iterable[Record]) -> list[dict[str, Any]]:
    """List each waiver that has run out once, whatever pieces it is meant for."""
    return [
        dict(row) for row in dict.fromkeys(tuple(one.items()) for record in records for one in record.expired)
    ]


def _counted(reasons: Iterable[str]) -> list[dict[str, Any]]:
    return [{"why": why, "pieces": count} for why, count in Counter(reasons).most_common()]


def _slowest(records: Iterable[Record]) -> list[Record]:
    timed = (record for record in records if record.seconds)
    return sorted(timed, key=lambda record: (-record.seconds, record.id))[:SLOWEST]
