"""How a fault is planted: a change of one thing in a child's record, and what it is expected to break."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Record = Any
Change = Callable[[Record], Any]
_GONE = object()


@dataclass(frozen=True)
class Plant:
    """One child with one fault. beside: rules that such a child breaks too, whatever else is right about it."""

    rule_id: str
    child: Callable[[int], Record]
    changes: tuple[Change, ...]
    beside: tuple[str, ...] = ()
    note: str = ""

    def record(self, number: int) -> Record:
        """The child's record, with the fault in it."""
        record = self.child(number)
        for change in self.changes:
            replaced = change(record)
            record = record if replaced is None else replaced
        return record

    @property
    def breaks(self) -> set[str]:
        """Every rule that it is expected to break."""
        return {self.rule_id, *self.beside}


def plant(
    rule_id: str,
    child: Callable[[int], Record],
    *changes: Change,
    beside: tuple[str, ...] = (),
    note: str = "",
) -> Plant:
    """One child with one fault; all changes together are the one fault, and what keeps others away."""
    return Plant(rule_id, child, changes, beside, note)


def put(path: str, value: Any) -> Change:
    """Set what stands at a dotted path; a number is a place in a list. A function is asked with the whole record."""

    def change(record: Record) -> None:
        *way, last = path.split(".")
        at = _at(record, way)
        at[_step(last)] = value(record) if callable(value) else value

    return change


def drop(*paths: str) -> Change:
    """Leave out what stands at each path."""

    def change(record: Record) -> None:
        for path in paths:
            *way, last = path.split(".")
            del _at(record, way)[_step(last)]

    return change


def add(path: str, *values: Any) -> Change:
    """Append to the list at a path, which is made where there is none."""

    def change(record: Record) -> None:
        *way, last = path.split(".")
        _at(record, way).setdefault(last, []).extend(dict(v) if isinstance(v, dict) else v for v in values)

    return change


def instead(value: Any) -> Change:
    """Something else in the place of the whole record."""
    return lambda _: value


def _at(record: Record, way: list[str]) -> Any:
    for step in way:
        record = record[_step(step)]
    return record


def _step(name: str) -> int | str:
    return int(name) if name.lstrip("-").isdigit() else name
