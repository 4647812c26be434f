"""Child records as short Python dicts, and the lake partitions that the records stage would have made of them.

A record names only what it says:
    {"child": "c1", "at": datetime, "batch": "b1", "index": 0, "mode": "delta", "children": {...},
     "disabilities": [...], "sdq_assessments": [{...}],
     "episodes": [{"social_care_episode_id": "e1", ..., "placements": [{...}]}],
     "purges": [("placements", "e1", "p1")]}
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import polars as pl

from assets.lake import Lake, day_partition, return_partition
from assets.warehouse.held_ids import Purging
from quality.schemas.entities import ALL_ENTITIES, empty
from quality.schemas.logs import IDENTIFIERS, PURGES, RECORDS

Record = dict[str, Any]
ITEMS = ("care_workers", "assessments", "cin_plans", "s47_enquiries", "cp_plans", "placements")
OBJECTS = ("adoptions", "care_leavers")
_ABOUT = ("source", "at", "batch", "index", "mode")


# Erasure for hand-made records, whose ids are their own keys.
PLAIN_PURGING = Purging(hashed=lambda ids: ids, tombstones=empty("purges"))


def content_hash(record: Record) -> str:
    """Equal content, equal hash: everything but when and how it came."""
    said = {name: value for name, value in record.items() if name not in _ABOUT}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


def lineage(record: Record, source_type: str = "timely") -> dict[str, Any]:
    """The columns that every row of the record has."""
    return {
        "source_type": source_type,
        "source_id": record["source"],
        "la_code": record["source"][:3],
        "child_key": record["child"],
        "received_at": record["at"],
        "receipt_id": f"{record['at']:%Y-%m-%d_%H:%M:%S}_{record['batch']}_{record['index']}",
        "batch_index": record["index"],
        "content_hash": content_hash(record),
    }


def entity_rows(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Rows by entity, with row_index, of what the record says; nothing is left out or merged."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ALL_ENTITIES}
    if record.get("is_purge_message"):
        return rows
    rows["children"] = [dict(record.get("children") or {}, row_index=0)]
    for code in record.get("disabilities") or []:
        rows["disabilities"].append({"disability_code": code})
    rows["sdq_assessments"] += [dict(row) for row in record.get("sdq_assessments") or []]
    for episode in record.get("episodes") or []:
        own = {k: v for k, v in episode.items() if k not in ITEMS + OBJECTS}
        rows["episodes"].append(own)
        key = {"social_care_episode_id": episode["social_care_episode_id"]}
        for name in (*ITEMS, *OBJECTS):
            given = episode.get(name) or []
            for item in given if isinstance(given, list) else [given]:
                _add_item(rows, name, key | item)
    for name in ALL_ENTITIES:
        if ALL_ENTITIES[name].return_only:
            rows[name] += [dict(row) for row in record.get(name) or []]
    for found in rows.values():
        for place, row in enumerate(found):
            row.setdefault("row_index", place)
    return rows


def _add_item(rows: dict[str, list[dict[str, Any]]], name: str, item: dict[str, Any]) -> None:
    if name == "assessments":
        factors = item.pop("factors", None)
        item["has_factors"] = factors is not None
        own = {k: item[k] for k in ("social_care_episode_id", "child_and_family_assessment_id")}
        rows["assessment_factors"] += [own | {"factor": factor} for factor in factors or []]
    rows[name].append(item)


def frames(records: Iterable[Record], source_type: str = "timely") -> dict[str, pl.DataFrame]:
    """Every lake table of these records."""
    records = list(records)
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in ALL_ENTITIES}
    for record in records:
        base = lineage(record, source_type)
        for name, rows in entity_rows(record).items():
            made[name] += [base | row | {"purge": False} for row in rows]
    found = {name: pl.DataFrame(rows, ALL_ENTITIES[name].polars_schema) for name, rows in made.items()}
    found["records"] = pl.DataFrame([_log_row(r, source_type) for r in records], RECORDS)
    found["purges"] = pl.DataFrame([row for r in records for row in _purge_rows(r)], PURGES)
    found["identifiers"] = pl.DataFrame([_identifier(r) for r in records if not r.get("is_purge_message")], IDENTIFIERS)
    return found


def _log_row(record: Record, source_type: str) -> dict[str, Any]:
    return lineage(record, source_type) | {
        "submission_day": record["at"].date(),
        "batch_id": record["batch"],
        "payload_mode": record["mode"],
        "has_child_details": bool(record.get("children")),
        "has_disabilities": record.get("disabilities") is not None,
        "has_sdq_assessments": record.get("sdq_assessments") is not None,
        "is_purge_message": bool(record.get("is_purge_message")),
        "schema_version": "1.0.1",
    }


def _identifier(record: Record) -> dict[str, Any]:
    return {
        "la_code": record["source"][:3],
        "la_child_id": f"id of {record['child']}",
        "mis_child_id": None,
        "child_key": record["child"],
        "source_id": record["source"],
        "submission_day": record["at"].date(),
    }


def _purge_rows(record: Record) -> list[dict[str, Any]]:
    base = lineage(record)
    return [
        {name: base.get(name) for name in ("source_id", "la_code", "child_key", "received_at", "batch_index")}
        | {"submission_day": record["at"].date(), "batch_id": record["batch"], "level": level}
        | {"episode_key": episode_id, "item_key": item_id}
        for level, episode_id, item_id in record.get("purges") or []
    ]


def write_days(lake: Lake, records: Iterable[Record]) -> list[str]:
    """Put feed records into the day partitions they belong to; gives the partitions' names in order."""
    by_partition: dict[str, list[Record]] = {}
    for record in records:
        by_partition.setdefault(day_partition(record["at"].date().isoformat(), record["source"]), []).append(record)
    for partition, found in by_partition.items():
        lake.replace(partition, frames(found))
    return sorted(by_partition)


def write_return(lake: Lake, return_id: str, records: Iterable[Record]) -> None:
    """Put the records of one landing of a return into its partition."""
    lake.replace(return_partition(return_id), frames(records, "return"))


def a_record(child: str = "c1", at: str | datetime = "2026-01-05T09:00:00+00:00", **said: Any) -> Record:
    """A delta record that says nothing, but for what is given."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    defaults = {"source": "204-d2i", "batch": "b1", "index": 0, "mode": "delta"}
    return {"child": child, "at": moment} | defaults | said


def on(day: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(day)
