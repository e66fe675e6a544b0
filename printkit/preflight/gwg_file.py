"""GWG 2022: what a file is as a whole."""

from collections.abc import Iterator

from printkit.preflight.registry import RULES, Hit, gwg_rule
from printkit.preflight.subject import Subject
from printkit.profiles import GwgLimits


@gwg_rule("R0001")
def pdfx4(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """The file conforms to PDF/X-4: mend what the x4/... findings name."""
    broken = [
        rule.id
        for rule in RULES.values()
        if rule.id.startswith("x4/")
        and any((hit.severity or rule.severity) == "error" for hit in subject.once(rule.hits))
    ]
    if broken:
        yield Hit(f"not PDF/X-4: {', '.join(broken)}", measured=len(broken), limit=0)
