"""The raw tables as one asset: a day is loaded whole, or not at all."""

from datetime import date

import dagster as dg

from assets.lake import day_partition
from assets.records.assets import RECORDS
from assets.returns.assets import RETURNS
from assets.returns.landed import returns_held
from assets.stores import Stores
from assets.warehouse.calendar import bank_holidays
from assets.warehouse.load import Loaded, load_days, load_reference, load_returns
from assets.warehouse.to_judge import note_days_to_judge

GROUP = "warehouse"
CHILD_RECORDS = dg.AssetKey(["raw", "child_records"])


def warehouse_assets(partitions: dg.PartitionsDefinition, pool: str) -> dg.AssetsDefinition:
    """Schemas raw, control and secure."""

    @dg.asset(
        key=CHILD_RECORDS,
        description="The raw schema: one row per child record received in raw.records, one row per entity row of each "
        "distinct content in raw.<entity>, and the register, returns, submissions and bank holidays beside them.",
        deps=[RECORDS, RETURNS],
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


def load(stores: Stores, days: list[str]) -> tuple[Loaded, Loaded]:
    """Load these days of every live stream, and every return in the lake."""
    register = stores.register
    live = [day_partition(day, row.stream_id) for day in days for row in register.live(date.fromisoformat(day))]
    held = returns_held(stores.returns_landing, stores.lake)
    with stores.warehouse() as warehouse:
        attempts = stores.log.attempts()
        load_reference(warehouse, register.as_frame(), held, attempts, bank_holidays())
        loaded_days = load_days(warehouse, stores.lake, live)
        loaded_returns = load_returns(warehouse, stores.lake, held["return_id"].to_list())
        note_days_to_judge(warehouse, date.fromisoformat(days[0]), date.fromisoformat(days[-1]))
    return loaded_days, loaded_returns
