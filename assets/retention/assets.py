"""Retention as an asset of its own job: what was removed of landing and lake, and when."""

import dagster as dg

from assets.retention.removing import aged, remove
from assets.stores import Stores

GROUP = "retention"
REMOVED = dg.AssetKey(["retention", "removals"])


def retention_assets(pool: str) -> dg.AssetsDefinition:
    """What landing and lake no longer hold. In the warehouse's pool: a load must not find a day half removed."""

    @dg.asset(
        key=REMOVED,
        description="One record per removal: the submission days and annual returns whose files were older than the "
        "period of retention. History and the log of records stay in the warehouse.",
        group_name=GROUP,
        kinds={"json"},
        pool=pool,
    )
    def removals(stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        what = aged(stores)
        remove(stores, what)
        return dg.MaterializeResult(
            metadata={
                "kept_from": what.kept_from.isoformat(),
                "days": list(what.days),
                "returns": sorted(what.returns),
                "files": what.files,
                "bytes": what.bytes,
            }
        )

    return removals
