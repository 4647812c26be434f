"""What a comparison of each stream with each return has to find, counted from the truth.

A row of the feed and a row of the return are the same row when they stem from the same row of the truth and their
natural dates lie within the tolerance; no dates are searched here. What is in scope and what is compared follows the
definitions of the platform's comparison.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from synthetic.facts import is_date
from synthetic.held import ATTRIBUTES
from synthetic.scenario import Scenario

TOLERANCE_DAYS = 7

COMPARED: dict[str, tuple[str, ...]] = {
    "cin": (
        "children",
        "disabilities",
        "episodes",
        "assessments",
        "assessment_factors",
        "cin_plans",
        "s47_enquiries",
        "cp_plans",
    ),
    "ssda903": ("children", "placements", "adoptions", "care_leavers", "sdq_assessments"),
}
_KEY_DATE = {
    "episodes": "referral_date",
    "assessments": "start_date",
    "cin_plans": "start_date",
    "s47_enquiries": "start_date",
    "cp_plans": "start_date",
    "placements": "start_date",
}
_ENDS = {
    "episodes": "closure_date",
    "assessments": "authorisation_date",
    "cin_plans": "end_date",
    "cp_plans": "end_date",
    "placements": "end_date",
}
_CAME_WITH = {"closure_date": ("closure_reason",), "placements": ("end_reason", "change_reason")}
_ADOPTION = ("initial_decision_date", "matched_date", "placed_date")
_ONE_A_CHILD = ("children", "adoptions", "care_leavers", "sdq_assessments")
_NOT_IN_RETURN = {
    "cin": {"children": ("uasc_flag", "uasc_end_date"), "s47_enquiries": ("end_date",)},
    "ssda903": {
        "children": ("former_unique_pupil_number", "expected_date_of_birth"),
        "care_leavers": ("contact_date",),
        "sdq_assessments": ("date",),
    },
}
_EQUAL_BY_MATCH = {"disabilities": ("disability_code",), "assessment_factors": ("factor",)}

Tables = Mapping[str, pl.DataFrame]


def compared_fields(kind: str, entity: str) -> tuple[str, ...]:
    """Attributes that both sides can hold, without those equal by the match itself."""
    absent = _NOT_IN_RETURN[kind].get(entity, ()) + _EQUAL_BY_MATCH.get(entity, ())
    return tuple(name for name in ATTRIBUTES[entity] if name not in absent)


@dataclass(frozen=True)
class Comparison:
    """One stream against one return: counts, and one row a truth row behind them."""

    coverage: pl.DataFrame
    agreement: pl.DataFrame
    detail: pl.DataFrame


def compare(
    kind: str, source_id: str, return_id: str, held: Tables, returned: Tables, scenario: Scenario
) -> Comparison:
    """Everything expected of one stream and one return."""
    start, end = scenario.year_start, scenario.year_end
    timely = _scope(
        kind, {entity: _as_at(entity, held[entity], end) for entity in COMPARED[kind]}, start, end, feed=True
    )
    annual = _scope(kind, returned, start, end, feed=False)
    coverage, agreement, details = [], [], []
    matched_assessments = None
    for entity in COMPARED[kind]:
        pairs = _pairs(entity, timely[entity], annual[entity], matched_assessments)
        if entity == "assessments":
            matched_assessments = pairs.filter(pl.col("in_timely") & pl.col("in_return")).select("truth_row")
        ids = {"source_id": source_id, "return_id": return_id, "entity": entity}
        coverage.append(ids | _coverage(pairs))
        fields = compared_fields(kind, entity)
        agreement += [ids | {"field": name} | _agreement(pairs, name) for name in fields]
        details.append(_detail(pairs, fields, ids))
    return Comparison(pl.DataFrame(coverage), pl.DataFrame(agreement), pl.concat(details, how="diagonal"))


def _as_at(entity: str, frame: pl.DataFrame, end: date) -> pl.DataFrame:
    """The feed's rows as they would have read on the reference date; of a row under two ids, the later one."""
    key = _KEY_DATE.get(entity)
    if key:
        frame = frame.filter(pl.col(key) <= end).sort("row").unique("truth_row", keep="last", maintain_order=True)
    cleared: dict[str, pl.Expr] = {}
    for name in ATTRIBUTES[entity]:
        if not is_date(name) or name in (key, "expected_date_of_birth"):
            continue
        came_with = _CAME_WITH.get(name, ()) if entity == "episodes" else ()
        if entity == "placements" and name == "end_date":
            came_with = _CAME_WITH["placements"]
        later = (pl.col(name) > end).fill_null(value=False)
        for column in (name, *came_with):
            cleared[column] = pl.when(~later).then(pl.col(column))
    return frame.with_columns(**cleared)


def _scope(kind: str, tables: Tables, start: date, end: date, *, feed: bool) -> dict[str, pl.DataFrame]:
    scoped = {
        entity: _in_year(entity, tables[entity], start, end, feed=feed)
        for entity in COMPARED[kind]
        if entity not in ("children", "disabilities", "assessment_factors")
    }
    through = ("episodes",) if kind == "cin" else ("placements", "adoptions", "care_leavers")
    children = pl.concat([scoped[entity].select(pl.col("child").cast(pl.Int64)) for entity in through]).unique()
    for entity in ("children", "disabilities"):
        if entity in COMPARED[kind]:
            scoped[entity] = (
                tables[entity]
                .with_columns(pl.col("child").cast(pl.Int64))
                .join(children, on="child", how="semi", maintain_order="left")
            )
    if kind == "cin":
        authorised = scoped["assessments"].filter(pl.col("authorisation_date").is_between(start, end))
        of_scope = authorised.select(pl.col("truth_row").alias("assessment").cast(pl.UInt32))
        factors = tables["assessment_factors"].with_columns(pl.col("assessment").cast(pl.UInt32))
        scoped["assessment_factors"] = factors.join(of_scope, on="assessment", how="semi", maintain_order="left")
    return scoped


def _in_year(entity: str, frame: pl.DataFrame, start: date, end: date, *, feed: bool) -> pl.DataFrame:
    if entity == "adoptions":
        return frame.filter(pl.any_horizontal(pl.col(name).is_between(start, end) for name in _ADOPTION))
    if entity == "care_leavers":
        return frame.filter(pl.col("contact_date").is_between(start, end)) if feed else frame
    if entity == "sdq_assessments":
        if not feed:
            return frame
        scored = frame.drop_nulls("score").filter(pl.col("date").is_between(start, end)).sort("child", "date")
        return scored.unique("child", keep="last", maintain_order=True)
    enquiry = entity == "s47_enquiries"
    last = pl.coalesce("icpc_date", "start_date") if enquiry else pl.col(_ENDS[entity]).fill_null(end)
    return frame.filter((pl.col(_KEY_DATE[entity]) <= end) & (last >= start))


def _pairs(entity: str, timely: pl.DataFrame, annual: pl.DataFrame, assessments: pl.DataFrame | None) -> pl.DataFrame:
    """One row a row of either side, with the other beside it where it is the same row."""
    key = _match_key(entity)
    names = [name for name in ATTRIBUTES[entity] if name not in key]
    left = timely.select(
        *(pl.col(name).cast(_KEY_TYPES.get(name, pl.String)) for name in key),
        *(pl.col(name).alias(f"timely.{name}") for name in names),
        in_timely=pl.lit(value=True),
        child_timely=pl.col("child").cast(pl.Int64),
    )
    have = [name for name in names if name in annual.columns]
    right = annual.select(
        *(pl.col(name).cast(_KEY_TYPES.get(name, pl.String)) for name in key),
        *(pl.col(name).alias(f"return.{name}") for name in have),
        in_return=pl.lit(value=True),
        child_return=pl.col("child").cast(pl.Int64),
    )
    if entity == "assessment_factors" and assessments is not None:
        left = left.with_columns(_tied=pl.col("assessment").is_in(assessments["truth_row"].cast(pl.UInt32).implode()))
        right = right.with_columns(_tied=pl.col("assessment").is_in(assessments["truth_row"].cast(pl.UInt32).implode()))
        key = [*key, "_tied"]
    joined = left.join(right, on=key, how="full", coalesce=True)
    joined = joined.with_columns(pl.col("in_timely", "in_return").fill_null(value=False))
    joined = joined.with_columns(child=pl.coalesce("child_timely", "child_return")) if "child" not in key else joined
    if entity == "assessment_factors":
        joined = _apart(joined, ~pl.col("_tied"))
    date_name = _KEY_DATE.get(entity)
    if date_name:
        distance = (pl.col(f"timely.{date_name}") - pl.col(f"return.{date_name}")).dt.total_days().abs()
        joined = _apart(joined, (distance > TOLERANCE_DAYS).fill_null(value=False))
    return joined


_KEY_TYPES: dict[str, pl.DataType] = {"child": pl.Int64(), "truth_row": pl.UInt32(), "assessment": pl.UInt32()}


def _match_key(entity: str) -> list[str]:
    if entity in _ONE_A_CHILD:
        return ["child"]
    if entity == "disabilities":
        return ["child", "disability_code"]
    return ["assessment", "factor"] if entity == "assessment_factors" else ["truth_row"]


def _apart(joined: pl.DataFrame, far: pl.Expr) -> pl.DataFrame:
    """Take pairs that are not the same row after all apart into two rows."""
    wrong = joined.filter(far & pl.col("in_timely") & pl.col("in_return"))
    if wrong.is_empty():
        return joined
    right = joined.filter(~(far & pl.col("in_timely") & pl.col("in_return")))
    timely_only = wrong.with_columns(
        pl.lit(value=False).alias("in_return"), *(pl.lit(None).alias(name) for name in _of(wrong, "return."))
    )
    return_only = wrong.with_columns(
        pl.lit(value=False).alias("in_timely"), *(pl.lit(None).alias(name) for name in _of(wrong, "timely."))
    )
    return pl.concat([right, timely_only.cast(right.schema), return_only.cast(right.schema)])


def _of(frame: pl.DataFrame, side: str) -> list[str]:
    return [name for name in frame.columns if name.startswith(side)]


def _coverage(pairs: pl.DataFrame) -> dict[str, int]:
    n_timely, n_return = int(pairs["in_timely"].sum()), int(pairs["in_return"].sum())
    both = int((pairs["in_timely"] & pairs["in_return"]).sum())
    return {
        "n_timely": n_timely,
        "n_return": n_return,
        "n_both": both,
        "n_timely_only": n_timely - both,
        "n_return_only": n_return - both,
    }


def _agreement(pairs: pl.DataFrame, name: str) -> dict[str, int]:
    both = pairs.filter("in_timely", "in_return")
    left, right = both[f"timely.{name}"], both[f"return.{name}"]
    compared = left.is_not_null() & right.is_not_null()
    agree = int((left == right).fill_null(value=False).sum())
    return {
        "n_compared": int(compared.sum()),
        "n_agree": agree,
        "n_differ": int(compared.sum()) - agree,
        "n_missing_timely": int((left.is_null() & right.is_not_null()).sum()),
        "n_missing_return": int((left.is_not_null() & right.is_null()).sum()),
    }


def _detail(pairs: pl.DataFrame, fields: tuple[str, ...], ids: dict[str, str]) -> pl.DataFrame:
    """child, truth_row or the code by which it is known, which sides hold it, and the fields that differ."""
    key_date = _KEY_DATE.get(ids["entity"])
    differing = [
        pl.when(pl.col(f"timely.{name}").ne_missing(pl.col(f"return.{name}"))).then(pl.lit(name)) for name in fields
    ]
    both = pl.col("in_timely") & pl.col("in_return")
    listed = pl.concat_list(differing).list.drop_nulls() if differing else pl.lit([], dtype=pl.List(pl.String))
    dates = {"timely_date": f"timely.{key_date}", "return_date": f"return.{key_date}"} if key_date else {}
    truth_row = {name: pl.col(name) for name in _match_key(ids["entity"]) if name != "child"}
    return pairs.select(
        **{name: pl.lit(value) for name, value in ids.items()},
        child=pl.col("child").cast(pl.Int64),
        **truth_row,
        in_timely="in_timely",
        in_return="in_return",
        fields_differing=pl.when(both).then(listed),
        **dates,
    ).sort("child", *truth_row, "in_timely")
