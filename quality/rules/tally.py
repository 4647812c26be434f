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
    groups = tables.groups()
    findings = [_findings(answer, tables.kind) for answer in answers if answer.failed is not None]
    outcomes = [_outcomes(answer, groups, tables.kind) for answer in answers]
    return Judgement(
        pl.concat(findings) if findings else pl.DataFrame(schema=FINDINGS),
        pl.concat(outcomes),
    )


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


def _findings(answer: Answer, kind: Kind) -> pl.DataFrame:
    rule = answer.rule
    failed = answer.failed
    if failed is None or failed.is_empty():
        return pl.DataFrame(schema=FINDINGS)
    severity = pl.when("softened").then(pl.lit("warning")).otherwise(pl.lit(rule.severity_for(kind)))
    return failed.sort("row").select(
        pl.lit(rule.id).alias("rule_id"),
        severity.alias("severity"),
        pl.lit(REPORTED_AS.get(rule.on, rule.on)).alias("entity"),
        *("row", "subject", "source_id", "la_code", "child_key", "as_of"),
        pl.lit(";".join(rule.fields)).alias("fields"),
    )


def _outcomes(answer: Answer, groups: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """One row for each source and as_of, whether or not it held a row of the rule's entity."""
    rule = answer.rule
    counted = groups.join(answer.counts, on=GROUP, how="left").with_columns(
        pl.col("rows_checked", "rows_failed").fill_null(0)
    )
    if answer.outcome is not None:
        outcome, reason = pl.lit(answer.outcome), pl.lit(answer.reason, dtype=pl.String)
    else:
        outcome = (
            pl.when(pl.col("rows_failed") > 0)
            .then(pl.lit("failed"))
            .when(pl.col("rows_checked") > 0)
            .then(pl.lit("passed"))
            .otherwise(pl.lit("not_applicable"))
        )
        reason = pl.when(pl.col("rows_checked") == 0).then(pl.lit("no rows to check"))
    named = counted.with_columns(
        pl.lit(rule.id).alias("rule_id"),
        pl.lit(rule.severity_for(kind)).alias("severity"),
        pl.lit(REPORTED_AS.get(rule.on, rule.on)).alias("entity"),
        outcome.alias("outcome"),
        reason.alias("reason"),
    )
    return named.select(list(OUTCOMES))
