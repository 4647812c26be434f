"""Taking children out of the annual returns as they were handed in: each zip is replaced whole by one without them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from assets.erasure.return_files import IsGone, without_children
from assets.records.pseudonyms import Pseudonyms
from assets.submissions.returns_landing import LandedReturn, ReturnsLanding
from assets.temporary import temporary_folder


@dataclass
class LookedThrough:
    """What became of landed returns.

    changed: children taken out, by tombstone. opaque: landings with a file that is neither XML nor CSV, of which
    nobody can tell whether the child is in it. states: of every landing that was looked through, as it is now.
    """

    changed: Counter[str] = field(default_factory=Counter)
    opaque: list[str] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)


def erase_in_returns(
    landing: ReturnsLanding,
    tombstones: pl.DataFrame,
    pseudonyms: Pseudonyms,
    asked_now: Collection[str],
    looked_through: Mapping[str, str],
) -> LookedThrough:
    """Rewrite every landing, the latest and older ones, that came before a tombstone of its return.

    Of returns that are not among asked_now, only landings that are not as they were when they were last looked
    through: files that were restored from a backup.
    """
    done = LookedThrough()
    whole = tombstones.filter(pl.col("level") == "child")
    for return_id in sorted(set(whole["source_id"]) & set(landing.return_ids())):
        of_return = whole.filter(pl.col("source_id") == return_id)
        for landed in landing.landings(return_id):
            asked = of_return.filter(pl.col("received_at") >= landed.received_at)
            known = looked_through.get(landed.key)
            if asked.is_empty() or (return_id not in asked_now and known == landing.state(landed)):
                continue
            named = dict(asked.select("child_key", "tombstone_id").iter_rows())
            if _erase_in(landing, landed, _test(landed.la_code, named, pseudonyms, done.changed)):
                done.opaque.append(landed.key)
            done.states[landed.key] = landing.state(landed)
    return done


def _test(la_code: str, asked: dict[str, str], pseudonyms: Pseudonyms, found: Counter[str]) -> IsGone:
    @cache
    def tombstone_of(child_id: str) -> str | None:
        return asked.get(pseudonyms.child_keys(la_code, pl.Series([child_id]))[0]) if child_id else None

    def is_gone(child_id: str) -> bool:
        tombstone_id = tombstone_of(child_id)
        if tombstone_id:
            found[tombstone_id] += 1
        return tombstone_id is not None

    return is_gone


def _erase_in(landing: ReturnsLanding, landed: LandedReturn, is_gone: IsGone) -> bool:
    """Whether any of the files is one that nobody can look into."""
    with landing.extracted(landed) as files, temporary_folder() as folder:
        left = {file.name: Path(folder) / file.name for file in files}
        done = [without_children(file, left[file.name], is_gone) for file in files]
        if any(each.taken_out for each in done):
            landing.erase(landed, list(left.values()))
    return any(each.is_opaque for each in done)
