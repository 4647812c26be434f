"""Cuts feed and return to the same question: the rows that the return's year is about, as they stood on its last day.

Frames in and out hold child_key and the entity's attributes; feed frames also known_from. Matching is done elsewhere.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from assets.comparison.plan import ADOPTION_DATES, CHILD_THROUGH, COMPARED, SUBJECTS, Period, ReturnKind
from quality.schemas.entities import ENTITIES, POLARS_TYPES, date_columns

Frames = Mapping[str, pl.DataFrame]

# What became known with a date, and so goes when the date is still to come.
_CAME_WITH: dict[str, dict[str, tuple[str, ...]]] = {
    "episodes": {"closure_date": ("closure_reason",)},
    "placements": {"end_date": ("end_reason", "change_reason")},
}
# Dates that are about the future by nature: knowing them early is no mistake.
_EXPECTED = ("expected_date_of_birth",)
_ASSESSMENT = ("child_key", "social_care_episode_id", "child_and_family_assessment_id")
_LEGAL_STATUS_ONLY = "L"  # SSDA903 reason for a new episode: legal status changed, placement did not


def feed_scope(kind: ReturnKind, state: Frames, period: Period) -> dict[str, pl.DataFrame]:
    """The feed's rows in scope, numbered `row`: as they would have stood on the reference date, one a natural key."""
    held = {entity: _last_received(entity, _as_at(entity, state[entity], period.end)) for entity in _needed(kind)}
    return _scoped(kind, held, period, from_feed=True)


def return_scope(kind: ReturnKind, state: Frames, period: Period) -> dict[str, pl.DataFrame]:
    """The return's rows in scope, numbered `row`, changes of legal status folded away."""
    held = {entity: state[entity] for entity in _needed(kind)}
    if "placements" in held:
        held["placements"] = fold_legal_status(held["placements"])
    return _scoped(kind, held, period, from_feed=False)


def fold_legal_status(placements: pl.DataFrame) -> pl.DataFrame:
    """Join each row that began with a change of legal status only to the row it continues: that row, the later end."""
    if placements.is_empty():
        return placements
    ordered = placements.sort("child_key", "start_date", "end_date", nulls_last=True)
    continues = (
        (pl.col("start_reason") == _LEGAL_STATUS_ONLY)
        & (pl.col("child_key") == pl.col("child_key").shift())
        & (pl.col("start_date") == pl.col("end_date").shift())
    ).fill_null(value=False)
    ends = ("end_date", "end_reason", "change_reason")
    others = [name for name in placements.columns if name not in ends]
    return (
        ordered.with_columns((~continues).cum_sum().alias("_placement"))
        .group_by("_placement", maintain_order=True)
        .agg(pl.col(others).first(), pl.col(ends).last())
        .select(placements.columns)
    )


def _needed(kind: ReturnKind) -> tuple[str, ...]:
    return COMPARED[kind]


def _as_at(entity: str, frame: pl.DataFrame, end: date) -> pl.DataFrame:
    """The rows as they would have read on that day: later starts gone, later dates and their codes not there yet."""
    start = SUBJECTS[entity].start
    if start is not None:
        frame = frame.filter((pl.col(start) <= end).fill_null(value=False))
    later = [name for name in date_columns([entity])[entity] if name not in (start, *_EXPECTED)]
    cleared: dict[str, pl.Expr] = {}
    for name in later:
        for column in (name, *_CAME_WITH.get(entity, {}).get(name, ())):
            cleared[column] = pl.when((pl.col(name) > end).fill_null(value=False)).then(None).otherwise(pl.col(column))
    return frame.with_columns(**cleared)


def _last_received(entity: str, frame: pl.DataFrame) -> pl.DataFrame:
    """One row a natural key: the one last received; of those received together, the one that says most."""
    subject = SUBJECTS[entity]
    if entity == "assessment_factors":
        return frame.unique([*_ASSESSMENT, "factor"], keep="any").select(frame.columns)
    if subject.date is None and not subject.by and entity != "children":
        return frame  # one a child, chosen among the rows in scope
    key = ["child_key", *subject.by, *([subject.date] if subject.date else [])]
    return _latest(entity, frame, key, prefer=[])


def _latest(entity: str, frame: pl.DataFrame, key: list[str], prefer: list[str]) -> pl.DataFrame:
    said = pl.sum_horizontal(pl.col(column.name).is_not_null() for column in ENTITIES[entity].columns)
    own_ids = [name for name in ENTITIES[entity].key if name not in key]
    newest_first = [*prefer, "known_from", "_said"]
    return (
        frame.with_columns(said.alias("_said"))
        .sort(
            [*newest_first, *own_ids], descending=[True] * len(newest_first) + [False] * len(own_ids), nulls_last=True
        )
        .unique(key, keep="first", maintain_order=True)
        .drop("_said")
    )


def _scoped(kind: ReturnKind, held: Frames, period: Period, *, from_feed: bool) -> dict[str, pl.DataFrame]:
    scoped: dict[str, pl.DataFrame] = {}
    for entity in COMPARED[kind]:
        if entity not in ("children", "disabilities", "assessment_factors"):
            scoped[entity] = _numbered(entity, _in_year(entity, held[entity], period, from_feed=from_feed))
    if "assessments" in scoped:
        scoped["assessment_factors"] = _factors(held["assessment_factors"], scoped["assessments"], period)
    children = pl.concat([scoped[entity].select("child_key") for entity in CHILD_THROUGH[kind]]).unique()
    scoped["children"] = _numbered("children", children.join(held["children"], on="child_key", how="left"))
    if "disabilities" in held:
        disabilities = held["disabilities"].join(children, on="child_key", how="semi")
        scoped["disabilities"] = _numbered("disabilities", disabilities)
    return {entity: scoped[entity] for entity in COMPARED[kind]}


def _in_year(entity: str, frame: pl.DataFrame, period: Period, *, from_feed: bool) -> pl.DataFrame:
    if entity == "adoptions":
        in_year = pl.any_horizontal(pl.col(name).is_between(period.start, period.end) for name in ADOPTION_DATES)
        chosen = frame.filter(in_year.fill_null(value=False))
        return _latest(entity, chosen, ["child_key"], prefer=[]) if from_feed else chosen
    if entity == "care_leavers":
        if not from_feed:
            return frame
        chosen = frame.filter(pl.col("contact_date").is_between(period.start, period.end))
        return _latest(entity, chosen, ["child_key"], prefer=["contact_date"])
    if entity == "sdq_assessments":
        scored = frame.filter(pl.col("score").is_not_null())
        if not from_feed:
            return scored
        return _latest(
            entity, scored.filter(pl.col("date").is_between(period.start, period.end)), ["child_key"], ["date"]
        )
    subject = SUBJECTS[entity]
    if subject.start is None:
        raise ValueError(f"{entity} has no dates by which to place it in the year")
    return frame.filter(
        (pl.col(subject.start) <= period.end)
        & (pl.coalesce(*subject.ends, pl.lit(period.end)) >= period.start).fill_null(value=True)
    )


def _factors(factors: pl.DataFrame, assessments: pl.DataFrame, period: Period) -> pl.DataFrame:
    authorised = assessments.filter(pl.col("authorisation_date").is_between(period.start, period.end))
    of_assessment = authorised.select(*_ASSESSMENT, pl.col("row").alias("assessment_row"))
    joined = factors.join(of_assessment, on=list(_ASSESSMENT), how="inner", nulls_equal=True)
    return joined.sort("assessment_row", "factor").with_row_index("row")


def _numbered(entity: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in an order that depends on what they say alone, so that a tie is always broken the same way."""
    subject = SUBJECTS[entity]
    first = ["child_key", *subject.by, *([subject.date] if subject.date else [])]
    rest = [column.name for column in ENTITIES[entity].columns if column.name not in first]
    return frame.sort([*first, *rest], nulls_last=True).with_row_index("row")


def empty_state(entity: str) -> pl.DataFrame:
    """A frame of no rows as the functions here take it."""
    attributes = {column.name: POLARS_TYPES[column.kind] for column in ENTITIES[entity].columns}
    return pl.DataFrame(schema={"child_key": pl.String(), **attributes, "known_from": pl.Datetime("us", "UTC")})
