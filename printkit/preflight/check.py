"""Run the rules over the final bytes of a file."""

from dataclasses import replace
from io import BytesIO

import pikepdf

from printkit.content import ContentError
from printkit.preflight.codes import found_codes
from printkit.preflight.registry import RULES, CannotRun, Hit, Rule
from printkit.preflight.report import UNREADABLE, Finding, NotRun, Report, unreadable
from printkit.preflight.subject import Expected, Subject

# What damaged files raise from within, whatever a rule expects to find there
BROKEN = (ContentError, pikepdf.PdfError, ValueError, LookupError, TypeError, AttributeError)


def check(pdf: bytes, expected: Expected | None = None) -> Report:
    """Return what is wrong with a PDF; a file that cannot be read is `unreadable`, never an exception."""
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return _report(Subject(pdf, opened, expected or Expected()))
    except pikepdf.PasswordError:
        return unreadable("the file needs a password", RULES)
    except BROKEN as error:
        return unreadable(f"the file cannot be read: {error}", RULES)


def _report(subject: Subject) -> Report:
    findings: list[Finding] = []
    ran: list[str] = []
    left: list[NotRun] = []
    for rule in RULES.values():
        why = _missing(rule, subject.expected)
        if why:
            left.append(NotRun(rule.id, why))
            continue
        try:
            findings += _merged(subject, rule)
            ran.append(rule.id)
        except CannotRun as reason:
            left.append(NotRun(rule.id, str(reason)))
        except BROKEN as error:
            why = f"the file is damaged: {error}"
            left.append(NotRun(rule.id, why))
            findings.append(Finding(UNREADABLE, "readable", "error", why, "ISO 32000"))
    return Report(tuple(dict.fromkeys(findings)), tuple(ran), tuple(left), found_codes(subject))


def _missing(rule: Rule, expected: Expected) -> str:
    if rule.needs and getattr(expected, rule.needs) is None:
        return f"{rule.needs} is not known"
    if rule.of_gwg and expected.gwg and expected.gwg.ignores(rule.id):
        return f"ignored by {expected.gwg.variant}"
    return ""


def _merged(subject: Subject, rule: Rule) -> list[Finding]:
    """Return one finding for all hits of one page that say the same, at the first one's place."""
    merged: dict[tuple[int | None, str], Finding] = {}
    for hit in subject.once(rule.hits):
        key = (hit.page, hit.message)
        known = merged.get(key)
        merged[key] = replace(known, count=known.count + 1) if known else _finding(subject, rule, hit)
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
        hit.message,
        rule.reference,
        hit.page,
        hit.box_mm,
        hit.measured,
        hit.limit,
    )
