"""What runs by the clock."""

import dagster as dg

from orchestration.jobs import DAILY_JOB, RETENTION_JOB

LONDON_TIME = "Europe/London"


def yesterday_schedule(partitions: dg.TimeWindowPartitionsDefinition) -> dg.ScheduleDefinition:
    """Every day at 04:00 London time: the day that has just ended."""

    @dg.schedule(
        name="daily_yesterday",
        job_name=DAILY_JOB,
        cron_schedule="0 4 * * *",
        execution_timezone=LONDON_TIME,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Materialises yesterday at 04:00, London time, whether or not anything landed.",
    )
    def daily_yesterday(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        # The newest partition is today, still filling; the one before it is the day that is complete.
        day = partitions.get_partition_keys(current_time=context.scheduled_execution_time)[-2]
        return dg.RunRequest(run_key=day, partition_key=day)

    return daily_yesterday


def monthly_retention_schedule() -> dg.ScheduleDefinition:
    """On the first of each month at 06:00 London time, when the night's run is over."""
    return dg.ScheduleDefinition(
        name="monthly_retention",
        job_name=RETENTION_JOB,
        cron_schedule="0 6 1 * *",
        execution_timezone=LONDON_TIME,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Removes what landing and lake have kept for the configured period, every month.",
    )
