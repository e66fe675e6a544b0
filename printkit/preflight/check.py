"""Run the rules over the final bytes of a file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from operator import attrgetter

import pikepdf

from printkit.preflight.codes import found_codes
from printkit.preflight.damage import Damaged, as_damaged, why_not_opened
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
            if not len(opened.pages):
                return unreadable("the file has no pages", RULES)
            return _report(Subject(pdf, opened, expected, shown), rules)
    except pikepdf.PasswordError:
        return unreadable("the file needs a password", RULES)
    except BROKEN:
        return unreadable(why_not_opened(pdf), RULES)


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
            findings += _by_page(subject, rule)
            ran.append(rule.id)
        except NotAsked as unasked:
            left.append(NotRun(rule.id, printable(str(unasked)), "not-asked"))
        except (CannotRun, *BROKEN) as error:
            reason = as_damaged(error)
            left.append(NotRun(rule.id, printable(str(reason))))
            if isinstance(reason, Damaged):
                findings.append(_damage(reason))
    # Rules that stumble over the same damage tell of it once.
    by_page = tuple(dict.fromkeys(findings))
    return Report(_merged(by_page), tuple(ran), tuple(left), _codes(subject), by_page=by_page)


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


def _damage(reason: Damaged) -> Finding:
    pages = (reason.page,) if reason.page else ()
    words = printable(str(reason))
    return Finding(UNREADABLE, "readable", "error", words, "ISO 32000", reason.page, pages=pages)


def _by_page(subject: Subject, rule: Rule) -> list[Finding]:
    """Return one finding for all hits of one page that say the same, at the first one's place."""
    alike: dict[tuple[int | None, str, str | None], list[Hit]] = {}
    for hit in subject.once(rule.hits):
        alike.setdefault((hit.page, hit.message, hit.severity), []).append(hit)
    return [_finding(subject, rule, hits) for hits in alike.values()]


def _merged(by_page: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return one finding for all pages that have the same, at the place of the first."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in by_page:
        alike.setdefault((finding.id, finding.message, finding.severity), []).append(finding)
    return tuple(
        replace(
            min(found, key=lambda one: one.page or 0),
            count=sum(one.count for one in found),
            pages=tuple(sorted({page for one in found for page in one.pages})),
        )
        for found in alike.values()
    )


def _finding(subject: Subject, rule: Rule, hits: Sequence[Hit]) -> Finding:
    hit = hits[0]
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
        sum(one.count for one in hits),
        () if hit.page is None else (hit.page,),
    )
