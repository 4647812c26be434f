"""Lake partitions as temporary relations `incoming_<table>`, for set-based loading on either engine.

What is done with them belongs to the loaders. All of it happens inside the load's transaction, so that a load that
fails leaves none behind.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from assets.lake import Lake, Selection
from assets.warehouse.engine import Warehouse
from quality.schemas.entities import schema_of


@contextmanager
def incoming(warehouse: Warehouse, lake: Lake, partitions: Sequence[str], tables: Iterable[str]) -> Iterator[set[str]]:
    """Make `incoming_<table>` of each table; gives the names of the tables that have rows at all."""
    chosen = lake.select(partitions, tables)
    views: list[str] = []
    for table, selections in chosen.items():
        name = f"incoming_{table}"
        if selections and lake.files.is_local and warehouse.stage_parquet(name, selections, schema_of(table)):
            views.append(name)
            continue
        warehouse.create_temporary(name, schema_of(table))
        if selections:
            _copy(warehouse, lake, name, selections)
    yield {table for table, selections in chosen.items() if selections}
    for table in chosen:
        name = f"incoming_{table}"
        warehouse.execute(f"drop view {name}" if name in views else f"drop table {name}")


def _copy(warehouse: Warehouse, lake: Lake, name: str, selections: Sequence[Selection]) -> None:
    """File by file, so that no more than one is in memory."""
    for selection in selections:
        for path in selection.paths:
            warehouse.insert(name, lake.read_part(path, selection.sources))
    warehouse.analyse(name)
