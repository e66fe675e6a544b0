"""Rows of JSON, a list of objects, and of JSON Lines, an object a line."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from printkit.words import Message
from printkit.workspace.syntax import json_fault
from printkit.workspace.tables.model import Row, Table, TableLimits, Value
from printkit.workspace.tables.shape import name_columns

DEEP = Message(
    "lists or objects stand in each other too deeply to be read; a row is one object of plain values"
)
ROWS = Message('a list of objects is due, one for each row: [{"headline": "..."}, ...]')


class _Refused(ValueError):
    """Say what of JSON is no value of a table."""


def open_json(table: Table, text: str, limits: TableLimits) -> None:
    """Take a list of objects; a row's number is its place in the list, from 1."""
    try:
        found = _parsed(text)
    except json.JSONDecodeError as error:
        where, reason = json_fault(error)
        table.fault(None, None, Message("%(place)s: %(reason)s", place=where, reason=reason))
        return
    except (_Refused, RecursionError) as error:
        table.fault(None, None, DEEP if isinstance(error, RecursionError) else str(error))
        return
    if not isinstance(found, list):
        table.fault(None, None, ROWS)
        return
    _take(table, list(enumerate(found, 1)), limits)


def open_json_lines(table: Table, text: str, limits: TableLimits) -> None:
    """Take an object a line; a row's number is that of its line. A broken line costs itself alone."""
    _take(table, list(_lines(table, text)), limits)


def _lines(table: Table, text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, _parsed(line)
        except json.JSONDecodeError as error:
            _, reason = json_fault(error)
            place = Message("character %(colno)s", colno=error.colno)
            table.fault(number, None, Message("%(place)s: %(reason)s", place=place, reason=reason))
        except _Refused as error:
            table.fault(number, None, str(error))
        except RecursionError:
            table.fault(number, None, DEEP)


def _parsed(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    # Python would keep the last one without a word.
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(Message("an object has the key '%(twice)s' twice; leave one out", twice=twice))
    return made


def _constant(name: str) -> float:
    raise _Refused(Message("%(name)s is no number; leave the value out", name=name))


def _float(text: str) -> float:
    value = float(text)
    # 1e999 becomes infinity, which no slot can print.
    if not math.isfinite(value):
        raise _Refused(Message("%(text)s is too large a number; write it as text", text=text[:20]))
    return value


def _int(text: str) -> int:
    # A thousand digits are no figure of anybody's, and Python refuses 4,300.
    if len(text) > 1000:
        raise _Refused(Message("a number of %(count)s digits; write it as text", count=len(text)))
    return int(text)


def _take(table: Table, objects: Iterable[tuple[int, Any]], limits: TableLimits) -> None:
    kept: list[tuple[int, dict[str, Any]]] = []
    names: dict[str, None] = {}
    for number, one in objects:
        if isinstance(one, dict):
            kept.append((number, one))
            # Columns are all names that any object has, in the order in which they were met.
            names.update(dict.fromkeys(one))
        else:
            table.fault(
                number,
                None,
                Message("%(found)s, where an object of names and values is due", found=_kind(one)),
            )
    rows = (Row(number, tuple(_value(one.get(name)) for name in names)) for number, one in kept)
    name_columns(table, list(names), rows, limits)


def _kind(value: Any) -> str:
    """Say what stands there in the words of JSON."""
    if isinstance(value, str):
        return Message("a text")
    # True is a number to Python
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return Message("a list") if isinstance(value, list) else Message("a number")


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return value.strip() or None
    found: Value = value
    return found
