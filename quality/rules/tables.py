"""The frames of one run, made ready for rules: every entity the kind can hold, and what belongs to child and episode.

Nothing here asks a question of the data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from quality.rules.model import HELD, PEERS, Kind, schema_of_frame

CHILD_PREFIX = "child."
EPISODE_PREFIX = "episode."
GROUP = ("source_id", "la_code", "as_of")
KEYS = ("row", "subject", "source_id", "la_code", "child_key", "as_of")

AnyFrame = pl.DataFrame | pl.LazyFrame


@dataclass(frozen=True)
class Tables:
    """Entity to frame, a frame of no rows where the source sent nothing; and which ones did hold rows."""

    kind: Kind
    frames: Mapping[str, pl.DataFrame]
    with_rows: frozenset[str]
    peers: pl.DataFrame | None = None

    @classmethod
    def of(cls, given: Mapping[str, AnyFrame], kind: Kind) -> "Tables":
        """Collect what is lazy; an entity that this kind can hold and that is not given becomes an empty frame."""
        frames = _collected({name: frame for name, frame in given.items() if name in HELD[kind]})
        with_rows = frozenset(name for name, frame in frames.items() if not frame.is_empty())
        empty = {name: pl.DataFrame(schema=schema_of_frame(name)) for name in HELD[kind] - with_rows}
        peers = given[PEERS].lazy().collect() if PEERS in given else None
        return cls(kind, frames | empty, with_rows, peers)

    def lazy(self) -> dict[str, pl.LazyFrame]:
        """Every frame as the start of a plan."""
        lazy = {name: frame.lazy() for name, frame in self.frames.items()}
        return lazy if self.peers is None else lazy | {PEERS: self.peers.lazy()}

    def groups(self) -> pl.DataFrame:
        """Each source and as_of that any row speaks of."""
        columns = [frame.lazy().select(GROUP).unique() for name, frame in self.frames.items() if name in self.with_rows]
        if not columns:
            return pl.DataFrame(schema={name: schema_of_frame("children")[name] for name in GROUP})
        return pl.concat(columns).unique().sort(GROUP).collect()

    def with_context(self, entity: str, names: Iterable[str]) -> pl.LazyFrame:
        """The entity's rows, and beside them the `child.` and `episode.` columns named."""
        frame = self.frames[entity].lazy()
        of_child = _beneath(CHILD_PREFIX, names)
        if of_child:
            frame = frame.join(self._lookup("children", ("subject",), CHILD_PREFIX, of_child), on="subject", how="left")
        of_episode = _beneath(EPISODE_PREFIX, names)
        if of_episode:
            key = ("subject", "social_care_episode_id")
            frame = frame.join(self._lookup("episodes", key, EPISODE_PREFIX, of_episode), on=list(key), how="left")
        return frame

    def _lookup(self, entity: str, key: tuple[str, ...], prefix: str, columns: list[str]) -> pl.LazyFrame:
        renamed = [pl.col(column).alias(prefix + column) for column in columns]
        # one row a key, so that a key sent twice never multiplies the rows being judged
        return self.frames[entity].lazy().select(*key, *renamed).unique(list(key), keep="last")


def _collected(given: Mapping[str, AnyFrame]) -> dict[str, pl.DataFrame]:
    lazy = {name: frame for name, frame in given.items() if isinstance(frame, pl.LazyFrame)}
    eager = {name: frame for name, frame in given.items() if isinstance(frame, pl.DataFrame)}
    return eager | dict(zip(lazy, pl.collect_all(list(lazy.values())), strict=True))


def _beneath(prefix: str, names: Iterable[str]) -> list[str]:
    return sorted({name.removeprefix(prefix) for name in names if name.startswith(prefix)})
