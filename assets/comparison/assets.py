"""The comparison tables as assets."""

from collections.abc import Iterator

import dagster as dg

from assets.comparison.compare import compare, write
from assets.stores import Stores

GROUP = "comparison"

TABLES = {
    "pairs": "One row per stream and return of the same LA: what is compared with what, over which days.",
    "coverage": "One row per stream, return and entity: rows in both, only in the feed, only in the return.",
    "record_match": "One row per row in scope on either side: found on both or on one, and by which tier of linkage.",
    "field_agreement": "One row per stream, return, entity and field: matched rows that agree and that differ.",
    "timeliness": "One row per stream, entity and event: days from the event to the day it was first known.",
    "timeliness_curve": "One row per stream, entity, event and lag in days.",
    "indicator_agreement": "One row per stream, return and indicator: the feed's, the return's, the published value.",
    "validity": "One row per source and rule: rows checked and rows failed, by the same rules on either side.",
}


def comparison_assets(upstream: list[dg.AssetKey], pool: str) -> dg.AssetsDefinition:
    """All comparison tables, made together from history, findings and marts."""

    @dg.multi_asset(
        name="comparison",
        specs=[
            dg.AssetSpec(["comparison", name], description=text, deps=upstream, group_name=GROUP, kinds={"polars"})
            for name, text in TABLES.items()
        ],
        pool=pool,
    )
    def comparison(stores: dg.ResourceParam[Stores]) -> Iterator[dg.MaterializeResult]:
        stores.progress("comparing the feed with the annual returns")
        with stores.warehouse() as warehouse:
            tables = compare(
                warehouse,
                match_tolerance_days=stores.deployment.match_tolerance_days,
                indicator_tolerance_pct=stores.deployment.indicator_tolerance_pct,
            )
            rows = write(warehouse, tables)
        for name in TABLES:
            yield dg.MaterializeResult(asset_key=["comparison", name], metadata={"rows": rows[name]})

    return comparison
