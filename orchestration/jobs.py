"""The jobs: what an engineer, a schedule or a command can start."""

from typing import Any

import dagster as dg

from orchestration.executors import in_one_process

DAILY_JOB = "daily"
REPORT_JOB = "report"
RETENTION_JOB = "retention"

EXECUTOR = in_one_process
# What runs of daily are to do when Dagster starts them again, because their process was killed: each stage takes in
# what is there by then, so none may be passed over.
_RETRIES = {"dagster/retry_strategy": "ALL_STEPS"}


def daily_job(partitions: dg.PartitionsDefinition) -> Any:
    """From what landed on one or many days, through history, findings and marts, to the comparison and the report."""
    return dg.define_asset_job(
        DAILY_JOB,
        selection=dg.AssetSelection.all() - dg.AssetSelection.groups("retention"),
        partitions_def=partitions,
        executor_def=EXECUTOR,
        tags=_RETRIES,
        description="Everything that follows from the batches of one submission day, or of a range of days in one run.",
    )


def report_job() -> Any:
    """The comparison and the report alone, on what the warehouse holds."""
    return dg.define_asset_job(
        REPORT_JOB,
        selection=dg.AssetSelection.groups("comparison", "reports"),
        executor_def=EXECUTOR,
        description="Compare the feed with the annual returns again, and write the evaluator's report.",
    )


def retention_job() -> Any:
    """Remove what landing and lake have kept for the configured period."""
    return dg.define_asset_job(
        RETENTION_JOB,
        selection=dg.AssetSelection.groups("retention"),
        executor_def=EXECUTOR,
        description="Remove landed files and lake days older than the period of retention, and say what went.",
    )
