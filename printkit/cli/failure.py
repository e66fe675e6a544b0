"""Every error as an exit code and a message, or as JSON."""

import sys
from collections.abc import Mapping
from dataclasses import asdict

import click

from printkit.errors import PrintkitError, SlotErrors, TableErrors, WriteError

INTERRUPTED = 130
USAGE = 2
# Complaints about a table that a terminal is shown
SHOWN = 20


def explain(error: BaseException) -> tuple[int, str]:
    """Return an error's exit code and what a person is told."""
    match error:
        case KeyboardInterrupt() | click.Abort():
            return INTERRUPTED, "interrupted"
        case TableErrors() if sys.stderr and sys.stderr.isatty():
            return error.exit_code, _capped(str(error).splitlines())
        case PrintkitError():
            return error.exit_code, str(error)
        case click.ClickException():
            return USAGE, error.format_message()
        case OSError(strerror=reason, filename=file) if reason:
            return WriteError.exit_code, f"{file}: {reason}" if file else reason
        case MemoryError():
            return PrintkitError.exit_code, "not enough memory"
        case _:
            kind = type(error).__name__
            return PrintkitError.exit_code, f"an error of printkit's own: {kind}: {error}; -v shows where"


def _capped(lines: list[str]) -> str:
    """Return as many lines as a terminal shows at once, and the number of the others."""
    more = len(lines) - SHOWN
    rest = [f"and {more} more; --json has all, --complaints FILE.xlsx writes them into the table"]
    return "\n".join([*lines[:SHOWN], *(rest if more > 0 else [])])


def describe(error: BaseException) -> Mapping[str, object]:
    """Return an error for --json; of slots and tables every problem."""
    code, message = explain(error)
    described: dict[str, object] = {"code": code, "kind": type(error).__name__, "message": message}
    if isinstance(error, SlotErrors):
        described["problems"] = [
            {"where": one.where, "slot": one.slot, "problem": one.problem} for one in error.problems
        ]
    if isinstance(error, TableErrors):
        described["problems"] = [asdict(one) for one in error.problems]
    return described
