"""Judging a warehouse: which children, as known when, and that a second run changes nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from judged_warehouse import STREAM, at, days, into, known, outcomes, prepared, received

from assets.findings.erased import forget_erased
from assets.findings.judge import judge_records, judge_state
from assets.findings.judge_returns import judge_returns
from assets.findings.store import findings_by_severity, rules_that_could_not_run
from assets.lake import Lake, return_partition
from assets.warehouse.engine import Warehouse, open_warehouse
from quality.schemas.entities import schema_of
from quality.schemas.logs import PURGES

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
    into(
        warehouse,
        "raw.faults",
        source_id=STREAM,
        la_code="204",
        child_key="a",
        submission_day=MONDAY,
        batch_id=f"b-{MONDAY}",
        batch_index=1,
        row_index=2,
        entity="cin_plans",
        field="child_in_need_plan_id",
        fault="repeated",
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
    assert found == [("CSC-012", 3), ("CSC-053", 2), ("CSC-055", 0), ("CSC-055", 1), ("CSC-056", 2), ("CSC-057", 2)]


def _a_return(warehouse: Warehouse, lake: Lake, year: int = 2026) -> None:
    return_id = f"204-ssda903-{year}"
    about = {"return_id": return_id, "la_code": "204", "kind": "ssda903", "year": year}
    dates = {"reference_date": f"{year}-03-31", "period_start": f"{year - 1}-04-01"}
    into(warehouse, "raw.returns", **about, **dates, received_at=at("2026-06-01"))
    lineage = {"source_type": "return", "source_id": return_id, "la_code": "204", "child_key": "a", "batch_index": 0}
    lineage |= {"received_at": at("2026-06-01"), "receipt_id": return_id, "content_hash": "c1"}
    tables = {
        "records": lineage | {"batch_id": return_id, "payload_mode": "full", "has_child_details": True},
        "children": lineage | {"row_index": 3, "date_of_birth": date(2015, 6, 15), "sex": "F" if year == 2026 else "M"},
        "placements": lineage
        | {"row_index": 7, "child_looked_after_placement_id": "1", "start_date": date(2024, 5, 1), "start_reason": "Z"},
        "faults": lineage | {"row_index": 4, "entity": "placements", "field": "end_date", "fault": "not_a_date"},
    }
    frames = {
        name: pl.DataFrame([{column: values.get(column) for column in schema_of(name)}], schema=schema_of(name))
        for name, values in tables.items()
    }
    with lake.replacing(return_partition(return_id)) as writer:
        writer.append(frames, proven=True)


def test_a_return_is_judged_whole_with_the_cells_that_could_not_be_read(warehouse: Warehouse, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    _a_return(warehouse, lake)
    judge_returns(warehouse, lake, ["204-ssda903-2026"])
    once = _everything(warehouse)
    judge_returns(warehouse, lake, ["204-ssda903-2026"])
    assert _everything(warehouse) == once
    assert outcomes(warehouse, "CSC-127") == [("2026-06-01", "return", 1, 1, "failed")]
    assert outcomes(warehouse, "CSC-076") == [("2026-06-01", "return", 1, 1, "failed")]
    assert outcomes(warehouse, "CSC-138") == []  # a rule on referrals is not asked of an SSDA903
    found = warehouse.query("select rule_id, row, child_key from findings.finding order by 1").rows()
    assert ("CSC-127", 7, "a") in found, "a finding stands at the row of the file"
    assert ("CSC-076", 4, "a") in found


def test_a_return_is_judged_beside_last_years_whichever_comes_first(warehouse: Warehouse, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    _a_return(warehouse, lake, 2026)
    judge_returns(warehouse, lake, ["204-ssda903-2026"])
    assert [said[4] for said in outcomes(warehouse, "CSC-327")] == ["not_applicable"]
    _a_return(warehouse, lake, 2025)
    judge_returns(warehouse, lake, ["204-ssda903-2025"])
    assert sorted(said[4] for said in outcomes(warehouse, "CSC-327")) == ["failed", "not_applicable"]


def test_a_return_that_is_not_loaded_is_named(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="204-cin-2020 is not loaded"):
        judge_returns(warehouse, Lake(tmp_path / "lake"), ["204-cin-2020"])


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
    _purged(warehouse, "a", "health_and_wellbeing")
    forget_erased(warehouse)
    assert _found_in(warehouse) == ["a", "b"]
    _purged(warehouse, "a", "child")
    warehouse.execute("delete from raw.records where child_key = 'a'")
    received(warehouse, "a", WEDNESDAY)
    forget_erased(warehouse)
    assert _found_in(warehouse) == ["b"]
    assert outcomes(warehouse, "CSC-138") == [(MONDAY, "state", 2, 2, "failed")]


def test_findings_on_a_child_who_was_heard_of_again_stay(warehouse: Warehouse) -> None:
    received(warehouse, "a", MONDAY)
    known(warehouse, "children", "a", MONDAY)
    _closed_too_early(warehouse, "a", MONDAY)
    judge_state(warehouse, days(MONDAY))
    _purged(warehouse, "a", "child", received_at=at(MONDAY, hour=8))
    forget_erased(warehouse)
    assert _found_in(warehouse) == ["a"]


def test_findings_go_although_the_log_keeps_a_record_of_a_day_past_retention(warehouse: Warehouse) -> None:
    received(warehouse, "a", MONDAY)
    known(warehouse, "children", "a", MONDAY)
    _closed_too_early(warehouse, "a", MONDAY)
    judge_state(warehouse, days(MONDAY))
    _purged(warehouse, "a", "child")
    forget_erased(warehouse)
    assert _found_in(warehouse) == []


def _purged(warehouse: Warehouse, child: str, level: str, **values: object) -> None:
    purge = {
        "source_id": STREAM,
        "la_code": "204",
        "child_key": child,
        "submission_day": date.fromisoformat(TUESDAY),
        "received_at": at(TUESDAY),
        "batch_id": "b",
        "batch_index": 0,
        "level": level,
    }
    warehouse.insert("raw.purges", pl.DataFrame([purge | values], schema=PURGES))


def _found_in(warehouse: Warehouse) -> list[str]:
    sql = "select distinct child_key from findings.{table} where child_key is not null order by 1"
    found, judged = (warehouse.query(sql.format(table=table))["child_key"].to_list() for table in _TABLES)
    assert found == judged
    return found


_TABLES = ("finding", "judged_child")
