"""Bring the catalogues up to date with the program: `make catalogues`; a test holds that they are.

Messages stand in order of the alphabet, one line each, without dates and places, so that the changes of two
people seldom meet.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import get_args

import click
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from printkit.cli import main
from printkit.preflight.checks import RULES as CHECKS
from printkit.profiles import load_profiles
from printkit.review.rules import RULES as DESIGN_RULES
from printkit.words import CATALOGUES, Domain
from printkit.workspace import bundled_workspace

CODE = Path(__file__).parents[1] / "printkit"
# Whose `gettext` and `ngettext` belong to another domain than papers
FOLDERS: dict[str, Domain] = {"cli": "command", "web": "web"}
METHODS = {".py": "python", ".html": "jinja2", ".j2": "jinja2"}
Keywords = Mapping[str, tuple[int, ...] | None]
PRINTED: Keywords = {"gettext": None, "ngettext": (1, 2)}
# Whoever raises one does not know whether the command line or a page shows it.
# What a text must look like stands behind its expression.
MESSAGES: Keywords = {"Message": None, "TooLong": None, "noted": None, "plural": (1, 2), "shaped": (2,)}
PARTS = {
    "Message": "Message(",
    "TooLong": "TooLong(",
    "noted": "noted(",
    "shaped": "shaped(",
    "plural": "Message.plural(",
    "ngettext": "gettext",
    "gettext": "gettext",
}
# In a page `{% trans %}` means both.
TRANS = "{% trans"

Found = tuple[str | tuple[str, ...], list[str]]


@cache
def extracted(domain: Domain) -> Catalog:
    """Return every message of a domain, untranslated."""
    catalog = Catalog(fuzzy=False)
    for message, comments in _said(domain):
        catalog.add(message, auto_comments=comments)
    return catalog


def _said(domain: Domain) -> Iterator[Found]:
    for file in sorted(one for one in CODE.rglob("*") if one.suffix in METHODS):
        if FOLDERS.get(file.relative_to(CODE).parts[0], "papers") == domain:
            yield from _extract(file, PRINTED)
        if domain == "errors":
            yield from _extract(file, MESSAGES)
    if domain == "rules":
        yield from ((text, []) for text in _asked())
    if domain == "command":
        yield from ((text, []) for text in _help(main, click.Context(main, **main.context_settings)))


def _extract(file: Path, keywords: Keywords) -> Iterator[Found]:
    text = file.read_bytes()
    # Most files say nothing, and taking one apart takes a while.
    if not any(part.encode() in text for part in (TRANS, *(PARTS[name] for name in keywords))):
        return
    options = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n"}
    found = extract(
        METHODS[file.suffix], BytesIO(text), keywords, ("Translators:",), options, strip_comment_tags=True
    )
    for _, message, comments, _ in found:
        yield message, comments


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield what `--help` says of a command, its options and its commands."""
    parameters = command.get_params(context)
    yield from filter(None, (command.help, *(getattr(one, "help", None) for one in parameters)))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _help(inner, click.Context(inner, context, name))


def _asked() -> Iterator[str]:
    """Yield what rules ask, their sources, and what the Ghent Workgroup's mean."""
    for rule in CHECKS.values():
        yield from (rule.sentence, rule.reference)
    yield from (rule.sentence for rule in DESIGN_RULES.values())
    yield from (rule.meaning for rule in load_profiles(bundled_workspace()).gwg.rules.values())


def stored() -> Iterator[tuple[str, Domain, Path]]:
    """Yield each catalogue there is: language, domain and file."""
    for domain in get_args(Domain):
        for file in sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{domain}.po")):
            yield file.parts[-3], domain, file


def read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source)


def untranslated(message: Message) -> bool:
    """Tell whether a message lacks its translation, or that of one of its numbers."""
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return not all(strings)


def brought(language: str, domain: Domain, file: Path) -> bytes:
    """Return a catalogue with the messages of the program as it is; new ones have no translation."""
    old = read(file)
    return _text(language, [(one, old.get(one.id)) for one in extracted(domain) if one.id])


def _text(language: str, messages: Iterable[tuple[Message, Message | None]]) -> bytes:
    catalog = Catalog(locale=Locale.parse(language, sep="-"), fuzzy=False)
    for one, known in messages:
        catalog.add(one.id, known.string if known else None, auto_comments=one.auto_comments)
    out = BytesIO()
    write_po(
        out, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return f'{head}"Plural-Forms: {catalog.plural_forms}\\n"\n\n'.encode() + out.getvalue()


if __name__ == "__main__":
    for language, domain, file in stored():
        file.write_bytes(brought(language, domain, file))
