"""The command group: loads its commands late, turns every error into a message and an exit code."""

import gc
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from printkit.cli.failure import describe, explain
from printkit.cli.options import common
from printkit.cli.output import hold_standard, let_go, say, write_json
from printkit.cli.speech import Spoken, explain_usage, spoken, words_for
from printkit.errors import WriteError, readable
from printkit.version import VERSION
from printkit.words import Words

# name -> module and function: `--help` of the group imports nothing heavier than Click.
COMMANDS = {
    "batch": "printkit.cli.batch:batch",
    "budget": "printkit.cli.budget:budget",
    "check": "printkit.cli.check:check",
    "doctor": "printkit.cli.doctor:doctor",
    "gallery": "printkit.cli.template:gallery",
    "init": "printkit.cli.workspace:init",
    "list": "printkit.cli.listing:list_",
    "orders": "printkit.cli.orders_keep:orders",
    "person": "printkit.cli.person:person",
    "preview": "printkit.cli.preview:preview",
    "render": "printkit.cli.render:render",
    "schema": "printkit.cli.workspace:schema",
    "serve": "printkit.cli.serve:serve",
    "template": "printkit.cli.template:template",
}


# A campaign's records hold no cycles; looking for some after every 700 objects takes a sixth of the time
# that a run of 10,000 unchanged pieces needs.
COLLECT_AFTER = 5000


class App(click.Group):
    """Run a command and leave by the exit codes of the contract."""

    context_class = Spoken

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return spoken(command)

    def main(self, args: Sequence[str] | None = None, *others: Any, **options: Any) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        hold_standard()
        gc.set_threshold(COLLECT_AFTER)
        # numpy's own threads have nothing to do here, and take a tenth of a second of computing to begin
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        # Nobody watches validations here; to look for who does, pydantic reads what all distributions provide
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        # Before Click parses anything, as help and its own errors are said in that language too.
        said = words_for(words, os.environ)
        try:
            code = super().main(words, *others, **options, said=said)
        # The last line of defence: a person gets a message, never a traceback, unless asked for by -v.
        except BaseException as error:  # noqa: BLE001
            code = _fail(error, words, said)
        # What a pipe or a full disk refuses may show only now, when the last of stdout is written.
        if not let_go() and code in (None, 0):
            code = WriteError.exit_code
        sys.exit(code if isinstance(code, int) else 0)


def _fail(error: BaseException, words: Sequence[str], said: Words) -> int:
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    # Of all that the group asks for it alone loads what reads a workspace
    from printkit.workspace import no_room

    error = no_room(error) or error
    # A full disk raises something else in each library; whoever reads needs one sentence.
    code, message = explain(error, said)
    # By the words as they stand: what failed may have been the parsing of them.
    if "--json" in words:
        try:
            write_json({"ok": False, "error": describe(error)})
        except WriteError:
            say(f"printkit: {message}")
    elif isinstance(error, click.UsageError):
        say(readable(explain_usage(error, said)))
    else:
        if {"-v", "--verbose"} & set(words) and not isinstance(error, KeyboardInterrupt | click.Abort):
            traceback.print_exception(error)
        say(f"printkit: {message}")
    return code


@click.group(cls=App, name="printkit", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="printkit %(version)s")
@common
def main() -> None:
    """Make print-ready PDF from templates, profiles and assets."""
