"""Sites of one layout: what was found in the first one's file holds for all, but for the codes."""

from dataclasses import replace

from printkit.preflight.core.check import in_order
from printkit.preflight.core.findings import Finding, Report
from printkit.preflight.core.registry import RULES
from printkit.preflight.core.subject import Expected
from printkit.qr import Code
from printkit.units import PT_PER_MM, Rect, pt


def holds_for_all(report: Report, expected: Expected) -> bool:
    """Tell whether a checked file's report says of every site's what it says of this one, codes apart.

    It does not where something was found in a code's box, or where a print id in other letters might come
    too near to an edge or a fold.
    """
    if report.verdict == "unreadable":
        return False
    # A finding in a code's box may be of this code alone, so each site is judged by itself then
    boxes = [(code.box.page, _in_mm(code)) for code in expected.codes or ()]
    clear = all(_clear(expected, code.box.page, _drawn_in(code)) for code in expected.codes or ())
    return clear and not any(
        _touches(finding, page, box) for finding in report.by_page for page, box in boxes
    )


def joined(layout: Report, codes: Report) -> Report:
    """Return a variant's report: what its layout's says of all but codes, and what its own codes gave."""
    order = {rule.id: number for number, rule in enumerate(in_order())}
    kept = [finding for finding in layout.findings if not RULES[finding.id].of_code]
    ran = [rule for rule in layout.rules_run if not RULES[rule].of_code]
    left = [rule for rule in layout.rules_not_run if not RULES[rule.id].of_code]
    findings = sorted((*kept, *codes.findings), key=lambda finding: order.get(finding.id, len(order)))
    return replace(
        layout,
        findings=tuple(findings),
        rules_run=(*ran, *codes.rules_run),
        rules_not_run=(*left, *codes.rules_not_run),
        codes=codes.codes,
        by_page=(),
    )


def _in_mm(code: Code) -> Rect:
    return code.box.box.scaled(1 / PT_PER_MM)


def _drawn_in(code: Code) -> Rect:
    """Return what any site's symbol and print id stay within, in mm: the box less its quiet zone.

    Symbols of a layout are of one size.
    """
    symbol, line = code.symbol_box, code.geometry.id_box(code.box.box)
    # No sign of an id is wider than an em; the font itself is not asked.
    longest = min(line.x0 + len(code.print_id) * code.geometry.id_size_pt, line.x1)
    lowest = line.y0 + pt(code.geometry.id_room_mm)
    drawn = Rect(symbol.x0, lowest, max(symbol.x1, longest), symbol.y1)
    return drawn.scaled(1 / PT_PER_MM)


def _touches(finding: Finding, page: int, box: Rect) -> bool:
    """Tell whether a finding may lie in a box; one that sums up several places may lie anywhere."""
    if RULES[finding.id].of_code or finding.page != page:
        return False
    return finding.box_mm is None or finding.count > 1 or not Rect(*finding.box_mm).intersection(box).empty


def _clear(expected: Expected, page: int, box: Rect) -> bool:
    """Tell whether a box keeps out of all zones, to the tolerance of the rules that judge them."""
    form, rules = expected.format, expected.product_rules
    if form is None or rules is None:
        return False
    tolerance = rules.zone_tolerance_mm
    folds, zone = form.folds_mm[page - 1 : page], form.fold_safe_mm - tolerance
    beside = all(box.x1 <= fold - zone or box.x0 >= fold + zone for row in folds for fold in row)
    return beside and form.safe.contains(box, tolerance)
