"""What is wrong in the writing of TOML and JSON, in words of whoever wrote it."""

import json
import re
import tomllib
from collections.abc import Iterable
from typing import TypeAlias

from printkit.words import Message, noted

# How a parser's words begin, and what is told for them
_Words: TypeAlias = Iterable[tuple[str, str]]
_TWICE = noted("this name stands twice; leave one out, or put the lines of both tables together")
_STRANGE = noted("a control character stands here; remove it")
_OPEN = noted("a quotation mark is not closed")
_OPEN_LINE = noted("a quotation mark is not closed on its line")
_BACKSLASH = noted("a backslash begins no sign here; write it twice, or put text in single quotation marks")
_TOML: _Words = (
    ("Invalid value", noted("no value begins so; put text in quotes")),
    (
        "Invalid statement",
        noted("no line begins so; write name = value, other letters than a to z in quotes"),
    ),
    ("Invalid initial", noted("no name begins so; put one with other letters than a to z in quotes")),
    ("Invalid date", noted("there is no such day or time")),
    ("Invalid hex", _BACKSLASH),
    ("Unescaped", _BACKSLASH),
    ("Escaped", _BACKSLASH),
    ("Unterminated", _OPEN),
    ("Expected \"'", _OPEN),
    ("Illegal character '\\n'", _OPEN_LINE),
    ("Found invalid character '\\n'", _OPEN_LINE),
    ("Illegal character", _STRANGE),
    ("Found invalid character", _STRANGE),
    ("Expected newline", noted("the value has ended before this; begin a new line, or put text in quotes")),
    ("Expected '='", noted("after a name come = and its value")),
    ("Expected ']", noted("the name of a table is not closed; write as many ] behind it as [ before it")),
    ("Unclosed array", noted("a list is not closed; put commas between its values and ] behind the last")),
    ("Unclosed inline", noted("a table is not closed; put commas between its parts and } behind the last")),
    ("Cannot", _TWICE),
    ("Duplicate", _TWICE),
)
_JSON: _Words = (
    ("Expecting value", noted("no value begins so; put text in double quotes")),
    ("Expecting property name", noted("a name in double quotes is due here")),
    ("Expecting ':'", noted("after a name come : and its value")),
    ("Expecting ','", noted("a comma, or the end of the list or object, is due here")),
    ("Illegal trailing comma", noted("nothing comes after this comma; remove it")),
    ("Unterminated", _OPEN),
    ("Invalid control", _OPEN_LINE),
    ("Invalid \\", noted("a backslash begins no sign here; write it twice")),
    ("Extra data", noted("more stands behind the end")),
)
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
# TOML wants seconds, which nobody writes.
_BARE_TIME = re.compile(r"=\s*\d\d?:\d\d\s*(#.*)?")


def toml_fault(text: str, error: tomllib.TOMLDecodeError) -> tuple[str, str]:
    """Return where in a text TOML breaks, and what is wrong there with its cure."""
    found = _PLACE.fullmatch(str(error))
    lines = text.rstrip("\n").split("\n")
    said, number, column = found.groups() if found else (str(error), None, None)
    if number is None:
        number, column = str(len(lines)), str(len(lines[-1]) + 1)
    if _BARE_TIME.search("".join(lines[int(number) - 1 : int(number)])):
        told: str = Message("write a time of day as 18:00:00 or in quotes")
    else:
        told = _told(said, _TOML)
    return _at(number, column), Message("not valid TOML: %(what)s", what=told)


def json_fault(error: json.JSONDecodeError) -> tuple[str, str]:
    """Return where in a text JSON breaks, and what is wrong there with its cure."""
    return _at(error.lineno, error.colno), Message("not valid JSON: %(what)s", what=_told(error.msg, _JSON))


def _at(line: object, column: object) -> str:
    return Message("line %(line)s, column %(column)s", line=line, column=column)


def _told(said: str, words: _Words) -> str:
    """Return our words for a parser's; its own where it says what we do not know."""
    return next((Message.of(told) for begins, told in words if said.startswith(begins)), said)
