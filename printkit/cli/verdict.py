"""What a person reads of a checked file on a terminal of 80 columns or more."""

import shutil
import textwrap
from collections.abc import Callable, Iterator

from printkit.preflight import Finding, say_not_checked, say_pages
from printkit.preflight.checks import Checked, say_verdict
from printkit.words import Message

LEAST, MOST = 80, 110
MOST_ROWS = 100
# Columns before the message: severity (in any language that is spoken), rule, page
HEADS = ("", Message("rule"), Message("page"), Message("finding"))
WIDTHS = (8, 24, 4)
Say = Callable[[str], str]


def describe(checked: Checked, say: Say = str) -> str:
    """Return the verdict first, then a line for each finding, then what was not judged."""
    return "\n".join(_lines(checked, say))


def _lines(checked: Checked, say: Say) -> Iterator[str]:
    report = checked.report
    yield _wrapped(f"{checked.file}: {say(say_verdict(report))}", "  ")
    # "error" comes before "warning" in the alphabet too.
    ranked = sorted(report.findings, key=lambda one: one.severity)
    rows: list[tuple[str, Finding, str]] = [(one.severity, one, "") for one in ranked]
    rows += [("waived", one.finding, Message(" (by %(who)s)", who=one.waiver.who)) for one in report.waived]
    if rows and report.rules_run:
        yield ""
        yield _row(HEADS, say)
        yield from (_row(_cells(*row), say) for row in rows[:MOST_ROWS])
        if len(rows) > MOST_ROWS:
            yield say(Message("and %(count)s more", count=len(rows) - MOST_ROWS))
        yield ""
    # Of a file that cannot be read at all the verdict says why.
    for sentence in say_not_checked(report) if report.rules_run or not report.findings else ():
        yield _wrapped(say(sentence), "  ")
    for waiver in report.expired:
        told = Message(
            "waiver of %(rule)s by %(who)s is void: it ran until %(until)s",
            rule=waiver.rule,
            who=waiver.who,
            until=waiver.until,
        )
        yield _wrapped(say(told), "  ")
    yield _wrapped(say(_judged(checked)), "  ")


def _judged(checked: Checked) -> str:
    report = checked.report
    ran, stopped = len(report.rules_run), len(report.not_checked)
    asked = Message("%(count)s not asked", count=len(report.rules_not_run) - stopped)
    counts = (
        Message(
            "%(ran)s rules run, %(stopped)s not checked, %(asked)s", ran=ran, stopped=stopped, asked=asked
        )
        if stopped
        else Message("%(ran)s rules run, %(asked)s", ran=ran, asked=asked)
    )
    return Message(
        "judged as %(gwg)s: %(counts)s; --json and --report say which and why", gwg=checked.gwg, counts=counts
    )


def _cells(severity: str, finding: Finding, note: str) -> tuple[str, str, str, str]:
    """Return a row of the table; what many pages have in common stands there once, with the first page."""
    on, many = finding.pages, ""
    if len(on) > 1:
        many = Message(
            " (%(count)s times on %(pages)s pages: %(which)s)",
            count=finding.count,
            pages=len(on),
            which=say_pages(on),
        )
    elif finding.count > 1:
        many = Message(" (%(count)s times)", count=finding.count)
    told = Message("%(message)s%(many)s%(note)s", message=finding.message, many=many, note=note)
    return Message.of(severity), finding.id, str(finding.page or ""), told


def _row(cells: tuple[str, str, str, str], say: Say) -> str:
    *told, last = map(say, cells)
    before = "  ".join(cell.ljust(width) for cell, width in zip(told, WIDTHS, strict=True)) + "  "
    return _wrapped(before + last, " " * len(before)).rstrip()


def _wrapped(text: str, indent: str) -> str:
    # Narrower, the columns before the message leave it no room; wider, lines are hard to follow.
    columns = min(max(shutil.get_terminal_size().columns, LEAST), MOST)
    # A long path stays whole, for whoever copies it.
    wrapper = textwrap.TextWrapper(columns, subsequent_indent=indent, break_long_words=False)
    wrapper.break_on_hyphens = False
    return wrapper.fill(text)
