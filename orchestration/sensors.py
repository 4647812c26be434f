"""What runs when something lands: a thin reading of what landing holds and what the lake has taken in."""

from datetime import timedelta

import dagster as dg

from assets.records.pending import pending_days
from assets.stores import Stores
from orchestration.at_work import settle_cut_short
from orchestration.jobs import DAILY_JOB


def landed_days_sensor(look_back_days: int = 45, days_at_once: int = 31) -> dg.SensorDefinition:
    """Ask for a run of every submission day on which batches landed that the lake has not taken in.

    A day is asked for once for each state of its landing folder (the run key), so a day that failed is not hammered;
    a batch that arrives later makes a new state, and a new request. Days further back than the look-back are left to
    `csc process`, which looks at all. Errors of the stores are raised, not hidden.
    """

    @dg.sensor(
        name="newly_landed_days",
        job_name=DAILY_JOB,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Every 30 seconds: submission days with batches that the lake has not taken in yet.",
    )
    def newly_landed_days(stores: dg.ResourceParam[Stores]) -> dg.SensorResult | dg.SkipReason:
        since = (stores.now() - timedelta(days=look_back_days)).date()
        pending = pending_days(stores.landing, stores.lake, since, removed=stores.removals.days(), and_loaded=False)
        if not pending:
            return dg.SkipReason("every landed batch is in the lake")
        requests = [
            dg.RunRequest(run_key=f"{day}:{state}", partition_key=day)
            for day, state in sorted(pending.items())[:days_at_once]
        ]
        return dg.SensorResult(run_requests=requests)

    return newly_landed_days


def cut_short_sensor() -> dg.SensorDefinition:
    """Let nothing wait for a run whose process was killed. Dagster starts again what Dagster had started."""

    @dg.sensor(
        name="runs_cut_short",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Every minute: runs whose process is gone are marked as failed, and their slots are freed.",
    )
    def runs_cut_short(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        settled = settle_cut_short(context.instance)
        return dg.SkipReason(f"{len(settled)} runs were cut short" if settled else "no run was cut short")

    return runs_cut_short
