"""Puts the definitions together: assets of every stage, jobs, schedule, sensor, checks and resources.

`build_definitions(settings, overrides)` is how tests swap a resource. What an asset does is in its stage's folder.
"""

import os
import warnings
from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource

from assets.comparison.assets import comparison_assets
from assets.erasure.assets import erasure_assets
from assets.expectations.assets import OUTCOMES as EXPECTATIONS
from assets.expectations.assets import expectations_assets
from assets.findings.assets import findings_assets
from assets.models.assets import models_assets
from assets.models.project import PROJECT_DIR, prepared_project, with_variables
from assets.published.assets import VALUES, published_assets
from assets.records.assets import records_assets
from assets.reports.assets import REPORT, reports_assets
from assets.retention.assets import retention_assets
from assets.returns.assets import returns_assets
from assets.submissions.assets import submissions_assets
from assets.warehouse.assets import CHILD_RECORDS, warehouse_assets
from assets.warehouse.dbt_environment import dbt_environment
from orchestration.checks import rule_checks
from orchestration.expectation_checks import expectation_checks
from orchestration.instance import WAREHOUSE_POOL
from orchestration.jobs import EXECUTOR, daily_job, report_job, retention_job
from orchestration.partitions import submission_day
from orchestration.resources import stores_of
from orchestration.schedules import monthly_retention_schedule, yesterday_schedule
from orchestration.sensors import cut_short_sensor, landed_days_sensor
from orchestration.settings import Settings

# Backfill policies and partition ranges are still called beta by Dagster; the version is pinned.
warnings.filterwarnings("ignore", category=dg.BetaWarning)


# Settings that the models read as dbt variables.
_SCHEME = ("minimum_contributors", "count_same_carer_moves", "vintage_ladder_days", "return_deadline")


def build_definitions(settings: Settings, overrides: Mapping[str, Any] | None = None) -> dg.Definitions:
    """The whole code location. overrides: resources by name that replace the real ones."""
    target = "postgres" if settings.warehouse.startswith("postgresql") else "duckdb"
    # dbt runs as its own process and learns where the warehouse is from these.
    os.environ.update(dbt_environment(settings.warehouse, settings.threads, settings.memory_limit_gb))
    variables = {name: getattr(settings, name) for name in _SCHEME}
    project = prepared_project(target, settings.home.absolute() / "dbt", variables)
    arguments = with_variables(variables)
    partitions = submission_day(settings.first_day)
    history = models_assets("dbt_history", project, WAREHOUSE_POOL, arguments)
    marts = models_assets("dbt_marts", project, WAREHOUSE_POOL, arguments)
    of_history, of_marts = _tables_of(history, "history"), _tables_of(marts, "marts")
    limits = settings.expectation_limits
    assets: list[Any] = [
        *submissions_assets(),
        records_assets(partitions),
        *erasure_assets(partitions, [REPORT, EXPECTATIONS], WAREHOUSE_POOL),
        returns_assets(),
        published_assets(WAREHOUSE_POOL),
        warehouse_assets(partitions, WAREHOUSE_POOL),
        history,
        findings_assets(of_history, WAREHOUSE_POOL),
        marts,
        expectations_assets([CHILD_RECORDS, VALUES, *of_history, *of_marts], WAREHOUSE_POOL, limits),
        comparison_assets(of_marts, WAREHOUSE_POOL),
        reports_assets(WAREHOUSE_POOL),
        retention_assets(WAREHOUSE_POOL),
    ]
    dbt = DbtCliResource(project_dir=project, profiles_dir=str(PROJECT_DIR), target=target)
    return dg.Definitions(
        assets=assets,
        asset_checks=[*rule_checks(settings.failure_rate_warning_pct), *expectation_checks(limits)],
        jobs=[daily_job(partitions), report_job(), retention_job()],
        executor=EXECUTOR,
        schedules=[yesterday_schedule(partitions), monthly_retention_schedule()],
        sensors=[landed_days_sensor(), cut_short_sensor()],
        resources={"stores": stores_of(settings), "dbt": dbt, **(overrides or {})},
    )


def _tables_of(models: dg.AssetsDefinition, schema: str) -> list[dg.AssetKey]:
    """Keys of the models stored in that schema."""
    return sorted(key for key in models.keys if key.path[0] == schema)
