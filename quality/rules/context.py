"""What an expression on a row may read beside the row's own columns, by the prefix of the column's name.

child.X      the child's attribute X, or the fact X of the child
episode.X    the same of the row's social care episode
previous.X   column X of the child's row before this one in time, next.X of the one after; `previous.row` is null on the
             first. In time is by ORDERED_BY, rows without a date last, rows of one date in the order of the file
previous_2.X the same two rows before, and so on for any number
before.X     the child's attribute or fact X as the source had it before; `before.row` is null for a child not held then

Nothing here asks a question of the data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from quality.rules.fact import KEY, VALUE, Fact, all_facts
from quality.rules.model import BEFORE, Frames, schema_of_frame

CHILD, EPISODE = "child.", "episode."
_NEIGHBOUR = re.compile(r"next\.|previous(_\d+)?\.")
_OF = {CHILD: "child", EPISODE: "episode", BEFORE: "child"}
_HOLDER = {CHILD: "children", EPISODE: "episodes", BEFORE: f"{BEFORE}children"}
# The column by which the rows of a child follow each other; start_date where nothing is said.
ORDERED_BY = {
    "episodes": "referral_date",
    "sdq_assessments": "date",
    "reviews": "review_date",
    "cp_plan_reviews": "review_date",
    "adoptions": "row",
    "care_leavers": "contact_date",
}

AnyFrames = Mapping[str, pl.DataFrame]


@dataclass
class Context:
    """The tables of a run, and what has been worked out of them so far."""

    frames: AnyFrames
    _known: dict[str, pl.DataFrame] = field(default_factory=dict)

    def beside(self, table: str, names: Iterable[str]) -> pl.LazyFrame:
        """The table's rows, and beside them the columns with a prefix that are named."""
        wanted = set(names)
        frame = self.frames[table].lazy()
        neighbours = sorted({found.group() for name in wanted if (found := _NEIGHBOUR.match(name))})
        if neighbours:
            frame = _in_time(frame, table)
            frame = frame.with_columns(c for prefix in neighbours for c in _neighbour(prefix, _beneath(prefix, wanted)))
        for prefix in (CHILD, EPISODE, BEFORE):
            columns = _beneath(prefix, wanted)
            if columns:
                frame = frame.join(self._lookup(prefix, columns), on=list(KEY[_OF[prefix]]), how="left")
                frame = frame.with_columns(_filled(prefix, columns))
        return frame

    def _lookup(self, prefix: str, columns: Sequence[str]) -> pl.LazyFrame:
        key = list(KEY[_OF[prefix]])
        holder = self.frames[_HOLDER[prefix]]
        own = [name for name in columns if name in holder.columns]
        # one row a key, so that a key sent twice never multiplies the rows being judged
        looked_up = holder.lazy().select(*key, *(pl.col(n).alias(prefix + n) for n in own)).unique(key, keep="last")
        for name in columns:
            if name not in own:
                looked_up = looked_up.join(self._fact(prefix, name).lazy(), on=key, how="full", coalesce=True)
        return looked_up

    def _fact(self, prefix: str, name: str) -> pl.DataFrame:
        column = prefix + name
        if column not in self._known:
            fact = all_facts().get((_OF[prefix], name))
            if fact is None:
                raise pl.exceptions.ColumnNotFoundError(f"{column} is neither an attribute nor a fact")
            computed = fact.compute(self._as_then() if prefix == BEFORE else self._now())
            self._known[column] = computed.select(*KEY[fact.of], pl.col(VALUE).alias(column)).collect()
        return self._known[column]

    def _now(self) -> Frames:
        return Frames({name: frame.lazy() for name, frame in self.frames.items()})

    def _as_then(self) -> Frames:
        """The frames of before under their plain names, so that a fact is worked out from them in the same way."""
        held = {name.removeprefix(BEFORE): frame for name, frame in self.frames.items() if name.startswith(BEFORE)}
        return Frames({name: frame.lazy() for name, frame in held.items()})


def tables_read(names: Iterable[str]) -> set[str]:
    """The tables that columns with these names come from, beside the table judged."""
    read = set()
    for prefix in _OF:
        for name in _beneath(prefix, set(names)):
            fact = _fact_of(prefix, name)
            if fact is not None:
                read |= {BEFORE + table if prefix == BEFORE else table for table in fact.reads}
            elif prefix == BEFORE:
                read.add(_HOLDER[BEFORE])
    return read


def _fact_of(prefix: str, name: str) -> Fact | None:
    if name in schema_of_frame(_HOLDER[prefix]):
        return None
    return all_facts().get((_OF[prefix], name))


def _filled(prefix: str, columns: Iterable[str]) -> list[pl.Expr]:
    facts = {name: fact for name in columns if (fact := _fact_of(prefix, name)) is not None}
    return [pl.col(prefix + n).fill_null(f.otherwise) for n, f in facts.items() if f.otherwise is not None]


def _in_time(frame: pl.LazyFrame, table: str) -> pl.LazyFrame:
    return frame.sort("subject", ORDERED_BY.get(table, "start_date"), "row", nulls_last=True)


def _rows_back(prefix: str) -> int:
    """How many rows back in time a neighbour is."""
    return -1 if prefix == "next." else int(prefix.removeprefix("previous").strip("_.") or 1)


def _neighbour(prefix: str, columns: Sequence[str]) -> list[pl.Expr]:
    step = _rows_back(prefix)
    same_child = pl.col("subject") == pl.col("subject").shift(step)
    return [pl.when(same_child).then(pl.col(name).shift(step)).alias(prefix + name) for name in columns]


def _beneath(prefix: str, names: Iterable[str]) -> list[str]:
    return sorted({name.removeprefix(prefix) for name in names if name.startswith(prefix)})
