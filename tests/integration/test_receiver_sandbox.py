"""A sandbox beside a live stream: judged and kept like it, and nowhere in the tables that figures come from."""

from pathlib import Path

from receiver_world import BAD, ReceiverWorld

from assets.records.taking_in import take_in_days
from assets.warehouse.loading import load


def child(child_id: str) -> dict[str, object]:
    """A record of that child."""
    return {"la_child_id": child_id, "mis_child_id": f"M{child_id}", "child_details": {"sex": "F"}}


def test_what_is_sent_to_a_sandbox_never_reaches_live_tables(tmp_path: Path) -> None:
    world = ReceiverWorld(tmp_path / "home")
    live, sandbox = world.add("204-d2i"), world.add("204-d2i", environment="test")
    assert world.send(live, [child("LIVE1")]).status_code == 200
    assert world.send(sandbox, [child("SANDBOX1")], base="/api/test").status_code == 200
    assert world.send(sandbox, [child("LIVE1") | {"purge": True}], base="/api/test").status_code == 200
    refused = world.send(sandbox, [child("SANDBOX2"), BAD], base="/api/test")
    assert refused.status_code == 400
    assert "[1]" in refused.text

    stores = world.stores
    days = [str(day) for day in stores.landing.days()]
    take_in_days(stores, days, frozenset()).raise_failures()
    load(stores, days)
    with stores.warehouse(read_only=True) as warehouse:
        tables = warehouse.query("select table_schema as s, table_name as t from information_schema.tables")
        held = {
            f"{schema}.{table}": str(warehouse.query(f'select * from "{schema}"."{table}"').to_dicts())
            for schema, table in tables.iter_rows()
        }
    assert any("204-d2i" in rows for rows in held.values())
    assert {name for name, rows in held.items() if "-test" in rows or "SANDBOX" in rows} == set()
    assert "204-d2i" in held["raw.records"]
    assert "204-d2i" in held["raw.submissions"]
    assert [row["environment"] for row in stores.register.as_frame().to_dicts()] == ["live", "test"]
