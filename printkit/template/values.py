"""Read slot values: from a profile's TOML with its own types, or from the command line as text."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from printkit.qr import CodeProblem, check_address
from printkit.template.counting import characters, normalized, plain, rich_problem, text_fault, unprintable
from printkit.template.manifest import Slot
from printkit.words import Message, sentence

TEXT = Message("text")


class ValueProblem(ValueError):
    """Say why a value cannot stand in its slot; `too_long`: another format may have the room."""

    def __init__(self, told: str, too_long: bool = False) -> None:
        super().__init__(told)
        self.too_long = too_long


class TooLong(Message):
    """Say how much of a text fits."""


@dataclass(frozen=True)
class Limits:
    """What the layout adds to a slot's own limits."""

    address_characters: int
    max_characters: int | None = None


@dataclass(frozen=True)
class ImageValue:
    """A picture's file, relative to the workspace, and its focus point from the upper left (0 to 1).

    `cropped`: a focus point was given, so the layout may cut off what lies far from it.
    """

    file: str
    x: float = 0.5
    y: float = 0.5
    cropped: bool = False


_Reader = Callable[[Any, Slot, Limits], Any]
_READERS: dict[str, _Reader] = {}


def _reads(*kinds: str) -> Callable[[_Reader], _Reader]:
    def register(reader: _Reader) -> _Reader:
        for kind in kinds:
            if kind in _READERS:
                raise ValueError(f"two readers for slot kind '{kind}'")
            _READERS[kind] = reader
        return reader

    return register


def read_value(value: Any, slot: Slot, limits: Limits) -> Any:
    """Return the value by its slot's kind, or None where it is empty; raise ValueProblem."""
    # An empty field of a form and one that was left out are the same to whoever fills it in.
    if value is None or (isinstance(value, str) and not value.strip()) or value == []:
        return None
    return _READERS[slot.kind](value, slot, limits)


def _text_of(value: Any, wanted: str) -> str:
    if isinstance(value, list | dict):
        raise ValueProblem(_due(value, wanted))
    if not isinstance(value, str):
        raise ValueProblem(
            Message(
                "%(found)s where %(wanted)s is due; put text in quotes", found=_kind(value), wanted=wanted
            )
        )
    text = normalized(value)
    if fault := text_fault(text):
        raise ValueProblem(fault)
    return text


def _due(value: Any, wanted: str) -> str:
    return Message("%(found)s where %(wanted)s is due", found=_kind(value), wanted=wanted)


def _kind(value: Any) -> str:
    """Say what a value is in the words of TOML."""
    match value:
        case bool():
            return Message("true or false")
        case int() | float():
            return Message("a number")
        case list():
            return Message("a list")
        case dict():
            return Message("a table")
        case _:
            return Message("a date or a time")


def _check(problems: Iterator[str]) -> None:
    found = list(problems)
    if found:
        # Told apart, as another format may have the room.
        too_long = any(isinstance(one, TooLong) for one in found)
        raise ValueProblem(found[0] if len(found) == 1 else "; ".join(found), too_long)


@_reads("text", "rich")
def _read_text(value: Any, slot: Slot, limits: Limits) -> str:
    text = _text_of(value, TEXT)
    if slot.kind == "rich" and (problem := rich_problem(text)):
        raise ValueProblem(problem)
    _check(_text_limits(text, slot, limits))
    return text


def _text_limits(text: str, slot: Slot, limits: Limits) -> Iterator[str]:
    # Marks of emphasis are not printed, and so are no characters.
    shown = plain(text) if slot.kind == "rich" else text
    yield from _length(shown, slot, limits)
    lines = text.count("\n") + 1
    # A text is a line unless its slot says otherwise; rich text has paragraphs
    most = slot.max_lines or (1 if slot.kind == "text" else None)
    if most and lines > most:
        yield TooLong("%(count)s lines, %(most)s fit; shorten it", count=lines, most=most)
    if slot.min_lines and lines < slot.min_lines:
        yield Message.plural(
            "%(count)s line, at least %(least)s are due",
            "%(count)s lines, at least %(least)s are due",
            count=lines,
            least=slot.min_lines,
        )
    yield from _pattern(text, slot)


def _length(text: str, slot: Slot, limits: Limits) -> Iterator[str]:
    count = characters(text)
    most = slot.max_characters if limits.max_characters is None else limits.max_characters
    if most is not None and count > most:
        yield TooLong("%(count)s characters, %(most)s fit; shorten it", count=count, most=most)
    if slot.min_characters and count < slot.min_characters:
        least = slot.min_characters
        yield Message.plural(
            "%(count)s character, at least %(least)s are due",
            "%(count)s characters, at least %(least)s are due",
            count=count,
            least=least,
        )


def _pattern(text: str, slot: Slot) -> Iterator[str]:
    if slot.pattern and not re.fullmatch(slot.pattern, text):
        yield Message(
            "'%(text)s' does not match the pattern %(pattern)s", text=text[:40], pattern=slot.pattern
        )


@_reads("list")
def _read_list(value: Any, slot: Slot, limits: Limits) -> list[str] | None:
    # The command line has no comfortable line break, so it takes semicolons
    written = re.split(r"\n" if "\n" in value else ";", value) if isinstance(value, str) else value
    if not isinstance(written, list):
        raise ValueProblem(_due(value, Message("a list")))
    items = [item for item in (_text_of(one, TEXT).strip() for one in written) if item]
    _check(_list_limits(items, slot, limits))
    return items or None


def _list_limits(items: list[str], slot: Slot, limits: Limits) -> Iterator[str]:
    if slot.max_items is not None and len(items) > slot.max_items:
        yield Message("%(count)s items, %(most)s fit; leave some out", count=len(items), most=slot.max_items)
    if slot.min_items and len(items) < slot.min_items:
        yield Message.plural(
            "%(count)s item, at least %(least)s are due",
            "%(count)s items, at least %(least)s are due",
            count=len(items),
            least=slot.min_items,
        )
    for number, item in enumerate(items, 1):
        if "\n" in item:
            yield Message("item %(number)s: an item is one line", number=number)
        for problem in (*_length(item, slot, limits), *_pattern(item, slot)):
            yield Message("item %(number)s: %(problem)s", number=number, problem=problem)


@_reads("date")
def _read_date(value: Any, slot: Slot, limits: Limits) -> datetime.date:
    # A datetime is a date to Python, and its time would be lost unsaid
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(_text_of(value, Message("a date")).strip())
    except ValueError as error:
        raise ValueProblem(
            Message("'%(value)s' is no date; write it as 2026-03-14", value=str(value)[:40])
        ) from error


@_reads("time")
def _read_time(value: Any, slot: Slot, limits: Limits) -> datetime.time:
    if isinstance(value, datetime.time):
        return value
    text = _text_of(value, Message("a time")).strip()
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]00)?", text)
    if not found:
        raise ValueProblem(Message("'%(value)s' is no time of day; write it as 18:00", value=str(value)[:40]))
    return datetime.time(int(found[1]), int(found[2]))


@_reads("integer")
def _read_integer(value: Any, slot: Slot, limits: Limits) -> int:
    # True is an int to Python.
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    digits = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}\b)", "", _text_of(value, Message("a whole number")).strip())
    if not re.fullmatch(r"-?\d{1,15}", digits, re.ASCII):
        raise ValueProblem(Message("'%(value)s' is no whole number", value=str(value)[:40]))
    return int(digits)


@_reads("url")
def _read_url(value: Any, slot: Slot, limits: Limits) -> str:
    text = _address(value, limits)
    _check(iter([*_length(text, slot, limits), *_pattern(text, slot)]))
    return text


@_reads("qr")
def _read_code(value: Any, slot: Slot, limits: Limits) -> str:
    return _address(value, limits)


def _address(value: Any, limits: Limits) -> str:
    try:
        return check_address(_text_of(value, Message("an address")).strip(), limits.address_characters)
    except CodeProblem as error:
        raise ValueProblem(sentence(error)) from error


@_reads("choice")
def _read_choice(value: Any, slot: Slot, limits: Limits) -> str:
    text = _text_of(value, TEXT)
    if text not in slot.choices:
        raise ValueProblem(
            Message(
                "'%(text)s' is no choice; choose %(there)s", text=text[:40], there=", ".join(slot.choices)
            )
        )
    return text


@_reads("image")
def _read_image(value: Any, slot: Slot, limits: Limits) -> ImageValue:
    """Read `{file, x, y}` or text: `assets/photos/hall.jpg` or `assets/photos/hall.jpg@0.5,0.3`."""
    if isinstance(value, str):
        found = re.fullmatch(r"(.+?)(?:@([\d.]+),([\d.]+))?", value.strip())
        file, x, y = found.groups() if found else (value, None, None)
        value = {"file": file, **({"x": x, "y": y} if x and y else {})}
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("file"), str)
        or set(value) - {"file", "x", "y"}
    ):
        raise ValueProblem(Message("a picture is a file, or a table of file, x and y"))
    if strange := unprintable(value["file"]):
        raise ValueProblem(
            Message("the picture's name holds the control character %(strange)s; remove it", strange=strange)
        )
    try:
        focus = [float(value.get(key, 0.5)) for key in ("x", "y")]
    except (TypeError, ValueError) as error:
        raise ValueProblem(Message("the focus point is two numbers from 0 to 1")) from error
    if not all(0 <= part <= 1 for part in focus):
        raise ValueProblem(Message("the focus point lies outside the picture; give two numbers from 0 to 1"))
    return ImageValue(value["file"].lstrip("/"), focus[0], focus[1], "x" in value or "y" in value)
