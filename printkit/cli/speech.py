"""The language of the command line: what help and messages are said in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from printkit.cli.usage import known
from printkit.words import SOURCE_LANGUAGE, Message, Words, catalogues, chosen_language, translate

OPTION = "--ui-lang"
# Where the words of a call stand: its root context's own drawer, which no other call sees.
KEY = "printkit.words"
# What Click puts behind an option's help, with semicolons between
_BEHIND = re.compile(r"^(.*?)  \[([^\]]*)\]$", re.DOTALL)
_EXTRAS = (
    re.compile(r"(?P<what>required)"),
    re.compile(r"(?P<what>default): (?P<value>.*)"),
    re.compile(r"(?P<what>env var): (?P<value>.*)"),
)
# Click's own words
_CLICK = {
    "Options": Message("Options"),
    "Commands": Message("Commands"),
    "Show this message and exit.": Message("Show this message and exit."),
    "Show the version and exit.": Message("Show the version and exit."),
    "required": Message("required"),
    "default": Message("default"),
    "env var": Message("env var"),
}
_USAGE = Message("Usage: ")


def words_for(arguments: Sequence[str], environment: Mapping[str, str]) -> Words:
    """Return the words of a call: by --ui-lang wherever it stands, else by the environment."""
    given = list(arguments)
    # By hand, as Click would have to parse first, and says what is wrong with the words in its own language.
    for place, one in enumerate(given):
        if one == OPTION and place + 1 < len(given):
            return translate(given[place + 1], "command")
        if one.startswith(f"{OPTION}="):
            return translate(one.partition("=")[2], "command")
    return translate(chosen_language(environment), "command")


def words_of(context: click.Context | None) -> Words:
    """Return the words of the call that a context belongs to; English where there is none."""
    found = context.find_root().meta.get(KEY) if context else None
    return found if isinstance(found, Words) else translate("en", "command")


class Tongue(click.ParamType[str]):
    """Take a language that the command line speaks; another one of the environment is passed over."""

    name = "tag"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        there = translate(str(value), "command").language
        # A tag that nothing is said in falls back to English, which only its own tags ask for
        if there == SOURCE_LANGUAGE and str(value).replace("_", "-").partition("-")[0] != SOURCE_LANGUAGE:
            known = ", ".join(catalogues("command"))
            self.fail(
                Message("no words in '%(value)s'; there are: %(known)s", value=value, known=known), param, ctx
            )
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(one) for one in catalogues("command") if one.startswith(incomplete)]


class Formatter(click.HelpFormatter):
    """Write help in the language of the call."""

    words: Words = translate("en", "command")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, self.words.say(_USAGE) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(self._said(heading))

    def write_text(self, text: str) -> None:
        super().write_text(self._said(text))

    def write_dl(self, rows: Any, *others: Any, **more: Any) -> None:
        super().write_dl([(one, self._said(text)) for one, text in rows], *others, **more)

    def _said(self, text: str) -> str:
        """Return a text as its catalogue has it, also where Click put a default behind it."""
        known = _CLICK.get(text)
        said = self.words.say(known) if known else self.words.find(text)
        behind = _BEHIND.match(text)
        # Click has put the default into the text, which so is in no catalogue; its part before is.
        if said == text and behind:
            extras = "; ".join(map(self._extra, behind[2].split("; ")))
            return f"{self.words.find(behind[1])}  [{extras}]"
        return said

    def _extra(self, text: str) -> str:
        """Return what Click tells of an option by itself; a range is the same in all languages."""
        found = next(filter(None, (one.fullmatch(text) for one in _EXTRAS)), None)
        if found is None:
            return text
        what = self.words.say(_CLICK[found["what"]])
        return f"{what}: {found['value']}" if "value" in found.groupdict() else what


class Spoken(click.Context):
    """The context of a command whose help is said in the language of the call."""

    def __init__(self, *arguments: Any, said: Words | None = None, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if said is not None:
            # In the context, not in a global: tests make many calls in one process.
            self.meta[KEY] = said

    def make_formatter(self) -> click.HelpFormatter:
        made = Formatter(width=self.terminal_width, max_width=self.max_content_width)
        made.words = words_of(self)
        return made


def spoken(command: click.Command) -> click.Command:
    """Return a command, and those in it, with help in the language of the call."""
    # Click makes each command's context by the command's own class, not by its group's.
    command.context_class = Spoken
    # In a list of commands Click cuts a help that is long, and what is cut is in no catalogue.
    command.short_help = (command.help or "").partition("\n\n")[0].replace("\n", " ")
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            spoken(inner)
    return command


def explain_usage(error: click.UsageError, words: Words) -> str:
    """Return how a command is called, where its help is, and what was wrong with the call."""
    # A group alone: its help, which says what may follow, is all there is to tell
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    lines = [words.say(Message("Error: %(problem)s", problem=_problem(error)))]
    if error.ctx is not None:
        hint = Message("Try '%(command)s --help' for help.", command=error.ctx.command_path)
        lines = [error.ctx.get_usage(), words.say(hint), "", *lines]
    return "\n".join(lines)


def _problem(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return Message("No such option: %(option)s", option=error.option_name)
        case click.MissingParameter():
            return known(error.format_message())
        case click.BadParameter():
            problem = known(error.message)
            shown = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param else None)
            named = " / ".join([shown] if isinstance(shown, str) else shown or ())
            # Click has its own in quotes, ours are without
            if named := named.replace("'", ""):
                return Message("Invalid value for %(option)s: %(problem)s", option=named, problem=problem)
            return Message("Invalid value: %(problem)s", problem=problem)
        case _:
            return known(error.format_message())
