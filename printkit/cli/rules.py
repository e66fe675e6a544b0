"""The rules themselves: which there are, and what one asks in each variant."""

import textwrap
from typing import Any

from printkit.cli.table import table
from printkit.preflight import RULES, Rule
from printkit.profiles import Gwg, GwgLimits

WIDTH = 80


def rows(gwg: Gwg, variant: str) -> list[dict[str, Any]]:
    """Return every rule with its severity in the variant."""
    return [
        {
            "id": rule.id,
            "name": gwg.rules[rule.id].name if rule.of_gwg else rule.name,
            "severity": severity(gwg.rules[rule.id].variants[variant]) if rule.of_gwg else rule.severity,
            "sentence": rule.sentence,
            "reference": rule.reference,
        }
        for rule in sorted(RULES.values(), key=_family)
    ]


def _family(rule: Rule) -> tuple[int, str]:
    """Sort the Ghent Workgroup's requirements first, then PDF/X-4, then what the product asks."""
    family = rule.id.partition("/")[0]
    order = ("x4", "product")
    return (order.index(family) + 1, "") if family in order else (0, rule.id)


def listing(gwg: Gwg, variant: str) -> str:
    """Return the rules as a table."""
    cells = [(row["id"], row["severity"], row["name"]) for row in rows(gwg, variant)]
    head = f"GWG 2022 as {variant}, PDF/X-4, and what the product asks; --explain RULE says more"
    return f"{table(('rule', 'severity', 'name'), cells)}\n\n{head}"


def details(gwg: Gwg, identifier: str) -> dict[str, Any]:
    """Return all that is known of a rule; `variants` only where the Ghent Workgroup asks for it."""
    rule = RULES[identifier]
    told: dict[str, Any] = {"id": rule.id, "name": rule.name, "sentence": rule.sentence}
    told |= {"severity": rule.severity, "reference": rule.reference}
    if rule.of_gwg:
        known = gwg.rules[identifier]
        limits = {name: one.model_dump(exclude_none=True) for name, one in known.variants.items()}
        told |= {"name": known.name, "meaning": known.meaning, "variants": limits}
        del told["severity"]
    return told


def explanation(gwg: Gwg, identifier: str) -> str:
    """Return what a rule asks, in words and in figures."""
    told = details(gwg, identifier)
    parts = [f"{told['id']}  {told['name']}", textwrap.fill(told["sentence"], WIDTH)]
    if "meaning" in told:
        parts += [textwrap.fill(f"Asked: {told['meaning']}.", WIDTH), _limits(gwg, identifier)]
    else:
        parts.append(f"Severity: {told['severity']}")
    return "\n\n".join([*parts, f"Reference: {told['reference']}"])


def severity(limits: GwgLimits) -> str:
    """Return a variant's severity in a word; two where a rule has a limit for each."""
    return limits.severity or "error or warning"


def _limits(gwg: Gwg, identifier: str) -> str:
    """Return the limits of every variant, with columns only for what the rule has."""
    variants = gwg.rules[identifier].variants
    names = [
        name for name in ("error", "warning", "A", "B") if any(_limit(one, name) for one in variants.values())
    ]
    heads = ("variant", "severity", *(f"limit for {name}" if name.islower() else name for name in names))
    cells = [
        (variant, severity(one), *(_limit(one, name) for name in names)) for variant, one in variants.items()
    ]
    return table(heads, cells)


def _limit(limits: GwgLimits, name: str) -> str:
    value = getattr(limits, name)
    return "" if value is None else f"{value:g}"
