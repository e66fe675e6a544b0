"""Dates, times and numbers in the forms of each language: by Babel and profiles/languages."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, TypeVar

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent

from printkit.profiles import LanguageForms, Profiles, locale_of, script_of
from printkit.words import Message, capital

T = TypeVar("T")

HARD_SPACE = "\u00a0"
# The blank between a day and the name of its month, in a pattern of CLDR: no line ends there.
_HELD = re.compile(r"(?<=d|\.) (?=[ML]{3})|(?<=[ML]{3}) (?=d)")
STYLES = ("day", "weekday", "year", "full", "month")
# The day in a pattern, with the full stop that some languages give it; what stands in quotes is text.
_DAY = re.compile(r"('[^']*')|d{1,2}\.?")
_NAMES = re.compile(r"('[^']*')|MMMM|LLLL|EEEE|cccc")


def own_name(tag: str) -> str:
    """Return what a language is called in itself, its tag where CLDR does not know that."""
    try:
        return capital(Locale.parse(tag, sep="-").get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag


@dataclass(frozen=True)
class Language:
    """Write in one language; `tag` is its name by BCP 47."""

    tag: str
    locale: Locale
    forms: LanguageForms

    @classmethod
    def of(cls, profiles: Profiles, tag: str) -> Self:
        """Return a language that was found to be supported when the profiles were loaded."""
        locale = locale_of(tag, profiles.languages)
        if locale is None:
            raise ValueError(Message("no data for language '%(tag)s'", tag=tag))
        return cls(tag, locale, profiles.languages.get(tag) or LanguageForms(id=tag))

    @property
    def direction(self) -> str:
        """Return `rtl` where lines run from right to left, else `ltr`."""
        return str(self.locale.text_direction)

    @cached_property
    def letters(self) -> frozenset[str]:
        """Return the letters of the names of its months and weekdays."""
        named = (*(self.forms.months or ()), *(self.forms.weekdays or ()))
        if not named:
            named = (
                *self.locale.months["format"]["wide"].values(),
                *self.locale.days["format"]["wide"].values(),
            )
        return frozenset(one for word in named for one in word if one.isalpha())

    @property
    def script(self) -> str:
        """Return the code of its script (ISO 15924)."""
        return script_of(self.locale)

    @cached_property
    def patterns(self) -> dict[str, str]:
        """Return the pattern of each style of a date."""
        formats, skeletons = self.locale.date_formats, self.locale.datetime_skeletons
        day, year, full = (str(one) for one in (skeletons["MMMMd"], formats["long"], formats["full"]))
        # CLDR has no weekday with a month in full and without a year: it stands as where there is one.
        found = {"day": day, "weekday": full.replace(year, day), "year": year, "full": full}
        found["month"] = str(skeletons["yMMMM"])
        found |= self.forms.dates.model_dump(exclude_none=True)
        return {style: _HELD.sub(HARD_SPACE, pattern) for style, pattern in found.items()}

    def date(self, value: datetime.date, style: str = "day") -> str:
        """Write a date: style day, weekday, year, full or month."""
        return self._written(value, self._pattern(style))

    def date_range(self, first: datetime.date, last: datetime.date, style: str = "day") -> str:
        """Write two dates as one span; what both share stands once."""
        if first == last:
            return self.date(last, style)
        if (first.year, first.month) == (last.year, last.month) and style in ("day", "year"):
            return self._days(first, last, self._pattern(style))
        # The year once, behind the second date
        opening = "day" if style == "year" and first.year == last.year else style
        return f"{self.date(first, opening)} – {self.date(last, style)}"

    def time(self, value: datetime.time) -> str:
        return format_time(value, self.forms.time or "short", locale=self.locale)

    def date_time(self, day: datetime.date, hour: datetime.time) -> str:
        written = {"date": self.date(day), "time": self.time(hour)}
        if self.forms.date_time:
            return self.forms.date_time.format(**written)
        pattern = str(self.locale.datetime_formats["long"]).replace("'", "")
        return pattern.format(written["time"], written["date"])

    @cached_property
    def before_hour(self) -> str:
        """Return the abbreviation that stands before an hour, as `kl.`; empty where there is none."""
        hour = "\0"
        if self.forms.date_time:
            written = self.forms.date_time.format(date="", time=hour)
        else:
            written = str(self.locale.datetime_formats["long"]).replace("'", "").format(hour, "")
        word = written.partition(hour)[0].split()[-1:]
        return word[0] if word and word[0][:1].isalpha() and word[0].endswith(".") else ""

    def number(self, value: int) -> str:
        """Write a whole number; blanks between groups of digits are hard spaces."""
        if abs(value) < self.forms.grouped_from:
            return str(int(value))
        # CLDR has narrow blanks too, which many fonts lack
        text = format_decimal(int(value), locale=self.locale)
        return "".join(HARD_SPACE if one.isspace() else one for one in text)

    def decimal(self, value: float, decimals: int | None) -> str:
        """Write a number with so many decimals, None for as many as it has; whole ones as `number` does."""
        if decimals in (0, None) and float(value).is_integer():
            return self.number(int(value))
        pattern = "0.##########" if decimals is None else f"0.{'0' * decimals}"
        grouped = pattern if abs(value) < self.forms.grouped_from else "#,##" + pattern
        return format_decimal(value, grouped, self.locale)

    def percent(self, value: float, decimals: int | None) -> str:
        """Write a share as a percentage: 0.25 is 25 %, with so many decimals."""
        places = "0." + "0" * decimals if decimals else "0"
        pattern = str(self.locale.percent_formats[None].pattern).replace("#,##0", places)
        return format_percent(value, pattern, self.locale)

    def _pattern(self, style: str) -> str:
        if style not in STYLES:
            raise ValueError(
                Message(
                    "unknown style '%(style)s' of date; known: %(styles)s",
                    style=style,
                    styles=", ".join(STYLES),
                )
            )
        return self.patterns[style]

    def _written(self, value: datetime.date, pattern: str) -> str:
        named = _NAMES.sub(lambda found: self._named(found, value), pattern)
        return format_date(value, named, locale=self.locale)

    def _named(self, found: re.Match[str], value: datetime.date) -> str:
        """Return the name that the language's own file gives a month or a weekday, as text of a pattern."""
        names = self.forms.months if found[0][0] in "ML" else self.forms.weekdays
        if found[1] or names is None:
            return found[0]
        name = names[value.month - 1 if found[0][0] in "ML" else value.weekday()]
        return "'" + name.replace("'", "''") + "'"

    def _days(self, first: datetime.date, last: datetime.date, pattern: str) -> str:
        """Write two days of one month: both stand where a pattern has its day."""

        def both(found: re.Match[str]) -> str:
            if found[1]:
                return found[0]
            days = (format_date(one, found[0], locale=self.locale) for one in (first, last))
            return f"'{'–'.join(days)}'"

        return self._written(last, _DAY.sub(both, pattern))


class Day(datetime.date):
    """A date that prints itself in its language."""

    language: Language

    @classmethod
    def of(cls, value: datetime.date, language: Language) -> Self:
        day = cls(value.year, value.month, value.day)
        day.language = language
        return day

    def __str__(self) -> str:
        return self.language.date(self)


class Hour(datetime.time):
    """A time of day that prints itself in its language."""

    language: Language

    @classmethod
    def of(cls, value: datetime.time, language: Language) -> Self:
        hour = cls(value.hour, value.minute)
        hour.language = language
        return hour

    def __str__(self) -> str:
        return self.language.time(self)


class Number(int):
    """A whole number that prints itself in its language."""

    language: Language

    @classmethod
    def of(cls, value: int, language: Language) -> Self:
        whole = cls(value)
        whole.language = language
        return whole

    def __str__(self) -> str:
        return self.language.number(self)

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


FILTERS = ("date", "date_range", "date_time", "time", "number")


def filters(language: Language) -> dict[str, Callable[..., str]]:
    """Return the Jinja filters, by the names of FILTERS."""

    def of(value: Any, kind: type[T]) -> T:
        if not isinstance(value, kind):
            raise TypeError(Message("a %(name)s is due, not %(value)r", name=kind.__name__, value=value))
        return value

    day, hour = datetime.date, datetime.time
    return {
        "date": lambda value, style="day": language.date(of(value, day), style),
        "date_range": lambda first, last, style="day": language.date_range(
            of(first, day), of(last, day), style
        ),
        "date_time": lambda first, at: language.date_time(of(first, day), of(at, hour)),
        "time": lambda value: language.time(of(value, hour)),
        "number": lambda value: language.number(of(value, int)),
    }
