"""A wrong setting is an error that names its variable and keeps secrets to itself."""

import os
import stat
from pathlib import Path

import pytest

from orchestration.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CSC_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CSC_WAREHOUSE_URL", "mysql://somewhere/db"),
        ("CSC_WAREHOUSE_URL", "duckdb:relative.duckdb"),
        ("CSC_FIRST_DAY", "01/04/2025"),
        ("CSC_FIRST_DAY", "2025-02-30"),
        ("CSC_THREADS", "0"),
        ("CSC_THREADS", "two"),
        ("CSC_MEMORY_LIMIT_GB", "0"),
        ("CSC_CHUNK_RECORDS", "1"),
        ("CSC_MATCH_TOLERANCE_DAYS", "-1"),
        ("CSC_INDICATOR_TOLERANCE_PCT", "-0.1"),
        ("CSC_SMALL_NUMBER", "few"),
        ("CSC_FAILURE_RATE_WARNING_PCT", "101"),
        ("CSC_VOLUME_DEVIATIONS", "0"),
        ("CSC_SILENT_WORKING_DAYS", "0"),
        ("CSC_CODE_MIX_PCT", "101"),
        ("CSC_VINTAGE_LADDER_DAYS", "1,soon"),
        ("CSC_VINTAGE_LADDER_DAYS", "0,7"),
        ("CSC_RETURN_DEADLINE", "31-07"),
        ("CSC_RETURN_DEADLINE", "06-31"),
        ("CSC_RETURN_DEADLINE", "03-31"),
        ("CSC_PUBLISHED_MARGIN_PCT", "-1"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=f"^{variable}: "):
        load_settings()


def test_the_ladder_is_a_list_of_days_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSC_VINTAGE_LADDER_DAYS", "30, 1,7,30")
    assert load_settings().vintage_ladder_days == [1, 7, 30]


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSC_THREADS", "none")
    monkeypatch.setenv("CSC_FIRST_DAY", "today")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert {"CSC_THREADS", "CSC_FIRST_DAY"} == {part.split(":")[0] for part in str(raised.value).split("; ")}


def test_an_error_keeps_the_password_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSC_WAREHOUSE_URL", "postgres://someone:opensesame@host/db")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "opensesame" not in str(raised.value)


def test_everything_is_under_home_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CSC_HOME", str(tmp_path))
    monkeypatch.setenv("CSC_LAKE", "s3://bucket/lake")
    settings = load_settings()
    assert settings.landing_url == str(tmp_path / "landing")
    assert settings.lake_url == "s3://bucket/lake"
    assert settings.warehouse == f"duckdb:///{tmp_path / 'warehouse.duckdb'}"
    assert {settings.reports_dir, settings.keys_dir, settings.dagster_home} == {
        tmp_path / "reports",
        tmp_path / "keys",
        tmp_path / "dagster",
    }


def test_the_home_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "deep" / "home"
    monkeypatch.setenv("CSC_HOME", str(home))
    load_settings().prepare_home()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
