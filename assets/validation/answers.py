"""The answer an LA gets: one row a finding, and one for each rule that did not fail, in the columns of `csc validate`.

The only place where a finding meets the LA's own child id again: the answer stays with the LA that gave the file.
"""

from collections.abc import Mapping

import polars as pl

from assets.returns.raw import NAMELESS
from assets.validation.faults_said import faults_said, placed
from quality.rules.catalogue import catalogue
from quality.rules.model import BEFORE, REPORTED_AS, Judgement, Kind
from quality.schemas.entities import empty

ANSWERS: dict[str, pl.DataType] = {
    "rule_id": pl.String(),
    "dfe_code_cin": pl.String(),
    "dfe_code_903": pl.String(),
    "severity": pl.String(),
    "outcome": pl.String(),
    "entity": pl.String(),
    "la_child_id": pl.String(),
    "record": pl.Int64(),  # 0-based position of the child in its file
    "row": pl.Int64(),  # 0-based position in its table or CSV file
    "fields": pl.String(),
    "message": pl.String(),
    "file": pl.String(),
}
SHOWN = ("failed", "could_not_run")
# The same with the two parts of a message apart: what the rule says, and what more there is to say in this case.
TOLD = ANSWERS | {"wording": pl.String(), "reason": pl.String()}
_WORST_FIRST = {"reject": 0, "error": 1, "warning": 2}
# All that tells one answer from another, so that the same file is always answered in the same order.
_THEN_BY = ("rule_id", "file", "record", "row", "entity", "fields", "la_child_id", "outcome", "reason")

# What is said before the wording is put to it; reason: what more there is to say.
SAID = {name: dtype for name, dtype in ANSWERS.items() if not name.startswith(("dfe_code", "message"))} | {
    "reason": pl.String()
}


def answers(
    judgement: Judgement, frames: Mapping[str, pl.DataFrame], kind: Kind, year: int | None = None
) -> pl.DataFrame:
    """Every finding with its place in the file, then each rule that did not fail; columns SAID.

    frames: those that were judged, with batch_index and row_index beside the row's number, and `file` where known.
    """
    found = judgement.findings.with_columns(pl.lit("failed").alias("outcome"))
    said = faults_said(frames.get("faults", empty("faults")), kind, year)
    # what was found on reading is no row of a frame: its row is the place in the file already
    told = said.select("rule_id", "entity", pl.lit(None, dtype=pl.UInt32).alias("subject")).unique()
    on_reading = found.join(told, on=told.columns, how="semi", nulls_equal=True, maintain_order="left")
    in_frames = found.join(told, on=told.columns, how="anti", nulls_equal=True, maintain_order="left")
    located = in_frames.join(_places(frames), on=["entity", "row"], how="left", maintain_order="left")
    located = located.with_columns(pl.col("place").alias("row"), pl.lit("").alias("reason"))
    answered = pl.concat([_answer(located), _answer(placed(on_reading, said)), _of_rules(judgement.outcomes)])
    named = ~pl.col("la_child_id").str.starts_with(NAMELESS)
    return answered.with_columns(pl.when(named).then("la_child_id"))


def with_wording(said: pl.DataFrame) -> pl.DataFrame:
    """What was said (columns SAID) with DfE's codes and the wording of each rule, the worst first; columns TOLD."""
    entries = catalogue().values()
    words = pl.DataFrame(
        {
            "rule_id": [entry.rule_id for entry in entries],
            "dfe_code_cin": [entry.dfe_code_cin for entry in entries],
            "dfe_code_903": [entry.dfe_code_903 for entry in entries],
            "wording": [entry.message for entry in entries],
        }
    )
    reason = pl.when(pl.col("reason") != "").then(pl.format("{}: {}", "wording", "reason")).otherwise("wording")
    worded = said.join(words, on="rule_id", how="left", maintain_order="left").with_columns(reason.alias("message"))
    order = pl.col("severity").replace_strict(_WORST_FIRST, default=3, return_dtype=pl.Int8)
    shown = worded.with_columns(order.alias("order")).sort("order", *_THEN_BY)
    return shown.select(pl.col(name).cast(dtype) for name, dtype in TOLD.items())


def _places(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Where each judged row stands in the file: entity, row, record, place, file."""
    places = [
        frame.select(
            pl.lit(REPORTED_AS.get(name, name)).alias("entity"),
            pl.col("row").cast(pl.UInt32),
            pl.col("batch_index").cast(pl.Int64).alias("record"),
            pl.col("row_index" if "row_index" in frame.columns else "batch_index").cast(pl.Int64).alias("place"),
            _file(frame),
        )
        for name, frame in frames.items()
        if "batch_index" in frame.columns and "row" in frame.columns and not name.startswith(BEFORE)
    ]
    return pl.concat(places)


def _file(frame: pl.DataFrame) -> pl.Expr:
    return (pl.col("file") if "file" in frame.columns else pl.lit(None, dtype=pl.String)).alias("file")


def _answer(found: pl.DataFrame) -> pl.DataFrame:
    return of_whole(found.rename({"child_key": "la_child_id"}))


def _of_rules(outcomes: pl.DataFrame) -> pl.DataFrame:
    fields = {entry.rule_id: ";".join(entry.fields) for entry in catalogue().values()}
    quiet = outcomes.filter(pl.col("outcome") != "failed").with_columns(
        pl.col("rule_id").replace_strict(fields, default="", return_dtype=pl.String).alias("fields"),
        pl.col("reason").fill_null(""),
    )
    return of_whole(quiet)


def of_whole(said: pl.DataFrame) -> pl.DataFrame:
    """The same with what it lacks of SAID as nulls: it is not about one child."""
    lacking = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in SAID.items() if name not in said.columns]
    return said.with_columns(lacking).select(pl.col(name).cast(dtype) for name, dtype in SAID.items())
