"""What is peculiar to feeds built from the Standard Safeguarding Dataset, as their sender really behaves.

Which care workers it sends, the reasons it gives for placements, and the changes it does not notice.
"""

from datetime import date

import numpy as np
import polars as pl

from synthetic.draws import day
from synthetic.facts import LOG
from synthetic.lifecycle import Truth
from synthetic.scenario import Scenario

# A change in these alone does not make the sender send the child again.
UNNOTICED = {
    "children": ["unique_pupil_number", "former_unique_pupil_number", "unique_pupil_number_unknown_reason"],
    "s47_enquiries": ["icpc_required_flag"],
    "assessment_factors": ["factor"],
    "placements": ["start_reason", "end_reason", "change_reason"],
}
_REASONS = ["B", "E11", "E12", "E13", "E2", "E3", "E41", "E45", "E46", "E47", "E4A", "E4B", "E5", "E6", "E7", "E8"]
_ALPHABETICAL = [*_REASONS, "E17", "L", "P", "S", "T", "U", "X1"]


def care_workers_sent(log: pl.DataFrame, truth: Truth, scenario: Scenario) -> pl.DataFrame:
    """Only spells that cover a 31 March, under a referral with a child in need plan, and not before that day came."""
    marches = [day(date(year, 3, 31)) for year in (scenario.first_day.year, scenario.last_day.year)]
    spells = truth["care_workers"].select("row", "episode", "start_date", end=pl.col("end_date").fill_null(10**8))
    planned = log.filter((pl.col("entity") == "cin_plans") & (pl.col("field") == "start_date"))
    plans = truth["cin_plans"].select(pl.col("row"), "episode").join(planned.select("row", "day"), on="row")
    plan_known = plans.group_by("episode").agg(plan_day=pl.col("day").min())
    covered = [
        pl.when((pl.col("start_date") <= march) & (pl.col("end") >= march)).then(max(march, 0)) for march in marches
    ]
    visible = (
        spells.join(plan_known, on="episode")
        .with_columns(march=pl.min_horizontal(*covered))
        .drop_nulls("march")
        .select("row", visible=pl.max_horizontal(pl.col("march"), pl.col("plan_day")).cast(pl.Int32))
    )
    workers = log.filter(pl.col("entity") == "care_workers").join(visible, on="row", maintain_order="left")
    workers = workers.with_columns(day=pl.max_horizontal("day", "visible")).select(list(LOG))
    return pl.concat([log.filter(pl.col("entity") != "care_workers"), workers])


def with_reasons_of_the_period(log: pl.DataFrame, truth: Truth, days: np.ndarray) -> pl.DataFrame:
    """Every placement of a period of care gets the alphabetically first reason of all its episodes known so far."""
    known = log.filter((pl.col("entity") == "placements") & pl.col("field").is_in(["start_date", "end_date"]))
    placements = truth["placements"].select(
        pl.col("row").cast(pl.UInt32), "child", period="episode", start="start_reason", end="end_reason"
    )
    first = known.sort("order").group_by("row", "field", maintain_order=True).agg(pl.col("day").first())
    began = first.filter(pl.col("field") == "start_date").select("row", began="day").join(placements, on="row")
    ended = first.filter(pl.col("field") == "end_date").select("row", ended="day").join(placements, on="row")
    changed = truth["placements"].drop_nulls("changed_on").select(period="episode", on="changed_on")
    noticed = np.searchsorted(days, changed["on"].to_numpy() + 2, side="right")
    changed = changed.with_columns(day=pl.Series(np.append(days, 10**8)[noticed], dtype=pl.Int32))
    changed = changed.filter(pl.col("day") < 10**8)
    starts = [began.select("period", day="began", reason="start"), changed.select("period", "day", reason=pl.lit("L"))]
    ends = [ended.select("period", day="ended", reason="end"), changed.select("period", "day", reason=pl.lit("X1"))]
    parts = [
        _least_so_far(began, pl.concat(starts), "start_reason"),
        _least_so_far(began, pl.concat(ends), "end_reason"),
    ]
    others = log.filter(~((pl.col("entity") == "placements") & pl.col("field").is_in(["start_reason", "end_reason"])))
    made = [part.select(log.columns).cast(log.schema) for part in parts]
    return pl.concat([others, *made])


def _least_so_far(rows: pl.DataFrame, reasons: pl.DataFrame, field: str) -> pl.DataFrame:
    """A log row for each placement and each day on which its period got another reason, with the least until then."""
    rank = {reason: position for position, reason in enumerate(sorted(_ALPHABETICAL))}
    least = (
        reasons.with_columns(rank=pl.col("reason").replace_strict(rank, return_dtype=pl.Int32))
        .sort("period", "day")
        .with_columns(pl.col("rank").cum_min().over("period"))
        .group_by("period", "day", maintain_order=True)
        .agg(pl.col("rank").last())
        .with_columns(value=pl.col("rank").replace_strict({v: k for k, v in rank.items()}, return_dtype=pl.String))
    )
    pairs = rows.join(least, on="period").sort("row", "day")
    return pairs.select(
        entity=pl.lit("placements"),
        row="row",
        child="child",
        field=pl.lit(field),
        value="value",
        day=pl.max_horizontal("day", "began"),
        event=pl.lit(0),
        order=pl.lit(10**9) + pl.col("day"),
        truth_row="row",
    )


def resent_only_with_others(log: pl.DataFrame) -> pl.DataFrame:
    """Delay unnoticed changes to the next day on which the child is sent for another reason; some wait for ever."""
    unnoticed = pl.any_horizontal(
        (pl.col("entity") == entity) & pl.col("field").is_in(fields) for entity, fields in UNNOTICED.items()
    )
    noticed = log.filter(~unnoticed)
    sendings = noticed.select("child", sent="day").unique().sort("sent")
    waiting = log.filter(unnoticed).sort("day", maintain_order=True)
    carried = waiting.join_asof(
        sendings, left_on="day", right_on="sent", by="child", strategy="forward", check_sortedness=False
    ).drop_nulls("sent")
    return pl.concat([noticed, carried.with_columns(day="sent").select(log.columns)])
