"""What the program says to people, in their language: gettext catalogues, one for each domain and language.

The code speaks English, `locale/<tag>/LC_MESSAGES/<domain>.po` holds other languages. Fields are written
`%(name)s`, so that a translator can move them, a literal percent sign `%%`. There is no current language:
whoever speaks passes a `Words` on, so that two threads can speak two languages.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

# What is printed for people (proofs, lists, reports, marks), the command line's help, the web pages, what
# errors say, which the last two show, and what rules ask.
Domain = Literal["papers", "command", "web", "errors", "rules"]
SHOWS_ERRORS = frozenset({"command", "web"})

SOURCE_LANGUAGE = "en"
CATALOGUES = Path(__file__).parent / "locale"
# What Python's % writes as a number that may have a fraction, as `%(mm).1f`
_FRACTION = re.compile(r"(?<!%)%\(\w+\)[-+ #0]*\d*(?:\.\d+)?[fFgG]")
# By POSIX the first that is set and not empty counts.
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Message(str):
    """A sentence in English that still knows its fields, so that `Words.say` can put it in another language.

    It is a string like any other: errors and lists that hold one need not know. A field of several, a tuple,
    is put in with commas. What is joined to it with
    + or in an f-string is said in English, so a hint goes into the sentence or is a field of it.
    """

    source: str
    many: str | None
    fields: Mapping[str, Any]

    def __new__(cls, source: str, /, **fields: Any) -> Self:
        return cls._made(source, None, fields)

    @classmethod
    def plural(cls, one: str, many: str, /, count: int, **fields: Any) -> Self:
        """Return a sentence about one or many; `count` is a field of both."""
        return cls._made(one, many, {"count": count, **fields})

    @classmethod
    def _made(cls, source: str, many: str | None, fields: Mapping[str, Any]) -> Self:
        # Numbers stay what they are for the sake of their formats; what else there is may not travel.
        fields = {name: _kept(one) for name, one in fields.items()}
        english = source if many is None or fields["count"] == 1 else many
        made = super().__new__(cls, english % {name: _put(one, str) for name, one in fields.items()})
        made.source, made.many, made.fields = source, many, fields
        return made

    @classmethod
    def of(cls, text: str, /, **fields: Any) -> Self:
        """Return the sentence of a text that `noted` marked."""
        return cls._made(text, None, fields)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self)._made, (self.source, self.many, dict(self.fields))

    def mapped(self, change: Callable[[str, str], str]) -> Self:
        """Return the sentence with each text as `change` gives it by its field, also in sentences within."""

        def changed(field: str, value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(changed(field, one) for one in value)
            if isinstance(value, Message):
                return value.mapped(change)
            return change(field, value) if isinstance(value, str) else value

        fields = {name: changed(name, one) for name, one in self.fields.items()}
        return self._made(self.source, self.many, fields)


Packed: TypeAlias = "str | dict[str, Any]"


def packed(text: str) -> Packed:
    """Return a text as JSON keeps it: a Message with its source and fields, so that it can be said later."""
    if not isinstance(text, Message):
        return text
    fields = {name: _packed(one) for name, one in text.fields.items()}
    return {"text": text.source, **({"many": text.many} if text.many else {}), "fields": fields}


def _packed(field: Any) -> Any:
    if isinstance(field, (tuple, list)):
        return [_packed(one) for one in field]
    return packed(field) if isinstance(field, str) else field


def unpacked(kept: Any) -> str:
    """Return the text that `packed` put into JSON; raise ValueError for anything else."""
    try:
        return kept if isinstance(kept, str) else _message(kept)
    except (AttributeError, KeyError, TypeError, OverflowError) as error:
        raise ValueError("no text that was packed") from error


def _unpacked(kept: Any) -> Any:
    if isinstance(kept, list):
        return tuple(map(_unpacked, kept))
    return _message(kept) if isinstance(kept, Mapping) else kept


def _message(kept: Any) -> Message:
    fields = {name: _unpacked(one) for name, one in kept["fields"].items()}
    return Message._made(kept["text"], kept.get("many"), fields)


def joined(sentences: Iterable[str]) -> str:
    """Return sentences as one, with semicolons between them."""
    return reduce(lambda one, then: Message("%(one)s; %(then)s", one=one, then=then), sentences)


def below(sentences: Iterable[str]) -> str:
    """Return sentences as one, each on a line of its own."""
    return reduce(lambda one, then: Message("%(one)s\n%(then)s", one=one, then=then), sentences)


def noted(text: str) -> str:
    """Mark a text that others than a Message keep, as the names of an Enum, to be in the catalogues."""
    return text


Kept: TypeAlias = str | float | tuple["Kept", ...]


def _kept(value: object) -> Kept:
    if isinstance(value, (tuple, list)):
        return tuple(map(_kept, value))
    return value if isinstance(value, (str, int, float)) else sentence(value)


def _put(field: Kept, say: Callable[[str], str]) -> str | float:
    """Return a field as it is put into a sentence: of several each is said by itself."""
    if isinstance(field, tuple):
        return ", ".join(str(_put(one, say)) for one in field)
    return say(field) if isinstance(field, str) else field


def sentence(value: object) -> str:
    """Return what an error says as it was raised: a Message keeps its fields, which `str` would drop."""
    arguments = value.args if isinstance(value, BaseException) else ()
    return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], str) else str(value)


@dataclass(frozen=True)
class Words:
    """Speak one language; what a catalogue lacks is said in English."""

    language: str
    catalogue: gettext.NullTranslations

    def gettext(self, message: str, /, **fields: Any) -> str:
        """Return a sentence with its fields."""
        return self._filled(self.catalogue.gettext(message), fields)

    def ngettext(self, one: str, many: str, count: int, /, **fields: Any) -> str:
        """Return the sentence for a number, which is its field `count`."""
        return self._filled(self.catalogue.ngettext(one, many, count), {"count": count, **fields})

    def install(self, environment: Any) -> None:
        """Have the pages of a Jinja environment speak this language: `{% trans %}`, `gettext(...)`."""
        environment.add_extension("jinja2.ext.i18n")
        # As messages are extracted: line breaks of the page's source are none of theirs.
        environment.policies["ext.i18n.trimmed"] = True
        # Jinja puts the fields in by itself, escaped where the page is HTML.
        environment.install_gettext_callables(self.catalogue.gettext, self.catalogue.ngettext, newstyle=True)

    def find(self, text: str) -> str:
        """Return a text without fields as the catalogue has it, else as it is: a command's help."""
        return self.catalogue.gettext(text) if text else text

    def say(self, text: str) -> str:
        """Return a message in this language, with the messages among its fields; other text as it is."""
        if not isinstance(text, Message):
            return text
        fields = {name: _put(one, self.say) for name, one in text.fields.items()}
        if text.many is None:
            return self.gettext(text.source, **fields)
        return self._filled(self.catalogue.ngettext(text.source, text.many, text.fields["count"]), fields)

    def _filled(self, text: str, fields: Mapping[str, Any]) -> str:
        """Return a sentence with its fields; fractions are written with the language's decimal sign."""

        def written(number: re.Match[str]) -> str:
            return (number[0] % fields).replace(".", _decimal_sign(self.language))

        return _FRACTION.sub(written, text) % fields


@cache
def _decimal_sign(language: str) -> str:
    if language == SOURCE_LANGUAGE:
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(language.replace("-", "_"))


@cache
def translate(language: str, domain: Domain = "papers") -> Words:
    """Return the words of a language by its BCP 47 tag: its own catalogue's, its parent's, else English."""
    tags = list(dict.fromkeys(_nearest(language.replace("_", "-"))))
    domains: tuple[Domain, ...] = (domain, "errors") if domain in SHOWS_ERRORS else (domain,)
    files = [(tag, file) for tag in tags for one in domains if (file := _file(tag, one)).is_file()]
    read = [_read(file) for _, file in files]
    # Each is asked for what those before it lack.
    for one, after in pairwise(read):
        one.add_fallback(after)
    return Words(*((files[0][0], read[0]) if files else (SOURCE_LANGUAGE, gettext.NullTranslations())))


def _nearest(tag: str) -> Iterator[str]:
    """Yield a tag, shorter ones that hold it, what systems mean by a name for several, and its parent."""
    # An empty tag, as of a variable that nobody set, is no language: English
    if tag.partition("-")[0] in ("", SOURCE_LANGUAGE):
        return
    while tag:
        yield tag
        tag, last = tag.rpartition("-")[0], tag
    from babel.core import LOCALE_ALIASES, get_global

    # By CLDR a language may have a parent, which is nearer to its readers than English.
    for name in (last, get_global("parent_exceptions").get(last, last)):
        yield LOCALE_ALIASES.get(name, name).partition("_")[0]


def capital(text: str) -> str:
    """Return words as they begin a line; the others stay as they are."""
    return text[:1].upper() + text[1:]


def catalogues(domain: Domain) -> tuple[str, ...]:
    """Return the tags of the languages that a domain speaks, English among them."""
    found = {folder.name for folder in CATALOGUES.iterdir() if _file(folder.name, domain).is_file()}
    return tuple(sorted(found | {SOURCE_LANGUAGE}))


def chosen_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the tag of the language that the environment asks for: English where it says nothing, or C."""
    name = next((environment[one] for one in VARIABLES if environment.get(one)), "")
    tag = name.partition(".")[0].partition("@")[0].replace("_", "-")
    return SOURCE_LANGUAGE if tag in ("", "C", "POSIX") else tag


def _file(tag: str, domain: Domain) -> Path:
    return CATALOGUES / tag / "LC_MESSAGES" / f"{domain}.po"


def _read(file: Path) -> gettext.NullTranslations:
    """Read a catalogue as translators write it, so that there is no compiled copy to forget."""
    # Loaded by those alone who speak another language than English
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
