"""Lake partitions in the warehouse: content addressed, idempotent, in any order; and who is touched by a load."""

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from feed_builder import PLAIN_PURGING, Record, a_record, frames, on, write_days, write_return
from random_feed import RandomFeed

from assets.lake import Lake, day_partition
from assets.warehouse.engine import Warehouse, WarehouseError
from assets.warehouse.load import load_days, load_reference, load_returns
from assets.warehouse.tables import RETURNS, STREAMS, SUBMISSIONS, all_tables

# load_id differs from load to load, and so does what is queued; all else must not.
TABLES = [name for name in all_tables() if name not in {"control.touched_children", "control.changed_sources"}]
DETAILS: dict[str, Any] = {"children": {"sex": "F"}, "mode": "full"}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(tmp_path / "lake")


def everything(warehouse: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all loaders' tables, sorted, without the numbers of contents: they follow the order of coming."""
    frames = {name: warehouse.query(f"select * from {name}") for name in TABLES}
    return {name: sorted(frame.drop("content_no", strict=False).rows(), key=str) for name, frame in frames.items()}


def touched(warehouse: Warehouse) -> list[str]:
    """Children waiting for their history, emptied so that the next load stands alone."""
    found = warehouse.query("select child_key from control.touched_children order by child_key")["child_key"].to_list()
    warehouse.execute("delete from control.touched_children")
    return found


def count(warehouse: Warehouse, table: str) -> int:
    return int(warehouse.query(f"select count(*) as n from {table}")["n"][0])


def at(day: int, hour: int = 9) -> str:
    return f"2026-01-{day:02d}T{hour:02d}:00:00+00:00"


def load(warehouse: Warehouse, lake: Lake, *records: Record) -> list[str]:
    """Write the days of these records, load them, and say who was touched."""
    load_days(warehouse, lake, write_days(lake, records), PLAIN_PURGING)
    return touched(warehouse)


def test_loading_again_and_in_another_order_gives_the_same_tables(
    warehouse: Warehouse, lake: Lake, tmp_path: Path
) -> None:
    partitions = write_days(lake, RandomFeed(5).children(["204-d2i"], 40))
    load_days(warehouse, lake, partitions, PLAIN_PURGING)
    at_once = everything(warehouse)
    again = load_days(warehouse, lake, partitions, PLAIN_PURGING)
    assert (again.records_added, again.records_removed, again.contents_added) == (0, 0, 0)
    assert everything(warehouse) == at_once
    load_days(warehouse, Lake(tmp_path / "nothing"), partitions, PLAIN_PURGING)
    assert count(warehouse, "raw.records") == 0
    random.Random(5).shuffle(partitions)
    for partition in partitions:
        load_days(warehouse, lake, [partition], PLAIN_PURGING)
    assert everything(warehouse) == at_once


def test_a_snapshot_sent_again_is_one_row_in_the_log_and_nothing_else(warehouse: Warehouse, lake: Lake) -> None:
    assert load(warehouse, lake, a_record(at=at(5), **DETAILS)) == ["c1"]
    assert load(warehouse, lake, a_record(at=at(6), **DETAILS), a_record("c2", at=at(6), **DETAILS)) == ["c2"]
    assert count(warehouse, "raw.records") == 3
    assert count(warehouse, "raw.children") == 2


def test_the_same_content_touches_when_it_comes_between_others(warehouse: Warehouse, lake: Lake) -> None:
    first, other = a_record(at=at(5), children={"sex": "F"}), a_record(at=at(7), children={"sex": "M"})
    assert load(warehouse, lake, first, other) == ["c1"]
    assert load(warehouse, lake, first | {"at": other["at"].replace(day=9)}) == ["c1"]
    assert load(warehouse, lake, first | {"at": first["at"].replace(day=6)}) == []
    assert load(warehouse, lake, first | {"at": first["at"].replace(day=8)}) == ["c1"]


def test_a_full_record_after_the_same_as_a_delta_touches(warehouse: Warehouse, lake: Lake) -> None:
    said = a_record(at=at(5), children={"sex": "F"})
    load(warehouse, lake, said)
    assert load(warehouse, lake, said | {"at": said["at"].replace(day=6), "mode": "full"}) == ["c1"]
    assert load(warehouse, lake, said | {"at": said["at"].replace(day=7), "mode": "full"}) == []
    assert load(warehouse, lake, said | {"at": said["at"].replace(day=8)}) == []


def test_a_day_that_changes_touches_the_children_it_lost_and_gained(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, *(a_record(c, at=at(5), index=i, **DETAILS) for i, c in enumerate(["c1", "c2"])))
    changed = [a_record("c1", at=at(5), index=0, **DETAILS), a_record("c3", at=at(5), index=1, **DETAILS)]
    assert load(warehouse, lake, *changed) == ["c2", "c3"]
    assert warehouse.query("select child_key from raw.children order by 1")["child_key"].to_list() == ["c1", "c3"]


def test_the_first_changed_day_is_noted(warehouse: Warehouse, lake: Lake) -> None:
    partitions = write_days(lake, [a_record(at=at(7), **DETAILS), a_record(at=at(5), children={"sex": "M"})])
    load_days(warehouse, lake, partitions[1:], PLAIN_PURGING)
    load_days(warehouse, lake, partitions[:1], PLAIN_PURGING)
    found = warehouse.query("select source_id, child_key, from_day from control.touched_children")
    assert found.rows() == [("204-d2i", "c1", on("2026-01-05"))]


def test_each_content_has_one_number_and_its_rows_have_it_too(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(5), **DETAILS), a_record("c2", at=at(5), index=1, **DETAILS))
    load(warehouse, lake, a_record(at=at(6), children={"sex": "M"}), a_record(at=at(7), **DETAILS))
    load(warehouse, lake, a_record(at=at(4), children={"sex": "M"}))
    numbered = "select child_key, content_hash, content_no from {} group by 1, 2, 3 order by content_no"
    log, rows = (warehouse.query(numbered.format(table)) for table in ("raw.records", "raw.children"))
    assert log["content_no"].to_list() == [1, 2, 3]
    assert log.rows() == rows.rows()
    assert log.unique(["child_key", "content_hash"]).height == 3


def noted_before(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    """The hour from which each child changed, the mode of the record before, and how its content stands in the log."""
    return warehouse.query(
        """
        select touched.child_key, cast(touched.from_at at time zone 'UTC' as text), touched.before_mode,
            cast(min(held.received_at at time zone 'UTC') as text)
        from control.touched_children as touched
        left join raw.records as held on held.content_hash = touched.before_hash
        group by 1, 2, 3 order by 1
        """
    ).rows()


def test_the_record_before_the_first_change_is_noted(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(5), **DETAILS), a_record(at=at(9), children={"sex": "M"}))
    load_days(warehouse, lake, write_days(lake, [a_record(at=at(10), children={"sex": "F"})]), PLAIN_PURGING)
    in_order = ("c1", "2026-01-10 09:00:00", "delta", "2026-01-09 09:00:00")
    assert noted_before(warehouse) == [in_order]
    load_days(warehouse, lake, write_days(lake, [a_record(at=at(11), children={"sex": "U"})]), PLAIN_PURGING)
    assert noted_before(warehouse) == [in_order], "what changes later leaves it as it is"
    load_days(warehouse, lake, write_days(lake, [a_record(at=at(7), children={"sex": "U"})]), PLAIN_PURGING)
    assert noted_before(warehouse) == [("c1", "2026-01-07 09:00:00", "full", "2026-01-05 09:00:00")]
    load_days(warehouse, lake, write_days(lake, [a_record(at=at(3), children={"sex": "U"})]), PLAIN_PURGING)
    assert noted_before(warehouse) == [("c1", "2026-01-03 09:00:00", None, None)]


def changed_from(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    """The sources whose vintages may have to be made anew, with the hour from which, emptied."""
    found = warehouse.query(
        "select source_id, cast(from_at at time zone 'UTC' as text) as hour from control.changed_sources order by 1"
    ).rows()
    warehouse.execute("delete from control.changed_sources")
    return [(source_id, hour[:13]) for source_id, hour in found]


def test_the_moment_from_which_a_source_changed_is_noted(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(7), **DETAILS), a_record(at=at(6), source="204-byo", **DETAILS))
    assert changed_from(warehouse) == [("204-byo", "2026-01-06 09"), ("204-d2i", "2026-01-07 09")]
    load(warehouse, lake, a_record(at=at(8), **DETAILS))
    assert changed_from(warehouse) == [], "the same content again changes nothing"
    # two late batches in two loads: the earlier of their moments, until it has been followed
    load(warehouse, lake, a_record(at=at(4), children={"sex": "M"}))
    load(warehouse, lake, a_record("c2", at=at(5), **DETAILS))
    assert changed_from(warehouse) == [("204-d2i", "2026-01-04 09")]
    # what is purged was never known
    load(warehouse, lake, a_record(at=at(9), is_purge_message=True, purges=[("child", None, None)]))
    assert changed_from(warehouse) == [("204-d2i", "0001-01-01 00")]


def test_a_partition_gone_from_the_lake_empties_its_day(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(5), **DETAILS), a_record(at=at(6), children={"sex": "M"}))
    lake.remove(day_partition("2026-01-05", "204-d2i"))
    load_days(warehouse, lake, [day_partition("2026-01-05", "204-d2i")], PLAIN_PURGING)
    assert warehouse.query("select submission_day from raw.records")["submission_day"].to_list() == [on("2026-01-06")]
    assert count(warehouse, "raw.children") == 1
    assert touched(warehouse) == ["c1"]


PLACEMENT = {"social_care_episode_id": "e1", "placements": [{"child_looked_after_placement_id": "p1"}]}


def test_a_purge_takes_the_rows_it_covers_out_of_raw(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(5), children={"sex": "F"}, episodes=[PLACEMENT]))
    purge = a_record(at=at(6), is_purge_message=True, purges=[("placements", "e1", "p1")])
    assert load(warehouse, lake, purge) == ["c1"]
    assert (count(warehouse, "raw.placements"), count(warehouse, "raw.episodes")) == (0, 1)
    assert count(warehouse, "secure.child_identifiers") == 1
    whole = a_record(at=at(7), is_purge_message=True, purges=[("child", None, None)])
    assert load(warehouse, lake, whole) == ["c1"]
    assert (count(warehouse, "raw.children"), count(warehouse, "raw.episodes")) == (0, 0)
    assert count(warehouse, "secure.child_identifiers") == 0


def test_content_that_comes_again_after_its_purge_is_held_again(warehouse: Warehouse, lake: Lake) -> None:
    first = a_record(at=at(5), episodes=[PLACEMENT])
    load(warehouse, lake, first, a_record(at=at(6), is_purge_message=True, purges=[("placements", "e1", "p1")]))
    assert count(warehouse, "raw.placements") == 0
    assert load(warehouse, lake, first | {"at": first["at"].replace(day=7)}) == ["c1"]
    assert (count(warehouse, "raw.placements"), count(warehouse, "raw.episodes")) == (1, 1)


def test_an_old_day_loaded_again_does_not_bring_back_what_was_purged(warehouse: Warehouse, lake: Lake) -> None:
    records = [a_record(at=at(5), episodes=[PLACEMENT])]
    partitions = write_days(lake, records)
    load_days(warehouse, lake, partitions, PLAIN_PURGING)
    load(warehouse, lake, a_record(at=at(6), is_purge_message=True, purges=[("child", None, None)]))
    load_days(warehouse, lake, partitions, PLAIN_PURGING)
    assert (count(warehouse, "raw.placements"), count(warehouse, "secure.child_identifiers")) == (0, 0)
    # a batch received before the purge, but found after it
    late = a_record(at=at(4), episodes=[PLACEMENT | {"referral_date": on("2026-01-01")}])
    load(warehouse, lake, late)
    assert (count(warehouse, "raw.placements"), count(warehouse, "secure.child_identifiers")) == (0, 0)


def test_a_purge_once_known_stays_when_its_message_has_left(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(6), is_purge_message=True, purges=[("child", None, None)]))
    lake.remove(day_partition("2026-01-06", "204-d2i"))
    load_days(warehouse, lake, [day_partition("2026-01-06", "204-d2i")], PLAIN_PURGING)
    assert (count(warehouse, "raw.records"), count(warehouse, "raw.purges")) == (0, 1)


def test_a_return_is_its_latest_landing(warehouse: Warehouse, lake: Lake) -> None:
    about = {"source": "204-cin-2026", "mode": "full"}
    first = [a_record(c, at=at(5), index=i, children={"sex": "F"}, **about) for i, c in enumerate(["c1", "c2", "c3"])]
    write_return(lake, "204-cin-2026", first)
    load_returns(warehouse, lake, ["204-cin-2026"], PLAIN_PURGING)
    assert touched(warehouse) == ["c1", "c2", "c3"]
    second = [
        a_record("c1", at=at(9), index=0, children={"sex": "F"}, **about),
        a_record("c2", at=at(9), index=1, children={"sex": "M"}, **about),
        a_record("c4", at=at(9), index=2, children={"sex": "M"}, **about),
    ]
    write_return(lake, "204-cin-2026", second)
    load_returns(warehouse, lake, ["204-cin-2026"], PLAIN_PURGING)
    assert touched(warehouse) == ["c2", "c3", "c4"]
    held = warehouse.query("select child_key, received_at from raw.records order by child_key")
    assert [(child, moment.day) for child, moment in held.rows()] == [("c1", 5), ("c2", 9), ("c4", 9)]
    assert sorted(warehouse.query("select child_key, sex from raw.children").rows()) == [
        ("c1", "F"),
        ("c2", "M"),
        ("c4", "M"),
    ]


def test_identifiers_are_those_given_last_whatever_the_order(warehouse: Warehouse, lake: Lake) -> None:
    partitions = write_days(lake, [a_record(at=at(day), **DETAILS) for day in (5, 6)])
    for partition, mis_child_id in zip(partitions, ("old", "new"), strict=True):
        said = {name: lake.read(partition, name) for name in ("records", "children", "identifiers")}
        said["identifiers"] = said["identifiers"].with_columns(mis_child_id=pl.lit(mis_child_id))
        lake.replace(partition, said)
    for order in (partitions, partitions[::-1]):
        for partition in order:
            load_days(warehouse, lake, [partition], PLAIN_PURGING)
        found = warehouse.query("select la_code, la_child_id, mis_child_id, child_key from secure.child_identifiers")
        assert found.rows() == [("204", "id of c1", "new", "c1")]


def test_a_load_that_fails_leaves_everything_as_it_was(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(5), **DETAILS))
    before = everything(warehouse)
    partitions = write_days(lake, [a_record(at=at(6), children={"sex": "M"})])
    for path in lake.parts(partitions[0], "children"):
        Path(path).write_bytes(b"not parquet")
    with pytest.raises(Exception, match=r"(?i)parquet"):
        load_days(warehouse, lake, partitions, PLAIN_PURGING)
    assert everything(warehouse) == before
    write_days(lake, [a_record(at=at(6), children={"sex": "M"})])
    assert load_days(warehouse, lake, partitions, PLAIN_PURGING).records_added == 1


def test_a_wrong_partition_name_is_refused(warehouse: Warehouse, lake: Lake) -> None:
    with pytest.raises(WarehouseError, match="records/day="):
        load_days(warehouse, lake, ["returns/return=204-cin-2026"], PLAIN_PURGING)


def test_reference_tables_are_replaced_and_test_streams_left_out(warehouse: Warehouse) -> None:
    streams = pl.DataFrame([{"stream_id": name, "environment": name} for name in ("live", "test")], schema=STREAMS)
    for _ in range(2):
        load_reference(
            warehouse, streams, pl.DataFrame(schema=RETURNS), pl.DataFrame(schema=SUBMISSIONS), [on("2026-12-25")] * 2
        )
    assert warehouse.query("select stream_id from raw.streams")["stream_id"].to_list() == ["live"]
    assert warehouse.query("select * from raw.bank_holidays").rows() == [(on("2026-12-25"),)]


def test_the_builder_makes_frames_that_the_lake_takes(lake: Lake) -> None:
    records = RandomFeed(1).children(["204-d2i"], 5)
    assert lake.replace("records/day=2026-01-05/stream=204-d2i", frames(records))["records"] == len(records)


def test_a_warehouse_of_an_earlier_version_is_named_and_left_alone(warehouse: Warehouse, lake: Lake) -> None:
    load(warehouse, lake, a_record(at=at(5), **DETAILS))
    warehouse.execute("alter table raw.children drop column row_index")
    with pytest.raises(WarehouseError, match=r"earlier version: raw\.children lacks row_index.*csc process"):
        load_days(warehouse, lake, write_days(lake, [a_record(at=at(6), **DETAILS)]), PLAIN_PURGING)
    assert count(warehouse, "raw.records") == 1
