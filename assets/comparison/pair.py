"""One stream against one return: the order in which scope, linkage, matching and the counts are worked out.

Pure; reading the frames and adding up the pairs belong to compare.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from assets.comparison.agreement import SCHEMA as AGREEMENT_SCHEMA
from assets.comparison.agreement import field_agreement
from assets.comparison.coverage import COUNTS_SCHEMA, counts
from assets.comparison.linkage import link_children, relabelled
from assets.comparison.matching import PAIR_SCHEMA, RECORD_SCHEMA, match_entity, record_match
from assets.comparison.plan import COMPARED, Period, ReturnKind, compared_fields
from assets.comparison.scope import feed_scope, return_scope

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Pair:
    """The counts of one stream against one return: before any share is taken, so that they can be added up."""

    counts: pl.DataFrame
    fields: pl.DataFrame
    record_match: pl.DataFrame


def compare_pair(kind: ReturnKind, year: int, feed: Frames, returned: Frames, tolerance_days: int) -> Pair:
    """One stream's state against one return's: rows in scope, linked, matched and compared."""
    period = Period(year)
    links = link_children(_child_keys(feed), _child_keys(returned), feed["children"], returned["children"])
    right = return_scope(kind, returned, period)
    left = {entity: relabelled(frame, links) for entity, frame in feed_scope(kind, feed, period).items()}
    assessments = pl.DataFrame(schema=PAIR_SCHEMA)
    counted, fields, matches = [], [pl.DataFrame(schema=AGREEMENT_SCHEMA)], [pl.DataFrame(schema=RECORD_SCHEMA)]
    for entity in _entities(kind, returned):
        pairs = match_entity(entity, left[entity], right[entity], tolerance_days, assessments)
        if entity == "assessments":
            assessments = pairs
        counted.append(counts(entity, left[entity], right[entity], pairs))
        fields.append(field_agreement(entity, compared_fields(kind, entity), left[entity], right[entity], pairs))
        matches.append(record_match(entity, left[entity], right[entity], pairs, links).cast(pl.Schema(RECORD_SCHEMA)))
    return Pair(pl.DataFrame(counted, schema=COUNTS_SCHEMA), pl.concat(fields), pl.concat(matches))


def _entities(kind: ReturnKind, returned: Frames) -> Iterator[str]:
    """The entities to compare; social workers only where the return came with that file."""
    for entity in COMPARED[kind]:
        if entity != "care_workers" or returned["care_workers"].height:
            yield entity


def _child_keys(frames: Frames) -> pl.Series:
    return pl.concat([frame.select("child_key") for frame in frames.values()]).to_series().unique()
