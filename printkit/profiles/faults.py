"""What is wrong with a value of a profile, in words of whoever wrote it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from printkit.profiles.base import SHAPES
from printkit.words import Message, noted, sentence

# So much of a value is shown
MOST_SHOWN = 60
# What a value is not, by the beginning of pydantic's type of error
_LIST = noted("this is no list; write it in square brackets")
_TABLE = noted("this is no table of keys and values")
_DATE = noted("'%(value)s' is no date; write year-month-day, as 2027-08-16")
_KINDS = {
    "bool": noted("'%(value)s' is neither true nor false"),
    "date": _DATE,
    "datetime": _DATE,
    "dict": _TABLE,
    "finite": noted("'%(value)s' is no number"),
    "float": noted("'%(value)s' is no number"),
    "frozen": _LIST,
    "int": noted("'%(value)s' is no whole number"),
    "json": noted("this is no JSON"),
    "list": _LIST,
    "mapping": _TABLE,
    "model": _TABLE,
    "set": _LIST,
    "string": noted("'%(value)s' is no text; write it in quotes"),
    "time": noted("'%(value)s' is no time of day; write it as 18:00:00"),
    "tuple": _LIST,
}
EMPTY = Message("this is empty; a value is required")


def faults(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield each key that is at fault, its parts joined by points, and what is wrong with its value."""
    rows = error.errors()
    for row in rows:
        where = row["loc"]
        # Values that are refused are not counted: a list of one wrong value would be told as empty too
        within = any(one["loc"] != where and one["loc"][: len(where)] == where for one in rows)
        if not (row["type"] == "too_short" and within):
            yield ".".join(map(str, where)), _fault(dict(row))


def _fault(row: Mapping[str, Any]) -> str:
    limits = row.get("ctx", {})
    # Raised by our own validators, as a Message that knows its translation
    if isinstance(limits.get("error"), ValueError):
        return sentence(limits["error"])
    return _missing(row) or _form(row, limits) or _size(row["type"], row["input"], limits) or _kind(row)


def _missing(row: Mapping[str, Any]) -> str:
    match row["type"]:
        case "extra_forbidden":
            return Message("unknown key")
        # A place in a list has no key
        case "missing" if row["loc"] and isinstance(row["loc"][-1], int):
            return Message("a value is missing here")
        case "missing":
            return Message("this key is required")
        case _:
            return ""


def _form(row: Mapping[str, Any], limits: Mapping[str, Any]) -> str:
    value = _shown(row["input"])
    match row["type"]:
        case "string_pattern_mismatch":
            shape = Message.of(SHAPES[limits["pattern"]])
            return Message("'%(value)s' is not %(shape)s", value=value, shape=shape)
        case "literal_error" | "enum":
            known = limits["expected"].replace(" or ", ", ")
            return Message("'%(value)s' is none of %(known)s", value=value, known=known)
        case _:
            return ""


def _size(kind: str, value: Any, limits: Mapping[str, Any]) -> str:
    match kind:
        case "string_too_short" | "too_short" if limits["min_length"] == 1:
            return EMPTY
        case "string_too_short":
            least = limits["min_length"]
            return Message.plural(
                "%(count)s character, at least %(least)s are needed",
                "%(count)s characters, at least %(least)s are needed",
                count=len(value),
                least=least,
            )
        case "too_short":
            least, count = limits["min_length"], limits["actual_length"]
            return Message.plural(
                "%(count)s value, at least %(least)s are needed",
                "%(count)s values, at least %(least)s are needed",
                count=count,
                least=least,
            )
        case "string_too_long":
            most = limits["max_length"]
            return Message("%(count)s characters, at most %(most)s are allowed", count=len(value), most=most)
        case "too_long":
            most, count = limits["max_length"], limits["actual_length"] or len(value)
            return Message("%(count)s values, at most %(most)s are allowed", count=count, most=most)
        case "greater_than":
            return Message("%(value)s is not more than %(limit)s", value=_shown(value), limit=limits["gt"])
        case "greater_than_equal":
            return Message("%(value)s is less than %(limit)s", value=_shown(value), limit=limits["ge"])
        case "less_than":
            return Message("%(value)s is not less than %(limit)s", value=_shown(value), limit=limits["lt"])
        case "less_than_equal":
            return Message("%(value)s is more than %(limit)s", value=_shown(value), limit=limits["le"])
        case _:
            return ""


def _kind(row: Mapping[str, Any]) -> str:
    known = _KINDS.get(row["type"].partition("_")[0])
    return Message.of(known, value=_shown(row["input"])) if known else str(row["msg"])


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
