"""The date that an output carries: an input like any other, never the clock where something else is said."""

import datetime
import os

from printkit.errors import WorkspaceError
from printkit.profiles.people import Campaign
from printkit.words import Message

ENVIRONMENT = "SOURCE_DATE_EPOCH"


def output_date(campaign: Campaign | None, chosen: datetime.date | None = None) -> datetime.datetime:
    """Return SOURCE_DATE_EPOCH, else the campaign's date, else `chosen`, else today, each at midnight UTC."""
    # The convention of reproducible builds: who builds again wants the same bytes on another day
    stated = os.environ.get(ENVIRONMENT)
    if stated:
        return _from_epoch(stated)
    day = (campaign.date if campaign else None) or chosen or datetime.datetime.now(datetime.UTC).date()
    # At midnight: an hour would make files of one day differ.
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _from_epoch(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise WorkspaceError(
            ENVIRONMENT, None, Message("'%(text)s' is not a number of seconds since 1970", text=text)
        ) from error
