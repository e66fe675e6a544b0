"""What each variant of GWG 2022 asks, read from the data file by this test alone."""

import tomllib
from dataclasses import dataclass
from typing import Any

from tests.preflight.matrix.base import ROOT

DATA: dict[str, Any] = tomllib.loads((ROOT / "profiles/preflight/gwg-2022.toml").read_text(encoding="utf-8"))
RULES = tuple(sorted(key for key in DATA if key[0] == "R" and key[1:].isdigit()))
VARIANTS = tuple(key for key in DATA["R0001"] if key not in ("name", "meaning"))


@dataclass(frozen=True)
class Facts:
    """What one rule asks in one variant."""

    rule: str
    variant: str
    severity: str = ""
    A: float = 0.0
    B: float = 0.0
    error: float = 0.0
    warning: float = 0.0


def barred_steps(variant: str) -> list[str]:
    """Return the processing steps that a variant's kind of product does not have."""
    found: list[str] = DATA["steps"].get(variant, {}).get("forbidden", [])
    return found


def facts(rule: str, variant: str) -> Facts | None:
    """Return what a rule asks; None where the variant ignores it."""
    found = DATA[rule][variant]
    return None if found.get("severity") == "ignore" else Facts(rule, variant, **found)
