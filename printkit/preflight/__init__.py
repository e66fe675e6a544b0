"""Check a PDF's final bytes against PDF/X-4 and against what was asked for.

Here stands what is said of files, findings and reports; `printkit.preflight.checks` loads every rule.
"""

from printkit.preflight.core.findings import (
    Finding,
    FoundCode,
    NotRun,
    Report,
    say_not_checked,
    say_pages,
)
from printkit.preflight.core.registry import Hit, Rule, rule
from printkit.preflight.core.requirements import Requirements
from printkit.preflight.core.specification import Specification, expected_of
from printkit.preflight.core.subject import Expected, Subject
from printkit.preflight.core.waive import waive

__all__ = [
    "Expected",
    "Finding",
    "FoundCode",
    "Hit",
    "NotRun",
    "Report",
    "Requirements",
    "Rule",
    "Specification",
    "Subject",
    "expected_of",
    "rule",
    "say_not_checked",
    "say_pages",
    "waive",
]
