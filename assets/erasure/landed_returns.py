"""Taking children out of the annual returns as they were handed in: each zip is replaced whole by one without them."""

from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl

from assets.erasure.return_files import IsGone, without_children
from assets.records.pseudonyms import Pseudonyms
from assets.submissions.returns_landing import LandedReturn, ReturnsLanding
from assets.temporary import temporary_folder


def erase_in_returns(
    landing: ReturnsLanding, tombstones: pl.DataFrame, pseudonyms: Pseudonyms
) -> tuple[Counter[str], list[str]]:
    """Rewrite every landing, the latest and older ones, of the returns among the sources.

    Gives the children taken out, by tombstone, and the landings with a file that is neither XML nor CSV: nobody can
    tell whether the child is in it.
    """
    changed: Counter[str] = Counter()
    opaque: list[str] = []
    whole = tombstones.filter(pl.col("level") == "child")
    for return_id in sorted(set(whole["source_id"]) & set(landing.return_ids())):
        asked = dict(whole.filter(pl.col("source_id") == return_id).select("child_key", "tombstone_id").iter_rows())
        for landed in landing.landings(return_id):
            found: Counter[str] = Counter()
            if _erase_in(landing, landed, _test(landed.la_code, asked, pseudonyms, found)):
                opaque.append(landed.key)
            changed += found
    return changed, opaque


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
