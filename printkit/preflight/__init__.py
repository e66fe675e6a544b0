"""Check a PDF's final bytes against PDF/X-4 and against what was ordered."""

# importing a module of rules registers them
from printkit.preflight import codes as codes
from printkit.preflight import gwg_file as gwg_file
from printkit.preflight import product as product
from printkit.preflight import x4_file as x4_file
from printkit.preflight import x4_page as x4_page
from printkit.preflight import x4_paint as x4_paint
from printkit.preflight.check import check
from printkit.preflight.registry import RULES, Hit, Rule, gwg_rule, rule
from printkit.preflight.report import Finding, FoundCode, NotRun, Report, Severity, Verdict, Waived
from printkit.preflight.requirements import Requirements
from printkit.preflight.subject import Expected, PageView, Subject
from printkit.preflight.waive import check_waivers, waive

__all__ = [
    "RULES",
    "Expected",
    "Finding",
    "FoundCode",
    "Hit",
    "NotRun",
    "PageView",
    "Report",
    "Requirements",
    "Rule",
    "Severity",
    "Subject",
    "Verdict",
    "Waived",
    "check",
    "check_waivers",
    "gwg_rule",
    "rule",
    "waive",
]
