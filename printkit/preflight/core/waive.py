"""Take out of a report what somebody answers for."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from printkit.errors import WorkspaceError
from printkit.preflight.core.findings import UNREADABLE, Report, Waived
from printkit.preflight.core.registry import RULES
from printkit.profiles import Waiver, waivers_for
from printkit.words import Message


def waive(report: Report, waivers: Iterable[Waiver], piece: str, day: datetime.date) -> Report:
    """Return the report with waived findings set apart; `piece` is the file's stem, `day` the output's date.

    A waiver holds on its last day and is void on the next; then it is listed as expired.
    """
    meant = waivers_for(waivers, piece)
    # Reversed, so that of two the first counts
    holding = {waiver.rule: waiver for waiver in reversed(meant) if day <= waiver.until}
    # A file that cannot be read was not checked: there is nothing to answer for.
    holding.pop(UNREADABLE, None)
    return replace(
        report,
        findings=tuple(finding for finding in report.findings if finding.id not in holding),
        waived=tuple(
            Waived(finding, holding[finding.id]) for finding in report.findings if finding.id in holding
        ),
        expired=tuple(waiver for waiver in meant if day > waiver.until),
    )


def check_waivers(file: str, waivers: Iterable[Waiver]) -> Iterator[WorkspaceError]:
    """Yield a complaint for each waiver of a rule that does not exist."""
    for number, waiver in enumerate(waivers):
        if waiver.rule not in RULES:
            reason = Message("no rule '%(rule)s'; 'printkit check --list' names them all", rule=waiver.rule)
            yield WorkspaceError(file, f"waivers.{number}.rule", reason)
