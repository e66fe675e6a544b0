"""Run the rules over the final bytes of a file."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from operator import attrgetter

import pikepdf

from printkit.preflight.codes import found_codes
from printkit.preflight.limits import BROKEN, CannotRun, NotAsked
from printkit.preflight.registry import RULES, Hit, Rule
from printkit.preflight.report import UNREADABLE, Finding, FoundCode, NotRun, Report, printable, unreadable
from printkit.preflight.subject import Expected, Subject

# Why a rule cannot be run without what it needs
FORMAT, OWN = "no format was given", "asked of files that printkit makes"
NEEDS = {
    "trim_mm": FORMAT, "bleed_mm": FORMAT, "pages": FORMAT, "format": FORMAT,
    "ink_limit": "no press was given", "gwg": "no variant of GWG 2022 was given",
    "unconfirmed": OWN, "process_only": OWN, "code_rules": "no rules for codes were given",
}  # fmt: skip


def check(pdf: bytes, expected: Expected | None = None) -> Report:
    """Return what is wrong with a PDF; a file that cannot be read is `unreadable`, never an exception."""
    return _checked(pdf, expected or Expected(), in_order())


def in_order() -> list[Rule]:
    """Return the rules in the order in which they are run."""
    return sorted(RULES.values(), key=attrgetter("draws"))


def _checked(pdf: bytes, expected: Expected, rules: Sequence[Rule], shown: bool = False) -> Report:
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return _report(Subject(pdf, opened, expected, shown), rules)
    except pikepdf.PasswordError:
        return unreadable("the file needs a password", RULES)
    except BROKEN as error:
        return unreadable(f"the file cannot be read: {error}", RULES)


def _report(subject: Subject, rules: Sequence[Rule]) -> Report:
    findings: list[Finding] = []
    ran: list[str] = []
    left: list[NotRun] = []
    for rule in rules:
        why = _missing(rule, subject.expected)
        if why:
            left.append(NotRun(rule.id, why, "not-asked"))
            continue
        try:
            findings += _merged(subject, rule)
            ran.append(rule.id)
        except NotAsked as reason:
            left.append(NotRun(rule.id, printable(str(reason)), "not-asked"))
        except CannotRun as reason:
            left.append(NotRun(rule.id, printable(str(reason))))
        except BROKEN as error:
            why = printable(f"the file is damaged: {error}")
            left.append(NotRun(rule.id, why))
            findings.append(Finding(UNREADABLE, "readable", "error", why, "ISO 32000"))
    return Report(tuple(dict.fromkeys(findings)), tuple(ran), tuple(left), _codes(subject))


def check_codes(pdf: bytes, expected: Expected) -> Report:
    """Return what rules of codes say of a file that differs from a checked one in its codes alone."""
    rules = [rule for rule in in_order() if rule.of_code]
    return _checked(pdf, replace(expected, search=False), rules, shown=True)


def _codes(subject: Subject) -> tuple[FoundCode, ...]:
    try:
        return found_codes(subject)
    except (CannotRun, *BROKEN):
        return ()


def _missing(rule: Rule, expected: Expected) -> str:
    if rule.needs and getattr(expected, rule.needs) is None:
        return NEEDS.get(rule.needs, f"{rule.needs} is not known")
    if rule.of_gwg and expected.gwg and expected.gwg.ignores(rule.id):
        return f"ignored by {expected.gwg.variant}"
    return ""


def _merged(subject: Subject, rule: Rule) -> list[Finding]:
    """Return one finding for all hits of one page that say the same, at the first one's place."""
    merged: dict[tuple[int | None, str], Finding] = {}
    for hit in subject.once(rule.hits):
        key = (hit.page, hit.message)
        known = merged.get(key)
        merged[key] = replace(known, count=known.count + hit.count) if known else _finding(subject, rule, hit)
    return list(merged.values())


def _finding(subject: Subject, rule: Rule, hit: Hit) -> Finding:
    name, severity = rule.name, rule.severity
    if rule.of_gwg and subject.expected.gwg:
        name = subject.expected.gwg.name(rule.id)
        severity = "warning" if subject.expected.gwg.limits(rule.id).severity == "warning" else "error"
    return Finding(
        rule.id,
        name,
        hit.severity or severity,
        printable(hit.message),
        rule.reference,
        hit.page,
        hit.box_mm,
        hit.measured,
        hit.limit,
        hit.count,
    )
