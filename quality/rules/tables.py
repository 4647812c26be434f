"""The frames of one run, made ready for rules: every table the kind can hold, empty where the source sent nothing.

What surrounds a row is worked out in context.py. Nothing here asks a question of the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import polars as pl

from quality.rules.context import Context
from quality.rules.model import (
    BEFORE,
    HELD,
    ID_PEERS,
    IDENTITY_PEERS,
    PEERS,
    PROVIDERS,
    SUBMISSION,
    Frames,
    Kind,
    schema_of_frame,
)
from quality.rules.whole_source import submissions

GROUP = ("source_id", "la_code", "as_of")
KEYS = ("row", "subject", "source_id", "la_code", "child_key", "as_of")

AnyFrame = pl.DataFrame | pl.LazyFrame


@dataclass(frozen=True)
class Tables:
    """Table to frame, a frame of no rows where the source sent nothing; and which ones did hold rows."""

    kind: Kind
    frames: Mapping[str, pl.DataFrame]
    with_rows: frozenset[str]
    peers: Mapping[str, pl.DataFrame]

    @classmethod
    def of(cls, given: Mapping[str, AnyFrame], kind: Kind) -> "Tables":
        """Collect what is lazy; a table that this kind can hold and that is not given becomes an empty frame."""
        frames = _collected({name: frame for name, frame in given.items() if name in HELD[kind]})
        with_rows = frozenset(name for name, frame in frames.items() if not frame.is_empty())
        ready = {name: _ready(name, frames.get(name)) for name in HELD[kind]}
        peers = {name: given[name].lazy().collect() for name in (PEERS, ID_PEERS, IDENTITY_PEERS) if name in given}
        tables = cls(kind, ready, with_rows, peers)
        if kind == "payload":  # what is given is never the whole source, and only the stage knows what is
            return tables
        return cls(kind, ready | {SUBMISSION: submissions(ready, tables.groups())}, with_rows, peers)

    @cached_property
    def context(self) -> Context:
        """What the rows of these tables have around them."""
        return Context(self.frames)

    def lazy(self) -> Frames:
        """Every frame as the start of a plan."""
        lazy = {name: frame.lazy() for name, frame in {**self.frames, **self.peers}.items()}
        return Frames(lazy, self.context.beside)

    def groups(self) -> pl.DataFrame:
        """Each source and as_of that any row speaks of."""
        judged = [
            frame.lazy().select(GROUP).unique()
            for name, frame in self.frames.items()
            if name in self.with_rows and not name.startswith(BEFORE) and name != PROVIDERS
        ]
        if not judged:
            return pl.DataFrame(schema={name: schema_of_frame("children")[name] for name in GROUP})
        return pl.concat(judged).unique().sort(GROUP).collect()


def _ready(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    """The frame with every column that rules may read; what the stage did not give is null."""
    if frame is None or frame.is_empty():
        return _empty(name)
    schema = schema_of_frame(name)
    lacking = [pl.lit(None, dtype=dtype).alias(column) for column, dtype in schema.items() if column not in frame]
    return frame.with_columns(lacking) if lacking else frame


@cache
def _empty(name: str) -> pl.DataFrame:
    """Made once for each table: a run has some thirty that the source sent nothing of."""
    return pl.DataFrame(schema=schema_of_frame(name))


def _collected(given: Mapping[str, AnyFrame]) -> dict[str, pl.DataFrame]:
    lazy = {name: frame for name, frame in given.items() if isinstance(frame, pl.LazyFrame)}
    eager = {name: frame for name, frame in given.items() if isinstance(frame, pl.DataFrame)}
    return eager | dict(zip(lazy, pl.collect_all(list(lazy.values())), strict=True))
