"""From what was said of a suite to one outcome for each expectation and row: four outcomes, as for rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from quality.expectations.model import ABOUT, REASON, SOURCE, SUBJECT, Between, Expectation, NotBelow, Suite

# observed, minimum and maximum are numbers: nothing of a child can be in them.
OUTCOMES: dict[str, pl.DataType] = {
    "collection": pl.String(),
    "expectation": pl.String(),
    "rule_id": pl.String(),  # of the rule catalogue, where the expectation is one of its rules
    "source_id": pl.String(),
    "la_code": pl.String(),
    "about": pl.String(),
    "measure": pl.String(),
    "observed": pl.Float64(),
    "minimum": pl.Float64(),
    "maximum": pl.Float64(),
    "outcome": pl.String(),  # passed, failed, not_applicable or could_not_run
    "reason": pl.String(),
}
_NO_VALUE = "no value"


@dataclass(frozen=True)
class Verdict:
    """What was said of one expectation: the rows (source_id, about) that fail it, or why it could not be judged."""

    failed: Sequence[tuple[str, str]] = ()
    broken: str | None = None


def outcomes(suite: Suite, frame: pl.DataFrame, verdicts: Mapping[str, Verdict]) -> pl.DataFrame:
    """One row for each expectation and row of the frame. An expectation that broke has one row, of its own."""
    if frame.is_empty():
        return not_judged(suite, "not_applicable", suite.nothing)
    parts = [
        _unjudged(suite, expectation, "could_not_run", verdicts[expectation.name].broken)
        if verdicts[expectation.name].broken
        else _of_rows(suite, expectation, frame, verdicts[expectation.name])
        for expectation in suite.expectations
    ]
    return pl.concat(parts)


def not_judged(suite: Suite, outcome: str, reason: str) -> pl.DataFrame:
    """One row for each expectation of a suite of which no row could be looked at."""
    return pl.concat([_unjudged(suite, expectation, outcome, reason) for expectation in suite.expectations])


def _unjudged(suite: Suite, expectation: Expectation, outcome: str, reason: str | None) -> pl.DataFrame:
    known = {
        "collection": suite.collection,
        "expectation": expectation.name,
        "rule_id": expectation.rule_id,
        "measure": expectation.measure,
        "outcome": outcome,
        "reason": reason,
    }
    return pl.DataFrame([{name: known.get(name) for name in OUTCOMES}], schema=OUTCOMES)


def _of_rows(suite: Suite, expectation: Expectation, frame: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    failed = pl.DataFrame(
        list(verdict.failed), schema={SOURCE: pl.String(), ABOUT: pl.String()}, orient="row"
    ).with_columns(failed=pl.lit(value=True))
    minimum, maximum = _limits(expectation)
    observed = pl.col(expectation.measure).cast(pl.Float64)
    is_judged = observed.is_not_null() & (minimum.is_not_null() | maximum.is_not_null())
    rows = frame.join(failed, on=[SOURCE, ABOUT], how="left", maintain_order="left")
    return rows.select(
        pl.lit(suite.collection).alias("collection"),
        pl.lit(expectation.name).alias("expectation"),
        pl.lit(expectation.rule_id, pl.String).alias("rule_id"),
        *SUBJECT,
        pl.lit(expectation.measure).alias("measure"),
        observed.alias("observed"),
        minimum.alias("minimum"),
        maximum.alias("maximum"),
        pl.when(~is_judged)
        .then(pl.lit("not_applicable"))
        .when(pl.col("failed"))
        .then(pl.lit("failed"))
        .otherwise(pl.lit("passed"))
        .alias("outcome"),
        pl.when(~is_judged).then(pl.col(REASON).fill_null(_NO_VALUE)).alias("reason"),
    )


def _limits(expectation: Expectation) -> tuple[pl.Expr, pl.Expr]:
    """The least and the most of a row, one of which may be open."""
    if isinstance(expectation, Between):
        return pl.lit(expectation.minimum, pl.Float64), pl.lit(expectation.maximum, pl.Float64)
    limit, nothing = pl.col(expectation.limit).cast(pl.Float64), pl.lit(None, pl.Float64)
    return (limit, nothing) if isinstance(expectation, NotBelow) else (nothing, limit)
