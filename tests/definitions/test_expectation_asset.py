"""The expectations in Dagster: after the marts, for the day of the run, with a check for each collection."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest
from platform_home import PlatformHome

from assets.expectations.assets import OUTCOMES
from assets.expectations.store import SCHEMA, TABLE, latest, store
from assets.stores import Stores
from orchestration.expectation_checks import expectation_checks
from orchestration.instance import WAREHOUSE_POOL
from quality.expectations.suites import COLLECTIONS

DAY = "2026-04-01"


@pytest.fixture
def no_outcomes(stores: Stores) -> Iterator[None]:
    yield
    with stores.warehouse() as warehouse:
        warehouse.execute(f"drop table if exists {TABLE}")


def checked(home: PlatformHome, stores: Stores, rows: list[dict[str, Any]]) -> dict[str, dg.AssetCheckResult]:
    """The results of every check on these outcomes of one day."""
    outcomes = pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in rows], schema=SCHEMA)
    with stores.warehouse() as warehouse:
        store(warehouse, date.fromisoformat(DAY), outcomes)
    checks = expectation_checks(home.settings.expectation_limits)[0]
    return {str(result.check_name): result for result in checks(stores=stores)}


def an_outcome(outcome: str, **more: Any) -> dict[str, Any]:
    return {"collection": "freshness", "outcome": outcome, "source_id": "204-d2i", "about": "last record"} | more


def test_it_waits_for_what_it_reads(definitions: dg.Definitions) -> None:
    node = definitions.resolve_asset_graph().get(OUTCOMES)
    read = {key.to_user_string() for key in node.parent_keys}
    assert {"raw/child_records", "raw/published_values", "marts/fct_indicator_value", "history/children"} <= read
    assert node.group_name == "findings"
    assert node.pools == {WAREHOUSE_POOL}


def test_there_is_a_check_for_each_collection(definitions: dg.Definitions) -> None:
    keys = definitions.resolve_asset_graph().get_check_keys_for_assets({OUTCOMES})
    assert {key.name for key in keys} >= set(COLLECTIONS)


@pytest.mark.usefixtures("no_outcomes")
@pytest.mark.parametrize(
    ("tags", "as_of"),
    [
        ({"dagster/partition": DAY}, DAY),
        ({"dagster/asset_partition_range_start": DAY, "dagster/asset_partition_range_end": "2026-04-03"}, "2026-04-03"),
    ],
)
def test_the_day_looked_at_is_the_last_of_the_run(
    definitions: dg.Definitions, stores: Stores, tags: dict[str, str], as_of: str
) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        job = definitions.resolve_job_def("daily")
        result = job.execute_in_process(instance=instance, tags=tags, asset_selection=[OUTCOMES])
    assert result.success
    [event] = result.asset_materializations_for_node("findings__expectation_outcome")
    assert event.metadata["as_of"].value == as_of
    page = Path(str(event.metadata["data_docs"].value))
    assert page == stores.deployment.reports_dir.absolute() / "data_docs" / as_of / "index.html"
    assert event.metadata["data_docs_page"].value == page.as_uri()
    assert page.exists()
    with stores.warehouse(read_only=True) as warehouse:
        kept = latest(warehouse)
    assert set(kept.select("run_day", "outcome").iter_rows()) == {(date.fromisoformat(as_of), "not_applicable")}


@pytest.mark.usefixtures("no_outcomes")
def test_a_check_warns_of_what_failed_and_names_it(home: PlatformHome, stores: Stores) -> None:
    found = checked(home, stores, [an_outcome("passed", source_id="204-cms"), an_outcome("failed")])
    assert set(found) == set(COLLECTIONS)
    result = found["freshness"]
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert result.metadata["failed_on"].value == ["204-d2i: last record"]
    assert [result.metadata[name].value for name in ("passed", "failed", "not_applicable")] == [1, 1, 0]
    assert found["volumes"].passed


@pytest.mark.usefixtures("no_outcomes")
def test_a_check_is_an_error_where_nothing_could_be_judged(home: PlatformHome, stores: Stores) -> None:
    result = checked(home, stores, [an_outcome("could_not_run", source_id=None, reason="its query broke")])["freshness"]
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert result.metadata["could_not_run_because"].value == ["its query broke"]


@pytest.mark.usefixtures("no_outcomes")
def test_not_applicable_is_no_failure(home: PlatformHome, stores: Stores) -> None:
    assert checked(home, stores, [an_outcome("not_applicable", reason="no value")])["freshness"].passed


def test_loading_the_code_location_does_not_load_great_expectations(repository: Path) -> None:
    """Its import costs 4 CPU seconds, which every command and every Dagster process would pay."""
    asked = "import sys, orchestration.build; sys.exit('great_expectations' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], cwd=repository, check=True)
