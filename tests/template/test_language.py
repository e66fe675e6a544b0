"""Dates, times and numbers as each language writes them."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.profiles import LanguageForms, Profiles, load_profiles
from printkit.template.language import Day, Language, Number, filters, localized
from printkit.workspace import Workspace

MARCH, LATER = datetime.date(2026, 3, 14), datetime.date(2026, 3, 18)
EVENING = datetime.time(18)
SPACE = "\u00a0"
GROUPED = f"10{SPACE}000"
NAMED = tuple("abcdefghijkl")


@pytest.fixture(scope="module")
def profiles(repository: Path) -> Profiles:
    return load_profiles(Workspace(repository))


def plain(text: str) -> str:
    """Return a text with all its blanks alike."""
    return text.replace(SPACE, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("nb", "lørdag 14._mars kl._18.00"),
        ("en", "Saturday 14_March at_18:00"),
        ("pl", "sobota, 14_marca 18:00"),
        ("se", "njukčamánnu_14, lávvardat 18:00"),
    ],
)
def test_no_line_ends_within_a_date_or_before_its_hour(profiles: Profiles, tag: str, written: str) -> None:
    language = Language.of(profiles, tag)
    day = language.date(MARCH, "weekday") + language.date_time(MARCH, EVENING).removeprefix(
        language.date(MARCH)
    )
    assert day.replace(SPACE, "_") == written


@pytest.mark.parametrize(
    ("tag", "day", "full", "span", "hour", "thousands"),
    [
        ("nb", "14. mars", "lørdag 14. mars 2026", "14.–18. mars", "14. mars kl. 18.00", GROUPED),
        ("nn", "14. mars", "laurdag 14. mars 2026", "14.–18. mars", "14. mars kl. 18.00", GROUPED),
        ("en", "14 March", "Saturday 14 March 2026", "14–18 March", "14 March at 18:00", "10,000"),
        # These have no file in profiles/languages: all is CLDR's.
        ("pl", "14 marca", "sobota, 14 marca 2026", "14–18 marca", "14 marca 18:00", GROUPED),
        ("uk", "14 березня", "субота, 14 березня 2026 р.", "14–18 березня", "14 березня, 18:00", GROUPED),
        (
            "se",
            "njukčamánnu 14",
            "2026 njukčamánnu 14, lávvardat",
            "njukčamánnu 14–18",
            "njukčamánnu 14 18:00",
            GROUPED,
        ),
        ("ar", "14 مارس", "السبت، 14 مارس 2026", "14–18 مارس", "14 مارس، 6:00 م", "10,000"),
    ],
)
def test_each_language_has_its_own_forms(
    profiles: Profiles, tag: str, day: str, full: str, span: str, hour: str, thousands: str
) -> None:
    language = Language.of(profiles, tag)
    assert plain(language.date(MARCH)) == day
    assert plain(language.date(MARCH, "full")) == full
    assert plain(language.date_range(MARCH, LATER)) == span
    assert plain(language.date_time(MARCH, EVENING)) == hour
    assert language.number(10000) == thousands


@pytest.mark.parametrize(("tag", "written"), [("nb", "8.–12. februar 2026"), ("se", "2026 guovvamánnu 8–12")])
def test_two_days_of_a_month_stand_where_the_day_has_its_place(
    profiles: Profiles, tag: str, written: str
) -> None:
    first, last = datetime.date(2026, 2, 8), datetime.date(2026, 2, 12)
    assert plain(Language.of(profiles, tag).date_range(first, last, "year")) == written


@pytest.mark.parametrize(
    ("first", "last", "style", "written"),
    [
        ((2026, 2, 28), (2026, 3, 3), "day", "28. februar – 3. mars"),
        ((2026, 2, 8), (2026, 2, 8), "day", "8. februar"),
        ((2026, 12, 30), (2027, 1, 2), "year", "30. desember 2026 – 2. januar 2027"),
        ((2026, 11, 30), (2026, 12, 2), "year", "30. november – 2. desember 2026"),
        ((2026, 2, 8), (2026, 2, 12), "weekday", "søndag 8. februar – torsdag 12. februar"),
    ],
)
def test_a_span_says_once_what_both_days_share(
    profiles: Profiles, first: tuple[int, int, int], last: tuple[int, int, int], style: str, written: str
) -> None:
    language = Language.of(profiles, "nb")
    assert plain(language.date_range(datetime.date(*first), datetime.date(*last), style)) == written


def test_years_are_not_grouped_where_a_language_says_so(profiles: Profiles) -> None:
    numbers = [Language.of(profiles, tag).number(2026) for tag in ("nb", "en", "pl")]
    assert numbers == ["2026", "2026", f"2{SPACE}026"]


@pytest.mark.parametrize(("tag", "way"), [("nb", "ltr"), ("ar", "rtl"), ("ur", "rtl"), ("zh-hant", "ltr")])
def test_the_script_says_which_way_lines_run(profiles: Profiles, tag: str, way: str) -> None:
    assert Language.of(profiles, tag).direction == way


def test_a_language_that_cldr_cannot_name_gets_its_names_from_its_file(profiles: Profiles) -> None:
    own = LanguageForms(id="sma", months=NAMED, weekdays=("x's",) * 7)
    language = Language.of(replace(profiles, languages={"sma": own}), "sma")
    assert plain(language.date(MARCH, "full")) == "2026 c 14, x's"


def test_values_print_themselves_in_their_language(profiles: Profiles) -> None:
    nb = Language.of(profiles, "nb")
    assert str(Day.of(MARCH, nb)) == f"14.{SPACE}mars"
    assert f"{Number.of(50000, nb)}" == f"50{SPACE}000"
    assert [str(one) for one in localized([MARCH, 12], nb)] == [f"14.{SPACE}mars", "12"]
    assert localized(True, nb) is True


def test_unknown_style_names_the_known_ones(profiles: Profiles) -> None:
    with pytest.raises(ValueError, match="day, weekday, year"):
        filters(Language.of(profiles, "nb"))["date"](MARCH, "short")


@pytest.mark.parametrize(("tag", "word"), [("nb", "kl."), ("nn", "kl."), ("fi", ""), ("en", ""), ("ja", "")])
def test_an_hour_has_the_abbreviation_before_it_that_its_language_writes(
    profiles: Profiles, tag: str, word: str
) -> None:
    assert Language.of(profiles, tag).before_hour == word
