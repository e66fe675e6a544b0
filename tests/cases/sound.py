"""A sound PDF/X-4 with one change, and what the rules find in it."""

from printkit.preflight import Expected, Report, Requirements
from printkit.preflight.checks import check
from tests.preflight.matrix.base import Draft
from tests.preflight.matrix.judge import file, profiles

SHEET, SPOT, PACK, LARGE = "sheetcmyk-cmyk", "sheetspot-cmyk", "packaging-offset", "large-format-print"


def report(draft: Draft, variant: str = SHEET) -> Report:
    """Return the report on a draft's file."""
    return check(file(draft, variant), Expected(gwg=Requirements(profiles().gwg, variant)))


def told(draft: Draft, variant: str = SHEET) -> set[str]:
    """Return the ids of the rules that find something; the whole file must have been checked."""
    made = report(draft, variant)
    assert made.verdict in ("pass", "warn", "fail"), made.rules_not_run
    return {finding.id for finding in made.findings}
