"""When something was received: UTC moments, the London day they fall on, and their form in a file name.

Which days exist as partitions is not decided here.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_STAMP = "%Y%m%dT%H%M%S.%fZ"


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for one that does not say its time zone."""
    if moment.tzinfo is None:
        raise ValueError("a received time must say its time zone, for example 2026-03-31T09:30:00Z")
    return moment.astimezone(UTC)


def submission_day(moment: datetime) -> date:
    """The Europe/London date on which something was received."""
    return as_utc(moment).astimezone(LONDON).date()


def stamp(moment: datetime) -> str:
    """A moment for a file name: sorts as time does, to the microsecond, without colons."""
    return as_utc(moment).strftime(_STAMP)


def unstamp(text: str) -> datetime:
    """The moment in a file name. Raises ValueError when the text is no such stamp."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or stamp(moment) != text:
        raise ValueError("a stamp must be as stamp makes it, for example 20260331T093000.000000Z")
    return moment


def as_day(day: date | str) -> date:
    """A day given as a date or as YYYY-MM-DD. Raises ValueError for anything else."""
    return day if isinstance(day, date) else date.fromisoformat(day)
