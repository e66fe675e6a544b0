"""Check files, by every rule there is, and report on them; whoever imports this loads all of that."""

from printkit.preflight.core.check import check, check_codes, gathered, steps
from printkit.preflight.core.variant import holds_for_all, joined
from printkit.preflight.core.waive import check_waivers
from printkit.preflight.report.checked import Brief, Checked
from printkit.preflight.report.inventory import Inventory, take_inventory
from printkit.preflight.report.page import Imprint, say_verdict, write_html
from printkit.preflight.rules import RULES

__all__ = [
    "RULES",
    "Brief",
    "Checked",
    "Imprint",
    "Inventory",
    "check",
    "check_codes",
    "check_waivers",
    "gathered",
    "holds_for_all",
    "joined",
    "say_verdict",
    "steps",
    "take_inventory",
    "write_html",
]
