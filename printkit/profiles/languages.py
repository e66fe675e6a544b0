"""Languages: which there are, and in which forms one writes dates and numbers otherwise than CLDR says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from printkit.errors import WorkspaceError
from printkit.profiles.base import Model, Title, shaped
from printkit.words import Message

if TYPE_CHECKING:
    from babel import Locale

FOLDER = "profiles/languages/"
LanguageTag = Annotated[
    str,
    shaped(
        r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$", "a language's tag (BCP 47) in small letters, as pl, se or zh-hant"
    ),
    Field(max_length=40),
]
Pattern = Annotated[str, Field(min_length=1, max_length=60)]
# What CLDR has where nobody has told it the months of a language
UNNAMED = "M01"


class DatePatterns(Model):
    """Give patterns of CLDR, as `d. MMMM`, for the styles of a date."""

    day: Annotated[Pattern | None, Field(description="day and month")] = None
    weekday: Annotated[Pattern | None, Field(description="weekday, day and month")] = None
    year: Annotated[Pattern | None, Field(description="day, month and year")] = None
    full: Annotated[Pattern | None, Field(description="weekday, day, month and year")] = None
    month: Annotated[Pattern | None, Field(description="month and year")] = None


class LanguageForms(Model):
    """Say in which forms a language writes; what is left out is CLDR's."""

    id: LanguageTag
    locale: Annotated[LanguageTag | None, Field(description="whose data of CLDR are used; else its own")] = (
        None
    )
    # Made when it is needed: pydantic builds a model for its first instance, which takes 20 ms at a start
    dates: DatePatterns = Field(default_factory=DatePatterns, description="patterns of CLDR by style")
    time: Annotated[Pattern | None, Field(description="pattern of CLDR for a time of day, as HH:mm")] = None
    date_time: Annotated[
        Pattern | None, Field(description="a day and a time: {date} and {time} with words between")
    ] = None
    grouped_from: Annotated[
        int, Field(ge=1000, description="whole numbers from here on have their digits in groups")
    ] = 1000
    months: Annotated[
        tuple[Title, ...] | None, Field(min_length=12, max_length=12, description="where CLDR has none")
    ] = None
    weekdays: Annotated[
        tuple[Title, ...] | None,
        Field(min_length=7, max_length=7, description="from Monday, where CLDR has none"),
    ] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.date_time and not ("{date}" in self.date_time and "{time}" in self.date_time):
            raise ValueError(Message("date_time needs {date} and {time}"))
        return self


def locale_of(tag: str, forms: Mapping[str, LanguageForms]) -> "Locale | None":
    """Return CLDR's data for a language, or None where it has none."""
    # Who lists what a workspace has needs nothing of CLDR.
    from babel import Locale, UnknownLocaleError

    own = forms.get(tag)
    try:
        # Without likely subtags: a tag that CLDR lacks would otherwise pass as some other language's
        return Locale.parse((own and own.locale) or tag, sep="-", resolve_likely_subtags=False)
    except (UnknownLocaleError, ValueError):
        return None


def script_of(locale: "Locale") -> str:
    """Return the code of the script that a language is written in (ISO 15924), or nothing."""
    return locale.script or next((part for part in _likely(locale) if len(part) == 4), "")


def territory_of(locale: "Locale") -> str:
    """Return the code of the country where a language is most at home (ISO 3166), or nothing."""
    return locale.territory or next((part for part in _likely(locale) if len(part) == 2), "")


def _likely(locale: "Locale") -> list[str]:
    """Return the script and country that CLDR finds likely for a language: ar is ar_Arab_EG."""
    from babel.core import get_global

    return str(get_global("likely_subtags").get(locale.language, "")).split("_")[1:]


def language_problem(tag: str, forms: Mapping[str, LanguageForms]) -> str | None:
    """Say why nothing can be printed in a language."""
    locale, file = locale_of(tag, forms), f"{FOLDER}{tag}.toml"
    if locale is None:
        return Message(
            "CLDR has no language '%(tag)s'; correct the tag, or name a locale like it in %(file)s",
            tag=tag,
            file=file,
        )
    own = forms.get(tag)
    # CLDR numbers the months where nobody has named them, which print must not show.
    unnamed = locale.months["format"]["wide"][1] == UNNAMED
    if unnamed and not (own and own.months and own.weekdays):
        return Message(
            "the months of language '%(tag)s' are not known (CLDR); give months and weekdays in %(file)s",
            tag=tag,
            file=file,
        )
    return None


def check_languages(
    named: Iterable[tuple[str, str, str]], forms: Mapping[str, LanguageForms]
) -> Iterator[WorkspaceError]:
    """Yield the languages that nothing supports, of those that a file names under a key."""
    for file, key, tag in named:
        if problem := language_problem(tag, forms):
            yield WorkspaceError(file, key, problem)
