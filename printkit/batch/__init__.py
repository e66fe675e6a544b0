"""A campaign's run into one folder: plan, execute, journal, manifest, lists, proofs, report."""

from printkit.batch.execute import execute
from printkit.batch.journal import Record
from printkit.batch.manifest import totals
from printkit.batch.plan import Only, Planned, parse_only, plan
from printkit.batch.report import held_by_reason, verdict
from printkit.batch.run import MERGE_KEYS, MergeKey, Options, Outcome, Producer, Progress, Run, Silence

__all__ = [
    "MERGE_KEYS",
    "MergeKey",
    "Only",
    "Options",
    "Outcome",
    "Planned",
    "Producer",
    "Progress",
    "Record",
    "Run",
    "Silence",
    "execute",
    "held_by_reason",
    "parse_only",
    "plan",
    "totals",
    "verdict",
]
