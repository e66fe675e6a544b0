"""`init --empty`: gather a municipality's answers from options, a file, and on a terminal by asking."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.options import Settings
from printkit.cli.output import say
from printkit.cli.usage import known
from printkit.words import Message, Words, below

if TYPE_CHECKING:
    from printkit.starter.answers import Answers

NEEDED = ("municipality", "language", "committee", "colors", "committees")
# What complaints call answers that no file gave
ANSWERS = "the answers"
FONTS = ("head", "text", "strong")
FILE = click.Path(exists=True, dir_okay=False)
OPTIONS = {
    "municipality": "--municipality",
    "language": "--language",
    "committee": "--committee-word",
    "colors": "--color",
    "committees": "--committees",
    "languages": "--languages",
    "places": "--places",
    "mark": "--mark",
    "fonts": "--font",
}


def empty(given: Settings, folder: Path, chosen: Mapping[str, Any]) -> None:
    """Write a workspace of a municipality's own into `folder`."""
    import datetime

    from printkit.starter import found_workspace

    data, shown, beside = _read(chosen["answers"])
    data = _laid_over(data, _options(chosen))
    # A script must not stand still at a question that nobody sees.
    if not chosen["answers"] and sys.stdin.isatty() and not given.json:
        Interview(given.words, data).hold()
    elif not chosen["answers"] and (missing := [OPTIONS[key] for key in NEEDED if key not in data]):
        raise click.UsageError(
            Message(
                "init --empty needs %(there)s; or --answers FILE, or a terminal to ask on",
                there=", ".join(missing),
            )
        )
    founded = found_workspace(folder, _answers(data, shown, beside), datetime.date.today())
    for remark in founded.remarks:
        given.say(remark)
    for tag in founded.untranslated:
        given.say(
            Message(
                "no texts in '%(tag)s' come with the program: they are there in English, "
                "marked '# translate'",
                tag=tag,
            )
        )
    # Of fonts that were handed in only: the licences of those that come along are known.
    for file, licence in founded.licences.items() if "fonts" in data else ():
        given.say(Message("%(file)s: %(licence)s", file=file, licence=licence))
    given.say(Message("inks and printed addresses are proposals, marked confirmed = false"))
    text = Message(
        "%(folder)s: %(count)s files; 'printkit -w %(folder)s doctor' says what to fill in",
        folder=folder,
        count=len(founded.files),
    )
    told = {"ok": True, "workspace": str(folder), "files": list(founded.files)}
    told |= {"licences": dict(founded.licences), "untranslated": list(founded.untranslated)}
    told |= {"remarks": list(founded.remarks)}
    given.result(told, "" if given.quiet else text)


def _answers(data: Mapping[str, Any], shown: str, beside: Path) -> Answers:
    """Return the answers; where options alone gave them, what is wrong in one is wrong usage of it."""
    from printkit.errors import WorkspaceErrors
    from printkit.starter import read_answers

    try:
        return read_answers(data, shown, beside)
    except WorkspaceErrors as errors:
        # Of a file and options laid over it nobody can tell here which said it
        if shown != ANSWERS:
            raise
        wrong = [(str(one.where).partition("."), one.reason) for one in errors.errors]
        said = [
            Message("%(place)s: %(reason)s", place=_place(key, inner), reason=reason)
            for (key, _, inner), reason in wrong
        ]
        raise click.UsageError(below(said)) from errors


def _place(key: str, inner: str) -> str:
    option = OPTIONS.get(key, key)
    # As pydantic says that a key itself is wrong, which nobody typed
    inner = inner.removesuffix(".[key]")
    # A list's places count from 0, which nobody who typed it does
    return option if not inner or inner.isdigit() else f"{option} {inner}"


def _read(answers: str | None) -> tuple[dict[str, Any], str, Path]:
    """Return the answers of a file or stdin, what complaints call it, and the folder of its files."""
    from printkit.cli.given import STDIN, shown, toml_given

    if answers is None:
        return {}, ANSWERS, Path()
    return toml_given(answers), shown(answers), Path() if answers == STDIN else Path(answers).parent


def _laid_over(answers: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with what options say instead, key by key also within a table."""
    told = {**answers, **options}
    for key, value in options.items():
        below = answers.get(key)
        # One word for a committee is that of the workspace's own language, as one told without a tag is.
        if key == "committee" and isinstance(below, str):
            below = {None: below}
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            told[key] = {**below, **value}
    return told


def _options(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return what options say, by the keys of the answers; files are named from where the caller stands."""
    told: dict[str, Any] = {key: chosen[key] for key in ("municipality", "language") if chosen[key]}
    told |= {
        key: str(Path(chosen[key]).absolute()) for key in ("committees", "places", "mark") if chosen[key]
    }
    if chosen["languages"]:
        told["languages"] = _words(chosen["languages"])
    if chosen["colors"]:
        told["colors"] = _pairs("--color", chosen["colors"])
    if chosen["fonts"]:
        told["fonts"] = {
            key: str(Path(file).absolute()) for key, file in _pairs("--font", chosen["fonts"]).items()
        }
    if words := chosen["committee_words"]:
        told["committee"] = _committee_words(words)
    return told


def _committee_words(words: Iterable[str]) -> dict[str | None, str]:
    """Return words for a committee by language; None is the workspace's own, which may be asked for later."""
    tagged = _pairs("--committee-word", (word for word in words if "=" in word))
    bare = [word for word in words if "=" not in word]
    # One bare word is the workspace's own language; of two nobody knows which is.
    if len(bare) > 1:
        reason = Message(
            "'%(first)s' and '%(other)s' name no language: TAG=WORD", first=bare[0], other=bare[1]
        )
        raise click.BadParameter(reason, param_hint="--committee-word")
    found: dict[str | None, str] = {None: bare[0]} if bare else {}
    found.update(tagged)
    return found


def _pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for name, equals, value in pairs:
        if not (name and equals and value):
            raise click.BadParameter(Message("'%(name)s' is not NAME=VALUE", name=name), param_hint=option)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


@dataclass
class Interview:
    """Ask on a terminal, in its words, for what `data` does not tell yet."""

    words: Words
    data: dict[str, Any]

    def hold(self) -> None:
        """Ask; whoever tells something by options is asked for what is needed only."""
        gettext, whole = self.words.gettext, not self.data
        self.ask("municipality", gettext("Name of the municipality, as it signs"))
        self.ask("language", gettext("Language of proofs and lists (en, pl, se ...)"))
        if whole:
            question = gettext("Languages of what is printed, with blanks between")
            self.ask("languages", question, _words, default=self.data["language"])
        self._ask_committee()
        question = gettext("Colours, as name=#rrggbb with blanks between")
        self.ask("colors", question, lambda text: _pairs("--color", _words(text)))
        self.ask("committees", gettext("Table of the committees (columns name and page at least)"), _file)
        if whole:
            self._ask_rest()

    def _ask_committee(self) -> None:
        if "committee" in self.data:
            return
        gettext = self.words.gettext
        self.data["committee"] = {
            tag: click.prompt(
                gettext("Word for a local committee in '%(tag)s', as within a sentence", tag=tag), err=True
            )
            for tag in dict.fromkeys((self.data["language"], *self.data.get("languages", ())))
        }

    def _ask_rest(self) -> None:
        gettext = self.words.gettext
        question = gettext(
            "Table of the places that take print (columns name and kind at least; empty: none yet)"
        )
        self.ask("places", question, _file, default="")
        self.ask("mark", gettext("SVG of the municipality's mark (empty: none yet)"), _file, default="")
        question = gettext("Font files for headlines, text and what stands out (empty: those of the program)")
        self.ask("fonts", question, _fonts, default="")

    def ask(
        self, key: str, question: str, read: Callable[[str], Any] = str, *, default: str | None = None
    ) -> None:
        """Ask until the answer can be taken; an empty one leaves the key out."""

        while key not in self.data:
            text = click.prompt(question, default=default, show_default=bool(default), err=True)
            try:
                value = self._taken(key, text, read)
            # Not by Click's own loop, which says "Error" whatever the language of the questions is.
            except click.BadParameter as error:
                say(self.words.say(Message("Error: %(problem)s", problem=known(error.message))))
                continue
            if value:
                self.data[key] = value
            elif default is not None:
                return

    def _taken(self, key: str, text: str, read: Callable[[str], Any]) -> Any:
        from printkit.starter import answer_problem

        try:
            value = read(text)
        # A quotation mark that is not closed
        except ValueError as error:
            raise click.BadParameter(Message("a quotation mark is not closed")) from error
        if value and (problem := answer_problem(key, value)):
            raise click.BadParameter(problem)
        return value


def _file(text: str) -> str:
    return str(Path(str(FILE.convert(text, None, None))).absolute()) if text else ""


def _fonts(text: str) -> dict[str, str]:
    files = shlex.split(text)
    if len(files) not in (0, len(FONTS)):
        raise click.BadParameter(Message("%(count)s files; three are due, or none", count=len(files)))
    return {key: _file(file) for key, file in zip(FONTS, files, strict=False)}
