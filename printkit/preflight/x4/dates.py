"""Dates as Info and XMP write them, and whether two are the same."""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from printkit.content import text_of

# ISO 32000-1, 7.9.4
_INFO = re.compile(
    r"(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?)?)?"
    r"(?:([Zz+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?\s*"
)
# XMP specification, part 1, 8.2.1.2
_XMP = re.compile(
    r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
    r"(?:([Zz+-])(?:(\d\d):?(\d\d))?)?)?)?)?\s*"
)
# What stands for what a date leaves out; a year it must have
_FIRST = (1, 1, 1, 0, 0, 0)


def from_info(text: Any) -> datetime | None:
    """Return a date of Info, None where it is none; without a time zone where it names none."""
    return None if text is None else _read(_INFO, text_of(text))


def from_xmp(text: Any) -> datetime | None:
    """Return a date of XMP to the second, as `from_info` does."""
    return _read(_XMP, text) if isinstance(text, str) else None


def same(one: datetime, other: datetime) -> bool:
    """Tell whether two dates are the same; where one has no time zone, by the clock alone."""
    # Some programs write Info by the clock on the wall and XMP with its zone
    if one.tzinfo is None or other.tzinfo is None:
        return one.replace(tzinfo=None) == other.replace(tzinfo=None)
    return one == other


def _read(pattern: re.Pattern[str], text: str) -> datetime | None:
    found = pattern.fullmatch(text)
    if found is None:
        return None
    parts = zip(found.group(1, 2, 3, 4, 5, 6), _FIRST, strict=True)
    year, month, day, hour, minute, second = (int(part) if part else first for part, first in parts)
    sign, hours, minutes = found.group(7, 8, 9)
    try:
        zone = None
        if sign:
            away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
            zone = timezone(-away if sign == "-" else away)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
