"""History in a warehouse and history by the reference, in one comparable form."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from feed_builder import Record
from history_reference import history_of

from assets.warehouse.engine import Warehouse
from quality.schemas.entities import ALL_ENTITIES

Rows = dict[str, list[tuple[Any, ...]]]


def _sorted(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=lambda row: tuple((value is None, str(value)) for value in row))


def expected_history(records: Iterable[Record]) -> Rows:
    """Versions by entity: source, child, attributes, known_from, known_to, closed_reason."""
    found: Rows = {name: [] for name in ALL_ENTITIES}
    by_child = sorted(records, key=lambda r: (r["source"], r["child"]))
    for (source, child), own in groupby(by_child, key=lambda r: (r["source"], r["child"])):
        for version in history_of(own):
            name = version.key[0]
            said = tuple(version.row[a] for a in ALL_ENTITIES[name].attributes)
            end = (version.known_from, version.known_to, version.closed_reason)
            found[name].append((source, child, *said, *end))
    return {name: _sorted(rows) for name, rows in found.items()}


def history_in(warehouse: Warehouse) -> Rows:
    """The same from the history tables."""
    found: Rows = {}
    for name, entity in ALL_ENTITIES.items():
        columns = ["source_id", "child_key", *entity.attributes, "known_from", "known_to", "closed_reason"]
        quoted = ", ".join(f'"{column}"' for column in columns)
        found[name] = _sorted(warehouse.query(f"select {quoted} from history.{name}").rows())
    return found


def differences(expected: Rows, found: Rows) -> list[str]:
    """What one has and the other has not, a few of each entity; empty when they agree."""
    told = []
    for name in expected:
        for label, more, fewer in (("missing", expected, found), ("too many", found, expected)):
            rest = Counter(more[name]) - Counter(fewer[name])
            told += [f"{label} in {name}: {row}" for row in list(rest.elements())[:3]]
    return told
