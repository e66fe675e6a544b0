"""What a person reads of a checked file on a terminal of 80 columns or more."""

import shutil
import textwrap
from collections.abc import Iterator

from printkit.preflight import Checked, Finding, say_not_checked, say_pages, say_verdict

LEAST, MOST = 80, 110
MOST_ROWS = 100
# Columns before the message: severity, rule, page
HEADS = ("", "rule", "page", "finding")
WIDTHS = (7, 24, 4)


def describe(checked: Checked) -> str:
    """Return the verdict first, then a line for each finding, then what was not judged."""
    return "\n".join(_lines(checked))


def _lines(checked: Checked) -> Iterator[str]:
    report = checked.report
    yield _wrapped(f"{checked.file}: {say_verdict(report)}", "  ")
    ranked = sorted(report.findings, key=lambda one: one.severity)
    rows: list[tuple[str, Finding, str]] = [(one.severity, one, "") for one in ranked]
    rows += [("waived", one.finding, f" (by {one.waiver.who})") for one in report.waived]
    if rows and report.rules_run:
        yield ""
        yield _row(HEADS)
        yield from (_row(_cells(*row)) for row in rows[:MOST_ROWS])
        if len(rows) > MOST_ROWS:
            yield f"and {len(rows) - MOST_ROWS} more"
        yield ""
    # Of a file that cannot be read at all the verdict says why.
    for sentence in say_not_checked(report) if report.rules_run or not report.findings else ():
        yield _wrapped(sentence, "  ")
    for waiver in report.expired:
        yield _wrapped(f"waiver of {waiver.rule} by {waiver.who} is void: it ran until {waiver.until}", "  ")
    yield _wrapped(_judged(checked), "  ")


def _judged(checked: Checked) -> str:
    report = checked.report
    ran, stopped = len(report.rules_run), len(report.not_checked)
    asked = f"{len(report.rules_not_run) - stopped} not asked"
    counts = f"{ran} rules run, {stopped} not checked, {asked}" if stopped else f"{ran} rules run, {asked}"
    return f"judged as {checked.gwg}: {counts}; --json and --report say which and why"


def _cells(severity: str, finding: Finding, note: str) -> tuple[str, str, str, str]:
    """Return a row of the table; what many pages have in common stands there once, with the first page."""
    on = finding.pages
    pages = f" on {len(on)} pages: {say_pages(on)}" if len(on) > 1 else ""
    many = f" ({finding.count} times{pages})" if finding.count > 1 else ""
    return severity, finding.id, str(finding.page or ""), finding.message + many + note


def _row(cells: tuple[str, str, str, str]) -> str:
    before = "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)) + "  "
    return _wrapped(before + cells[3], " " * len(before)).rstrip()


def _wrapped(text: str, indent: str) -> str:
    columns = min(max(shutil.get_terminal_size().columns, LEAST), MOST)
    # A long path stays whole, for whoever copies it.
    wrapper = textwrap.TextWrapper(columns, subsequent_indent=indent, break_long_words=False)
    wrapper.break_on_hyphens = False
    return wrapper.fill(text)
