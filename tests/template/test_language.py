"""Dates, times and numbers as each language writes them."""

import datetime

import pytest

from printkit.template.language import Day, Number, date, date_range, date_time, filters, localized, number

MARCH = datetime.date(2026, 3, 14)


def test_norwegian_day_has_a_full_stop_and_a_small_month() -> None:
    assert date(MARCH, "nb") == "14. mars"
    assert date(MARCH, "nb", "full") == "lørdag 14. mars 2026"
    assert date(MARCH, "nn", "year") == "14. mars 2026"


def test_time_follows_the_day() -> None:
    assert date_time(MARCH, datetime.time(18), "nb") == "14. mars kl. 18.00"
    assert date_time(MARCH, datetime.time(18), "en") == "14 March at 18:00"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ((2026, 2, 8), (2026, 2, 12), "8.–12. februar"),
        ((2026, 2, 28), (2026, 3, 3), "28. februar – 3. mars"),
        ((2026, 2, 8), (2026, 2, 8), "8. februar"),
    ],
)
def test_span_says_once_what_both_days_share(
    first: tuple[int, int, int], last: tuple[int, int, int], written: str
) -> None:
    assert date_range(datetime.date(*first), datetime.date(*last), "nb") == written


def test_span_over_new_year_names_both_years() -> None:
    first, last = datetime.date(2026, 12, 30), datetime.date(2027, 1, 2)
    assert date_range(first, last, "nb", "year") == "30. desember 2026 – 2. januar 2027"


def test_large_numbers_are_grouped_by_hard_spaces_and_years_are_not() -> None:
    assert number(10000, "nb") == "10\u00a0000"
    assert number(1234567, "nn") == "1\u00a0234\u00a0567"
    assert number(2026, "nb") == "2026"
    assert number(50000, "en") == "50,000"


def test_values_print_themselves_in_their_language() -> None:
    assert str(Day.of(MARCH, "nb")) == "14. mars"
    assert f"{Number.of(50000, 'nb')}" == "50\u00a0000"
    assert [str(one) for one in localized([MARCH, 12], "nb")] == ["14. mars", "12"]
    assert localized(True, "nb") is True


def test_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="day, year"):
        filters("nb")["date"](MARCH, "short")
