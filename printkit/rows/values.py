"""Turn a cell into what a slot's kind takes, as the spreadsheet shows it."""

import datetime
import re
from collections.abc import Callable

from printkit.profiles import SlotValue
from printkit.template import Slot, ValueProblem
from printkit.template.language import Language
from printkit.words import Message
from printkit.workspace.tables import Figure, Value

# The day, month and year of a date as people write it: 3.10.2027
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
ONE_DAY = datetime.timedelta(days=1)


def slot_value(value: Value, slot: Slot, language: Language) -> SlotValue | None:
    """Return a cell as its slot reads it, None where it is empty; raise ValueProblem."""
    if value is None:
        return None
    if isinstance(value, bool):
        raise ValueProblem(
            Message(
                "%(value)s is a truth value, which no slot takes; write it as text", value=str(value).upper()
            )
        )
    return _AS.get(slot.kind, _as_text)(value, language)


def _as_text(value: Value, language: Language) -> SlotValue:
    """Write a number, date or time as a text of this language has it."""
    match value:
        case str():
            return value
        case datetime.datetime():
            return language.date_time(value.date(), value.time())
        case datetime.date():
            return language.date(value)
        case datetime.time():
            return language.time(value)
        # What the spreadsheet shows of it cannot be told, and a bare number may be half of what was meant.
        case Figure(known=False):
            shown = f"{value.value:.15g}"
            raise ValueProblem(
                Message(
                    "%(shown)s has a number format with words or signs of its own; write it as text",
                    shown=shown,
                )
            )
        case Figure():
            written = language.percent if value.percent else language.decimal
            return written(value.value, value.decimals)
        case int():
            return language.number(value)
        case float():
            return language.decimal(value, None)
    raise ValueProblem(Message("%(kind)s where text is due; write the words", kind=_kind(value)))


def _as_list(value: Value, language: Language) -> SlotValue:
    if not isinstance(value, list):
        return _as_text(value, language)
    items: list[str] = []
    for one in value:
        if isinstance(one, bool | list | dict) or one is None:
            raise ValueProblem(Message("an item is %(kind)s; write each as text", kind=_kind(one)))
        items.append(str(_as_text(one, language)))  # type: ignore[arg-type]
    return items


def _as_date(value: Value, language: Language) -> SlotValue:
    match value:
        case datetime.datetime():
            raise ValueProblem(
                Message(
                    "%(value)s is a date with a time; a date alone is due", value=f"{value:%Y-%m-%d %H:%M}"
                )
            )
        case datetime.date():
            return value
        case str():
            return _day(value)
        case Figure() | int() | float():
            raise ValueProblem(Message("a number where a date is due; give the cell the format of a date"))
    raise ValueProblem(Message("%(kind)s where a date is due", kind=_kind(value)))


def _day(text: str) -> SlotValue:
    found = _DAY.fullmatch(text)
    # The slot's own check says what is wrong with any other writing.
    if not found:
        return text
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError as error:
        raise ValueProblem(Message("'%(text)s' is no day of the calendar", text=text)) from error


def _as_time(value: Value, language: Language) -> SlotValue:
    match value:
        case datetime.datetime():
            raise ValueProblem(
                Message(
                    "%(value)s is a time with a date; a time alone is due", value=f"{value:%Y-%m-%d %H:%M}"
                )
            )
        case datetime.time():
            # A slot's time has hours and minutes; a spreadsheet's may have more.
            return value.replace(second=0, microsecond=0)
        # The format [h]:mm makes a duration of a time; beyond a day it is one.
        case datetime.timedelta() if datetime.timedelta() <= value < ONE_DAY:
            return (datetime.datetime.min + value).time().replace(second=0, microsecond=0)
        case str():
            return value
        case Figure() | int() | float():
            raise ValueProblem(Message("a number where a time is due; give the cell the format of a time"))
    raise ValueProblem(Message("%(kind)s where a time is due", kind=_kind(value)))


def _as_integer(value: Value, language: Language) -> SlotValue:
    if isinstance(value, Figure):
        # Kept as 0.2, shown as 20 %: neither can be what an integer means.
        if value.percent:
            raise ValueProblem(Message("a percentage where a whole number is due"))
        value = value.value
    if isinstance(value, int | str):
        return value
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        raise ValueProblem(Message("%(value).15g is no whole number", value=value))
    raise ValueProblem(Message("%(kind)s where a whole number is due", kind=_kind(value)))


def _as_image(value: Value, language: Language) -> SlotValue:
    if isinstance(value, dict):
        return {str(key): one if isinstance(one, int | float) else str(one) for key, one in value.items()}
    return _as_exact(value, language)


def _as_exact(value: Value, language: Language) -> SlotValue:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    raise ValueProblem(
        Message("%(kind)s where text is due; give the cell the format of text", kind=_kind(value))
    )


_AS: dict[str, Callable[[Value, Language], SlotValue]] = {
    "choice": _as_exact,
    "date": _as_date,
    "image": _as_image,
    "integer": _as_integer,
    "list": _as_list,
    "qr": _as_exact,
    "time": _as_time,
    "url": _as_exact,
}


def _kind(value: object) -> str:
    match value:
        case datetime.timedelta():
            return "a duration"
        case datetime.date():
            return "a date"
        case datetime.time():
            return "a time"
        case Figure() | int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return Message("an object")
    return Message("an empty value")
