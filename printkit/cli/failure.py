"""Every error as an exit code and a message, or as JSON."""

import sys
from collections.abc import Mapping
from dataclasses import asdict

import click

from printkit.errors import PrintkitError, SlotErrors, TableErrors, WriteError, system_words
from printkit.words import SOURCE_LANGUAGE, Message, Words, translate

INTERRUPTED = 130
USAGE = 2
# Complaints about a table that a terminal is shown
SHOWN = 20


def explain(error: BaseException, words: Words) -> tuple[int, str]:
    """Return an error's exit code and what a person is told."""
    say = words.say
    match error:
        case KeyboardInterrupt() | click.Abort():
            return INTERRUPTED, say(Message("interrupted"))
        # A table may have thousands of complaints; a log takes them all, a screen does not.
        case TableErrors() if sys.stderr and sys.stderr.isatty():
            return error.exit_code, _capped(error.told(say).splitlines(), words)
        case PrintkitError():
            return error.exit_code, error.told(say)
        case click.ClickException():
            return USAGE, error.format_message()
        # After this program's own errors, some of which are told with more than the system says.
        case OSError(strerror=reason, filename=file) if reason:
            told = system_words(error)
            place = Message("%(place)s: %(reason)s", place=file, reason=told) if file else told
            return WriteError.exit_code, say(place)
        case MemoryError():
            return PrintkitError.exit_code, say(Message("not enough memory"))
        case _:
            kind = type(error).__name__
            told = Message(
                "an error of printkit's own: %(kind)s: %(error)s; -v shows where", kind=kind, error=error
            )
            return PrintkitError.exit_code, say(told)


def _capped(lines: list[str], words: Words) -> str:
    """Return as many lines as a terminal shows at once, and the number of the others."""
    more = len(lines) - SHOWN
    told = Message(
        "and %(count)s more; --json has all, --complaints FILE.xlsx writes them into the table", count=more
    )
    rest = [words.say(told)]
    return "\n".join([*lines[:SHOWN], *(rest if more > 0 else [])])


def describe(error: BaseException) -> Mapping[str, object]:
    """Return an error for --json; of slots and tables every problem."""
    # Scripts compare what --json says, so that it is in one language whoever calls.
    code, message = explain(error, translate(SOURCE_LANGUAGE))
    described: dict[str, object] = {"code": code, "kind": type(error).__name__, "message": message}
    if isinstance(error, SlotErrors):
        described["problems"] = [
            {"where": one.where, "slot": one.slot, "problem": one.problem} for one in error.problems
        ]
    if isinstance(error, TableErrors):
        described["problems"] = [asdict(one) for one in error.problems]
    return described
