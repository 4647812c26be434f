"""What assets are given to work with, made from the settings. What a store does is in assets/."""

import csv
import sys
from datetime import UTC, datetime

from assets.stores import Deployment, Stores
from assets.warehouse.dbt_environment import PROJECT_DIR
from orchestration.settings import Settings


def current_authorities() -> list[dict[str, str]]:
    """The current upper-tier LAs, from the one copy of that table (the dbt seed)."""
    with (PROJECT_DIR / "seeds" / "local_authority.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def deployment_of(settings: Settings) -> Deployment:
    """The part of the settings that the stages need."""
    authorities = current_authorities()
    return Deployment(
        home=settings.home.absolute(),
        landing_url=settings.landing_url,
        lake_url=settings.lake_url,
        warehouse_url=settings.warehouse,
        reports_dir=settings.reports_dir,
        reference_dir=settings.reference_dir,
        providers=settings.providers,
        keys_dir=settings.keys_dir,
        retention_months=settings.retention_months,
        purge_scope=settings.purge_scope,
        pseudonym_key=settings.pseudonym_key,
        landing_key=settings.landing_key,
        threads=settings.threads,
        memory_limit_gb=settings.memory_limit_gb,
        chunk_records=settings.chunk_records,
        match_tolerance_days=settings.match_tolerance_days,
        indicator_tolerance_pct=settings.indicator_tolerance_pct,
        small_number=settings.small_number,
        failure_rate_warning_pct=settings.failure_rate_warning_pct,
        la_codes=frozenset(row["la_code"] for row in authorities),
        regions=frozenset(row["region_9"] for row in authorities),
    )


def stores_of(settings: Settings) -> Stores:
    """The stores of this deployment; the home folder is made, nothing else is touched."""
    settings.prepare_home()
    return Stores(deployment_of(settings), lambda: datetime.now(UTC), say)


def say(line: str) -> None:
    """Show progress on standard error, with the time."""
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S}  {line}\n")
    sys.stderr.flush()
