"""csc erase: after it no byte of the child is under CSC_HOME, Dagster's storage, logs and reports included."""

import csv
import io

import polars as pl
import pytest
from byte_search import files_with
from command_line import Csc
from erasure_world import PSEUDONYM_KEY, ErasureWorld, a_child, texts_of
from test_erasure import LETTER, STAYS, _census, _ssda903

from assets.erasure.tombstones import PLACES
from assets.findings.assets import judge_waiting
from orchestration.commands.shared import FINE, WRONG_USE

FIRST, ALONE, LAST = "2026-03-02", "2026-03-03", "2026-03-04"
ID = f"ID{LETTER}"
# The keyed hash may stay where it says what must never come back.
TOMBSTONES = {"raw.purges", "control.purges_of_nothing", "staging.stg_csc__purges"}
TOMBSTONES |= {f"history.int_{name}" for name in ("purges__sequenced", "events__sequenced", "children__touched")}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> ErasureWorld:
    """Two children in two streams and two returns, everything made of them; on one day nothing but the one came."""
    made = ErasureWorld(tmp_path_factory.mktemp("letter"))
    closed_too_early = a_child(LETTER)
    closed_too_early["social_care_episodes"][0]["closure_date"] = "2020-01-01"
    made.land(FIRST, [a_child(LETTER), a_child(STAYS)])
    made.land(FIRST, [a_child(LETTER), a_child(STAYS)], stream_id="204-byo")
    made.land(FIRST, [a_child(LETTER, unknown_property=1)], hour=10)  # set aside as malformed
    made.land(ALONE, [closed_too_early])
    made.land(LAST, [a_child(STAYS, mis_child_id="MISlast")])
    made.land_return("cin", [_census(made.folder.parent)])
    made.land_return("ssda903", _ssda903(made.folder.parent))
    made.process(FIRST, ALONE, LAST)
    with made.stores.warehouse() as warehouse:
        judge_waiting(warehouse, made.stores)
    return made


@pytest.fixture(scope="module")
def csc(world: ErasureWorld) -> Csc:
    return Csc(world.folder, {"CSC_PSEUDONYM_KEY": PSEUDONYM_KEY})


def tables_with(world: ErasureWorld, child_key: str) -> set[str]:
    """The warehouse's tables in which the key stands."""
    with world.stores.warehouse(read_only=True) as warehouse:
        listed = warehouse.query(
            "select table_schema, table_name, column_name from information_schema.columns"
            " where column_name like '%child_key%'"
        )
        return {
            f"{schema}.{table}"
            for schema, table, column in listed.iter_rows()
            if warehouse.query(f'select count(*) as n from "{schema}"."{table}" where "{column}" = ?', (child_key,))[
                "n"
            ][0]
        }


def test_the_id_is_asked_for_and_checked(csc: Csc) -> None:
    assert csc("erase", "--la", "204", "--child-id", "-", said="\n").exit_code == WRONG_USE
    assert csc("erase", "--la", "999", "--child-id", "-", said=f"{ID}\n").exit_code == WRONG_USE
    assert csc("erase", "--la", "204").exit_code == WRONG_USE


def test_a_dry_run_counts_and_changes_nothing(world: ErasureWorld, csc: Csc) -> None:
    before = files_with(world.folder, texts_of(LETTER))
    shown = csc("erase", "--la", "204", "--child-id", "-", "--dry-run", said=f"{ID}\n")
    assert shown.exit_code == FINE
    assert "4 records in 4 of 5 landed batches" in shown.stderr
    assert "2 annual returns" in shown.stderr
    assert LETTER not in shown.output
    assert files_with(world.folder, texts_of(LETTER)) == before
    assert world.stores.tombstones.all().is_empty()


def test_nothing_of_the_child_is_left_anywhere(world: ErasureWorld, csc: Csc) -> None:
    child_key = world.stores.pseudonyms.child_keys("204", pl.Series([ID]))[0]
    assert {"raw.records", "findings.finding", "secure.child_identifiers", "history.children"} <= tables_with(
        world, child_key
    )
    done = csc("erase", "--la", "204", "--child-id", "-", said=f"{ID}\n")
    assert done.exit_code == FINE, done.stderr
    assert LETTER not in done.output
    assert files_with(world.folder, texts_of(LETTER)) == []
    assert tables_with(world, child_key) <= TOMBSTONES
    assert files_with(world.folder / "landing", texts_of(STAYS))
    with world.stores.warehouse(read_only=True) as warehouse:
        known = warehouse.query("select la_child_id from secure.child_identifiers order by 1")["la_child_id"]
        found = warehouse.query("select count(*) as n from findings.finding")["n"][0]
    assert known.to_list() == [f"ID{STAYS}", f"RT{STAYS}"]
    assert found


def test_the_log_can_be_read_as_csv(world: ErasureWorld, csc: Csc) -> None:
    shown = csc("erasures", "--format", "csv")
    assert shown.exit_code == FINE
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert {row["source_id"] for row in rows} == {"204-byo", "204-cin-2025", "204-d2i", "204-ssda903-2025"}
    assert all(row[f"{place}_done_at"] for row in rows for place in PLACES)
    by_source = {row["source_id"]: row for row in rows}
    assert (by_source["204-d2i"]["landing_changed"], by_source["204-d2i"]["lake_changed"]) == ("3", "2")
    assert by_source["204-cin-2025"]["lake_changed"] == "1"
