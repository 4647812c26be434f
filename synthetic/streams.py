"""What one stream sends on which day: the LA's log as it passes through that route, mistakes included.

The outcome is again a log, in which `day` is the submission day on which a value was first accepted. The files are made
from it in feed.py, and the manifest is derived from it without looking at the files.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from synthetic import d2i
from synthetic.draws import day, generator
from synthetic.facts import LOG
from synthetic.faults import FaultBook, Mistakes
from synthetic.lifecycle import Truth
from synthetic.scenario import Scenario, StreamPlan

SENT = LOG | {"order": pl.Int64(), "truth_row": pl.UInt32()}
_NEW_ID = 1_000_000  # added to a row's number when the sender gives it another id
_GONE = {"entity": LOG["entity"], "row": pl.UInt32(), "child": pl.UInt32(), "day": pl.Int32()}
_ROW = ["entity", "row"]


@dataclass
class StreamLog:
    """Everything that one stream sends.

    sent: values by the day on which they were accepted. gone: rows that the sender no longer has from a day on.
    refused: (child, day) whose record was not a child record; attempts: the values that were in those records.
    """

    plan: StreamPlan
    days: np.ndarray
    sent: pl.DataFrame
    gone: pl.DataFrame
    refused: pl.DataFrame
    attempts: pl.DataFrame
    twice: pl.DataFrame
    always_refused: set[int] = field(default_factory=set)


def sending_days(rng: np.random.Generator, plan: StreamPlan, scenario: Scenario, book: FaultBook) -> np.ndarray:
    """Days on which the stream sends: working days or all days, without a few that are lost."""
    days = np.array([day(value) for value in scenario.days() if plan.sends_at_weekends or value.weekday() < 5])
    lost = rng.choice(days[5:-5], scenario.faults.dropped_days, replace=False)
    book.note("day_not_sent", plan.stream_id, "", "", lost.size)
    return days[~np.isin(days, lost)]


def sent_by(
    plan: StreamPlan, truth: Truth, log: pl.DataFrame, mistaken: pl.DataFrame, scenario: Scenario, book: FaultBook
) -> StreamLog:
    """The stream's log. mistaken: rows that the LA enters in error and takes out again (entity, row, child)."""
    rng = generator(scenario.seed, plan.stream_id, "stream")
    days = sending_days(rng, plan, scenario, book)
    makes = Mistakes(rng, truth, plan, scenario, book)
    if plan.route == "data_to_insight":
        log = d2i.care_workers_sent(log, truth, scenario)
    log = makes.made_on(log)
    log = arriving(log, days, overnight=plan.overnight)
    log = log.with_columns(truth_row="row").sort("day", maintain_order=True).with_row_index("order")
    log = settled(log.select(list(SENT)).cast(pl.Schema(SENT)), is_full=plan.payload_mode == "full")
    if plan.route == "data_to_insight":
        log = d2i.with_reasons_of_the_period(log, truth, days)
        log = settled(d2i.resent_only_with_others(log).select(list(SENT)), is_full=False)
    log, withdrawn = _withdrawn(rng, log, mistaken, days, makes)
    log, replaced = _new_ids(rng, log, days, makes)
    gone = pl.concat([withdrawn, replaced])
    log, refused, attempts, always = _refused(log, gone, days, makes)
    log = settled(log, is_full=plan.payload_mode == "full")
    twice = _twice(log, gone, makes)
    return StreamLog(plan, days, log, gone, refused, attempts, twice, always)


def arriving(log: pl.DataFrame, days: np.ndarray, *, overnight: bool) -> pl.DataFrame:
    """The log with each day replaced by the sending day that carries it; what no sending day carries is left out."""
    position = np.searchsorted(days, log["day"].to_numpy(), side="right" if overnight else "left")
    carried = position < days.size
    sent = days[np.minimum(position, days.size - 1)]
    return log.with_columns(day=pl.Series(sent, dtype=pl.Int32)).filter(pl.Series(carried))


def settled(log: pl.DataFrame, *, is_full: bool) -> pl.DataFrame:
    """One value a row, field and day, and only where it differs from the one before.

    A value taken away is kept for a stream that sends everything each time; nothing else would tell the receiver.
    """
    key = ["entity", "row", "field"]
    log = log.sort(*key, "day", "order").unique([*key, "day"], keep="last", maintain_order=True)
    if not is_full:
        log = log.filter(pl.col("value").is_not_null())
    same_row = (pl.col("row") == pl.col("row").shift()) & (pl.col("entity") == pl.col("entity").shift())
    same = same_row & (pl.col("field") == pl.col("field").shift()) & pl.col("value").eq_missing(pl.col("value").shift())
    log = log.filter(~same.fill_null(value=False))
    first_of_row = ~((pl.col("row") == pl.col("row").shift()) & (pl.col("field") == pl.col("field").shift()))
    starts_with_nothing = pl.col("value").is_null() & first_of_row.fill_null(value=True)
    return log.filter(~starts_with_nothing)


def _withdrawn(
    rng: np.random.Generator, log: pl.DataFrame, mistaken: pl.DataFrame, days: np.ndarray, makes: Mistakes
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take rows entered in error out again, some weeks after they came."""
    came = log.join(mistaken, on=_ROW, how="semi").group_by(*_ROW, "child").agg(pl.col("day").min()).sort(_ROW)
    position = np.searchsorted(days, came["day"].to_numpy() + rng.integers(8, 60, came.height))
    came = came.with_columns(day=pl.Series(days[np.minimum(position, days.size - 1)], dtype=pl.Int32))
    gone = came.filter(pl.Series(position < days.size, dtype=pl.Boolean)).select(list(_GONE)).cast(pl.Schema(_GONE))
    makes.book.note_rows("row_withdrawn", makes.plan.stream_id, gone)
    last = log.join(gone.select(*_ROW, left="day"), on=_ROW, how="left", maintain_order="left")
    return last.filter((pl.col("day") < pl.col("left")).fill_null(value=True)).select(list(SENT)), gone


def _new_ids(
    rng: np.random.Generator, log: pl.DataFrame, days: np.ndarray, makes: Mistakes
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give some rows another id overnight: what was known is sent again under it, and only the new id changes on."""
    rows = makes.chosen(_may_change_id(log, makes), makes.rates.changed_id)
    position = np.searchsorted(days, rows["day"].to_numpy(), side="right") + rng.integers(3, 30, rows.height)
    rows = rows.with_columns(on=pl.Series(days[np.minimum(position, days.size - 1)], dtype=pl.Int32))
    rows = rows.filter(pl.Series(position < days.size, dtype=pl.Boolean) & (pl.col("on") < pl.col("until")))
    rows = rows.unique("child", keep="first", maintain_order=True)
    makes.book.note_rows("id_changed", makes.plan.stream_id, rows)
    marked = log.join(rows.select(*_ROW, "on"), on=_ROW, how="left", maintain_order="left")
    after = (pl.col("day") >= pl.col("on")).fill_null(value=False)
    renumbered = marked.with_columns(row=pl.when(after).then(pl.col("row") + _NEW_ID).otherwise(pl.col("row")))
    known = marked.filter(pl.col("day") < pl.col("on")).sort("order")
    again = known.unique([*_ROW, "field"], keep="last", maintain_order=True).with_columns(
        row=pl.col("row") + _NEW_ID, day="on"
    )
    log = pl.concat([again.select(list(SENT)), renumbered.select(list(SENT))])
    return log, rows.select("entity", "row", "child", day="on").cast(pl.Schema(_GONE))


def _may_change_id(log: pl.DataFrame, makes: Mistakes) -> pl.DataFrame:
    """Rows whose two ids will tell the same story: `until` is the day before which the id has to change."""
    wrong = makes.book.rows_of("wrong_date", makes.plan.stream_id)
    never = pl.lit(10**8, dtype=pl.Int32)
    ended = {"assessments": "authorisation_date", "placements": "end_date"}
    allowed = ["cin_plans", "s47_enquiries", "assessments"]
    if makes.plan.route != "data_to_insight":
        allowed.append("placements")
    end_day = pl.when(pl.col("field") == pl.col("entity").cast(pl.String).replace_strict(ended, default="")).then("day")
    rows = (
        log.filter(pl.col("entity").is_in(allowed))
        .group_by(*_ROW, "child")
        .agg(pl.col("day").min(), until=end_day.min())
        .with_columns(pl.col("until").fill_null(never))
        .sort(_ROW)
    )
    open_only = (pl.col("entity") != "placements") | (pl.col("until") == never)
    return rows.filter(open_only).join(wrong, on=_ROW, how="anti", maintain_order="left")


def _refused(
    log: pl.DataFrame, gone: pl.DataFrame, days: np.ndarray, makes: Mistakes
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, set[int]]:
    """Records that are not child records: what they held comes with the next day's, or never."""
    records = log.select("child", "day").unique().sort("child", "day")
    records = records.join(gone, on="child", how="anti", maintain_order="left")
    always = makes.chosen(records.unique("child", keep="first", maintain_order=True), makes.rates.always_rejected_child)
    once = makes.chosen(
        records.join(always, on="child", how="anti", maintain_order="left"), makes.rates.rejected_record
    )
    refused = pl.concat([always, once.unique("child", keep="first", maintain_order=True)])
    attempts = log.join(refused, on=["child", "day"], how="semi", maintain_order="left")
    following = np.searchsorted(days, refused["day"].to_numpy(), side="right")
    refused = refused.with_columns(
        then=pl.Series(np.append(days, 10**8)[following], dtype=pl.Int32),
        always=pl.col("child").is_in(always["child"].implode()),
    )
    moved = log.join(refused, on=["child", "day"], how="left", maintain_order="left")
    moved = moved.with_columns(day=pl.coalesce("then", "day")).filter(pl.col("day") <= days[-1])
    kept = moved.join(always, on="child", how="anti", maintain_order="left").select(list(SENT))
    return kept, refused, attempts, set(always["child"].to_list())


def _twice(log: pl.DataFrame, gone: pl.DataFrame, makes: Mistakes) -> pl.DataFrame:
    """Items that stand twice in their array whenever they are sent."""
    items = log.filter(pl.col("entity").is_in(["assessments", "cin_plans", "s47_enquiries"]))
    rows = items.select("entity", "row", "child").unique(maintain_order=True).join(gone, on="child", how="anti")
    rows = makes.chosen(rows.sort("entity", "row"), makes.rates.duplicate_item)
    makes.book.note_rows("item_sent_twice", makes.plan.stream_id, rows)
    return rows
