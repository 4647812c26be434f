"""Dagster's own home: written once under the platform's home, telemetry off, one writer on the warehouse at a time."""

import os
from pathlib import Path

import dagster as dg
import yaml

from assets.files import FileStore
from orchestration.settings import Settings

WAREHOUSE_POOL = "warehouse"


def instance_configuration(settings: Settings) -> dict[str, object]:
    """The content of dagster.yaml. On Postgres, Dagster's storage goes to the same server as the warehouse."""
    configuration: dict[str, object] = {
        "telemetry": {"enabled": False},
        "nux": {"enabled": False},
        # DuckDB takes one writing process; Postgres takes many, but two runs of one day would only repeat each other.
        "concurrency": {"pools": {"default_limit": 1}, "runs": {"max_concurrent_runs": 1}},
        # A slot that a run left held is freed a minute after its end. Of a run that was killed at_work.py sees the end.
        "run_monitoring": {"enabled": True, "free_slots_after_run_end_seconds": 60},
        # Time cures a process that was killed; what failed in a step would fail there again.
        "run_retries": {"enabled": True, "max_retries": 2, "retry_on_asset_or_op_failure": False},
    }
    if settings.warehouse.startswith("postgresql"):
        # dagster-postgres speaks psycopg2 only, and SQLAlchemy takes a bare postgresql:// to mean psycopg 3.
        url = "postgresql+psycopg2://" + settings.warehouse.split("://", 1)[1]
        configuration["storage"] = {"postgres": {"postgres_url": url}}
    return configuration


def prepare_instance(settings: Settings) -> Path:
    """Write dagster.yaml where it is missing or out of date, and point DAGSTER_HOME at it. Returns the folder."""
    settings.prepare_home()
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = yaml.safe_dump(instance_configuration(settings), sort_keys=True).encode()
    target = home / "dagster.yaml"
    if not target.exists() or target.read_bytes() != content:
        FileStore(home).write("dagster.yaml", content)
        target.chmod(0o600)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The persistent Dagster instance on which commands run, so that the UI shows what they did."""
    prepare_instance(settings)
    return dg.DagsterInstance.get()
