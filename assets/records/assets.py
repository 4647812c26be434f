"""The lake's records as an asset, one partition a submission day."""

from collections import Counter
from datetime import date

import dagster as dg

from assets.frames.assets import shape_results, shape_specs
from assets.records.outcomes import Outcome, Summary
from assets.records.pending import NOTE, batches_state
from assets.records.stage import Work, asked_for, process
from assets.stores import Stores
from assets.submissions.assets import BATCHES
from assets.submissions.landing import LandedBatch
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


def take_in_days(stores: Stores, days: list[str] | tuple[str, ...], la_codes: frozenset[str]) -> Summary:
    """Replace the lake partitions of these days, of all LAs or of those named."""
    wanted = [date.fromisoformat(day) for day in days]
    batches = [batch for day in wanted for batch in stores.landing.batches(day)]
    partitions = {
        key: its_batches
        for key, its_batches in asked_for(batches, stores.lake, days).items()
        if not la_codes or key[1][:3] in la_codes
    }
    register = stores.register
    progress = _Progress(stores, len(partitions))
    work: Work[LandedBatch] = Work(
        read=stores.landing.read,
        lake=stores.lake,
        mode_at=register.mode_at,
        pseudonyms=stores.pseudonyms,
        chunk_records=stores.deployment.chunk_records,
        note=lambda made_from: {NOTE: batches_state(made_from)},
        on_outcome=progress,
    )
    return process(partitions, work)


class _Progress:
    """Says now and then how many partitions are done."""

    def __init__(self, stores: Stores, expected: int) -> None:
        self.stores = stores
        self.expected = expected
        self.done = 0
        self.records = 0

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        self.records += outcome.received
        if self.done % 100 == 0 or self.done == self.expected:
            self.stores.progress(f"records: {self.done} of {self.expected} stream days, {self.records:,} records")


def totals(summary: Summary) -> dict[str, int]:
    """Counts for the run's metadata: nothing in them is about a child."""
    names = ("batches", "received", "stored", "rejected", "erased", "unreadable_files")
    counts = {name: sum(getattr(outcome, name) for outcome in summary.outcomes) for name in names}
    return {"stream_days": len(summary.outcomes), **counts}
