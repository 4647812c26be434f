"""Judging a warehouse: which children, as known when, and that a second run changes nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from judged_warehouse import STREAM, at, content, days, into, known, outcomes, prepared, received

from assets.findings.judge import judge_records, judge_returns, judge_state
from assets.findings.store import findings_by_severity, forget_children, rules_that_could_not_run
from assets.warehouse.engine import Warehouse, open_warehouse

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02", "2026-03-03", "2026-03-04"


@pytest.fixture(params=["duckdb", "postgres"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Warehouse]:
    on_duckdb = request.param == "duckdb"
    url = f"duckdb:///{tmp_path / 'w.duckdb'}" if on_duckdb else request.getfixturevalue("postgres_url")
    with open_warehouse(url) as opened:
        yield prepared(opened)
        if not on_duckdb:
            for schema in ("raw", "control", "secure", "findings", "history"):
                opened.execute(f"drop schema if exists {schema} cascade")


def _everything(warehouse: Warehouse) -> list[tuple[object, ...]]:
    found = warehouse.query("select * from findings.finding").rows()
    said = warehouse.query("select * from findings.rule_outcome").rows()
    return sorted(map(repr, [*found, *said]))


def _closed_too_early(warehouse: Warehouse, child: str, since: str, until: str | None = None) -> None:
    known(
        warehouse,
        "episodes",
        child,
        since,
        until,
        social_care_episode_id="E1",
        referral_date="2026-02-01",
        closure_date="2026-01-01",
    )


def test_state_is_judged_as_known_at_the_end_of_the_day(warehouse: Warehouse) -> None:
    received(warehouse, "a", MONDAY, "c1")
    received(warehouse, "a", TUESDAY, "c2")
    known(warehouse, "children", "a", MONDAY, date_of_birth="2015-01-01")
    _closed_too_early(warehouse, "a", MONDAY, TUESDAY)
    known(
        warehouse,
        "episodes",
        "a",
        TUESDAY,
        social_care_episode_id="E1",
        referral_date="2026-02-01",
        closure_date="2026-02-02",
    )
    judge_state(warehouse, days(MONDAY, TUESDAY))
    assert outcomes(warehouse, "CSC-138") == [(MONDAY, "state", 1, 1, "failed"), (TUESDAY, "state", 1, 0, "passed")]


def test_a_record_sent_again_unchanged_is_not_judged_again(warehouse: Warehouse) -> None:
    for day in (MONDAY, TUESDAY):
        received(warehouse, "a", day, "c1")
    _closed_too_early(warehouse, "a", MONDAY)
    known(warehouse, "children", "a", MONDAY)
    assert judge_state(warehouse, days(MONDAY, TUESDAY)).subjects == 1
    assert [day for day, *_ in outcomes(warehouse, "CSC-138")] == [MONDAY]


def test_judging_twice_or_in_chunks_gives_the_same_tables(warehouse: Warehouse) -> None:
    for child in ("a", "b", "c"):
        received(warehouse, child, MONDAY, f"{child}1")
        known(warehouse, "children", child, MONDAY, unique_pupil_number="same")
        _closed_too_early(warehouse, child, MONDAY)
    judge_state(warehouse, days(MONDAY))
    judge_records(warehouse, days(MONDAY))
    once = _everything(warehouse)
    judge_state(warehouse, days(MONDAY), chunk_subjects=1)
    judge_records(warehouse, days(MONDAY), chunk_records=1)
    assert _everything(warehouse) == once
    assert outcomes(warehouse, "CSC-138") == [(MONDAY, "state", 3, 3, "failed")]


def test_a_upn_shared_with_a_child_not_received_that_day_is_found(warehouse: Warehouse) -> None:
    received(warehouse, "a", TUESDAY)
    known(warehouse, "children", "a", TUESDAY, unique_pupil_number="same")
    known(warehouse, "children", "b", MONDAY, unique_pupil_number="same")
    judge_state(warehouse, days(TUESDAY))
    assert outcomes(warehouse, "CSC-294") == [(TUESDAY, "state", 1, 1, "failed")]


def test_findings_hold_keys_and_positions_only(warehouse: Warehouse) -> None:
    received(warehouse, "a", MONDAY)
    known(warehouse, "children", "a", MONDAY, date_of_birth="2015-01-01", home_postcode="ZZ1 1ZZ")
    for episode in ("E2", "E1"):
        late = {"closure_date": "2026-01-01"} if episode == "E2" else {}
        known(warehouse, "episodes", "a", MONDAY, social_care_episode_id=episode, referral_date="2026-02-01", **late)
    judge_state(warehouse, days(MONDAY))
    found = warehouse.query("select * from findings.finding where rule_id = 'CSC-138'")
    assert found.select("entity", "row", "child_key", "fields", "severity", "scope").rows() == [
        ("episodes", 1, "a", "closure_date;referral_date", "error", "state")
    ]


def test_records_are_judged_with_those_set_aside(warehouse: Warehouse) -> None:
    received(warehouse, "a", MONDAY, "c1", batch_index=0)
    received(warehouse, "a", MONDAY, "c2", batch_index=1)
    received(warehouse, "b", MONDAY, "c1", batch_index=2, has_child_details=False)
    for position in (0, 1):
        content(
            warehouse,
            "cin_plans",
            "a",
            "c2",
            social_care_episode_id="E1",
            child_in_need_plan_id="P",
            row_index=position,
        )
    into(
        warehouse,
        "raw.rejected",
        source_id=STREAM,
        la_code="204",
        submission_day=MONDAY,
        received_at=at(MONDAY),
        batch_id=f"b-{MONDAY}",
        batch_index=3,
        rule_id="CSC-012",
        path="child_details",
        reason="Unknown property",
    )
    judge_records(warehouse, days(MONDAY))
    assert outcomes(warehouse, "CSC-012") == [(MONDAY, "record", 4, 1, "failed")]
    assert outcomes(warehouse, "CSC-013") == [(MONDAY, "record", 4, 0, "passed")]
    assert outcomes(warehouse, "CSC-055") == [(MONDAY, "record", 3, 2, "failed")]
    assert outcomes(warehouse, "CSC-053") == [(MONDAY, "record", 3, 1, "failed")]
    assert outcomes(warehouse, "CSC-056") == [(MONDAY, "record", 3, 1, "failed")]
    found = warehouse.query("select rule_id, row from findings.finding order by rule_id, row").rows()
    assert found == [("CSC-012", 3), ("CSC-053", 1), ("CSC-055", 0), ("CSC-055", 1), ("CSC-056", 2)]


def _a_return(warehouse: Warehouse) -> None:
    source = {"source_type": "return", "source_id": "204-cin-2026"}
    into(
        warehouse,
        "raw.returns",
        return_id="204-cin-2026",
        la_code="204",
        kind="cin",
        year=2026,
        reference_date="2026-03-31",
        period_start="2025-04-01",
        received_at=at("2026-06-01"),
    )
    received(warehouse, "a", "2026-06-01", **source)
    known(warehouse, "children", "a", "2026-06-01", **source, expected_date_of_birth="2026-06-06")
    known(
        warehouse, "episodes", "a", "2026-06-01", **source, social_care_episode_id="1", referral_source="ZZ",
        referral_date="2025-05-01", referral_no_further_action_flag=False,
    )  # fmt: skip
    into(
        warehouse,
        "raw.faults",
        source_id="204-cin-2026",
        la_code="204",
        child_key="a",
        batch_index=0,
        row_index=4,
        entity="episodes",
        field="closure_date",
        fault="not_a_date",
    )


def test_a_return_is_judged_whole_with_the_cells_that_could_not_be_read(warehouse: Warehouse) -> None:
    _a_return(warehouse)
    judge_returns(warehouse, ["204-cin-2026"])
    once = _everything(warehouse)
    judge_returns(warehouse, ["204-cin-2026"])
    assert _everything(warehouse) == once
    assert outcomes(warehouse, "CSC-121") == [("2026-06-01", "return", 1, 1, "failed")]
    assert outcomes(warehouse, "CSC-063") == [("2026-06-01", "return", 1, 1, "failed")]
    assert outcomes(warehouse, "CSC-172") == []  # a placement rule is not asked of a census
    fault = warehouse.query("select row, fields, severity, child_key from findings.finding where rule_id = 'CSC-063'")
    assert fault.rows() == [(4, "closure_date", "error", "a")]


def test_a_return_that_is_not_loaded_is_named(warehouse: Warehouse) -> None:
    with pytest.raises(LookupError, match="204-cin-2020 is not loaded"):
        judge_returns(warehouse, ["204-cin-2020"])


def test_counts_by_severity_are_of_the_days_asked_for(warehouse: Warehouse) -> None:
    assert findings_by_severity(warehouse, [date.fromisoformat(MONDAY)]).is_empty()
    received(warehouse, "a", MONDAY)
    known(warehouse, "children", "a", MONDAY, date_of_birth="2015-01-01")
    _closed_too_early(warehouse, "a", MONDAY)
    judge_state(warehouse, days(MONDAY))
    counted = findings_by_severity(warehouse, [date.fromisoformat(MONDAY)])
    assert ("error", "CSC-138", "state", 1, 1) in counted.rows()
    assert findings_by_severity(warehouse, [date.fromisoformat(TUESDAY)]).is_empty()
    assert rules_that_could_not_run(warehouse, [date.fromisoformat(MONDAY)]).is_empty()


def test_findings_on_an_erased_child_are_gone(warehouse: Warehouse) -> None:
    for child in ("a", "b"):
        received(warehouse, child, MONDAY)
        known(warehouse, "children", child, MONDAY)
        _closed_too_early(warehouse, child, MONDAY)
    judge_state(warehouse, days(MONDAY))
    forget_children(warehouse, pl.DataFrame({"source_id": [STREAM], "child_key": ["a"]}))
    assert warehouse.query("select distinct child_key from findings.finding")["child_key"].to_list() == ["b"]
    assert outcomes(warehouse, "CSC-138") == [(MONDAY, "state", 2, 2, "failed")]
