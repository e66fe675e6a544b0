"""A campaign's run into one folder: plan, execute, journal, manifest, lists, proofs, report."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from printkit.batch.crew import Crew, Hand, Here, Hire, Lost
    from printkit.batch.early import expects_work
    from printkit.batch.execution import execute
    from printkit.batch.journal import Record
    from printkit.batch.manifest import totals
    from printkit.batch.outlook import Due, Forecast, forecast
    from printkit.batch.planning import NoSuchPiece, Only, Planned, parse_only, plan
    from printkit.batch.report import held_by_reason, states, verdict
    from printkit.batch.run import (
        MERGE_KEYS,
        MERGED,
        MergeKey,
        Options,
        Outcome,
        Producer,
        Progress,
        Run,
        Silence,
    )
    from printkit.batch.scribe import Scribe
    from printkit.batch.workers import Workers, warm

__all__ = [
    "MERGED",
    "MERGE_KEYS",
    "Crew",
    "Due",
    "Forecast",
    "Hand",
    "Here",
    "Hire",
    "Lost",
    "MergeKey",
    "NoSuchPiece",
    "Only",
    "Options",
    "Outcome",
    "Planned",
    "Producer",
    "Progress",
    "Record",
    "Run",
    "Scribe",
    "Silence",
    "Workers",
    "execute",
    "expects_work",
    "forecast",
    "held_by_reason",
    "parse_only",
    "plan",
    "states",
    "totals",
    "verdict",
    "warm",
]

# Modules and what they give, loaded once one of these names is asked for: workers begin to load before
# anything else does, and a run with nothing to do needs none
_LATER = {
    "crew": ("Crew", "Hand", "Here", "Hire", "Lost"),
    "early": ("expects_work",),
    "execution": ("execute",),
    "outlook": ("Due", "Forecast", "forecast"),
    "journal": ("Record",),
    "manifest": ("totals",),
    "planning": ("NoSuchPiece", "Only", "Planned", "parse_only", "plan"),
    "report": ("held_by_reason", "states", "verdict"),
    "run": (
        "MERGED",
        "MERGE_KEYS",
        "MergeKey",
        "Options",
        "Outcome",
        "Producer",
        "Progress",
        "Run",
        "Silence",
    ),
    "scribe": ("Scribe",),
    "workers": ("Workers", "warm"),
}


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
