"""The lake's records as an asset, one partition a submission day."""

from collections import Counter

import dagster as dg

from assets.frames.assets import shape_results, shape_specs
from assets.records.outcomes import Summary
from assets.records.taking_in import take_in_days
from assets.stores import Stores
from assets.submissions.assets import BATCHES
from quality.schemas.entities import ENTITIES
from quality.schemas.logs import LOGS

GROUP = "records"
RECORDS = dg.AssetKey(["lake", "records"])
TABLES = (*ENTITIES, *LOGS)


class RecordsConfig(dg.Config):
    """Which LAs of the day to take in; empty means all."""

    la_codes: list[str] = []


def records_assets(partitions: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Verdicts and entity frames of the days' batches."""

    @dg.asset(
        key=RECORDS,
        description="One folder per submission day and stream: a frame for each of the 13 entities, the record log, "
        "the purges, and the records set aside with their reasons. Children under pseudonyms.",
        deps=[BATCHES],
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name=GROUP,
        kinds={"polars", "parquet"},
        check_specs=shape_specs(RECORDS, TABLES),
    )
    def records(
        context: dg.AssetExecutionContext, config: RecordsConfig, stores: dg.ResourceParam[Stores]
    ) -> dg.MaterializeResult:
        for day in context.partition_keys:
            stores.landing.sweep(day)
        summary = take_in_days(stores, context.partition_keys, frozenset(config.la_codes))
        summary.raise_failures(but_shapes=True)
        rows = sum((Counter(outcome.rows) for outcome in summary.outcomes), Counter())
        return dg.MaterializeResult(
            metadata=totals(summary), check_results=shape_results(RECORDS, TABLES, rows, summary.wrong_frames)
        )

    return records


def totals(summary: Summary) -> dict[str, int]:
    """Counts for the run's metadata: nothing in them is about a child."""
    names = ("batches", "received", "stored", "rejected", "erased", "unreadable_files")
    counts = {name: sum(getattr(outcome, name) for outcome in summary.outcomes) for name in names}
    return {"stream_days": len(summary.outcomes), **counts}
