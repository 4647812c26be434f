"""Lake partitions as temporary relations `incoming_<table>`, for set-based loading on either engine.

What is done with them belongs to the loaders. All of it happens inside the load's transaction, so that a load that
fails leaves none behind.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from assets.lake import Lake
from assets.warehouse.engine import Warehouse
from quality.schemas.entities import schema_of

# Partitions held in memory at a time where the engine cannot read parquet itself.
_PARTITIONS_AT_A_TIME = 50


@contextmanager
def incoming(warehouse: Warehouse, lake: Lake, partitions: Sequence[str], tables: Iterable[str]) -> Iterator[set[str]]:
    """Make `incoming_<table>` of each table; gives the names of the tables that have rows at all."""
    filled: set[str] = set()
    views: list[str] = []
    wanted = list(tables)
    for table in wanted:
        paths = [path for partition in partitions for path in lake.parts(partition, table)]
        name = f"incoming_{table}"
        if paths:
            filled.add(table)
        if paths and lake.files.is_local and warehouse.stage_parquet(name, paths, schema_of(table)):
            views.append(name)
            continue
        warehouse.create_temporary(name, schema_of(table))
        if paths:
            _copy(warehouse, lake, partitions, table)
    yield filled
    for table in wanted:
        name = f"incoming_{table}"
        warehouse.execute(f"drop view {name}" if name in views else f"drop table {name}")


def _copy(warehouse: Warehouse, lake: Lake, partitions: Sequence[str], table: str) -> None:
    for start in range(0, len(partitions), _PARTITIONS_AT_A_TIME):
        frame = lake.read(partitions[start : start + _PARTITIONS_AT_A_TIME], table)
        warehouse.insert(f"incoming_{table}", frame)
    warehouse.analyse(f"incoming_{table}")
