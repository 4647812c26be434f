"""Good records of a chunk -> one typed, pseudonymised frame per entity, and the logs of records, purges and ids.

Whole columns at a time; no row is looked at by itself. What counts in a record is decided here: content beside or
under a purge flag does not, nor does the earlier of two items with one id. Whether a value is plausible is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl

from assets.records.doubts import REPEATED, Doubts
from assets.records.payload_columns import Columns, Rows, rows_of
from assets.records.payload_model import SCHEMA_VERSION
from assets.records.pseudonyms import Pseudonyms
from assets.records.purges import PURGE_KEYS, RECORD, item_purges, purge_rows, without_purged
from quality.schemas.entities import ENTITIES, POLARS_TYPES, Column
from quality.schemas.logs import FAULTS, IDENTIFIERS, LINEAGE, PURGES, RECORDS

# Entity -> the payload's name for it inside an episode.
_ITEM_LISTS = {
    "care_workers": "care_worker_details",
    "assessments": "child_and_family_assessments",
    "cin_plans": "child_in_need_plans",
    "s47_enquiries": "section_47_assessments",
    "cp_plans": "child_protection_plans",
    "placements": "child_looked_after_placements",
}
_ITEM_OBJECTS = {"adoptions": "adoption", "care_leavers": "care_leavers"}
_ITEM_NAMES = _ITEM_LISTS | _ITEM_OBJECTS
# Attributes that the payload calls something else.
_PAYLOAD_NAMES = {
    ("children", "home_postcode"): "postcode",
    ("placements", "placement_postcode"): "postcode",
    ("disabilities", "disability_code"): "code",
    ("assessment_factors", "factor"): "code",
}
_HASHED = ("unique_pupil_number", "former_unique_pupil_number")


@dataclass(frozen=True)
class Frames:
    """Frames of a chunk, each with the position in the chunk of every row's record, in ascending order."""

    frames: dict[str, pl.DataFrame]
    positions: dict[str, np.ndarray]

    def between(self, start: int, stop: int) -> dict[str, pl.DataFrame]:
        """The frames of the records from position start up to stop, without copying them."""
        found = {}
        for table, frame in self.frames.items():
            first, last = np.searchsorted(self.positions[table], [start, stop])
            found[table] = frame.slice(int(first), int(last - first))
        return found


def frames_of(records: Sequence[Columns], log: pl.DataFrame, pseudonyms: Pseudonyms) -> Frames:
    """Entity frames and logs of records that passed the structure verdict, given as columns, batch by batch.

    log: one row a record, in the same order, with source_id, la_code, submission_day, received_at, batch_id,
    batch_index, receipt_id, payload_mode and content_hash.
    """
    top = rows_of(records)
    log = _with_child_keys(log, top, pseudonyms)
    odd = Doubts()
    purges, tables, said = _read(top, odd)
    is_purge_message = _purge_messages(purges, tables, said, len(top))
    made = {name: _entity_frame(name, frame, log, is_purge_message, pseudonyms) for name, frame in tables.items()}
    made["records"] = _records(log, said, is_purge_message)
    keys = [pseudonyms.hashed(purges[name]).alias(key) for name, key in PURGE_KEYS.items()]
    made["purges"] = _joined(purges.with_columns(keys), log).select(RECORD, *PURGES)
    made["faults"] = _joined(odd.frame(), log).select(RECORD, *FAULTS)
    known = log.with_columns(_person_hashes(top, pseudonyms).alias("person_hash"))
    made["identifiers"] = known.filter(~pl.Series(top.flag("purge"))).select(RECORD, *IDENTIFIERS)
    return Frames(
        {name: frame.drop(RECORD) for name, frame in made.items()},
        {name: frame[RECORD].to_numpy() for name, frame in made.items()},
    )


@dataclass(frozen=True)
class _Said:
    """Per record: which parts it carries that count, whatever is in them."""

    details: np.ndarray
    disabilities: np.ndarray
    sdq: np.ndarray


def _read(top: Rows, odd: Doubts) -> tuple[pl.DataFrame, dict[str, pl.DataFrame], _Said]:
    """Purge flags, rows that count by entity, and what was said, of all records."""
    gone = top.flag("purge")
    flags = [purge_rows("child", top)]
    details, health = top.inside("child_details"), top.inside("health_and_wellbeing")
    flags += [purge_rows("child_details", details), purge_rows("health_and_wellbeing", health)]
    details_kept = ~(gone[details.record] | details.flag("purge"))
    health_kept = ~(gone[health.record] | health.flag("purge"))
    tables = {
        "children": _children(top, details, details_kept, gone, odd),
        "disabilities": _codes("disabilities", details, "disabilities", details_kept, odd),
        "sdq_assessments": _sdq(health, health_kept, odd),
    }
    odd.of_people(top, details)
    odd.of_deletions(top)
    said = _Said(
        _marked(top, details, details_kept & _any_sent(details)),
        _marked(top, details, details_kept & details.sent("disabilities")),
        _marked(top, health, health_kept & health.sent("sdq_assessments")),
    )
    episodes = top.inside("social_care_episodes")
    flags.append(purge_rows("episodes", episodes, episodes.columns["social_care_episode_id"]))
    kept = ~gone[episodes.record]
    tables["episodes"] = _last_of_each("episodes", _attributes("episodes", episodes, odd).filter(pl.Series(kept)), odd)
    for name in _ITEM_NAMES:
        rows = episodes.inside(_ITEM_NAMES[name])
        if ENTITIES[name].purgeable:
            flags.append(item_purges(name, rows, episodes))
        tables |= _items(name, rows, episodes, kept, odd)
    purges = pl.concat(flags).sort(RECORD, maintain_order=True)
    return purges, without_purged(tables, purges), said


def _children(top: Rows, details: Rows, kept: np.ndarray, gone: np.ndarray, odd: Doubts) -> pl.DataFrame:
    """One row a record, of nulls where nothing is said of the child itself."""
    told = _attributes("children", details, odd).filter(pl.Series(kept)).drop("row_index")
    every = pl.DataFrame({RECORD: top.record, "row_index": np.zeros(len(top), np.int32)}).filter(~pl.Series(gone))
    return every.join(told, on=RECORD, how="left", maintain_order="left").with_columns(pl.col("purge").fill_null(False))


def _sdq(health: Rows, kept: np.ndarray, odd: Doubts) -> pl.DataFrame:
    rows = health.inside("sdq_assessments")
    frame = _attributes("sdq_assessments", rows, odd).filter(
        pl.Series(kept[rows.parent]) & _says_something("sdq_assessments")
    )
    return _last_of_each("sdq_assessments", frame, odd)


def _codes(entity: str, holders: Rows, listed: str, kept: np.ndarray, odd: Doubts) -> pl.DataFrame:
    rows = holders.inside(listed)
    code = ENTITIES[entity].key[-1]
    frame = _attributes(entity, rows, odd).filter(pl.Series(kept[rows.parent]) & pl.col(code).is_not_null())
    return _last_of_each(entity, frame, odd)


def _items(name: str, rows: Rows, episodes: Rows, episode_kept: np.ndarray, odd: Doubts) -> dict[str, pl.DataFrame]:
    """The rows of one entity inside episodes that count; assessments bring their factors with them."""
    kept = episode_kept[rows.parent]
    episode_id = pl.Series(episodes.columns["social_care_episode_id"].take(rows.parent))
    frame = _attributes(name, rows, odd, social_care_episode_id=episode_id)
    if name == "assessments":
        return _assessments(rows, frame, episode_id, kept, odd)
    counts = pl.Series(kept)
    if name in _ITEM_OBJECTS or name == "care_workers":
        counts = frame.select(pl.lit(counts) & _says_something(name)).to_series()
    return {name: _last_of_each(name, frame.filter(counts), odd)}


def _assessments(
    rows: Rows, frame: pl.DataFrame, episode_id: pl.Series, kept: np.ndarray, odd: Doubts
) -> dict[str, pl.DataFrame]:
    """Assessments and the factors of those that count: of an id sent twice, only the later one's list."""
    numbered = frame.with_columns(pl.Series("has_factors", rows.sent("factors")), pl.int_range(pl.len()).alias("own"))
    counted = _last_of_each("assessments", numbered.filter(pl.Series(kept)), odd)
    factors = rows.inside("factors")
    wanted = np.isin(factors.parent, counted["own"].to_numpy())
    own_id = pl.Series(rows.columns["child_and_family_assessment_id"].take(factors.parent))
    listed = _attributes(
        "assessment_factors",
        factors,
        odd,
        social_care_episode_id=episode_id.gather(factors.parent),
        child_and_family_assessment_id=own_id,
    ).filter(pl.Series(wanted) & pl.col("factor").is_not_null())
    return {
        "assessments": counted.drop("own"),
        "assessment_factors": _last_of_each("assessment_factors", listed, odd),
    }


def _attributes(name: str, rows: Rows, odd: Doubts, **given: pl.Series) -> pl.DataFrame:
    """The entity's attributes as typed columns: codes trimmed, blank ones null, what only a return holds null."""
    columns = {RECORD: pl.Series(rows.record), "row_index": pl.Series(rows.position)} | given
    for column in ENTITIES[name].columns:
        source = _PAYLOAD_NAMES.get((name, column.name), column.name)
        if column.name not in given and source in rows.columns:
            columns[column.name] = pl.Series(column.name, rows.columns[source])
    typed = [_typed(column, column.name in columns) for column in ENTITIES[name].columns]
    sent = pl.DataFrame(columns)
    odd.of_texts(name, sent.drop(*given))
    return sent.select(RECORD, "row_index", *typed, pl.lit(False).alias("purge"))


def _typed(column: Column, sent: bool) -> pl.Expr:
    value = pl.col(column.name)
    if not sent:
        return pl.lit(None, POLARS_TYPES[column.kind]).alias(column.name)
    if column.kind != "text" or column.name.endswith("_id"):
        return value
    text = value.str.strip_chars()
    return pl.when(text != "").then(text).alias(column.name)


def _says_something(name: str) -> pl.Expr:
    """Whether a row of objects without own ids has any attribute: an empty object says nothing."""
    return pl.any_horizontal(
        pl.col(c.name).is_not_null() for c in ENTITIES[name].columns if c.name != "social_care_episode_id"
    )


def _last_of_each(name: str, frame: pl.DataFrame, odd: Doubts) -> pl.DataFrame:
    """The later of two rows of a record with one key. Rows with one key have one hash, and there is hardly ever any."""
    key = [RECORD, *ENTITIES[name].key]
    hashes = np.sort(frame.select(key).hash_rows().to_numpy())
    if not (hashes[1:] == hashes[:-1]).any():
        return frame
    last = frame.unique(key, keep="last", maintain_order=True)
    odd.at(frame.filter(~pl.struct(key).is_last_distinct()), name, ENTITIES[name].key[-1], REPEATED)
    return last


def _marked(top: Rows, rows: Rows, where: np.ndarray) -> np.ndarray:
    marks = np.zeros(len(top), dtype=bool)
    marks[rows.record[where]] = True
    return marks


def _any_sent(rows: Rows) -> np.ndarray:
    return reduce(np.logical_or, (rows.sent(name) for name in rows.properties if name != "purge"))


def _purge_messages(purges: pl.DataFrame, tables: dict[str, pl.DataFrame], said: _Said, records: int) -> np.ndarray:
    """Which records carry a purge flag, and of what counts in them nothing but ids."""
    purging = np.zeros(records, dtype=bool)
    purging[purges[RECORD].to_numpy()] = True
    if not purging.any():
        return purging
    speaking = said.details | said.disabilities | said.sdq
    for name in ("episodes", *_ITEM_NAMES):
        told = [c.name for c in ENTITIES[name].columns if c.name not in ENTITIES[name].key or c.kind == "date"]
        value = pl.any_horizontal(pl.col(c).is_not_null() & (pl.col(c) if c == "has_factors" else True) for c in told)
        speaking[tables[name].filter(value)[RECORD].to_numpy()] = True
    return purging & ~speaking


def _with_child_keys(log: pl.DataFrame, top: Rows, pseudonyms: Pseudonyms) -> pl.DataFrame:
    log = log.with_columns(
        pl.Series(RECORD, top.record),
        pl.Series("la_child_id", top.columns["la_child_id"]),
        pl.Series("mis_child_id", top.columns["mis_child_id"]),
    )
    of_each_la = [
        part.with_columns(pseudonyms.child_keys(part["la_code"][0], part["la_child_id"]))
        for part in log.partition_by("la_code", maintain_order=True)
    ]
    return pl.concat(of_each_la).sort(RECORD)


def _person_hashes(top: Rows, pseudonyms: Pseudonyms) -> pl.Series:
    """For each record, the keyed hash of names and date of birth, letters only; null where one of them is missing."""
    details = top.inside("child_details")
    told = pl.DataFrame({name: pl.Series(details.columns[name]) for name in ("first_name", "surname", "date_of_birth")})
    letters = [pl.col(name).str.to_lowercase().str.replace_all(r"[^\p{L}]", "") for name in ("first_name", "surname")]
    who = told.select(
        pl.when(pl.all_horizontal(name != "" for name in letters)).then(
            pl.concat_str(*letters, pl.col("date_of_birth").cast(pl.String), separator="|")
        )
    ).to_series()
    of_record = pl.DataFrame({RECORD: details.record, "person_hash": pseudonyms.hashed(who)})
    every = pl.DataFrame({RECORD: top.record}).join(of_record, on=RECORD, how="left", maintain_order="left")
    return every["person_hash"]


def _joined(frame: pl.DataFrame, log: pl.DataFrame) -> pl.DataFrame:
    """The frame with the log's columns of each row's record."""
    return pl.concat([frame, log.drop(RECORD)[frame[RECORD].to_numpy()]], how="horizontal")


def _entity_frame(
    name: str, frame: pl.DataFrame, log: pl.DataFrame, is_purge_message: np.ndarray, pseudonyms: Pseudonyms
) -> pl.DataFrame:
    if is_purge_message.any():
        frame = frame.filter(pl.Series(~is_purge_message[frame[RECORD].to_numpy()]))
    if name == "children":
        frame = frame.with_columns(pseudonyms.hashed(frame[column]) for column in _HASHED)
    lineage = log.with_columns(pl.lit("timely").alias("source_type")).select(
        RECORD, *(c for c in LINEAGE if c != "row_index")
    )
    schema = ENTITIES[name].polars_schema
    return _joined(frame, lineage).select(RECORD, *(pl.col(c).cast(kind) for c, kind in schema.items()))


def _records(log: pl.DataFrame, said: _Said, is_purge_message: np.ndarray) -> pl.DataFrame:
    told = log.with_columns(
        pl.lit("timely").alias("source_type"),
        pl.Series("has_child_details", said.details),
        pl.Series("has_disabilities", said.disabilities),
        pl.Series("has_sdq_assessments", said.sdq),
        pl.Series("is_purge_message", is_purge_message),
        pl.lit(SCHEMA_VERSION).alias("schema_version"),
    )
    return told.select(RECORD, *RECORDS)
