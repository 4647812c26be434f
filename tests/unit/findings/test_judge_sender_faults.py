"""Known faults of senders as a warehouse shows them: what was held when a record came is read from history."""

import pytest
from judged_warehouse import at, content, days, into, known, outcomes, prepared, received

from assets.findings.judge import judge_records, judge_state
from assets.warehouse.engine import Warehouse
from quality.rules.logic.held_ids import OWN_IDS
from quality.schemas.entities import date_columns

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02", "2026-03-03", "2026-03-04"
OTHER_STREAM = "204-byo"
EPISODE = {"social_care_episode_id": "E1"}


def _failed(warehouse: Warehouse, rule_id: str) -> list[int]:
    """Rows found by one rule, by day."""
    return [failed for _, _, _, failed, _ in outcomes(warehouse, rule_id)]


@pytest.fixture
def held(warehouse: Warehouse) -> Warehouse:
    """Every table, with a child known since Monday."""
    prepared(warehouse)
    known(warehouse, "children", "a", MONDAY, date_of_birth="2015-01-01")
    known(warehouse, "episodes", "a", MONDAY, **EPISODE, referral_date="2026-02-01")
    return warehouse


def _spell(warehouse: Warehouse, start: str | None, worker: str = "w1", until: str | None = None) -> None:
    known(warehouse, "care_workers", "a", MONDAY, until, **EPISODE, worker_id=worker, start_date=start)


def _told_end(warehouse: Warehouse, mode: str = "delta", start: str | None = None, end: str | None = MONDAY) -> None:
    received(warehouse, "a", WEDNESDAY, payload_mode=mode)
    content(warehouse, "care_workers", "a", **EPISODE, worker_id="w1", start_date=start, end_date=end)


def _unclear(warehouse: Warehouse) -> list[int]:
    judge_records(warehouse, days(WEDNESDAY))
    return _failed(warehouse, "CSC-369")


def test_an_end_without_a_start_is_unclear_where_the_worker_has_several_spells(held: Warehouse) -> None:
    _spell(held, "2026-02-01")
    _spell(held, "2026-02-10", until=WEDNESDAY)  # by this very record
    _told_end(held)
    assert _unclear(held) == [1]


@pytest.mark.parametrize("worker", ["w1", "w2"])
def test_an_end_is_clear_where_only_one_spell_is_held(held: Warehouse, worker: str) -> None:
    _spell(held, "2026-02-01")
    _spell(held, "2026-02-10", worker=worker, until=TUESDAY if worker == "w1" else None)
    _told_end(held)
    assert _unclear(held) == [0]


@pytest.mark.parametrize("told", [{"mode": "full"}, {"start": "2026-02-10"}, {"end": None}])
def test_a_full_record_a_start_or_no_end_leave_nothing_unclear(held: Warehouse, told: dict[str, str | None]) -> None:
    _spell(held, "2026-02-01")
    _spell(held, "2026-02-10")
    _told_end(held, **told)  # type: ignore[arg-type]
    assert _unclear(held) == [0]


@pytest.mark.parametrize(
    ("source_id", "until", "found"),
    [(OTHER_STREAM, None, 1), (OTHER_STREAM, TUESDAY, 0), (OTHER_STREAM, "2026-03-05", 1), ("301-cms", None, 0)],
)
def test_a_child_whom_one_stream_purges_and_another_holds(
    warehouse: Warehouse, source_id: str, until: str | None, found: int
) -> None:
    prepared(warehouse)
    received(warehouse, "a", WEDNESDAY, is_purge_message=True)
    into(
        warehouse,
        "raw.purges",
        source_id="204-d2i",
        la_code="204",
        child_key="a",
        submission_day=WEDNESDAY,
        received_at=at(WEDNESDAY),
        batch_id=f"b-{WEDNESDAY}",
        batch_index=0,
        level="child",
    )
    known(warehouse, "children", "a", MONDAY, until, source_id=source_id, la_code=source_id[:3])
    judge_records(warehouse, days(WEDNESDAY))
    assert _failed(warehouse, "CSC-368") == [found]


def test_every_id_changed_over_night_is_found_on_the_day_and_not_again(held: Warehouse) -> None:
    """Of a delta stream both stay: the new ones are found beside the old, once."""
    dates = date_columns(OWN_IDS)
    for table, own_id in OWN_IDS.items():
        for since, night in ((MONDAY, "old"), (TUESDAY, "new")):
            ids = {
                "social_care_episode_id": f"E-{night}",
                own_id: f"{night}-id" if table != "episodes" else f"E-{night}",
            }
            known(held, table, "a", since, **ids, **dict.fromkeys(dates[table], "2026-02-01"))
    for day, told in ((MONDAY, "c1"), (TUESDAY, "c2"), (WEDNESDAY, "c3")):
        received(held, "a", day, told)
    judge_state(held, days(MONDAY, TUESDAY, WEDNESDAY))
    assert _failed(held, "CSC-340") == [0, 1, 0]
