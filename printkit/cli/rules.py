"""The rules themselves: which there are, and what one asks in each variant."""

import textwrap
from typing import Any

from printkit.cli.table import table
from printkit.preflight import Rule
from printkit.preflight.checks import RULES
from printkit.profiles import Gwg, GwgLimits
from printkit.words import Message, Words, translate

WIDTH = 80
EITHER = "error or warning"
SEVERITIES = {
    "error": Message("error"),
    "warning": Message("warning"),
    "ignore": Message("ignored"),
    EITHER: Message("error or warning"),
}
LIMITS = {"error": Message("limit for error"), "warning": Message("limit for warning")}


def rows(gwg: Gwg, variant: str) -> list[dict[str, Any]]:
    """Return every rule with its severity in the variant."""
    return [
        {
            "id": rule.id,
            "name": gwg.rules[rule.id].name if rule.of_gwg else rule.name,
            # The Ghent Workgroup grades its rules by variant, the others have one severity.
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


def listing(gwg: Gwg, variant: str, words: Words) -> str:
    """Return the rules as a table."""
    cells = [(row["id"], SEVERITIES[row["severity"]], row["name"]) for row in rows(gwg, variant)]
    told = Message(
        "GWG 2022 as %(variant)s, PDF/X-4, and what the product asks; --explain RULE says more",
        variant=variant,
    )
    heads = (Message("rule"), Message("severity"), Message("name"))
    return f"{table(heads, cells, words.say)}\n\n{words.say(told)}"


def details(gwg: Gwg, identifier: str) -> dict[str, Any]:
    """Return all that is known of a rule; `variants` only where the Ghent Workgroup asks for it."""
    rule = RULES[identifier]
    told: dict[str, Any] = {"id": rule.id, "name": rule.name, "sentence": rule.sentence}
    told |= {"severity": rule.severity, "reference": rule.reference}
    if rule.of_gwg:
        known = gwg.rules[identifier]
        limits = {name: one.model_dump(exclude_none=True) for name, one in known.variants.items()}
        told |= {"name": known.name, "meaning": known.meaning, "variants": limits}
        # It stands in each variant; beside them it would be one more, and none's.
        del told["severity"]
    return told


def explanation(gwg: Gwg, identifier: str, words: Words) -> str:
    """Return what a rule asks, in words and in figures."""
    told, asked = details(gwg, identifier), translate(words.language, "rules").find
    parts = [f"{told['id']}  {told['name']}", textwrap.fill(asked(told["sentence"]), WIDTH)]
    if "meaning" in told:
        meaning = words.say(Message("Asked: %(meaning)s.", meaning=asked(told["meaning"])))
        parts += [textwrap.fill(meaning, WIDTH), _limits(gwg, identifier, words)]
    else:
        parts.append(words.say(Message("Severity: %(severity)s", severity=SEVERITIES[told["severity"]])))
    source = Message("Reference: %(source)s", source=asked(told["reference"]))
    return "\n\n".join([*parts, words.say(source)])


def severity(limits: GwgLimits) -> str:
    """Return a variant's severity in a word; two where a rule has a limit for each."""
    return limits.severity or EITHER


def _limits(gwg: Gwg, identifier: str, words: Words) -> str:
    """Return the limits of every variant, with columns only for what the rule has."""
    variants = gwg.rules[identifier].variants
    # A column that is empty for each variant would make a table wider than a terminal.
    names = [
        name for name in ("error", "warning", "A", "B") if any(_limit(one, name) for one in variants.values())
    ]
    heads = (Message("variant"), Message("severity"), *(LIMITS.get(name, name) for name in names))
    cells = [
        (variant, SEVERITIES[severity(one)], *(_limit(one, name) for name in names))
        for variant, one in variants.items()
    ]
    return table(heads, cells, words.say)


def _limit(limits: GwgLimits, name: str) -> str:
    value = getattr(limits, name)
    return "" if value is None else Message.of("%(limit)g", limit=value)
