"""Mistakes in what is sent, made on a stream's log of values before it is sent, and written down as they are made.

A mistake is kept clear of the borders of what a comparison can tell apart: a wrong start is either well within a week
of the right one, or weeks away from it and from every other row of that child.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from synthetic.draws import as_date, day
from synthetic.facts import LOG
from synthetic.lifecycle import Truth
from synthetic.scenario import FaultRates, Scenario, StreamPlan

_CAN_BE_MISSING = {
    "children": ("ethnicity", "home_postcode", "unique_pupil_number"),
    "episodes": ("referral_source", "closure_reason"),
    "cin_plans": ("end_date",),
    "s47_enquiries": ("icpc_date", "icpc_required_flag"),
    "placements": ("placement_postcode", "change_reason"),
    "care_leavers": ("activity", "accommodation"),
}
_INVALID = {
    "ethnicity": "XXXX",
    "referral_source": "ZZ",
    "closure_reason": "RC0",
    "placement_type": "Q9",
    "change_reason": "WRONG",
    "activity": "Z9",
    "accommodation": "Q",
    "disability_code": "ABC",
    "factor": "99Z",
}
_STARTS = {
    "episodes": "referral_date",
    "assessments": "start_date",
    "cin_plans": "start_date",
    "s47_enquiries": "start_date",
    "cp_plans": "start_date",
    "placements": "start_date",
}
_ENDS = {
    "episodes": "closure_date",
    "assessments": "authorisation_date",
    "cin_plans": "end_date",
    "cp_plans": "end_date",
    "placements": "end_date",
}
_MAY_BE_LEFT_OUT = ("assessments", "cin_plans", "s47_enquiries", "cp_plans", "care_workers")


@dataclass
class FaultBook:
    """What went wrong by design. counts: one row a kind, stream, entity and field. details: where each one is."""

    counts: list[dict[str, object]] = field(default_factory=list)
    details: list[pl.DataFrame] = field(default_factory=list)

    def note(self, kind: str, source: str, entity: str, name: str, count: int) -> None:
        """Write down that something happened so often."""
        if count:
            self.counts.append({"kind": kind, "stream": source, "entity": entity, "field": name, "count": count})

    def note_rows(self, kind: str, source: str, rows: pl.DataFrame) -> None:
        """Write down log rows (entity, row, child, field where they have it) and count them."""
        if rows.is_empty():
            return
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias("field")) if "field" not in rows.columns else rows
        chosen = rows.select(
            kind=pl.lit(kind),
            stream=pl.lit(source),
            entity=pl.col("entity").cast(pl.String),
            row="row",
            child="child",
            field="field",
        )
        self.details.append(chosen)
        for (entity, name), group in chosen.group_by("entity", "field", maintain_order=True):
            self.note(kind, source, str(entity), str(name or ""), group.height)

    def rows_of(self, kind: str, source: str) -> pl.DataFrame:
        """entity and row of the mistakes of one stream whose kind begins so."""
        schema = {"entity": LOG["entity"], "row": LOG["row"]}
        noted = [
            frame.filter(pl.col("kind").str.starts_with(kind) & (pl.col("stream") == source)).select("entity", "row")
            for frame in self.details
            if "row" in frame.columns
        ]
        parts = [frame.cast(pl.Schema(schema)) for frame in noted]
        return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


class Mistakes:
    """Makes the mistakes of one stream on its log, in a fixed order, from one source of randomness."""

    def __init__(
        self, rng: np.random.Generator, truth: Truth, plan: StreamPlan, scenario: Scenario, book: FaultBook
    ) -> None:
        self.rng, self.truth, self.plan, self.book = rng, truth, plan, book
        self.rates: FaultRates = scenario.faults
        self.first, self.last = day(scenario.first_day), day(scenario.last_day)

    def made_on(self, log: pl.DataFrame) -> pl.DataFrame:
        """The log with rows left out, values missing, late, wrong, and some of it put right later."""
        log = self._children_left_out(log)
        log = self._rows_left_out(log)
        log = self._values_missing(log)
        log = self._codes_invalid(log)
        log = self._dates_wrong(log)
        return self._closed_by_mistake(log)

    def chosen(self, frame: pl.DataFrame, rate: float) -> pl.DataFrame:
        """Each row with this chance."""
        return frame.filter(pl.Series(self.rng.random(frame.height) < rate, dtype=pl.Boolean))

    def _note(self, kind: str, rows: pl.DataFrame) -> None:
        self.book.note_rows(kind, self.plan.stream_id, rows)

    def _children_left_out(self, log: pl.DataFrame) -> pl.DataFrame:
        out = self.chosen(self.truth["children"].select(pl.col("child").cast(pl.UInt32)), self.rates.child_never_sent)
        self._note("child_never_sent", out.with_columns(entity=pl.lit("children"), row="child"))
        return log.join(out, on="child", how="anti", maintain_order="left")

    def _rows_left_out(self, log: pl.DataFrame) -> pl.DataFrame:
        rows = log.filter(pl.col("entity").is_in(_MAY_BE_LEFT_OUT)).select("entity", "row", "child")
        out = self.chosen(rows.unique(maintain_order=True), self.rates.row_never_sent)
        self._note("row_never_sent", out)
        lost = out.filter(pl.col("entity") == "assessments").select(assessment="row")
        factors = self.truth["assessment_factors"].join(lost, on="assessment", how="semi").select("row")
        of_lost = factors.with_columns(entity=pl.lit("assessment_factors").cast(LOG["entity"]))
        log = log.join(out, on=["entity", "row"], how="anti", maintain_order="left")
        return log.join(of_lost, on=["entity", "row"], how="anti", maintain_order="left")

    def _values_missing(self, log: pl.DataFrame) -> pl.DataFrame:
        eligible = _of_fields(log, _CAN_BE_MISSING)
        never = self.chosen(eligible, self.rates.field_never_sent)
        self._note("field_never_sent", never)
        log = log.join(never, on=["entity", "row", "field"], how="anti", maintain_order="left")
        later = self.chosen(
            eligible.join(never, on=["entity", "row", "field"], how="anti"), self.rates.field_sent_later
        )
        self._note("field_sent_later", later)
        delay = pl.Series("delay", self.rng.integers(10, 41, later.height), dtype=pl.Int32)
        late = log.join(later.with_columns(delay), on=["entity", "row", "field"], how="left", maintain_order="left")
        moved = pl.max_horizontal("day", pl.lit(self.first, dtype=pl.Int32)) + pl.col("delay")
        return late.with_columns(day=pl.coalesce(moved, "day")).select(list(LOG))

    def _codes_invalid(self, log: pl.DataFrame) -> pl.DataFrame:
        codes = log.with_row_index("position").filter(
            pl.col("field").is_in(list(_INVALID)) & pl.col("value").is_not_null() & (pl.col("entity") != "care_leavers")
        )
        wrong = self._one_a_list(self.chosen(codes, self.rates.invalid_code))
        corrected = (pl.col("entity") != "assessment_factors") & pl.Series(self.rng.random(wrong.height) < 0.5)
        wrong = wrong.with_columns(wrong=pl.col("field").replace_strict(_INVALID), corrected=corrected)
        return self._put(log, wrong, "invalid_code")

    def _one_a_list(self, codes: pl.DataFrame) -> pl.DataFrame:
        """At most one code of each list of codes: the same wrong code twice would not be a list that can be sent."""
        assessment = self.truth["assessment_factors"].select("row", "assessment")
        tied = codes.join(assessment, on="row", how="left", maintain_order="left")
        listed = (
            pl.when(pl.col("entity") == "assessment_factors")
            .then(pl.col("assessment").cast(pl.Int64))
            .when(pl.col("entity") == "disabilities")
            .then(pl.col("child").cast(pl.Int64))
            .otherwise(-1 - pl.col("position").cast(pl.Int64))
        )
        tied = tied.with_columns(listed=listed)
        return tied.unique(["entity", "listed"], keep="first", maintain_order=True).select(codes.columns)

    def _dates_wrong(self, log: pl.DataFrame) -> pl.DataFrame:
        starts = self._wrong_starts(log)
        ends = self.chosen(_positions(log, _ENDS), self.rates.wrong_date)
        ends = ends.with_columns(shift=pl.Series(self.rng.integers(-3, 0, ends.height), dtype=pl.Int32))
        both = pl.concat([starts, ends])
        shifted = pl.col("value").str.to_date("%Y-%m-%d") + pl.duration(days=pl.col("shift"))
        corrected = pl.Series(self.rng.random(both.height) < 0.5, dtype=pl.Boolean)
        wrong = both.with_columns(wrong=shifted.cast(pl.String), corrected=corrected).drop("shift")
        return self._put(log, wrong, "wrong_date")

    def _wrong_starts(self, log: pl.DataFrame) -> pl.DataFrame:
        """Some a few days early, some weeks early; the latter only where the child has no other row of that entity."""
        rows = _positions(log, _STARTS).with_columns(alone=pl.len().over("entity", "child") == 1)
        wrong = self.chosen(rows, self.rates.wrong_date)
        near = pl.Series(self.rng.integers(-6, -1, wrong.height), dtype=pl.Int32)
        far = pl.Series(self.rng.integers(-40, -24, wrong.height), dtype=pl.Int32)
        takes_far = pl.col("alone") & pl.Series(self.rng.random(wrong.height) < 0.6)
        shift = pl.when(takes_far).then(far).otherwise(near)
        return wrong.with_columns(shift=shift).drop("alone")

    def _put(self, log: pl.DataFrame, wrong: pl.DataFrame, kind: str) -> pl.DataFrame:
        """Replace values by wrong ones, and add the right ones some days later where they are corrected."""
        corrected = wrong.filter("corrected")
        self._note(f"{kind}_never_corrected", wrong.filter(~pl.col("corrected")))
        self._note(f"{kind}_corrected", corrected)
        after = pl.Series(self.rng.integers(5, 31, corrected.height), dtype=pl.Int32)
        moved = pl.max_horizontal("day", pl.lit(self.first, dtype=pl.Int32)) + after
        put_right = corrected.with_columns(day=moved).select(list(LOG))
        replaced = (
            log.with_row_index("position")
            .join(wrong.select("position", "wrong"), on="position", how="left", maintain_order="left")
            .with_columns(value=pl.coalesce("wrong", "value"))
        )
        return pl.concat([replaced.select(list(LOG)), put_right.cast(pl.Schema(LOG))])

    def _closed_by_mistake(self, log: pl.DataFrame) -> pl.DataFrame:
        """Open episodes closed for a week or two: in a delta stream nobody is ever told that they are open again."""
        episodes = log.filter(pl.col("entity") == "episodes")
        closed = episodes.filter(pl.col("field") == "closure_date").select("row")
        open_ones = episodes.filter((pl.col("field") == "referral_date") & (pl.col("day") < self.last - 60))
        rows = self.chosen(
            open_ones.join(closed, on="row", how="anti", maintain_order="left"), self.rates.closed_by_mistake
        )
        self._note("closed_by_mistake", rows)
        when = np.maximum(rows["day"].to_numpy() + 1, self.first) + self.rng.integers(3, 20, rows.height)
        again = when + self.rng.integers(8, 20, rows.height)
        dates = [as_date(int(value)).isoformat() for value in when]
        nothing = pl.lit(None, dtype=pl.String)
        parts = [
            rows.with_columns(
                field=pl.lit("closure_date"), value=pl.Series(dates, dtype=pl.String), day=pl.Series(when + 1)
            ),
            rows.with_columns(field=pl.lit("closure_reason"), value=pl.lit("RC7"), day=pl.Series(when + 1)),
            rows.with_columns(field=pl.lit("closure_date"), value=nothing, day=pl.Series(again)),
            rows.with_columns(field=pl.lit("closure_reason"), value=nothing, day=pl.Series(again)),
        ]
        return pl.concat([log, *(part.select(list(LOG)).cast(pl.Schema(LOG)) for part in parts)])


def _of_fields(log: pl.DataFrame, fields: dict[str, tuple[str, ...]]) -> pl.DataFrame:
    """Distinct (entity, row, child, field) of the fields named."""
    wanted = pl.any_horizontal(
        (pl.col("entity") == entity) & pl.col("field").is_in(list(names)) for entity, names in fields.items()
    )
    return log.filter(wanted).select("entity", "row", "child", "field").unique(maintain_order=True)


def _positions(log: pl.DataFrame, fields: dict[str, str]) -> pl.DataFrame:
    """Log rows of one field an entity, with their position in the log."""
    wanted = pl.any_horizontal(
        (pl.col("entity") == entity) & (pl.col("field") == name) for entity, name in fields.items()
    )
    return log.with_row_index("position").filter(wanted)
