"""What the LA's own system says, and since when: the truth as one long log of values, a row for each value recorded.

Columns of the log: entity, row, child, field, value (as text, null where a value is taken away), day (on which it was
recorded), event (the day on which it became true). Staff record things a little late, and some of them very late; that
lag is the LA's and the same on every route. What a route then does with the log is in streams.py.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from synthetic.draws import day, generator
from synthetic.lifecycle import Truth
from synthetic.scenario import Scenario

LOG = {
    "entity": pl.Enum(
        [
            "children",
            "disabilities",
            "sdq_assessments",
            "episodes",
            "care_workers",
            "assessments",
            "assessment_factors",
            "cin_plans",
            "s47_enquiries",
            "cp_plans",
            "placements",
            "adoptions",
            "care_leavers",
        ]
    ),
    "row": pl.UInt32(),
    "child": pl.UInt32(),
    "field": pl.String(),
    "value": pl.String(),
    "day": pl.Int32(),
    "event": pl.Int32(),
}


@dataclass(frozen=True)
class Stage:
    """Values of one entity that become true together. lag: median days until recorded; spread: of its logarithm."""

    entity: str
    event: str
    fields: tuple[str, ...]
    lag: float
    spread: float = 0.7
    first: bool = False


STAGES = (
    Stage(
        "episodes",
        "referral_date",
        ("referral_date", "referral_source", "referral_no_further_action_flag"),
        0.7,
        0.8,
        first=True,
    ),
    Stage("episodes", "closure_date", ("closure_date", "closure_reason"), 1.5, 1.0),
    Stage("assessments", "start_date", ("start_date",), 1.0, 0.8, first=True),
    Stage("assessments", "authorisation_date", ("authorisation_date",), 0.6, 0.8),
    Stage("cin_plans", "start_date", ("start_date",), 2.5, 0.9, first=True),
    Stage("cin_plans", "end_date", ("end_date",), 3.0, 0.9),
    Stage("s47_enquiries", "start_date", ("start_date",), 0.8, 0.8, first=True),
    Stage("s47_enquiries", "end_date", ("end_date", "icpc_required_flag"), 1.2, 0.8),
    Stage("s47_enquiries", "icpc_date", ("icpc_date",), 1.2, 0.8),
    Stage("cp_plans", "start_date", ("start_date",), 1.2, 0.8, first=True),
    Stage("cp_plans", "end_date", ("end_date",), 2.0, 0.8),
    Stage(
        "placements",
        "start_date",
        ("start_date", "start_reason", "placement_type", "placement_postcode"),
        1.8,
        1.0,
        first=True,
    ),
    Stage("placements", "end_date", ("end_date", "end_reason", "change_reason"), 2.2, 1.0),
    Stage("care_workers", "start_date", ("worker_id", "start_date"), 1.0, 0.8, first=True),
    Stage("care_workers", "end_date", ("end_date",), 1.5, 0.8),
    Stage("adoptions", "initial_decision_date", ("initial_decision_date",), 9.0, 0.7, first=True),
    Stage("adoptions", "matched_date", ("matched_date",), 9.0, 0.7),
    Stage("adoptions", "placed_date", ("placed_date",), 6.0, 0.7),
    Stage("care_leavers", "contact_date", ("contact_date", "activity", "accommodation"), 4.0, 0.9, first=True),
    Stage("sdq_assessments", "date", ("date", "score"), 14.0, 0.7, first=True),
)
_CHARACTERISTICS = (
    "unique_pupil_number",
    "former_unique_pupil_number",
    "unique_pupil_number_unknown_reason",
    "first_name",
    "surname",
    "ethnicity",
    "home_postcode",
    "uasc_flag",
)
_AT_WEEKENDS = 0.08  # share of what falls on a weekend that is recorded there and then


def recorded(truth: Truth, scenario: Scenario) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The log of one LA up to the last day, and how many values of each stage were recorded very late."""
    rng = generator(scenario.seed, truth.authority.code, "recording")
    end = day(scenario.last_day)
    parts: list[pl.DataFrame] = []
    late: list[tuple[str, str, int]] = []
    began: dict[str, pl.DataFrame] = {}
    for stage in STAGES:
        known, very_late = _stage_days(rng, truth, stage, began, scenario, end)
        if stage.first:
            began[stage.entity] = known.select("row", pl.col("day").alias("began"))
        if very_late:
            late.append((stage.entity, stage.event, very_late))
        parts += [_values(known, stage.entity, field) for field in stage.fields]
    parts += _characteristics(rng, truth, began["episodes"], end)
    parts.append(_factors(truth, parts))
    log = pl.concat([part.select(list(LOG)).cast(pl.Schema(LOG)) for part in parts])
    log = _one_leaver_row(log, truth).filter(pl.col("day") <= end)
    counts = pl.DataFrame(late, schema={"entity": pl.String, "field": pl.String, "count": pl.Int64}, orient="row")
    return log, counts


def _stage_days(
    rng: np.random.Generator,
    truth: Truth,
    stage: Stage,
    began: dict[str, pl.DataFrame],
    scenario: Scenario,
    end: int,
) -> tuple[pl.DataFrame, int]:
    """The rows for which the stage has come, with the day on which that was recorded."""
    rows = truth[stage.entity].filter(pl.col(stage.event) <= end).with_columns(event=pl.col(stage.event))
    size = rows.height
    lag = rng.lognormal(np.log(stage.lag), stage.spread, size).astype(np.int64)
    very_late = rng.random(size) < scenario.faults.late_entry
    lag = np.where(very_late, lag + rng.integers(20, 91, size), np.minimum(lag, 45))
    noted = rows["event"].to_numpy() + lag
    of_week = (noted + 3) % 7
    waits = (of_week >= 5) & (rng.random(size) >= _AT_WEEKENDS)
    rows = rows.with_columns(day=pl.Series(np.where(waits, noted + (7 - of_week), noted)))
    for earlier, key in ((began.get(stage.entity), "row"), (began.get("episodes"), "episode")):
        if earlier is not None and key in rows.columns and (stage.entity != "episodes" or key == "row"):
            other = earlier.rename({"row": key})
            rows = rows.join(other, on=key, how="left", maintain_order="left")
            rows = rows.with_columns(day=pl.max_horizontal("day", "began")).drop("began")
    if stage.entity == "care_leavers":  # the latest contact is what counts, so an earlier one cannot come after it
        rows = rows.with_columns(pl.col("day").cum_max().over("child"))
    in_feed = (very_late & (rows["event"].to_numpy() >= day(scenario.first_day))).sum()
    return rows, int(in_feed)


def _values(rows: pl.DataFrame, entity: str, field: str) -> pl.DataFrame:
    """One log row a row that holds the field."""
    return rows.filter(pl.col(field).is_not_null()).select(
        entity=pl.lit(entity),
        row="row",
        child="child",
        field=pl.lit(field),
        value=_text(field),
        day="day",
        event="event",
    )


def is_date(name: str) -> bool:
    """Whether an attribute is a date."""
    return "date" in name.split("_")


def _text(field: str) -> pl.Expr:
    if is_date(field):
        return pl.col(field).cast(pl.Int32).cast(pl.Date).cast(pl.String)
    return pl.col(field).cast(pl.String)


def _characteristics(rng: np.random.Generator, truth: Truth, episodes: pl.DataFrame, end: int) -> list[pl.DataFrame]:
    """Details of a child, known with the first referral; a birth, a move of house and an eighteenth birthday later."""
    first = (
        truth["episodes"]
        .join(episodes, on="row")
        .group_by("child")
        .agg(pl.col("began").min(), pl.col("referral_date").min())
    )
    children = (
        truth["children"].with_columns(pl.col("child").cast(pl.Int64)).join(first, on="child", maintain_order="left")
    )
    base = children.with_columns(day=pl.col("began"), event=pl.col("referral_date"))
    parts = [_values(base, "children", field) for field in _CHARACTERISTICS]
    unborn = pl.col("expected_date_of_birth").is_not_null()
    born = base.filter(~unborn)
    parts += [_values(born, "children", field) for field in ("date_of_birth", "sex")]
    expected = base.filter(unborn).with_columns(sex=pl.lit("U"))
    parts += [_values(expected, "children", field) for field in ("expected_date_of_birth", "sex")]
    births = (
        expected.filter(pl.col("date_of_birth") <= end)
        .drop("sex")
        .join(truth["children"].select("row", "sex"), on="row")
    )
    births = _noted(rng, births, "date_of_birth", 5)
    parts += [_values(births, "children", field) for field in ("date_of_birth", "sex")]
    parts.append(
        _values(births, "children", "expected_date_of_birth").with_columns(value=pl.lit(None, dtype=pl.String))
    )
    moves = _noted(rng, base.filter(pl.col("moved") <= end), "moved", 12).with_columns(
        home_postcode=pl.col("new_postcode")
    )
    parts.append(_values(moves, "children", "home_postcode"))
    adults = _noted(rng, base.filter(pl.col("uasc_end_date") <= end), "uasc_end_date", 9)
    parts.append(_values(adults, "children", "uasc_end_date"))
    disabled = truth["disabilities"].join(base.select("child", "day", "event"), on="child", maintain_order="left")
    parts.append(_values(disabled, "disabilities", "disability_code"))
    return parts


def _noted(rng: np.random.Generator, rows: pl.DataFrame, event: str, longest: int) -> pl.DataFrame:
    lag = pl.Series(rng.integers(1, longest + 1, rows.height))
    return rows.with_columns(event=pl.col(event)).with_columns(day=pl.max_horizontal(pl.col(event) + lag, "began"))


def _factors(truth: Truth, parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Factors are recorded when their assessment is authorised."""
    authorised = next(part for part in parts if part["field"].first() == "authorisation_date").select(
        "day", "event", assessment="row"
    )
    rows = (
        truth["assessment_factors"]
        .drop("day")
        .join(
            authorised.with_columns(pl.col("assessment").cast(pl.UInt32)),
            on="assessment",
            maintain_order="left",
        )
    )
    return _values(rows, "assessment_factors", "factor")


def _one_leaver_row(log: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """A care leaver has one object that each contact overwrites: all of a child's contacts go under the first's row."""
    first = (
        truth["care_leavers"]
        .group_by("child")
        .agg(first_row=pl.col("row").min())
        .with_columns(pl.col("child").cast(pl.UInt32))
    )
    joined = log.join(first, on="child", how="left", maintain_order="left")
    own = pl.when(pl.col("entity") == "care_leavers").then("first_row").otherwise("row").cast(pl.UInt32)
    return joined.with_columns(row=own).drop("first_row")
