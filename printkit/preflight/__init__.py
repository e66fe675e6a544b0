"""Check a PDF's final bytes against PDF/X-4 and against what was ordered."""

# importing a module of rules registers them
from printkit.preflight import code_ids as code_ids
from printkit.preflight import code_inks as code_inks
from printkit.preflight import code_strain as code_strain
from printkit.preflight import codes as codes
from printkit.preflight import gwg_binding as gwg_binding
from printkit.preflight import gwg_file as gwg_file
from printkit.preflight import gwg_image as gwg_image
from printkit.preflight import gwg_ink as gwg_ink
from printkit.preflight import gwg_paint as gwg_paint
from printkit.preflight import gwg_paint_size as gwg_paint_size
from printkit.preflight import gwg_spot as gwg_spot
from printkit.preflight import gwg_steps as gwg_steps
from printkit.preflight import product as product
from printkit.preflight import product_bleed as product_bleed
from printkit.preflight import product_ink as product_ink
from printkit.preflight import product_picture as product_picture
from printkit.preflight import product_text as product_text
from printkit.preflight import product_zones as product_zones
from printkit.preflight import x4_colour as x4_colour
from printkit.preflight import x4_content as x4_content
from printkit.preflight import x4_file as x4_file
from printkit.preflight import x4_fonts as x4_fonts
from printkit.preflight import x4_images as x4_images
from printkit.preflight import x4_overprint as x4_overprint
from printkit.preflight import x4_page as x4_page
from printkit.preflight import x4_paint as x4_paint
from printkit.preflight import x4_screen as x4_screen
from printkit.preflight.check import check, check_codes
from printkit.preflight.checked import Brief, Checked, examine, examine_file, not_examined
from printkit.preflight.inventory import Inventory, take_inventory
from printkit.preflight.order import Order, expected_of
from printkit.preflight.registry import RULES, Hit, Rule, gwg_rule, rule
from printkit.preflight.report import (
    Finding,
    FoundCode,
    NotRun,
    Report,
    Severity,
    Verdict,
    Waived,
    say_not_checked,
    say_pages,
)
from printkit.preflight.report_html import Imprint, say_verdict, write_html
from printkit.preflight.requirements import Requirements
from printkit.preflight.subject import Expected, PageView, Subject
from printkit.preflight.variant import holds_for_all, joined
from printkit.preflight.waive import check_waivers, waive

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
    "Order",
    "PageView",
    "Report",
    "Requirements",
    "Rule",
    "Severity",
    "Subject",
    "Verdict",
    "Waived",
    "check",
    "check_codes",
    "check_waivers",
    "examine",
    "examine_file",
    "expected_of",
    "gwg_rule",
    "holds_for_all",
    "joined",
    "not_examined",
    "rule",
    "say_not_checked",
    "say_pages",
    "say_verdict",
    "take_inventory",
    "waive",
    "write_html",
]
