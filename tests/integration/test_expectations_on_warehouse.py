"""Every collection of a small warehouse, read by the same SQL on DuckDB and Postgres, judged, kept and shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import collections_world as world
import polars as pl
import pytest

from assets.expectations.look import Look, day_to_look_at, look
from assets.expectations.relations import RELATIONS
from assets.expectations.store import TABLE, latest
from assets.warehouse.engine import Warehouse, open_warehouse
from quality.expectations.model import Limits

NOW = datetime(2026, 4, 2, 3, tzinfo=UTC)
LIMITS = Limits(
    volume_deviations=3,
    silent_working_days=3,
    code_mix_pct=20,
    published_margin_pct=25,
    small_number=5,
    fewest_coded_rows=20,
)


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    world.fill(warehouse)
    return warehouse


@pytest.fixture
def in_memory() -> Iterator[Warehouse]:
    """The same, for what does not depend on the engine."""
    with open_warehouse("duckdb:///:memory:") as warehouse:
        world.fill(warehouse)
        yield warehouse


def seen(warehouse: Warehouse, docs: Path, as_of: date = world.AS_OF) -> Look:
    return look(warehouse, as_of, LIMITS, docs, NOW)


def outcome_of(found: pl.DataFrame, collection: str, about: str | None = None) -> dict[tuple[str, str], str]:
    """Outcome by stream and expectation of a collection."""
    mine = found.filter(pl.col("collection") == collection)
    if about:
        mine = mine.filter(pl.col("about") == about)
    return {
        (source, name): outcome for source, name, outcome in mine.select("source_id", "expectation", "outcome").rows()
    }


def test_what_is_odd_fails_and_what_is_usual_passes(filled: Warehouse, tmp_path: Path) -> None:
    found = seen(filled, tmp_path).outcomes
    assert outcome_of(found, "volumes") == {
        ("204-d2i", "volume_like_the_days_before"): "passed",
        ("204-cms", "volume_like_the_days_before"): "not_applicable",  # nothing came: its silence is what fails
    }
    assert outcome_of(found, "freshness") == {
        ("204-d2i", "stream_not_silent"): "passed",
        ("204-cms", "stream_not_silent"): "failed",
    }
    assert outcome_of(found, "code_mix", "children.sex") == {
        ("204-d2i", "codes_used_as_in_the_return"): "failed",
        ("204-cms", "codes_used_as_in_the_return"): "passed",
    }
    assert outcome_of(found, "indicators", "cin_rate") == {
        ("204-d2i", "not_below_published"): "passed",
        ("204-d2i", "not_above_published"): "passed",
        ("204-cms", "not_below_published"): "passed",
        ("204-cms", "not_above_published"): "failed",
    }
    assert set(outcome_of(found, "integrity").values()) == {"passed"}


def test_what_was_observed_stands_beside_its_limits(in_memory: Warehouse, tmp_path: Path) -> None:
    found = seen(in_memory, tmp_path).outcomes.filter(pl.col("outcome") == "failed")
    numbers = {
        (source, measure): tuple(rest)
        for source, measure, *rest in found.select("source_id", "measure", "observed", "minimum", "maximum").rows()
    }
    assert numbers == {
        ("204-cms", "silent_working_days"): (3.0, None, 2.0),
        ("204-d2i", "distance_pct"): (pytest.approx(40.0), None, 20.0),
        ("204-cms", "value"): (900.0, None, 500.0),
    }


def test_a_jump_in_volume_fails(filled: Warehouse, tmp_path: Path) -> None:
    filled.execute(
        "insert into raw.records (source_type, source_id, la_code, child_key, submission_day, is_purge_message)"
        " select source_type, source_id, la_code, child_key, submission_day, false from raw.records"
        " where source_id = '204-d2i' and submission_day = ?",
        (world.AS_OF,),
    )
    found = seen(filled, tmp_path).outcomes
    assert outcome_of(found, "volumes")["204-d2i", "volume_like_the_days_before"] == "failed"


def test_rows_that_speak_of_nothing_are_counted_by_relation(filled: Warehouse, tmp_path: Path) -> None:
    world.break_relations(filled)
    found = seen(filled, tmp_path).outcomes.filter(
        (pl.col("collection") == "integrity") & (pl.col("outcome") == "failed")
    )
    assert sorted(found.select("source_id", "about", "observed").rows()) == [
        ("204-cin-2025", "log: identifiers", 1.0),
        ("204-cin-2026", "log: identifiers", 1.0),
        ("204-cms", "log: identifiers", 1.0),
        ("204-d2i", "assessments: episode", 1.0),
        ("204-d2i", "history: record in the log", 1.0),
        ("204-d2i", "log: identifiers", 1.0),
    ]


def test_a_purged_child_needs_no_identifiers(filled: Warehouse, tmp_path: Path) -> None:
    filled.execute("delete from secure.child_identifiers where child_key = ?", (world.CHILDREN[0],))
    filled.execute(
        "insert into raw.purges (source_id, child_key, level) select distinct source_id, child_key, 'child'"
        " from raw.records where child_key = ?",
        (world.CHILDREN[0],),
    )
    found = seen(filled, tmp_path).outcomes
    assert set(outcome_of(found, "integrity", "log: identifiers").values()) == {"passed"}


def test_a_day_is_kept_once_and_beside_others(filled: Warehouse, tmp_path: Path) -> None:
    first = seen(filled, tmp_path)
    before = first.as_of - timedelta(days=1)
    seen(filled, tmp_path, before)
    again = seen(filled, tmp_path)
    counts = filled.query(f"select run_day, count(*) as n from {TABLE} group by run_day order by run_day")
    assert counts["run_day"].to_list() == [before, first.as_of]
    assert counts["n"][1] == first.outcomes.height
    kept = latest(filled).drop("run_day")
    assert kept.sort(pl.all()).equals(again.outcomes.sort(pl.all()))
    days = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert days == [str(before), str(first.as_of)]


def test_a_query_that_breaks_takes_nothing_else_with_it(filled: Warehouse, tmp_path: Path) -> None:
    filled.execute("drop table raw.bank_holidays")
    filled.create("raw.bank_holidays", {"another": pl.Date()})
    found = seen(filled, tmp_path).outcomes
    broken = found.filter(pl.col("outcome") == "could_not_run")
    assert broken.select("collection", "expectation").rows() == [("freshness", "stream_not_silent")]
    assert re.fullmatch(r"its query ended in \w+", broken["reason"][0])
    assert "could_not_run" not in outcome_of(found, "volumes").values()


def test_before_there_are_marts_indicators_are_not_judged(in_memory: Warehouse, tmp_path: Path) -> None:
    in_memory.execute("drop table marts.fct_indicator_value")
    found = seen(in_memory, tmp_path).outcomes.filter(pl.col("collection") == "indicators")
    assert set(found.select("outcome", "reason").iter_rows()) == {
        ("not_applicable", "there is no marts.fct_indicator_value yet")
    }


def test_the_day_looked_at_never_goes_back(in_memory: Warehouse) -> None:
    a_day = timedelta(days=1)
    assert day_to_look_at(in_memory, None) == world.AS_OF
    assert day_to_look_at(in_memory, world.AS_OF - a_day) == world.AS_OF
    assert day_to_look_at(in_memory, world.AS_OF + a_day) == world.AS_OF + a_day, "nobody may have sent anything"


def test_an_empty_warehouse_is_not_applicable(warehouse: Warehouse, tmp_path: Path) -> None:
    assert day_to_look_at(warehouse, None) is None
    found = seen(warehouse, tmp_path).outcomes
    assert set(found["outcome"]) == {"not_applicable"}


def test_pages_reach_for_nothing_outside_and_lead_somewhere(in_memory: Warehouse, tmp_path: Path) -> None:
    world.break_relations(in_memory)
    first = seen(in_memory, tmp_path).page
    pages = sorted(tmp_path.rglob("*.html"))
    assert {page.name for page in pages} == {
        *("index.html", "volumes.html", "freshness.html", "code_mix.html", "integrity.html", "indicators.html")
    }
    assert first in pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<script|<link|<iframe|@import|url\(|https?://", text) == [], page.name
        for target in re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", text):
            assert target.startswith("#") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_pages_and_outcomes_name_no_child(in_memory: Warehouse, tmp_path: Path) -> None:
    world.break_relations(in_memory)
    found = seen(in_memory, tmp_path).outcomes
    texts = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")] + [found.write_csv()]
    assert [text for text in texts if "key-of-" in text] == []


def test_what_failed_is_on_the_page_of_the_day(in_memory: Warehouse, tmp_path: Path) -> None:
    text = seen(in_memory, tmp_path).page.read_text(encoding="utf-8")
    assert "silent_working_days" in text
    assert "204-cms" in text


def test_limits_are_what_decides(in_memory: Warehouse, tmp_path: Path) -> None:
    wider = replace(LIMITS, silent_working_days=4, code_mix_pct=50, published_margin_pct=200)
    assert "failed" not in set(look(in_memory, world.AS_OF, wider, tmp_path, NOW).outcomes["outcome"])


def test_relations_are_told_apart() -> None:
    names = [relation.name for relation in RELATIONS]
    assert len(names) == len(set(names))
