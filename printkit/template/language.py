"""Dates, times and numbers in the forms of each language, by Babel's data.

Norwegian: `14. mars kl. 18.00`, `8.–12. februar`, `10 000` with a hard space (sprakradet.no).
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self, TypeVar

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from printkit.profiles import Language

T = TypeVar("T")

HARD_SPACE = "\u00a0"
# Four digits stand together, as years do.
GROUPED_FROM = 10_000


class _Forms(NamedTuple):
    locale: str
    styles: Mapping[str, str]
    day: str
    time: str
    at: str


_NORWEGIAN = {
    "day": "d. MMMM",
    "year": "d. MMMM y",
    "weekday": "EEEE d. MMMM",
    "full": "EEEE d. MMMM y",
    "month": "MMMM y",
}
_ENGLISH = {style: pattern.replace(".", "") for style, pattern in _NORWEGIAN.items()}

_FORMS: dict[str, _Forms] = {
    "nb": _Forms("nb_NO", _NORWEGIAN, "d.", "%H.%M", "kl."),
    "nn": _Forms("nn_NO", _NORWEGIAN, "d.", "%H.%M", "kl."),
    "en": _Forms("en_GB", _ENGLISH, "d", "%H:%M", "at"),
}


def date(value: datetime.date, language: Language, style: str = "day") -> str:
    """Write a date: style day, weekday, year, full or month."""
    forms = _FORMS[language]
    if style not in forms.styles:
        raise ValueError(f"unknown style '{style}' of date; known: {', '.join(forms.styles)}")
    return format_date(value, forms.styles[style], locale=forms.locale)


def date_range(first: datetime.date, last: datetime.date, language: Language, style: str = "day") -> str:
    """Write two dates as one span; what both share stands once."""
    forms = _FORMS[language]
    if first == last:
        return date(last, language, style)
    if (first.year, first.month) == (last.year, last.month) and style in ("day", "year"):
        day = format_date(first, forms.day, locale=forms.locale)
        return f"{day}–{date(last, language, style)}"
    opening = "day" if style == "year" and first.year == last.year else style
    return f"{date(first, language, opening)} – {date(last, language, style)}"


def time(value: datetime.time, language: Language) -> str:
    return value.strftime(_FORMS[language].time)


def date_time(day: datetime.date, hour: datetime.time, language: Language) -> str:
    return f"{date(day, language)} {_FORMS[language].at} {time(hour, language)}"


def number(value: int, language: Language) -> str:
    """Write a whole number, grouped by hard spaces (English: commas) from five digits on."""
    if abs(value) < GROUPED_FROM:
        return str(int(value))
    text = format_decimal(int(value), locale=_FORMS[language].locale)
    return text if language == "en" else "".join(HARD_SPACE if one.isspace() else one for one in text)


def decimal(value: float, language: Language, decimals: int | None) -> str:
    """Write a number with so many decimals, None for as many as it has; whole ones as `number` does."""
    if decimals in (0, None) and float(value).is_integer():
        return number(int(value), language)
    pattern = "0.##########" if decimals is None else f"0.{'0' * decimals}"
    return format_decimal(
        value, pattern if abs(value) < GROUPED_FROM else "#,##" + pattern, _FORMS[language].locale
    )


def percent(value: float, language: Language, decimals: int | None) -> str:
    """Write a share as a percentage: 0.25 is 25 %, with so many decimals."""
    sign = "%" if language == "en" else f"{HARD_SPACE}%"
    pattern = "0" + ("." + "0" * decimals if decimals else "") + sign
    return format_percent(value, pattern, locale=_FORMS[language].locale)


class Day(datetime.date):
    """A date that prints itself in its language."""

    language: Language

    @classmethod
    def of(cls, value: datetime.date, language: Language) -> Self:
        day = cls(value.year, value.month, value.day)
        day.language = language
        return day

    def __str__(self) -> str:
        return date(self, self.language)


class Hour(datetime.time):
    """A time of day that prints itself in its language."""

    language: Language

    @classmethod
    def of(cls, value: datetime.time, language: Language) -> Self:
        hour = cls(value.hour, value.minute)
        hour.language = language
        return hour

    def __str__(self) -> str:
        return time(self, self.language)


class Number(int):
    """A whole number that prints itself in its language."""

    language: Language

    @classmethod
    def of(cls, value: int, language: Language) -> Self:
        whole = cls(value)
        whole.language = language
        return whole

    def __str__(self) -> str:
        return number(self, self.language)

    def __format__(self, spec: str) -> str:
        return str(self) if not spec else super().__format__(spec)


def localized(value: Any, language: Language) -> Any:
    """Return dates, times and whole numbers so that they print themselves in `language`."""
    match value:
        case bool():
            return value
        case int():
            return Number.of(value, language)
        case datetime.time():
            return Hour.of(value, language)
        case datetime.date():
            return Day.of(value, language)
        case list() | tuple():
            return [localized(item, language) for item in value]
    return value


def filters(language: Language) -> dict[str, Callable[..., str]]:
    """Return the Jinja filters `date`, `date_range`, `date_time`, `time` and `number`."""

    def of(value: Any, kind: type[T]) -> T:
        if not isinstance(value, kind):
            raise TypeError(f"a {kind.__name__} is due, not {value!r}")
        return value

    day, hour = datetime.date, datetime.time
    return {
        "date": lambda value, style="day": date(of(value, day), language, style),
        "date_range": lambda first, last, style="day": date_range(
            of(first, day), of(last, day), language, style
        ),
        "date_time": lambda first, at: date_time(of(first, day), of(at, hour), language),
        "time": lambda value: time(of(value, hour), language),
        "number": lambda value: number(of(value, int), language),
    }
