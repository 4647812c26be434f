"""Asset checks of the rules: one for each entity and severity, with counts by rule code and nothing about a child.

Shape is checked where frames are written, and stops the run (assets/frames); expectations have their own checks; dbt
tests become checks by themselves.
"""

from collections.abc import Iterator, Sequence

import dagster as dg
import polars as pl

from assets.findings.assets import OUTCOMES
from assets.stores import Stores
from quality.rules.catalogue import catalogue

# The newest day judged of each source, so that a check speaks of now.
_LATEST = """
    select outcomes.rule_id, outcomes.entity, outcomes.severity, outcomes.outcome, outcomes.rows_checked,
        outcomes.rows_failed
    from findings.rule_outcome as outcomes
    join (
        select source_id, scope, max(submission_day) as newest from findings.rule_outcome group by source_id, scope
    ) as latest
        on latest.source_id = outcomes.source_id and latest.scope = outcomes.scope
        and latest.newest = outcomes.submission_day
"""


def rule_checks(failure_rate_warning_pct: float) -> list[dg.AssetChecksDefinition]:
    """Checks on the findings: for each entity and severity, no rule fails on a larger share of rows than the setting.

    A rule that could not run fails its check, whatever the share.
    """
    specs = [
        dg.AssetCheckSpec(
            _name(entity, severity),
            asset=OUTCOMES,
            description=f"No {severity} rule on {entity} fails on over {failure_rate_warning_pct:g}% of rows.",
        )
        for entity, severity in _judged()
    ]

    @dg.multi_asset_check(name="rules", specs=specs)
    def rules(stores: dg.ResourceParam[Stores]) -> Iterator[dg.AssetCheckResult]:
        with stores.warehouse(read_only=True) as warehouse:
            outcomes = warehouse.query(_LATEST) if warehouse.exists("findings.rule_outcome") else None
        for entity, severity in _judged():
            yield _result(entity, severity, outcomes, failure_rate_warning_pct)

    return [rules]


def _judged() -> Sequence[tuple[str, str]]:
    asked = [entry for entry in catalogue().values() if entry.judged_by != "expectation"]
    return sorted({(entry.entity, entry.severity_for(kind)) for entry in asked for kind in entry.applies_to})


def _name(entity: str, severity: str) -> str:
    return f"{entity}_{severity}s"


def _result(
    entity: str, severity: str, outcomes: pl.DataFrame | None, failure_rate_warning_pct: float
) -> dg.AssetCheckResult:
    name = _name(entity, severity)
    if outcomes is None:
        return dg.AssetCheckResult(check_name=name, asset_key=OUTCOMES, passed=True, metadata={"rows_failed": 0})
    mine = outcomes.filter((pl.col("entity") == entity) & (pl.col("severity") == severity))
    by_rule = mine.group_by("rule_id").agg(
        pl.col("rows_failed").sum(),
        pl.col("rows_checked").sum(),
        (pl.col("outcome") == "could_not_run").any().alias("broken"),
    )
    share = 100 * pl.col("rows_failed") / pl.col("rows_checked")
    over = by_rule.filter(pl.col("broken") | (share > failure_rate_warning_pct)).sort("rule_id")
    failing = by_rule.filter(pl.col("rows_failed") > 0).sort("rule_id")
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=OUTCOMES,
        passed=over.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "rows_failed": int(by_rule["rows_failed"].sum()),
            "failing_rules": dict(zip(failing["rule_id"], failing["rows_failed"], strict=True)),
            "over_threshold_or_broken": over["rule_id"].to_list(),
        },
    )
