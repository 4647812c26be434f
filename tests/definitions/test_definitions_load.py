"""The code location loads as workspace.yaml says, and offers what it is expected to offer."""

import importlib
import os
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from platform_home import PlatformHome, environment_kept

from orchestration.instance import open_instance
from tools.snapshot import FILE, snapshot

# Dagster does not export the class of its asset graph.
AssetGraph = Any

PARTITIONED = {
    dg.AssetKey(["lake", "records"]),
    dg.AssetKey(["erasure", "tombstones"]),
    dg.AssetKey(["raw", "child_records"]),
}


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> AssetGraph:
    return definitions.resolve_asset_graph()


def test_the_module_that_the_workspace_names_holds_the_definitions(
    repository: Path, home: PlatformHome, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = yaml.safe_load((repository / "workspace.yaml").read_text())["load_from"]
    monkeypatch.setenv("CSC_HOME", str(home.folder))
    module = importlib.import_module(loaded[0]["python_module"]["module_name"])
    assert len(loaded) == 1
    assert snapshot(module.defs) == snapshot(definitions)


def test_definitions_are_valid(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_names_are_the_expected_ones(definitions: dg.Definitions) -> None:
    assert snapshot(definitions) == FILE.read_text(encoding="utf-8"), "if this change is meant, run make snapshot"


def test_every_asset_says_what_it_is(graph: AssetGraph) -> None:
    without = [
        key.to_user_string() for key in graph.get_all_asset_keys() if not (graph.get(key).description or "").strip()
    ]
    assert without == []


def test_every_asset_belongs_to_a_group_of_ours(graph: AssetGraph, repository: Path) -> None:
    stages = {path.parent.name for path in (repository / "assets").glob("*/assets.py")}
    stages -= {"models", "expectations", "frames"}  # what is theirs stands in the groups of other stages
    from_dbt = {"reference", "history", "marts"}
    assert {graph.get(key).group_name for key in graph.get_all_asset_keys()} == stages | from_dbt


def test_days_partition_what_arrives_and_nothing_else(graph: AssetGraph) -> None:
    partitioned = {key for key in graph.get_all_asset_keys() if graph.get(key).partitions_def is not None}
    assert partitioned == PARTITIONED
    for key in partitioned:
        days = graph.get(key).partitions_def
        assert isinstance(days, dg.DailyPartitionsDefinition)
        assert (days.timezone, days.get_first_partition_key()) == ("Europe/London", "2025-04-01")


def test_a_range_of_days_is_one_run(graph: AssetGraph) -> None:
    assert {graph.get(key).backfill_policy for key in PARTITIONED} == {dg.BackfillPolicy.single_run()}


def test_every_mart_comes_from_history_or_findings(graph: AssetGraph) -> None:
    def from_data(key: dg.AssetKey) -> bool:
        return any(parent.path[0] in ("history", "findings") for parent in graph.get_ancestor_asset_keys(key))

    marts = [key for key in graph.get_all_asset_keys() if key.path[0] == "marts"]
    facts = [key for key in marts if key.path[1].startswith("fct_")]
    assert facts
    assert [key.to_user_string() for key in facts if not from_data(key)] == []


def test_marts_wait_for_the_findings(graph: AssetGraph) -> None:
    """One dbt command builds them all, so all wait."""
    findings = dg.AssetKey(["findings", "rule_outcome"])
    summary = graph.get(dg.AssetKey(["marts", "fct_finding_summary"]))
    assert findings in summary.parent_keys


def test_nobody_is_told_what_runs_here(home: PlatformHome, definitions: dg.Definitions) -> None:
    with environment_kept(), open_instance(home.settings) as instance:
        assert instance.telemetry_enabled is False
    configuration = yaml.safe_load((home.settings.dagster_home / "dagster.yaml").read_text())
    assert configuration["telemetry"] == {"enabled": False}
    assert os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"


def test_only_its_owner_reads_the_home(home: PlatformHome, definitions: dg.Definitions) -> None:
    assert home.folder.stat().st_mode & 0o077 == 0
