"""The outcomes of the expectations as an asset."""

from datetime import date

import dagster as dg

from assets.expectations.look import day_to_look_at, look
from assets.expectations.store import TABLE
from assets.stores import Stores
from quality.expectations.model import Limits

# Beside the rules' findings, whose group it is in.
GROUP = "findings"
OUTCOMES = dg.AssetKey(TABLE.split("."))


def expectations_assets(upstream: list[dg.AssetKey], pool: str, limits: Limits) -> dg.AssetsDefinition:
    """What collections in the warehouse, taken as a whole, look like beside what is expected of them."""

    @dg.asset(
        key=OUTCOMES,
        description="One row per day looked at, expectation, and stream or return (and column, relation or indicator "
        "of it): passed, failed, not applicable or could not run. Data Docs are kept with the reports.",
        deps=upstream,
        group_name=GROUP,
        kinds={"greatexpectations"},
        pool=pool,
    )
    def expectation_outcome(
        context: dg.AssetExecutionContext, stores: dg.ResourceParam[Stores]
    ) -> dg.MaterializeResult:
        stores.progress("looking at volumes, freshness, code mixes, integrity and indicators as a whole")
        with stores.warehouse() as warehouse:
            as_of = day_to_look_at(warehouse, _day_of_run(context))
            if as_of is None:
                return dg.MaterializeResult(metadata={"outcomes": 0})
            seen = look(warehouse, as_of, limits, stores.deployment.reports_dir / "data_docs", stores.now())
        page = seen.page.absolute()
        return dg.MaterializeResult(
            metadata={
                "as_of": str(as_of),
                "outcomes": seen.outcomes.height,
                **dict(seen.outcomes["outcome"].value_counts().sort("outcome").iter_rows()),
                "data_docs": dg.MetadataValue.path(page),
                "data_docs_page": dg.MetadataValue.url(page.as_uri()),
            }
        )

    return expectation_outcome


def _day_of_run(context: dg.AssetExecutionContext) -> date | None:
    """The last submission day of the run; None for one that is not about days."""
    if not (context.has_partition_key or context.has_partition_key_range):
        return None
    return date.fromisoformat(context.partition_key_range.end)
