"""The raw tables as one asset: a day is loaded whole, or not at all."""

import dagster as dg

from assets.erasure.assets import TOMBSTONES
from assets.returns.assets import RETURNS
from assets.stores import Stores
from assets.warehouse.loading import load

GROUP = "warehouse"
CHILD_RECORDS = dg.AssetKey(["raw", "child_records"])


def warehouse_assets(partitions: dg.PartitionsDefinition, pool: str) -> dg.AssetsDefinition:
    """Schemas raw, control and secure."""

    @dg.asset(
        key=CHILD_RECORDS,
        description="The raw schema: one row per child record received in raw.records, one row per entity row of each "
        "distinct content in raw.<entity>, and the register, returns, submissions and bank holidays beside them.",
        deps=[TOMBSTONES, RETURNS],
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name=GROUP,
        kinds={"sql"},
        pool=pool,
    )
    def child_records(context: dg.AssetExecutionContext, stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        stores.progress(f"loading {len(context.partition_keys)} submission days into the warehouse")
        days, returns = load(stores, list(context.partition_keys))
        return dg.MaterializeResult(
            metadata={
                "records_added": days.records_added,
                "records_removed": days.records_removed,
                "contents_added": days.contents_added + returns.contents_added,
                "children_touched": days.children_touched + returns.children_touched,
            }
        )

    return child_records
