"""From the answers of single rules to findings and outcomes: counting, and nothing else."""

from dataclasses import dataclass, field, replace

import polars as pl

from quality.rules.model import FINDINGS, OUTCOMES, REPORTED_AS, Judgement, Kind, Rule
from quality.rules.tables import GROUP, Tables

_NO_COUNTS = {name: FINDINGS[name] for name in GROUP} | dict.fromkeys(("rows_checked", "rows_failed"), pl.Int64())


@dataclass(frozen=True)
class Answer:
    """What one rule said: counts by source and as_of, the rows that fail, or why there is neither."""

    rule: Rule
    counts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_NO_COUNTS))
    failed: pl.DataFrame | None = None
    outcome: str | None = None
    reason: str | None = None

    @classmethod
    def not_asked(cls, rule: Rule, reason: str) -> "Answer":
        """The rule does not apply to what was given."""
        return cls(rule, outcome="not_applicable", reason=reason)

    @classmethod
    def broken(cls, rule: Rule, reason: str) -> "Answer":
        """The rule raised an error."""
        return cls(rule, outcome="could_not_run", reason=reason)

    def with_failing(self, failed: pl.DataFrame) -> "Answer":
        """The same answer, knowing which rows fail; counts so far only said how many were checked."""
        if self.outcome is not None:
            return self
        fails = failed.group_by(GROUP).agg(pl.len().cast(pl.Int64).alias("rows_failed"))
        counts = self.counts.drop("rows_failed").join(fails, on=GROUP, how="left")
        return replace(self, counts=counts.with_columns(pl.col("rows_failed").fill_null(0)), failed=failed)


def judgement_of(answers: list[Answer], tables: Tables) -> Judgement:
    """Findings and outcomes of all the answers, in the order of the rules."""
    if not answers:
        return Judgement()
    return Judgement(_findings(answers, tables.kind), _outcomes(answers, tables.groups(), tables.kind))


def combined(outcomes: list[pl.DataFrame]) -> pl.DataFrame:
    """One outcome per rule, source and as_of out of several parts: counts add up, the worst is said."""
    worst_first = pl.Enum(["could_not_run", "failed", "passed", "not_applicable"])
    whole = (
        pl.concat(outcomes)
        .with_columns(pl.col("outcome").cast(worst_first))
        .sort("outcome", maintain_order=True)
        .group_by("rule_id", *GROUP, maintain_order=True)
        .agg(pl.col("severity", "entity", "outcome", "reason").first(), pl.col("rows_checked", "rows_failed").sum())
        .with_columns(pl.col("outcome").cast(pl.String))
    )
    return whole.select(list(OUTCOMES)).sort("rule_id", *GROUP)


def _findings(answers: list[Answer], kind: Kind) -> pl.DataFrame:
    """One row for each rule and failing row, rows of a rule in their order."""
    failing = [
        answer.failed.sort("row").with_columns(pl.lit(place, dtype=pl.UInt32).alias("place"))
        for place, answer in enumerate(answers)
        if answer.failed is not None and not answer.failed.is_empty()
    ]
    if not failing:
        return pl.DataFrame(schema=FINDINGS)
    rules = [answer.rule for answer in answers]
    words = pl.DataFrame(
        {
            "rule_id": [rule.id for rule in rules],
            "severity": [rule.severity_for(kind) for rule in rules],
            "entity": [REPORTED_AS.get(rule.on, rule.on) for rule in rules],
            "fields": [";".join(rule.fields) for rule in rules],
        }
    )
    found = pl.concat(failing)
    worded = pl.concat([found, words[found["place"]]], how="horizontal")
    severity = pl.when("softened").then(pl.lit("warning")).otherwise("severity").alias("severity")
    return worded.with_columns(severity).select(list(FINDINGS))


def _outcomes(answers: list[Answer], groups: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """One row for each rule, source and as_of, whether or not the source held a row of the rule's table."""
    place = pl.lit(0, dtype=pl.UInt32).alias("place")
    counts = pl.concat(
        [pl.DataFrame(schema=_NO_COUNTS).with_columns(place)]
        + [
            answer.counts.with_columns(pl.lit(number, dtype=pl.UInt32).alias("place"))
            for number, answer in enumerate(answers)
            if not answer.counts.is_empty()
        ]
    )
    said = pl.DataFrame(
        {
            "place": pl.Series(range(len(answers)), dtype=pl.UInt32),
            "rule_id": [answer.rule.id for answer in answers],
            "severity": [answer.rule.severity_for(kind) for answer in answers],
            "entity": [REPORTED_AS.get(answer.rule.on, answer.rule.on) for answer in answers],
            "outcome": pl.Series([answer.outcome for answer in answers], dtype=pl.String),
            "reason": pl.Series([answer.reason for answer in answers], dtype=pl.String),
        }
    )
    counted = (
        said.join(groups, how="cross", maintain_order="left_right")
        .join(counts, on=["place", *GROUP], how="left", maintain_order="left")
        .with_columns(pl.col("rows_checked", "rows_failed").fill_null(0))
    )
    outcome = (
        pl.when(pl.col("outcome").is_not_null())
        .then("outcome")
        .when(pl.col("rows_failed") > 0)
        .then(pl.lit("failed"))
        .when(pl.col("rows_checked") > 0)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not_applicable"))
    )
    silent = pl.col("outcome").is_null() & (pl.col("rows_checked") == 0)
    reason = pl.when(silent).then(pl.lit("no rows to check")).otherwise("reason")
    return counted.with_columns(outcome.alias("outcome"), reason.alias("reason")).select(list(OUTCOMES))
