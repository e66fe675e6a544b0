"""Which day can be reached: approval, print and the van, over weekends and closed days. Pure."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from printkit.profiles.orders import Calendar

DAY = datetime.timedelta(days=1)
# A calendar without any working day for so long is wrong, and must not be searched for ever.
MOST_DAYS = 400


@dataclass(frozen=True)
class Way:
    """The days of an order on its way: approved, printed, and driven out at the latest."""

    approved: datetime.date
    printed: datetime.date
    delivered: datetime.date


def local_day(calendar: Calendar, now: datetime.datetime) -> datetime.date:
    """Return the day that people there have at a moment; the moment carries its own time zone."""
    return now.astimezone(ZoneInfo(calendar.zone)).date()


def is_closed(calendar: Calendar, day: datetime.date) -> bool:
    """Tell whether a day is a holiday or in a closed week."""
    return any(one.first <= day <= (one.last or one.first) for one in calendar.closed)


def is_working(calendar: Calendar, day: datetime.date) -> bool:
    """Tell whether people approve and printers print on a day."""
    return day.isoweekday() in calendar.working_days and not is_closed(calendar, day)


def way(calendar: Calendar, begun: datetime.date, print_days: int, *, approved: bool = False) -> Way:
    """Return the way of an order that begins on a day: each count of working days begins on the day after."""
    approval = begun if approved else _later(calendar, begun, calendar.approval_days)
    printed = _later(calendar, approval, print_days)
    # From the day after: what is printed on a day is there for the next one's van
    return Way(approval, printed, _next(calendar, _after(printed), calendar.van_days))


def last_safe_day(calendar: Calendar, needed_by: datetime.date, print_days: int) -> datetime.date | None:
    """Return the last day to submit, so that all arrives in time; None where none in a year does."""
    last = needed_by.toordinal()
    # By number, as somebody may type the first year there is, before which no day comes
    for day in map(datetime.date.fromordinal, range(last, max(last - MOST_DAYS, 0), -1)):
        # A day on which somebody is there to take it.
        if is_working(calendar, day) and way(calendar, day, print_days).delivered <= needed_by:
            return day
    return None


def _later(calendar: Calendar, day: datetime.date, count: int) -> datetime.date:
    """Return the day that so many working days end on."""
    for _ in range(count):
        day = _next(calendar, _after(day), calendar.working_days)
    return day


def _after(day: datetime.date) -> datetime.date:
    """Return the day after; of the last that a date can be, itself."""
    return day + DAY if day < datetime.date.max else day


def _next(calendar: Calendar, day: datetime.date, weekdays: Collection[int]) -> datetime.date:
    for _ in range(MOST_DAYS):
        if day.isoweekday() in weekdays and not is_closed(calendar, day):
            return day
        day = _after(day)
    return day
