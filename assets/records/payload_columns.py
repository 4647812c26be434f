"""Parsed records as Arrow columns: nested lists and objects become flat tables of rows that know their record.

The Arrow type comes from the payload model. What the rows mean, and which of them count, is decided in tables.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import inspect

from assets.records.payload_model import ChildRecord

_SCORE_LIMIT = 2**31 - 1


def _arrow_type(kind: inspect.Type) -> pa.DataType:
    """The Arrow type of a type of the model. Dates stay text here: the verdict has proven them."""
    if isinstance(kind, inspect.Metadata):
        return _arrow_type(kind.type)
    if isinstance(kind, inspect.StructType):
        return pa.struct([pa.field(field.encode_name, _arrow_type(field.type)) for field in kind.fields])
    if isinstance(kind, inspect.ListType):
        return pa.list_(_arrow_type(kind.item_type))
    return {
        inspect.StrType: pa.large_string(),
        inspect.DateType: pa.large_string(),
        inspect.BoolType: pa.bool_(),
        inspect.IntType: pa.int32(),
    }[type(kind)]


RECORD_TYPE: pa.DataType = _arrow_type(inspect.type_info(ChildRecord))


@dataclass(frozen=True)
class Rows:
    """One flat table: a column per property, and where each row came from.

    record: position of the record in the chunk. position: of the row in its own array. parent: of the row that holds
    it in the table above.
    """

    columns: dict[str, pa.Array]
    record: np.ndarray
    position: np.ndarray
    parent: np.ndarray

    def __len__(self) -> int:
        return len(self.record)

    def flag(self, name: str) -> np.ndarray:
        """A true or false column, absent counting as false."""
        return pc.fill_null(self.columns[name], False).to_numpy(zero_copy_only=False)

    def sent(self, name: str) -> np.ndarray:
        """Whether each row has the property at all; an empty list was sent, an absent one was not."""
        return self.columns[name].is_valid().to_numpy(zero_copy_only=False)

    def items(self, name: str) -> "Rows":
        """The items of a list of objects, as a table of their own."""
        items, parent, position = self._flat(name)
        return Rows(_properties(items), self.record[parent], position, parent)

    def values(self, name: str) -> "Rows":
        """The items of a list of codes, as a table with the one column `code`."""
        items, parent, position = self._flat(name)
        return Rows({"code": items}, self.record[parent], position, parent)

    def object(self, name: str) -> "Rows":
        """The single object under a property, where it was sent, as a table of its own."""
        parent = np.flatnonzero(self.sent(name))
        found = self.columns[name].take(pa.array(parent))
        return Rows(_properties(found), self.record[parent], np.zeros(len(parent), dtype=np.int32), parent)

    def _flat(self, name: str) -> tuple[pa.Array, np.ndarray, np.ndarray]:
        lists = self.columns[name]
        parent = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
        starts = lists.offsets.to_numpy()[:-1] - lists.offsets[0].as_py()
        position = np.arange(len(parent)) - starts[parent]
        return lists.flatten(), parent, position.astype(np.int32)


def columns_of(records: Sequence[dict[str, Any]]) -> pa.StructArray:
    """Parsed records as one nested Arrow array. They must have passed the structure verdict."""
    try:
        return pa.array(records, type=RECORD_TYPE)
    except (pa.ArrowInvalid, OverflowError):
        return pa.array([_bounded(record) for record in records], type=RECORD_TYPE)


def rows_of(arrays: Sequence[pa.StructArray]) -> Rows:
    """The records of several arrays as the outermost table."""
    array = pa.concat_arrays(arrays)
    position = np.arange(len(array), dtype=np.int32)
    return Rows(_properties(array), position, position, position)


def _properties(array: pa.Array) -> dict[str, pa.Array]:
    return dict(zip((field.name for field in array.type), array.flatten(), strict=True))


def _bounded(record: dict[str, Any]) -> dict[str, Any]:
    """The record with any score past what the column holds brought to its edge, where the rules call it impossible.

    The payload's shape sets no limit to a score, and one sender's odd number must not stop a chunk.
    """
    health = record.get("health_and_wellbeing", {})
    rows = [
        {**row, "score": max(-_SCORE_LIMIT, min(_SCORE_LIMIT, row["score"]))} if "score" in row else row
        for row in health.get("sdq_assessments", [])
    ]
    return {**record, "health_and_wellbeing": {**health, "sdq_assessments": rows}} if rows else record
