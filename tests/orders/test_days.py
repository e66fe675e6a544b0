"""Days over weekends, closed days and the van; the clock of people, at both ends of summer time."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.orders.days import is_working, last_safe_day, local_day, way
from printkit.profiles.orders import Calendar, Closed

EASTER = Closed(first=datetime.date(2027, 3, 25), last=datetime.date(2027, 3, 29), name="Påske")
CALENDAR = Calendar(
    zone="Europe/Oslo", working_days=(1, 2, 3, 4, 5), van_days=(2, 4), approval_days=2, closed=(EASTER,)
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("begun", "approved", "printed", "delivered"),
    [
        # Monday: approved on Wednesday, five working days, the van on Thursday.
        ("2027-03-01", "2027-03-03", "2027-03-10", "2027-03-11"),
        # Printed on Tuesday: that day's van has left, Thursday's takes it.
        ("2027-02-26", "2027-03-02", "2027-03-09", "2027-03-11"),
        # Easter lies between.
        ("2027-03-22", "2027-03-24", "2027-04-05", "2027-04-06"),
    ],
)
def test_an_order_takes_its_working_days(begun: str, approved: str, printed: str, delivered: str) -> None:
    found = way(CALENDAR, day(begun), 5)
    assert (found.approved, found.printed, found.delivered) == (day(approved), day(printed), day(delivered))


@given(needed=st.dates(day("2027-01-01"), day("2027-12-31")), days=st.integers(0, 10))
def test_the_last_safe_day_is_safe_and_the_last(needed: datetime.date, days: int) -> None:
    last = last_safe_day(CALENDAR, needed, days)
    assert last is not None
    assert way(CALENDAR, last, days).delivered <= needed
    later = (last + datetime.timedelta(more) for more in range(1, 12))
    working = [one for one in later if one <= needed and is_working(CALENDAR, one)]
    assert [one for one in working if way(CALENDAR, one, days).delivered <= needed] == []


def test_the_first_and_the_last_day_that_there_is_are_no_end() -> None:
    assert last_safe_day(CALENDAR, datetime.date.min, 5) is None
    assert last_safe_day(CALENDAR, datetime.date.max, 5) is not None
    assert way(CALENDAR, datetime.date.max, 5).delivered == datetime.date.max


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        # Summer time begins on 28 March 2027 and ends on 31 October, each at 01:00 UTC.
        ("2027-03-27T22:59:00+00:00", "2027-03-27"),
        ("2027-03-27T23:00:00+00:00", "2027-03-28"),
        ("2027-03-28T21:59:00+00:00", "2027-03-28"),
        ("2027-03-28T22:00:00+00:00", "2027-03-29"),
        ("2027-10-31T22:59:00+00:00", "2027-10-31"),
        ("2027-12-31T23:00:00+00:00", "2028-01-01"),
    ],
)
def test_the_day_is_that_of_the_people(moment: str, there: str) -> None:
    assert local_day(CALENDAR, datetime.datetime.fromisoformat(moment)) == day(there)
