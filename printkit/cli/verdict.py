"""What a person reads of a checked file on a terminal of 80 columns or more."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator

from printkit.preflight import Checked, Finding, say_not_checked, say_verdict

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
        merged = list(_merged(rows))
        yield from map(_row, merged[:MOST_ROWS])
        if len(merged) > MOST_ROWS:
            yield f"and {len(merged) - MOST_ROWS} more"
        yield ""
    for sentence in say_not_checked(report):
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


def _merged(rows: Iterable[tuple[str, Finding, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the table's rows; what many pages have in common stands there once, with the first page."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for severity, finding, note in rows:
        groups.setdefault((severity, finding.id, finding.message, note), []).append(finding)
    for (severity, rule, message, note), found in groups.items():
        times = sum(finding.count for finding in found)
        pages = f" on {len(found)} pages" if len(found) > 1 else ""
        many = f" ({times} times{pages})" if times > 1 else ""
        yield severity, rule, str(found[0].page or ""), message + many + note


def _row(cells: tuple[str, str, str, str]) -> str:
    before = "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)) + "  "
    return _wrapped(before + cells[3], " " * len(before)).rstrip()


def _wrapped(text: str, indent: str) -> str:
    columns = min(max(shutil.get_terminal_size().columns, LEAST), MOST)
    # A long path stays whole, for whoever copies it.
    wrapper = textwrap.TextWrapper(columns, subsequent_indent=indent, break_long_words=False)
    wrapper.break_on_hyphens = False
    return wrapper.fill(text)
