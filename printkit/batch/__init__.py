"""A campaign's run into one folder: plan, execute, journal, manifest, lists, proofs, report."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from printkit.batch.crew import Crew, Hand, Here, Hire, Lost
from printkit.batch.execute import execute
from printkit.batch.forecast import Due, Forecast, expects_work, forecast
from printkit.batch.journal import Record
from printkit.batch.manifest import totals
from printkit.batch.plan import Only, Planned, parse_only, plan
from printkit.batch.report import held_by_reason, verdict
from printkit.batch.run import MERGE_KEYS, MergeKey, Options, Outcome, Producer, Progress, Run, Silence

if TYPE_CHECKING:
    from printkit.batch.scribe import Scribe
    from printkit.batch.workers import Workers, warm

__all__ = [
    "MERGE_KEYS",
    "Crew",
    "Due",
    "Forecast",
    "Hand",
    "Here",
    "Hire",
    "Lost",
    "MergeKey",
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
    "totals",
    "verdict",
    "warm",
]

# Modules that a run with nothing to do does not need, and what they give
_LATER = {"scribe": ("Scribe",), "workers": ("Workers", "warm")}


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
