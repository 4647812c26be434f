"""What a receiver holds of one stream after its last day, worked out from the stream's log, never from its files.

A frame an entity: row, truth_row, child and the attributes received, dates as dates. A value taken away stays held in a
delta stream, and so does a row that the sender no longer has.
"""

import polars as pl

from synthetic.facts import is_date
from synthetic.lifecycle import Truth
from synthetic.streams import StreamLog

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "children": (
        "unique_pupil_number",
        "former_unique_pupil_number",
        "unique_pupil_number_unknown_reason",
        "date_of_birth",
        "expected_date_of_birth",
        "sex",
        "ethnicity",
        "uasc_flag",
        "uasc_end_date",
    ),
    "disabilities": ("disability_code",),
    "sdq_assessments": ("date", "score"),
    "episodes": (
        "referral_date",
        "referral_source",
        "referral_no_further_action_flag",
        "closure_date",
        "closure_reason",
    ),
    "care_workers": ("worker_id", "start_date", "end_date"),
    "assessments": ("start_date", "authorisation_date"),
    "assessment_factors": ("factor",),
    "cin_plans": ("start_date", "end_date"),
    "s47_enquiries": ("start_date", "end_date", "icpc_required_flag", "icpc_date"),
    "cp_plans": ("start_date", "end_date"),
    "placements": (
        "start_date",
        "start_reason",
        "placement_type",
        "placement_postcode",
        "end_date",
        "end_reason",
        "change_reason",
    ),
    "adoptions": ("initial_decision_date", "matched_date", "placed_date"),
    "care_leavers": ("contact_date", "activity", "accommodation"),
}
_FLAGS = ("uasc_flag", "referral_no_further_action_flag", "icpc_required_flag")


def held_by(log: StreamLog, truth: Truth) -> dict[str, pl.DataFrame]:
    """Every entity as held after the last day."""
    last = log.sent.sort("day", "order").unique(["entity", "row", "field"], keep="last", maintain_order=True)
    if log.plan.payload_mode == "full":
        last = last.join(log.gone, on=["entity", "row"], how="anti", maintain_order="left")
    held = {entity: _wide(last, entity, names) for entity, names in ATTRIBUTES.items()}
    for entity in ("assessments", "cin_plans", "s47_enquiries", "cp_plans", "placements"):
        episode = truth[entity].select(pl.col("row").alias("truth_row").cast(pl.UInt32), "episode")
        held[entity] = held[entity].join(episode, on="truth_row", how="left", maintain_order="left")
    assessment = truth["assessment_factors"].select(pl.col("row").alias("truth_row").cast(pl.UInt32), "assessment")
    held["assessment_factors"] = held["assessment_factors"].join(assessment, on="truth_row", maintain_order="left")
    return held


def _wide(last: pl.DataFrame, entity: str, names: tuple[str, ...]) -> pl.DataFrame:
    of_entity = last.filter((pl.col("entity") == entity) & pl.col("field").is_in([*names, *_also(entity)]))
    wide = (
        of_entity.group_by("row", "truth_row", "child")
        .agg(pl.col("value").filter(pl.col("field") == name).last().alias(name) for name in names)
        .sort("row")
    )
    return wide.with_columns(_typed(name) for name in names)


def _also(entity: str) -> tuple[str, ...]:
    """Fields that make a row without being compared: a child may have been sent with a name only."""
    return ("first_name", "home_postcode") if entity == "children" else ()


def _typed(name: str) -> pl.Expr:
    if is_date(name):
        return pl.col(name).str.to_date("%Y-%m-%d")
    if name in _FLAGS:
        return pl.col(name) == "true"
    return pl.col(name).cast(pl.Int32) if name == "score" else pl.col(name)


def first_known(log: StreamLog) -> pl.DataFrame:
    """entity, child, field, value, day: when a value was first held, whatever row it came under."""
    sent = log.sent.drop_nulls("value").with_columns(pl.col("entity").cast(pl.String))
    return sent.group_by("entity", "child", "field", "value").agg(pl.col("day").min())
