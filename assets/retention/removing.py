"""Removing what landing and lake have kept for long enough. The warehouse keeps what it learnt from it.

Each step can be done again: what goes is written down first (removed.py), and a run that was killed is finished by the
next one, which finds files of days that count as gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assets.lake import day_folder, return_partition
from assets.retention.removed import Removal
from assets.stores import Stores
from assets.submissions.moments import LONDON


@dataclass(frozen=True)
class Aged:
    """What is older than the period: counts of files, and which days and returns they are of."""

    kept_from: date
    days: tuple[str, ...]
    returns: dict[str, str]
    superseded: tuple[str, ...]  # keys of landings of returns that later ones took the place of
    files: int
    bytes: int


def months_earlier(day: date, months: int) -> date:
    """The same day of the month so many months before, or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"{day} has no day {months} months earlier")


def aged(stores: Stores) -> Aged:
    """What the period of retention no longer covers, today."""
    kept_from = months_earlier(stores.now().astimezone(LONDON).date(), stores.deployment.retention_months)
    landed = [str(day) for day in stores.landing.days()]
    days = tuple(sorted(day for day in {*landed, *stores.lake.days()} if day < kept_from.isoformat()))
    returns, superseded = {}, []
    for return_id in stores.returns_landing.return_ids():
        landings = stores.returns_landing.landings(return_id)
        old = [each for each in landings if each.received_at.astimezone(LONDON).date() < kept_from]
        if landings and len(old) == len(landings):
            returns[return_id] = landings[-1].received_at.isoformat()
        superseded += [each.key for each in old]
    found = Aged(kept_from, days, returns, tuple(superseded), 0, 0)
    sizes = [stores.landing.size_of(key) for key in _landed_keys(stores, found)]
    return replace(found, files=len(sizes), bytes=sum(sizes))


def remove(stores: Stores, what: Aged) -> None:
    """Write down what goes, then remove it: from the lake first, so that no reader finds half of it, then landing."""
    if what.days or what.returns or what.superseded:
        now = stores.now()
        removal = Removal(now.isoformat(), what.kept_from.isoformat(), what.days, what.returns, what.files, what.bytes)
        stores.removals.add(removal, now)
    for number, day in enumerate(what.days, 1):
        stores.lake.remove_in(day_folder(day), stores.lake.members(day_folder(day)))
        stores.landing.remove_day(day)
        if number % 100 == 0:
            stores.progress(f"removed {number} of {len(what.days)} submission days")
    for return_id in what.returns:
        stores.lake.remove(return_partition(return_id))
    for key in what.superseded:
        stores.returns_landing.remove(key)


def _landed_keys(stores: Stores, what: Aged) -> Iterator[str]:
    for day in what.days:
        yield from (batch.key for batch in stores.landing.batches(day))
    yield from what.superseded
