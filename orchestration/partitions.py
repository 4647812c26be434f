"""The one partition set. Defined here, imported everywhere; nothing else about time belongs here."""

from zoneinfo import ZoneInfo

import dagster as dg

LONDON = ZoneInfo("Europe/London")


def submission_day(first_day: str) -> dg.DailyPartitionsDefinition:
    """One partition per London day of receipt, today included, so that a day can be run as it fills."""
    return dg.DailyPartitionsDefinition(start_date=first_day, timezone="Europe/London", end_offset=1)
