"""Run the rules over the final bytes of a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from operator import attrgetter

import pikepdf

from printkit.preflight.codes.reading import found_codes
from printkit.preflight.core.damage import Damaged, as_damaged, why_not_opened
from printkit.preflight.core.findings import (
    UNREADABLE,
    Finding,
    FoundCode,
    NotRun,
    Report,
    printable,
    unreadable,
)
from printkit.preflight.core.limits import BROKEN, CannotRun, NotAsked
from printkit.preflight.core.registry import RULES, Hit, Rule
from printkit.preflight.core.subject import Expected, Subject
from printkit.words import Message, sentence

# The rule that reads all codes, which are known where it could be run
CODES = "product/qr-decodes"
# Why a rule cannot be run without what it needs
FORMAT, OWN = Message("no format was given"), Message("asked of files that printkit makes")
NEEDS = {
    "trim_mm": FORMAT, "bleed_mm": FORMAT, "pages": FORMAT, "format": FORMAT,
    "ink_limit": Message("no press was given"), "gwg": Message("no variant of GWG 2022 was given"),
    "unconfirmed": OWN, "by_press": OWN, "process_only": OWN,
    "code_rules": Message("no rules for codes were given"), "codes": OWN, "pictures": OWN,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What one rule came to, or beside all rules the file itself; several make a report."""

    rule: str = ""
    findings: tuple[Finding, ...] = ()
    left: NotRun | None = None
    codes: tuple[FoundCode, ...] = ()


def check(pdf: bytes, expected: Expected | None = None) -> Report:
    """Return what is wrong with a PDF; a file that cannot be read is `unreadable`, never an exception."""
    return gathered(steps(pdf, expected or Expected()))


def check_codes(pdf: bytes, expected: Expected) -> Report:
    """Return what rules of codes say of a file that differs from a checked one in its codes alone."""
    rules = [rule for rule in in_order() if rule.of_code]
    return gathered(_steps(pdf, replace(expected, search=False), rules, shown=True))


def steps(pdf: bytes, expected: Expected) -> Iterator[Step]:
    """Yield what each rule comes to as soon as it is known, for whoever may have to end the check."""
    return _steps(pdf, expected, in_order())


def gathered(found: Iterable[Step]) -> Report:
    """Return the report that steps make."""
    told = list(found)
    # Rules that stumble over the same damage tell of it once.
    by_page = tuple(dict.fromkeys(finding for step in told for finding in step.findings))
    return Report(
        findings=_merged(by_page),
        rules_run=tuple(step.rule for step in told if step.rule and step.left is None),
        rules_not_run=tuple(step.left for step in told if step.left),
        codes=tuple(code for step in told for code in step.codes),
        by_page=by_page,
    )


def in_order() -> list[Rule]:
    """Return the rules in the order in which they are run."""
    return sorted(RULES.values(), key=attrgetter("draws"))


def _steps(pdf: bytes, expected: Expected, rules: Sequence[Rule], shown: bool = False) -> Iterator[Step]:
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            # Rules that go through pages would find nothing wrong, and the file would pass
            if not len(opened.pages):
                yield from _unreadable(Message("the file has no pages"), rules)
                return
            yield from _judged(Subject(pdf, opened, expected, shown), rules)
    except pikepdf.PasswordError:
        yield from _unreadable(Message("the file needs a password"), rules)
    # Opening fails in as many ways as files are broken
    except BROKEN:
        yield from _unreadable(why_not_opened(pdf), rules)


def _unreadable(why: str, rules: Sequence[Rule]) -> Iterator[Step]:
    report = unreadable(why, (rule.id for rule in rules))
    yield Step(findings=report.findings)
    yield from (Step(left.id, left=left) for left in report.rules_not_run)


def _judged(subject: Subject, rules: Sequence[Rule]) -> Iterator[Step]:
    yield from (_step(subject, rule) for rule in rules)


def _step(subject: Subject, rule: Rule) -> Step:
    why = _missing(rule, subject.expected)
    if why:
        return Step(rule.id, left=NotRun(rule.id, why, "not-asked"))
    try:
        found = tuple(_by_page(subject, rule))
        return Step(rule.id, found, codes=found_codes(subject) if rule.id == CODES else ())
    except NotAsked as unasked:
        return Step(rule.id, left=NotRun(rule.id, printable(sentence(unasked)), "not-asked"))
    except (CannotRun, *BROKEN) as error:
        reason = as_damaged(error)
        damage = (_damage(reason),) if isinstance(reason, Damaged) else ()
        # Both: the damage is a finding, and the rule is not taken for passed
        return Step(rule.id, damage, NotRun(rule.id, printable(sentence(reason))))


def _missing(rule: Rule, expected: Expected) -> str:
    if rule.needs and getattr(expected, rule.needs) is None:
        return NEEDS.get(rule.needs, Message("%(needs)s is not known", needs=rule.needs))
    if rule.of_gwg and expected.gwg and expected.gwg.ignores(rule.id):
        return Message("ignored by %(variant)s", variant=expected.gwg.variant)
    return ""


def _damage(reason: Damaged) -> Finding:
    pages = (reason.page,) if reason.page else ()
    words = printable(sentence(reason))
    return Finding(UNREADABLE, "readable", "error", words, "ISO 32000", reason.page, pages=pages)


def _by_page(subject: Subject, rule: Rule) -> list[Finding]:
    """Return one finding for all hits of one page that say the same, at the first one's place."""
    # A thousand thin lines are one fault to whoever mends them
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
        # Other than its own: variants differ in what they only warn of
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
