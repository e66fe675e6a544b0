"""What the checks say."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

from printkit.profiles import Waiver
from printkit.words import Message, noted

Severity: TypeAlias = Literal["error", "warning"]

# As they are said
SAID = (noted("error"), noted("warning"), noted("waived"))
Verdict: TypeAlias = Literal["pass", "warn", "not-checked", "fail", "unreadable"]
WhyNot: TypeAlias = Literal["stopped", "not-asked"]
BoxMm: TypeAlias = tuple[float, float, float, float]
UNREADABLE = "x4/readable"
# So many rules are named where one cause stopped them.
MOST_NAMED = 6


@dataclass(frozen=True)
class Finding:
    """Describe what is wrong, once for all places that are alike.

    `page` is the first of the `pages` that have it, from 1; `box_mm` is the first place on that page, in mm
    from the trim's lower left corner; `count` tells how many places there are.
    """

    id: str
    name: str
    severity: Severity
    message: str
    reference: str
    page: int | None = None
    box_mm: BoxMm | None = None
    measured: float | None = None
    limit: float | None = None
    count: int = 1
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class NotRun:
    """Name a rule that was not run and say why.

    One `stopped` should have been run: by a limit, by what cannot be read, for want of a library. One
    `not-asked` is none of the file's business: nobody gave what it needs, or the variant ignores it.
    """

    id: str
    why: str
    kind: WhyNot = "stopped"


@dataclass(frozen=True)
class FoundCode:
    """What was read at a code's place; box of the symbol in mm from the trim's lower left corner."""

    slot: str
    page: int
    text: str
    box_mm: BoxMm
    upright: bool
    modules_match: bool


@dataclass(frozen=True)
class Waived:
    """A finding that does not count, because somebody answers for it."""

    finding: Finding
    waiver: Waiver

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self.finding), "waiver": self.waiver.model_dump(mode="json")}


@dataclass(frozen=True)
class Report:
    """All findings about one file and which rules were run.

    `waived` findings do not count; `expired` are waivers meant for this file whose last day is over.
    `by_page` are all findings for each page by itself, with its own first place.
    """

    findings: tuple[Finding, ...]
    rules_run: tuple[str, ...]
    rules_not_run: tuple[NotRun, ...] = ()
    codes: tuple[FoundCode, ...] = ()
    waived: tuple[Waived, ...] = ()
    expired: tuple[Waiver, ...] = ()
    by_page: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def verdict(self) -> Verdict:
        if any(finding.id == UNREADABLE for finding in self.findings):
            return "unreadable"
        severities = {finding.severity for finding in self.findings}
        # An error is known to be one, whatever was not looked at
        if "error" in severities:
            return "fail"
        # What nobody looked at is not sound, whatever the other rules found.
        if self.not_checked:
            return "not-checked"
        return "warn" if severities else "pass"

    @property
    def not_checked(self) -> tuple[NotRun, ...]:
        """The rules that were asked for and could not be run to their end."""
        return tuple(rule for rule in self.rules_not_run if rule.kind == "stopped")

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Return verdict, findings and rules as JSON has them."""
        return {
            "verdict": self.verdict,
            "rules_run": list(self.rules_run),
            "rules_not_run": [asdict(rule) for rule in self.rules_not_run],
            "findings": [asdict(finding) for finding in self.findings],
            "waived": [waived.as_dict() for waived in self.waived],
            "waivers_expired": [waiver.model_dump(mode="json") for waiver in self.expired],
        }


def say_not_checked(report: Report) -> tuple[str, ...]:
    """Return a sentence for each cause by which rules could not be run to their end."""
    causes: dict[str, list[str]] = {}
    for rule in report.not_checked:
        causes.setdefault(rule.why, []).append(rule.id)
    return tuple(
        Message("not checked: %(some)s, because %(why)s", some=_some(rules), why=why)
        for why, rules in causes.items()
    )


def _some(rules: Sequence[str]) -> str:
    """Name rules, not more than a line holds."""
    named, more = list(rules[:MOST_NAMED]), len(rules) - MOST_NAMED
    if more > 0:
        return Message("rules %(named)s and %(more)s more", named=named, more=more)
    return Message.plural("rule %(named)s", "rules %(named)s", len(rules), named=named)


def printable(text: str) -> str:
    """Return text to be written anywhere: no lone surrogates, no control characters."""
    # Names in foreign files may hold anything, and a terminal would obey it
    clean = "".join(
        sign if sign.isprintable() else "\ufffd" for sign in text.encode("utf-8", "replace").decode()
    )
    # What needs no cleaning stays the message that it may be.
    return text if clean == text else clean


def say_pages(pages: Sequence[int]) -> str:
    """Return pages in order as people write them: 1 to 12, 15."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    told = [
        str(first) if first == last else Message("%(first)s to %(last)s", first=first, last=last)
        for first, last in runs[:MOST_NAMED]
    ]
    more = len(runs) - MOST_NAMED
    if more > 0:
        return Message("%(pages)s and %(more)s more", pages=told, more=more)
    return Message("%(pages)s", pages=told)


def unreadable(why: str, rules: Iterable[str]) -> Report:
    """Return the report of a file that cannot be opened."""
    finding = Finding(UNREADABLE, "readable", "error", printable(why), "ISO 32000")
    return Report((finding,), (), tuple(NotRun(rule, Message("the file cannot be read")) for rule in rules))
