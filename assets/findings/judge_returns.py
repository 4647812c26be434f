"""Judging annual returns, each as a whole and beside the return of the year before, as the lake holds them."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from assets.findings import store, subjects
from assets.findings.judged import Judged
from assets.findings.return_frames import References, needed, ready_to_judge
from assets.lake import Lake, return_partition
from assets.warehouse.engine import Warehouse
from quality.rules.engine import run
from quality.rules.model import BEFORE, FINDINGS, RECORDS, SUBMISSION, Judgement
from quality.rules.registry import rules_for
from quality.schemas.entities import ALL_ENTITIES

# SSDA903 asks what a child's record was a year ago; the census asks nothing of the kind.
_LOOKS_BACK = "ssda903"


def judge_returns(
    warehouse: Warehouse, lake: Lake, return_ids: Sequence[str], references: References | None = None
) -> Judged:
    """Judge these returns, and those of the year after that look back at them, replacing what was found before."""
    total = Judged()
    for about in _asked(warehouse, return_ids):
        total += _judge_return(warehouse, lake, about, references or References())
    return total


def _asked(warehouse: Warehouse, return_ids: Sequence[str]) -> list[dict[str, Any]]:
    held = {about["return_id"]: about for about in warehouse.query("select * from raw.returns").iter_rows(named=True)}
    for return_id in return_ids:
        if return_id not in held:
            raise LookupError(f"return {return_id} is not loaded; load it before judging it")
    following = [_of_year(held[return_id], 1) for return_id in return_ids if held[return_id]["kind"] == _LOOKS_BACK]
    wanted = dict.fromkeys((*return_ids, *(each for each in following if each in held)))
    return [held[return_id] for return_id in wanted]


def _of_year(about: dict[str, Any], years_later: int) -> str:
    return f"{about['la_code']}-{about['kind']}-{about['year'] + years_later}"


def _judge_return(warehouse: Warehouse, lake: Lake, about: dict[str, Any], references: References) -> Judged:
    return_id, kind = about["return_id"], about["kind"]
    frames = _whole_return(lake, return_id)
    earlier = _whole_return(lake, _of_year(about, -1)) if kind == _LOOKS_BACK else {}
    ready = ready_to_judge(kind, frames, about["year"], earlier or None, references)
    judgement = run(ready, kind, rules_for(kind), about["year"])
    day = subjects.london_day(pl.lit(about["received_at"], dtype=pl.Datetime("us", "UTC")))
    with warehouse.transaction():
        store.clear_source(warehouse, "return", return_id)
        found = store.add_findings(warehouse, _placed(judgement, ready), "return", day)
        said = store.add_outcomes(warehouse, judgement.outcomes, "return", day)
    children = frames["records"]["child_key"].n_unique() if "records" in frames else 0
    return Judged(children, found, said)


def _whole_return(lake: Lake, return_id: str) -> dict[str, pl.DataFrame]:
    """Every table of a return in the lake that holds rows; none where the lake does not have it."""
    held = lake.rows(return_partition(return_id))
    wanted = [name for name in held if held[name] and (name in ALL_ENTITIES or name in (RECORDS, "faults"))]
    return {name: needed(lake.read(return_partition(return_id), name)) for name in wanted}


def _placed(judgement: Judgement, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Findings whose `row` is the row's place in its table of the return, null where they are about the whole of it.

    A fault knows its place already.
    """
    places = [
        frame.select(
            pl.lit(name).alias("entity"),
            "row",
            pl.col("row_index" if "row_index" in frame.columns else "batch_index").cast(pl.UInt32).alias("place"),
        )
        for name, frame in frames.items()
        if "batch_index" in frame.columns and "row" in frame.columns and not name.startswith(BEFORE)
    ]
    if not places:
        return judgement.findings
    from_frames = pl.col("subject").is_not_null() | (pl.col("entity") == SUBMISSION)
    located = judgement.findings.filter(from_frames).join(pl.concat(places), on=["entity", "row"], how="left")
    placed = located.with_columns(pl.col("place").alias("row")).select(list(FINDINGS))
    return pl.concat([placed, judgement.findings.filter(~from_frames)])
