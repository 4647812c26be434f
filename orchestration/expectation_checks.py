"""Asset checks of the expectations: one for each collection, with counts and what failed, and nothing about a child."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.expectations.assets import OUTCOMES
from assets.expectations.store import latest
from assets.stores import Stores
from quality.expectations.model import Limits
from quality.expectations.suites import all_suites

# Of what failed, so many are named in a check; all are in the table and in the Data Docs.
_NAMED = 50


def expectation_checks(limits: Limits) -> list[dg.AssetChecksDefinition]:
    """Checks on the outcomes of the last day looked at: a warning where something is unusual, an error where an
    expectation could not be judged."""
    suites = all_suites(limits)

    @dg.multi_asset_check(
        name="expectations",
        specs=[
            dg.AssetCheckSpec(
                suite.collection,
                asset=OUTCOMES,
                description=". ".join(expectation.says for expectation in suite.expectations) + ".",
            )
            for suite in suites
        ],
    )
    def expectations(stores: dg.ResourceParam[Stores]) -> Iterator[dg.AssetCheckResult]:
        with stores.warehouse(read_only=True) as warehouse:
            outcomes = latest(warehouse)
        for suite in suites:
            yield _result(suite.collection, outcomes.filter(pl.col("collection") == suite.collection))

    return [expectations]


def _result(collection: str, outcomes: pl.DataFrame) -> dg.AssetCheckResult:
    counts = dict(outcomes["outcome"].value_counts().iter_rows())
    failed = outcomes.filter(pl.col("outcome") == "failed").sort("source_id", "about")
    broken = outcomes.filter(pl.col("outcome") == "could_not_run")
    names = failed.select(pl.format("{}: {}", "source_id", "about").unique(maintain_order=True)).to_series()
    return dg.AssetCheckResult(
        check_name=collection,
        asset_key=OUTCOMES,
        passed=failed.is_empty() and broken.is_empty(),
        severity=dg.AssetCheckSeverity.WARN if broken.is_empty() else dg.AssetCheckSeverity.ERROR,
        metadata={
            **{name: counts.get(name, 0) for name in ("passed", "failed", "not_applicable", "could_not_run")},
            "failed_on": names.head(_NAMED).to_list(),
            "could_not_run_because": broken["reason"].unique().sort().to_list(),
        },
    )
