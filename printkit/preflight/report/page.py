"""The report to read: one HTML file for all files checked, without scripts and without requests."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from printkit.preflight.core.findings import UNREADABLE, BoxMm, Finding, Report, say_not_checked, say_pages
from printkit.preflight.core.registry import RULES
from printkit.preflight.report.checked import Checked, Shot
from printkit.preflight.report.inventory import Inventory, Page
from printkit.preflight.report.numbers import Canvas, place_marks
from printkit.profiles import Waiver
from printkit.words import SOURCE_LANGUAGE, Message, Words, capital, noted, translate

LOOK = PackageLoader("printkit.preflight.report", "pages")
# So many findings of one rule are written out: enough to mend a file, and a browser still opens it.
MOST_ROWS = 100
# How kinds of findings and verdicts are called
HEADS = {"error": noted("Errors"), "warning": noted("Warnings"), "waived": noted("Waived")}
SEVERITIES = {"error": noted("error"), "warning": noted("warning"), "waived": noted("waived")}
VERDICTS = {
    "pass": noted("passed"),
    "warn": noted("passed with warnings"),
    "not-checked": noted("not checked in full"),
    "fail": noted("failed"),
    "unreadable": noted("not readable"),
}
# For a file that cannot be read no rule says what to do.
AGAIN = Message(
    "Ask for the file again and check the new one; if a program refuses to open it too, export it anew."
)


@dataclass(frozen=True)
class Imprint:
    """Say what the report was made with: program, date, and the hash of each file of rule data."""

    version: str
    day: datetime.date
    rule_data: Mapping[str, str]


def write_html(files: Sequence[Checked], imprint: Imprint, language: str = SOURCE_LANGUAGE) -> bytes:
    """Return the report in a language."""
    words = translate(language)
    page = _environment(words, translate(language, "errors"), translate(language, "rules")).get_template(
        "check.html.j2"
    )
    told = [_file(number, one) for number, one in enumerate(files, 1)]
    text = page.render(title=_title(files), files=told, imprint=imprint, language=words.language)
    return text.encode("utf-8", "replace")


def _environment(words: Words, errors: Words, rules: Words) -> Environment:
    """Return what pages are filled in with: its filters say what findings and rules say."""
    environment = Environment(
        loader=LOOK, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    words.install(environment)
    environment.filters |= {"figure": figure, "sides": _sides, "alike": _alike, "capital": capital}
    environment.filters |= {"say": errors.say, "asked": rules.find}
    for name, called in (("headed", HEADS), ("severity", SEVERITIES), ("verdict", VERDICTS)):
        environment.filters[name] = partial(_called, errors, called)
    return environment


def _called(words: Words, names: Mapping[str, str], key: str) -> str:
    return words.find(names[key])


def say_verdict(report: Report) -> str:
    """Return a file's verdict as a sentence."""
    errors, warnings = _errors(report.count("error")), _warnings(report.count("warning"))
    waived: str = ""
    if report.waived:
        waived = Message.plural(
            " %(count)s finding waived.", " %(count)s findings waived.", len(report.waived)
        )
    match report.verdict:
        case "unreadable":
            why = next(one.message for one in report.findings if one.id == UNREADABLE)
            if report.rules_run:
                return Message("Could not be read in full, so it was checked in part: %(why)s.", why=why)
            return Message("Could not be read, so it was not checked: %(why)s.", why=why)
        case "fail":
            both = Message("%(errors)s and %(warnings)s", errors=errors, warnings=warnings)
            told = both if report.count("warning") else errors
            return Message(
                "Not ready to print: %(told)s.%(open)s%(waived)s",
                told=told,
                open=_open(report),
                waived=waived,
            )
        case "not-checked":
            return Message(
                "Not checked in full, so nobody knows whether it can be printed:%(open)s%(waived)s",
                open=_open(report),
                waived=waived,
            )
        case "warn":
            return Message(
                "Can be printed, but look at %(warnings)s first.%(waived)s", warnings=warnings, waived=waived
            )
        case _:
            return Message("Nothing was found that stands against printing.%(waived)s", waived=waived)


def _errors(count: int) -> Message:
    return Message.plural("%(count)s error", "%(count)s errors", count)


def _warnings(count: int) -> Message:
    return Message.plural("%(count)s warning", "%(count)s warnings", count)


def _open(report: Report) -> str:
    count = len(report.not_checked)
    return (
        Message.plural(" %(count)s rule could not be run.", " %(count)s rules could not be run.", count)
        if count
        else ""
    )


def figure(value: float | None) -> str:
    """Return a measured value or a limit to three decimals at most."""
    return "" if value is None else f"{round(value, 3):.10g}"


def _title(files: Sequence[Checked]) -> str:
    if len(files) == 1:
        return say_verdict(files[0].report)
    bad = sum(one.report.verdict in ("fail", "unreadable") for one in files)
    unknown = sum(one.report.verdict == "not-checked" for one in files)
    warned = sum(one.report.verdict == "warn" for one in files)
    count = len(files)
    if bad:
        return Message.plural(
            "%(count)s of %(files)s files is not ready to print.",
            "%(count)s of %(files)s files are not ready to print.",
            bad,
            files=count,
        )
    if unknown:
        return Message.plural(
            "%(count)s of %(files)s files was not checked in full.",
            "%(count)s of %(files)s files were not checked in full.",
            unknown,
            files=count,
        )
    if warned:
        return Message(
            "All %(files)s files can be printed, but look at the warnings of %(warned)s first.",
            files=count,
            warned=warned,
        )
    return Message("Nothing was found that stands against printing these %(files)s files.", files=count)


def _file(number: int, checked: Checked) -> dict[str, Any]:
    report = checked.report
    waivers = {id(one.finding): one.waiver for one in report.waived}
    # Numbered once, so that list and pictures name the same
    ranked = sorted(report.findings, key=_rank)
    numbered = list(enumerate([*ranked, *(one.finding for one in report.waived)], 1))
    rows = [_row(place, one, waivers.get(id(one))) for place, one in numbered]
    groups = _groups(rows)
    shown = [row for _, rules in groups for rule in rules for row in rule["rows"]]
    return {
        "anchor": f"file-{number}",
        "checked": checked,
        "name": checked.file.replace("\\", "/").rpartition("/")[2],
        "report": report,
        "sentence": say_verdict(report),
        "groups": groups,
        "pictures": [_picture(checked, shot, shown) for shot in checked.shots],
        "not_checked": say_not_checked(report),
        "not_asked": _not_asked(report),
    }


def _rank(finding: Finding) -> tuple[str, int, int]:
    """Sort errors first, then by rule, then by page."""
    place = list(RULES).index(finding.id) if finding.id in RULES else -1
    return finding.severity, place, finding.page or 0


def _row(number: int, finding: Finding, waiver: Waiver | None) -> dict[str, Any]:
    kind = "waived" if waiver else finding.severity
    return {"number": number, "kind": kind, "finding": finding, "waiver": waiver, "data": _data(finding)}


def _data(finding: Finding) -> list[tuple[str, str]]:
    told = [
        (Message("measured"), figure(finding.measured)),
        (Message("limit"), figure(finding.limit)),
        (Message("found"), Message("%(count)s times", count=finding.count) if finding.count > 1 else ""),
        (Message("page") if len(finding.pages) == 1 else Message("pages"), say_pages(finding.pages)),
        (Message("first place") if finding.count > 1 else Message("place"), _place(finding.box_mm)),
    ]
    return [(name, value) for name, value in told if value]


def _groups(rows: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Gather findings by kind, errors first, and there by rule."""
    found = [(kind, [row for row in rows if row["kind"] == kind]) for kind in HEADS]
    return [(kind, _by_rule(group)) for kind, group in found if group]


def _by_rule(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_rule(list(group)) for _, group in groupby(rows, key=lambda row: row["finding"].id)]


def _rule(rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]["finding"]
    named = first.id.partition("/")[2] == first.name
    return {
        "id": first.id,
        "name": "" if named else first.name,
        "kind": rows[0]["kind"],
        "reference": first.reference,
        "todo": RULES[first.id].sentence if first.id in RULES else AGAIN,
        "rows": rows[:MOST_ROWS],
        "more": max(0, len(rows) - MOST_ROWS),
        "count": len(rows),
    }


def _picture(checked: Checked, shot: Shot, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pages = checked.inventory.pages if checked.inventory else ()
    page = next(one for one in pages if one.page == shot.page)
    canvas = Canvas(shot.width, shot.height, page.crop_mm)
    # A finding stands on each of its pages under the number that it has in the list
    told = {_sameness(row["finding"]): (row["number"], row["kind"]) for row in rows}
    places = (one for one in checked.report.by_page if one.page == shot.page)
    here = [(*told[_sameness(one)], one) for one in places if _sameness(one) in told]
    trim = canvas.frame(page.trim_mm) if page.trim_mm else None
    marks = place_marks(canvas, here)
    return {
        "shot": shot,
        "marks": marks,
        "trim": trim,
        "radius": canvas.radius,
        "digits": canvas.radius * 1.1,
    }


def _sameness(finding: Finding) -> tuple[str, str, str]:
    return finding.id, finding.message, finding.severity


def _not_asked(report: Report) -> dict[str, list[str]]:
    """Gather rules that were not asked of the file by the reason."""
    found: dict[str, list[str]] = {}
    for rule in report.rules_not_run:
        if rule.kind == "not-asked":
            found.setdefault(rule.why, []).append(rule.id)
    return found


def _place(box: BoxMm | None) -> str:
    if box is None:
        return ""
    x0, y0, x1, y1 = (f"{side:.1f}".removesuffix(".0") for side in box)
    return Message(
        "%(x0)s to %(x1)s mm from the left, %(y0)s to %(y1)s mm from below", x0=x0, x1=x1, y0=y0, y1=y1
    )


def _sides(box: BoxMm | None) -> str:
    return ", ".join(figure(round(side, 2)) for side in box) if box else Message("absent")


def _alike(inventory: Inventory) -> list[tuple[str, Page]]:
    """Gather pages that follow each other and have the same boxes."""
    runs: list[list[Page]] = []
    for page in inventory.pages:
        # A book of 300 equal pages is one line
        if runs and replace(runs[-1][-1], page=page.page) == page:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [(_numbers(run[0].page, run[-1].page), run[0]) for run in runs]


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else Message("%(first)s to %(last)s", first=first, last=last)
