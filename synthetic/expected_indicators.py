"""What eight indicators come to at the year end, counted row by row from what a source holds.

Written from the definitions, not from the platform's SQL. Periods of care are worked out child by child, as a reader
of the definition would.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from govuk_bank_holidays.bank_holidays import BankHolidays

from synthetic.scenario import Scenario

Tables = Mapping[str, pl.DataFrame]
Count = tuple[float, float | None]

_TWO_YEARS, _TWELVE_MONTHS = "-24mo", "-12mo"
_NOT_IN_NEED = ["RC8", "RC9"]
_WORKING_DAYS = 45
_MANY_PLACEMENTS = 3


def shifted(day: date, offset: str) -> date:
    """The day so many months away, by the calendar."""
    return pl.Series([day]).dt.offset_by(offset)[0]


def indicators(tables: Tables, population: int, scenario: Scenario, kind: str | None = None) -> dict[str, Count]:
    """Numerator and denominator of each indicator that the tables can answer; kind cin or ssda903 for a return."""
    start, end = scenario.year_start, scenario.year_end
    counts: dict[str, Count] = {}
    if kind != "ssda903":
        referrals = _referrals(tables["episodes"], start, end)
        counts["cin_rate"] = (_in_need(tables, end), population)
        counts["referrals_count"] = (referrals.height, None)
        counts["rereferral_pct"] = (int(referrals["again"].sum()), referrals.height)
        counts["assessments_45wd_pct"] = _in_time(tables["assessments"], start, end)
        counts["cpp_2yrs_pct"] = _long_plans(tables["cp_plans"], end)
    if kind != "cin":
        care = _care(tables, end)
        counts["cla_rate"] = (len(care), population)
        counts["cla_3plus_placements_pct"] = (sum(stay.placements >= _MANY_PLACEMENTS for stay in care), len(care))
        counts["sdq_average_score"] = _scores(tables, care, end)
    return counts


def _open_on(start: str, ends: str, day: date) -> pl.Expr:
    return (pl.col(start) <= day) & (pl.col(ends) > day).fill_null(value=True)


def _in_need(tables: Tables, end: date) -> int:
    """Children with an open episode that was not closed at once, nor found after assessment to need nothing."""
    assessed = tables["assessments"]["episode"].unique()
    active = [
        tables[entity]["episode"]
        for entity in ("cin_plans", "cp_plans", "s47_enquiries", "placements")
        if entity in tables
    ]
    further = pl.concat([episodes.cast(pl.Int64) for episodes in active]).unique()
    row = pl.col("truth_row").cast(pl.Int64)
    unneeded = (
        pl.col("closure_reason").is_in(_NOT_IN_NEED).fill_null(value=False)
        & row.is_in(assessed.cast(pl.Int64).implode())
        & ~row.is_in(further.implode())
    )
    no_action = pl.col("referral_no_further_action_flag").fill_null(value=False)
    open_ones = tables["episodes"].filter(_open_on("referral_date", "closure_date", end) & ~no_action & ~unneeded)
    return open_ones["child"].n_unique()


def _referrals(episodes: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    dated = episodes.select("child", "referral_date").drop_nulls().unique().sort("child", "referral_date")
    before = pl.col("referral_date").shift().over("child")
    again = (before >= pl.col("referral_date").dt.offset_by(_TWELVE_MONTHS)).fill_null(value=False)
    return dated.with_columns(again=again).filter(pl.col("referral_date").is_between(start, end))


def _in_time(assessments: pl.DataFrame, start: date, end: date) -> Count:
    done = assessments.filter(
        pl.col("authorisation_date").is_between(start, end) & (pl.col("authorisation_date") >= pl.col("start_date"))
    )
    holidays = [holiday["date"] for holiday in BankHolidays(use_cached_holidays=True).get_holidays("england-and-wales")]
    after = done["start_date"].to_numpy().astype("datetime64[D]") + 1
    until = done["authorisation_date"].to_numpy().astype("datetime64[D]") + 1
    days = np.busday_count(after, until, holidays=np.array(holidays, dtype="datetime64[D]"))
    return int((days <= _WORKING_DAYS).sum()), done.height


def _long_plans(plans: pl.DataFrame, end: date) -> Count:
    open_ones = plans.filter(_open_on("start_date", "end_date", end))
    return open_ones.filter(pl.col("start_date") <= shifted(end, _TWO_YEARS)).height, open_ones.height


@dataclass(frozen=True)
class Stay:
    """One child looked after on the day: since when, and how many placements in the twelve months to it."""

    child: int
    born: date | None
    since: date
    placements: int


def _care(tables: Tables, end: date) -> list[Stay]:
    births = dict(tables["children"].select(pl.col("child").cast(pl.Int64), "date_of_birth").iter_rows())
    by_child: dict[int, list[tuple[date, date, str | None, str | None]]] = defaultdict(list)
    rows = tables["placements"].drop_nulls("start_date").sort("child", "start_date", "end_date", nulls_last=True)
    for child, start, ended, kind, postcode in rows.select(
        pl.col("child").cast(pl.Int64),
        "start_date",
        pl.col("end_date").fill_null(date.max),
        "placement_type",
        "placement_postcode",
    ).iter_rows():
        by_child[child].append((start, ended, kind, postcode))
    stays = []
    for child, placements in by_child.items():
        born = births.get(child)
        if born is not None and shifted(end, "-216mo") >= born:
            continue
        since = _in_care_since(placements, end)
        if since is not None:
            stays.append(Stay(child, born, since, _placements_in_year(placements, end)))
    return stays


def _in_care_since(placements: list[tuple[date, date, str | None, str | None]], end: date) -> date | None:
    """The start of the period of care that is running on the day; a row that touches the one before continues it."""
    began, until = None, date.min
    for start, ended, _, _ in placements:
        if start > end:
            break
        if began is None or start > until:
            began = start
        until = max(until, ended)
    return began if until > end else None


def _placements_in_year(placements: list[tuple[date, date, str | None, str | None]], end: date) -> int:
    """Placements of a day or more open at any time in the twelve months; one that only changed its status is one."""
    merged: list[tuple[date, date, str | None, str | None]] = []
    for start, ended, kind, postcode in placements:
        if merged and merged[-1][2:] == (kind, postcode) and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ended, merged[-1][1]), kind, postcode)
        else:
            merged.append((start, ended, kind, postcode))
    after = shifted(end, _TWELVE_MONTHS)
    return sum(start <= end and ended > after and ended > start for start, ended, _, _ in merged)


def _scores(tables: Tables, care: list[Stay], end: date) -> Count:
    """Latest score of the twelve months, of children aged 5 to 16 looked after for twelve months."""
    year_ago = shifted(end, _TWELVE_MONTHS)
    youngest, oldest = shifted(end, "-60mo"), shifted(end, "-204mo")
    eligible = [
        stay.child
        for stay in care
        if stay.since <= year_ago and stay.born is not None and oldest < stay.born <= youngest
    ]
    scores = tables["sdq_assessments"].drop_nulls("score")
    if "date" in scores.columns and scores["date"].dtype == pl.Date:
        scores = scores.filter((pl.col("date") > year_ago) & (pl.col("date") <= end)).sort("child", "date")
    latest = scores.unique("child", keep="last", maintain_order=True)
    counted = latest.filter(pl.col("child").cast(pl.Int64).is_in(eligible))
    return float(counted["score"].sum()), counted.height
