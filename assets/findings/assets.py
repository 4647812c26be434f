"""The rules' findings and outcomes as an asset."""

import dagster as dg
import polars as pl

from assets.findings.erased import forget_erased
from assets.findings.judge import judge_records, judge_state
from assets.findings.judge_returns import judge_returns
from assets.findings.judged import Judged
from assets.stores import Stores
from assets.warehouse.engine import Warehouse
from assets.warehouse.to_judge import days_to_judge, forget_judged

GROUP = "findings"
OUTCOMES = dg.AssetKey(["findings", "rule_outcome"])


def findings_assets(upstream: list[dg.AssetKey], pool: str) -> dg.AssetsDefinition:
    """Findings on records, on the state of the children that a day changed, and on annual returns."""

    @dg.asset(
        key=OUTCOMES,
        description="One row per source, day, scope and rule in findings.rule_outcome, and one row per failing entity "
        "row in findings.finding, for every day and return that has changed since they were last judged.",
        deps=upstream,
        group_name=GROUP,
        kinds={"polars"},
        pool=pool,
    )
    def rule_outcome(stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        stores.progress("judging records, children and returns by the rules")
        with stores.warehouse() as warehouse:
            judged, sources = judge_waiting(warehouse, stores)
        return dg.MaterializeResult(
            metadata={
                "sources_and_days": sources,
                "children_judged": judged.subjects,
                "findings": judged.findings,
                "rule_outcomes": judged.outcomes,
            }
        )

    return rule_outcome


def judge_waiting(warehouse: Warehouse, stores: Stores) -> tuple[Judged, int]:
    """Judge everything that waits, and note that it is done. What was judged, and how many sources and days it was.

    What was found in children who were erased since goes first.
    """
    forget_erased(warehouse)
    waiting = days_to_judge(warehouse)
    source_days = waiting.select("source_id", "submission_day").unique(maintain_order=True)
    days = source_days.filter(pl.col("submission_day").is_not_null())
    returns = source_days.filter(pl.col("submission_day").is_null())["source_id"].to_list()
    references = stores.references
    judged = judge_records(warehouse, days) + judge_state(warehouse, days, references.postcodes)
    judged += judge_returns(warehouse, stores.lake, returns, references)
    forget_judged(warehouse, waiting)
    return judged, source_days.height
