"""The evaluator's report as an asset."""

import dagster as dg

from assets.comparison.assets import TABLES
from assets.reports.writing import write_report
from assets.stores import Stores

GROUP = "reports"
REPORT = dg.AssetKey(["reports", "quality_comparison"])


def reports_assets(pool: str) -> dg.AssetsDefinition:
    """The burden and quality comparison report."""

    @dg.asset(
        key=REPORT,
        description="One report: HTML for reading, a workbook of the tables beside it; small numbers suppressed.",
        deps=[dg.AssetKey(["comparison", name]) for name in TABLES],
        group_name=GROUP,
        kinds={"html", "excel"},
        pool=pool,
    )
    def quality_comparison(stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        stores.progress("writing the report")
        files = write_report(stores, None, stores.deployment.reports_dir)
        return dg.MaterializeResult(
            metadata={"html": dg.MetadataValue.path(files.html), "workbook": dg.MetadataValue.path(files.xlsx)}
        )

    return quality_comparison
