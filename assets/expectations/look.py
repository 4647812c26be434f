"""One look at the warehouse: read every collection, have it judged, keep the outcomes, write the pages."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from assets.expectations.judging import Judged, judge
from assets.expectations.observe import Observed, observe
from assets.expectations.pages import write_pages
from assets.expectations.queries import latest_day
from assets.expectations.store import store
from assets.warehouse.engine import Warehouse
from quality.expectations.model import Limits
from quality.expectations.outcomes import not_judged, outcomes


@dataclass(frozen=True)
class Look:
    """What came of it: the day as of which it was, one outcome for each expectation and row, and the first page."""

    as_of: date
    outcomes: pl.DataFrame
    page: Path


def day_to_look_at(warehouse: Warehouse, day_of_run: date | None) -> date | None:
    """The later of the run's day and the last day received: reprocessing an old day does not make it the present, and
    a day on which nobody sent anything is a day all the same. None when there is neither."""
    return max((day for day in (day_of_run, latest_day(warehouse)) if day), default=None)


def look(warehouse: Warehouse, as_of: date, limits: Limits, docs: Path, now: datetime) -> Look:
    """Judge every collection as of that day, store the outcomes and write the day's pages under docs."""
    observed = observe(warehouse, as_of, limits)
    judged = judge([(each.suite, each.frame) for each in observed if each.frame is not None], as_of, now)
    found = pl.concat([_outcomes(each, judged) for each in observed])
    store(warehouse, as_of, found)
    titles = {each.suite.collection: each.suite.title for each in observed}
    pages = {collection: each.page for collection, each in judged.items()}
    return Look(as_of, found, write_pages(docs, as_of, now, titles, pages, found))


def _outcomes(observed: Observed, judged: dict[str, Judged]) -> pl.DataFrame:
    if observed.frame is None:
        return not_judged(observed.suite, observed.outcome, observed.reason)
    return outcomes(observed.suite, observed.frame, judged[observed.suite.collection].verdicts)
