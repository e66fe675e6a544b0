"""Check a PDF's final bytes against PDF/X-4 and against what was asked for."""

from printkit.preflight.core.check import check, check_codes, gathered, steps
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
from printkit.preflight.core.variant import holds_for_all, joined
from printkit.preflight.core.waive import check_waivers, waive
from printkit.preflight.report.checked import Brief, Checked
from printkit.preflight.report.inventory import Inventory, take_inventory
from printkit.preflight.report.page import Imprint, say_verdict, write_html
from printkit.preflight.rules import RULES

__all__ = [
    "RULES",
    "Brief",
    "Checked",
    "Expected",
    "Finding",
    "FoundCode",
    "Hit",
    "Imprint",
    "Inventory",
    "NotRun",
    "Report",
    "Requirements",
    "Rule",
    "Specification",
    "Subject",
    "check",
    "check_codes",
    "check_waivers",
    "expected_of",
    "gathered",
    "holds_for_all",
    "joined",
    "rule",
    "say_not_checked",
    "say_pages",
    "say_verdict",
    "steps",
    "take_inventory",
    "waive",
    "write_html",
]
