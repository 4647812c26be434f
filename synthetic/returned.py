"""The two annual returns of an LA as tables: the truth on the reference date, tidied up, with a few flaws of its own.

A frame an entity, with child, truth_row and canonical attributes; dates are dates. The files are written from these
tables in cin_xml.py and ssda903_files.py, and the manifest counts them.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from synthetic.draws import birthday, day, generator
from synthetic.faults import FaultBook
from synthetic.lifecycle import Truth
from synthetic.scenario import Scenario

Tables = dict[str, pl.DataFrame]

_OTHER_CODE = {
    "referral_source": {"1A": "1D", "2A": "2B", "6": "7", "3E": "3F"},
    "closure_reason": {"RC8": "RC9", "RC7": "RC3"},
    "ethnicity": {"WBRI": "WOTH", "BAFR": "BOTH"},
    "placement_type": {"U6": "U4", "U4": "U6"},
    "activity": {"F2": "F5", "G5": "G4", "F5": "F2"},
}
_REMOVABLE = ("assessments", "cin_plans", "s47_enquiries")


@dataclass(frozen=True)
class Returns:
    """The tables of one LA's CIN census and SSDA903 return."""

    cin: Tables
    ssda903: Tables


def dates(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Day numbers as dates."""
    return frame.with_columns(pl.col(name).cast(pl.Int32).cast(pl.Date) for name in names)


def until(name: str, last: int, *came_with: str) -> list[pl.Expr]:
    """The day and what came with it, unless it is after the reference date."""
    known = pl.col(name) <= last
    return [pl.when(known).then(pl.col(column)).otherwise(None).alias(column) for column in (*came_with, name)]


def returns_of(truth: Truth, mistaken: pl.DataFrame, scenario: Scenario, book: FaultBook) -> Returns:
    """Both returns. mistaken: rows that the LA had entered in error, and so leaves out."""
    start, end = day(scenario.year_start), day(scenario.year_end)
    rng = generator(scenario.seed, truth.authority.code, "returns")
    flaws = _Flaws(rng, scenario, book, truth.authority.code)
    return Returns(_census(truth, mistaken, start, end, flaws), _looked_after(truth, start, end, flaws))


class _Flaws:
    """What a return leaves out or says otherwise than the truth."""

    def __init__(self, rng: np.random.Generator, scenario: Scenario, book: FaultBook, la_code: str) -> None:
        self.rng, self.rates, self.book, self.la_code, self.year = (
            rng,
            scenario.faults,
            book,
            la_code,
            scenario.return_year,
        )

    def _chosen(self, frame: pl.DataFrame, rate: float) -> pl.Series:
        return pl.Series(self.rng.random(frame.height) < rate, dtype=pl.Boolean)

    def without_children(self, rows: pl.DataFrame, kind: str) -> pl.DataFrame:
        """Leave a few children out altogether."""
        children = rows.select("child").unique(maintain_order=True)
        out = children.filter(self._chosen(children, self.rates.return_child_omitted))
        self.book.note("return_child_omitted", f"{self.la_code}-{kind}-{self.year}", "children", "", out.height)
        return rows.join(out, on="child", how="anti", maintain_order="left")

    def without_rows(self, frame: pl.DataFrame, entity: str, kind: str) -> pl.DataFrame:
        """Leave a few rows out."""
        out = self._chosen(frame, self.rates.return_row_omitted)
        self.book.note("return_row_omitted", f"{self.la_code}-{kind}-{self.year}", entity, "", int(out.sum()))
        return frame.filter(~out)

    def recoded(self, frame: pl.DataFrame, entity: str, field: str, kind: str) -> pl.DataFrame:
        """Say another code of the same list for a few rows."""
        chosen = self._chosen(frame, self.rates.return_value_differs * 3)
        other = pl.col(field).replace(_OTHER_CODE[field])
        changed = int((chosen & frame.select(other.ne_missing(pl.col(field))).to_series()).sum())
        self.book.note("return_code_differs", f"{self.la_code}-{kind}-{self.year}", entity, field, changed)
        return frame.with_columns(pl.when(chosen).then(other).otherwise(pl.col(field)).alias(field))


def _census(truth: Truth, mistaken: pl.DataFrame, start: int, end: int, flaws: _Flaws) -> Tables:
    episodes = truth["episodes"].filter(
        (pl.col("referral_date") <= end) & (pl.col("closure_date") >= start).fill_null(value=True)
    )
    episodes = flaws.without_children(episodes, "cin").with_columns(until("closure_date", end, "closure_reason"))
    episodes = flaws.recoded(episodes, "episodes", "referral_source", "cin")
    episodes = flaws.recoded(episodes, "episodes", "closure_reason", "cin")
    tables = {"episodes": dates(episodes.rename({"row": "truth_row"}), "referral_date", "closure_date")}
    of_episode = episodes.select(episode="row")

    def nested(entity: str, ends: str, *came_with: str) -> pl.DataFrame:
        rows = truth[entity].join(of_episode, on="episode", how="semi", maintain_order="left")
        rows = rows.join(
            mistaken.filter(pl.col("entity") == entity).select("row"), on="row", how="anti", maintain_order="left"
        )
        kept = (pl.col("start_date") <= end) & (pl.col(ends) >= start).fill_null(value=True)
        rows = rows.filter(kept).with_columns(until(ends, end, *came_with))
        rows = flaws.without_rows(rows, entity, "cin") if entity in _REMOVABLE else rows
        return rows.rename({"row": "truth_row"})

    tables["assessments"] = dates(nested("assessments", "authorisation_date"), "start_date", "authorisation_date")
    tables["cin_plans"] = dates(nested("cin_plans", "end_date"), "start_date", "end_date")
    tables["cp_plans"] = dates(nested("cp_plans", "end_date"), "start_date", "end_date")
    enquiries = truth["s47_enquiries"].with_columns(counted=pl.coalesce("icpc_date", "start_date"))
    at_hand = Truth(truth.authority, truth.tables | {"s47_enquiries": enquiries})
    tables["s47_enquiries"] = _enquiries(at_hand, of_episode, mistaken, start, end, flaws)
    authorised = tables["assessments"].drop_nulls("authorisation_date").select(assessment="truth_row")
    factors = truth["assessment_factors"].join(authorised, on="assessment", how="semi", maintain_order="left")
    tables["assessment_factors"] = factors.rename({"row": "truth_row"})
    children = truth["children"].join(episodes.select("child"), on="child", how="semi", maintain_order="left")
    children = flaws.recoded(children, "children", "ethnicity", "cin")
    unborn = pl.col("date_of_birth") > end
    children = children.with_columns(
        expected_date_of_birth=pl.when(unborn).then("expected_date_of_birth"),
        sex=pl.when(unborn).then(pl.lit("U")).otherwise("sex"),
        date_of_birth=pl.when(~unborn).then("date_of_birth"),
    )
    tables["children"] = dates(children.rename({"row": "truth_row"}), "date_of_birth", "expected_date_of_birth")
    disabilities = truth["disabilities"].join(children.select("child"), on="child", how="semi", maintain_order="left")
    tables["disabilities"] = disabilities.rename({"row": "truth_row"})
    return tables


def _enquiries(
    truth: Truth, of_episode: pl.DataFrame, mistaken: pl.DataFrame, start: int, end: int, flaws: _Flaws
) -> pl.DataFrame:
    """Enquiries started, or followed by a conference, in the year; whether one was needed only once that is known."""
    rows = truth["s47_enquiries"].join(of_episode, on="episode", how="semi", maintain_order="left")
    of_entity = mistaken.filter(pl.col("entity") == "s47_enquiries").select("row")
    rows = rows.join(of_entity, on="row", how="anti", maintain_order="left")
    rows = rows.filter((pl.col("start_date") <= end) & (pl.col("counted") >= start))
    known = pl.when(pl.col("end_date") <= end).then("icpc_required_flag")
    rows = rows.with_columns(known.alias("icpc_required_flag"), *until("icpc_date", end))
    rows = flaws.without_rows(rows, "s47_enquiries", "cin")
    return dates(rows.rename({"row": "truth_row"}), "start_date", "icpc_date")


def _looked_after(truth: Truth, start: int, end: int, flaws: _Flaws) -> Tables:
    placements = truth["placements"].filter(
        (pl.col("start_date") <= end) & (pl.col("end_date") >= start).fill_null(value=True)
    )
    placements = flaws.without_children(placements, "ssda903")
    placements = placements.with_columns(until("end_date", end, "end_reason", "change_reason"))
    placements = flaws.recoded(placements, "placements", "placement_type", "ssda903").rename({"row": "truth_row"})
    looked_after = placements.select("child").unique()
    adoptions = truth["adoptions"].filter((pl.col("initial_decision_date") <= end) & (pl.col("adopted_date") >= start))
    adoptions = adoptions.join(looked_after, on="child", how="semi", maintain_order="left")
    adopted = pl.col("adopted_date") <= end
    adoptions = adoptions.with_columns(
        matched_date=pl.when(adopted).then("matched_date"),
        adopted=adopted,
        placed_date=pl.when(pl.col("placed_date") <= end).then("placed_date"),
    ).rename({"row": "truth_row"})
    leavers = flaws.recoded(_leavers(truth, start, end), "care_leavers", "activity", "ssda903")
    tables = {
        "placements": dates(placements, "start_date", "end_date", "changed_on"),
        "adoptions": dates(adoptions, "initial_decision_date", "matched_date", "placed_date"),
        "care_leavers": leavers,
        "looked_after_all_year": _all_year(truth, looked_after, start, end),
    }
    tables["sdq_assessments"] = _scores(truth, tables["looked_after_all_year"], start, end)
    known = pl.concat([looked_after, adoptions.select("child"), leavers.select("child")]).unique()
    children = truth["children"].join(known, on="child", how="semi", maintain_order="left")
    ended = pl.col("uasc_end_date")
    children = children.with_columns(
        uasc_flag=pl.col("uasc_flag") & (ended >= start).fill_null(value=True),
        expected_date_of_birth=pl.lit(None, dtype=pl.Int64),
    )
    children = children.with_columns(uasc_end_date=pl.when((ended <= end) & pl.col("uasc_flag")).then(ended))
    tables["children"] = dates(children.rename({"row": "truth_row"}), "date_of_birth", "uasc_end_date")
    return tables


def _leavers(truth: Truth, start: int, end: int) -> pl.DataFrame:
    """Young people whose 18th to 21st birthday after leaving care falls in the year, as last known on that birthday."""
    born = truth["children"].select("child", "date_of_birth", dob=pl.col("date_of_birth"))
    contacts = (
        truth["care_leavers"]
        .join(born, on="child", maintain_order="left")
        .join(truth["episodes"].select(episode="row", care_end="care_end"), on="episode", maintain_order="left")
    )
    days = contacts["dob"].to_numpy()
    turns = np.stack([birthday(days, years) for years in (18, 19, 20, 21)], axis=1)
    in_year = (turns >= start) & (turns <= end)
    on = np.where(in_year.any(axis=1), turns[np.arange(days.size), in_year.argmax(axis=1)], -1)
    kept = contacts.with_columns(birthday=pl.Series(on)).filter(
        (pl.col("birthday") >= 0)
        & (pl.col("contact_date") <= pl.col("birthday"))
        & (pl.col("care_end") < pl.col("birthday"))
    )
    return (
        kept.sort("child", "contact_date")
        .unique("child", keep="last", maintain_order=True)
        .rename({"row": "truth_row"})
    )


def _all_year(truth: Truth, looked_after: pl.DataFrame, start: int, end: int) -> pl.DataFrame:
    """Children looked after without a break for the whole year: the cohort of the OC2 table."""
    stays = truth["episodes"].filter((pl.col("care_start") < start) & (pl.col("care_end") > end).fill_null(value=True))
    return stays.select("child").join(looked_after, on="child", how="semi", maintain_order="left")


def _scores(truth: Truth, cohort: pl.DataFrame, start: int, end: int) -> pl.DataFrame:
    in_year = truth["sdq_assessments"].filter(pl.col("date").is_between(start, end))
    latest = in_year.sort("child", "date").unique("child", keep="last", maintain_order=True)
    return latest.join(cohort, on="child", how="semi", maintain_order="left").rename({"row": "truth_row"})
