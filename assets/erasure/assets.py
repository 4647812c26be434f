"""Erasure as assets: what is asked for, before the warehouse is loaded; and the proof, when everything else is done."""

import dagster as dg

from assets.erasure.finishing import finish
from assets.erasure.steps import erase
from assets.records.assets import GROUP as RECORDS_GROUP
from assets.records.assets import RECORDS
from assets.stores import Stores
from assets.temporary import sweep_temporary
from assets.warehouse.free_space import sweep

GROUP = "erasure"
TOMBSTONES = dg.AssetKey(["erasure", "tombstones"])


def erasure_assets(
    partitions: dg.PartitionsDefinition, last: list[dg.AssetKey], pool: str
) -> list[dg.AssetsDefinition]:
    """Tombstones and what they ask for in landing and lake; and the warehouse without its free space.

    last: what must be done before the warehouse can be written anew.
    """

    @dg.asset(
        key=TOMBSTONES,
        description="One row per purge flag or letter: keyed hashes and times, nothing personal. What they ask for is "
        "taken out of landing and lake here, and so is what late batches and replays bring back of it.",
        deps=[RECORDS],
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name=RECORDS_GROUP,  # in its place on the way: a group at both ends would turn the graph into a ring
        kinds={"parquet"},
        pool=pool,
    )
    def tombstones(context: dg.AssetExecutionContext, stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        sweep(stores.deployment.warehouse_url)
        sweep_temporary()
        done = erase(stores, list(context.partition_keys))
        return dg.MaterializeResult(metadata=vars(done))

    @dg.asset(
        key=["erasure", "rewritten_warehouse"],
        description="The warehouse written anew, if anything was erased in this run or in one that was cut short: "
        "deleted rows leave their bytes in free space.",
        deps=last,
        group_name=GROUP,
        kinds={"sql"},
        pool=pool,
    )
    def rewritten_warehouse(stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"tombstones": finish(stores)})

    return [tombstones, rewritten_warehouse]
