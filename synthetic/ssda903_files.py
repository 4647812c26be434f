"""Writes the SSDA903 return: ten CSV tables an LA and year, dates as DD/MM/YYYY.

What the main tables say is decided in returned.py. Tables with no counterpart in the feed (reviews, health, missing
episodes, previous permanence) are made up here, so that the return is whole.
"""

from pathlib import Path

import numpy as np
import polars as pl

from synthetic.draws import day, generator, pick
from synthetic.returned import Tables, dates
from synthetic.scenario import Authority, Scenario

_DATE = "%d/%m/%Y"
_YOUNGEST_MOTHER, _MOTHERS = 15, 0.05  # of the girls of that age and over
_TAKES_PART_FROM = 4  # years of age; a younger child's review has a code of its own
_HELPED = 0.6  # of those with a substance misuse problem; the others were offered help


def write_ssda903(tables: Tables, authority: Authority, scenario: Scenario, folder: Path) -> None:
    """Write the ten files."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = generator(scenario.seed, authority.code, "ssda903")
    children = tables["children"]
    names = children.select("child", CHILD="la_child_id", DOB="date_of_birth", SEX="sex")
    files = {
        "header": _header(rng, children, tables["placements"], scenario),
        "episodes": _episodes(tables["placements"], names),
        "reviews": _reviews(rng, tables["placements"], names, scenario),
        "uasc": children.filter("uasc_flag").select(
            CHILD="la_child_id", SEX="sex", DOB="date_of_birth", DUC="uasc_end_date"
        ),
        "oc2": _outcomes(rng, tables, names, scenario),
        "oc3": _leavers(tables["care_leavers"], names),
        "ad1": _adopted(rng, tables["adoptions"], names),
        "placed_for_adoption": _decided(tables["adoptions"], names),
        "previous_permanence": _permanence(rng, tables["placements"], names, authority, scenario),
        "missing": _missing(rng, tables["placements"], names, scenario),
    }
    for name, frame in files.items():
        frame.write_csv(folder / f"{name}.csv", date_format=_DATE, null_value="")


def _header(
    rng: np.random.Generator, children: pl.DataFrame, placements: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    return _mothers(rng, children, placements, scenario).select(
        CHILD="la_child_id",
        SEX="sex",
        DOB="date_of_birth",
        ETHNIC="ethnicity",
        UPN=pl.coalesce("unique_pupil_number", "unique_pupil_number_unknown_reason"),
        MOTHER="mother",
        MC_DOB="first_child_born",
    )


def _mothers(
    rng: np.random.Generator, children: pl.DataFrame, placements: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    """Whether each girl looked after in the year is a mother: a few become one in the year, from the age of 15."""
    last = placements.group_by("child").agg(left=pl.col("end_date").fill_null(scenario.year_end).max())
    rows = children.join(last, on="child", how="left", maintain_order="left")
    asked = (pl.col("sex") == "F") & pl.col("left").is_not_null()
    birth = pl.Series(day(scenario.year_start) + rng.integers(0, 360, rows.height)).cast(pl.Int32).cast(pl.Date)
    old_enough = pl.col("date_of_birth").dt.offset_by(f"{_YOUNGEST_MOTHER}y") <= scenario.year_start
    is_mother = old_enough & (birth < pl.col("left")) & pl.Series(rng.random(rows.height) < _MOTHERS)
    return rows.with_columns(
        mother=pl.when(asked).then(is_mother.cast(pl.Int8)),
        first_child_born=pl.when(asked & is_mother).then(birth),
    )


def _episodes(placements: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """One row a 903 episode: a placement, cut in two where the legal status changed during it."""
    changed = pl.col("changed_on").is_not_null()
    before = placements.with_columns(
        end_date=pl.when(changed).then("changed_on").otherwise("end_date"),
        end_reason=pl.when(changed).then(pl.lit("X1")).otherwise("end_reason"),
        change_reason=pl.when(changed).then(None).otherwise("change_reason"),
    )
    after = placements.filter(changed).with_columns(
        start_date="changed_on", start_reason=pl.lit("L"), legal_status="changed_to"
    )
    rows = pl.concat([before, after]).sort("child", "start_date").join(names, on="child", maintain_order="left")
    return rows.select(
        "CHILD",
        DECOM="start_date",
        RNE="start_reason",
        LS="legal_status",
        CIN=pl.lit("N1"),
        PLACE="placement_type",
        PLACE_PROVIDER="placement_provider",
        DEC="end_date",
        REC="end_reason",
        REASON_PLACE_CHANGE="change_reason",
        HOME_POST="home_postcode",
        PL_POST="placement_postcode",
        URN=pl.when(~pl.col("placement_type").is_in(["P1", "R2", "R5"])).then("urn"),
    )


def _reviews(
    rng: np.random.Generator, placements: pl.DataFrame, names: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    """A review about every half year of care."""
    first = day(scenario.year_start)
    stays = placements.group_by("child", maintain_order=True).agg(
        pl.col("start_date").min(), pl.col("end_date").fill_null(scenario.year_end).max()
    )
    held = first + rng.integers(10, 170, (stays.height, 1)) + np.array([[0, 175]])
    begun = stays["start_date"].cast(pl.Int32).to_numpy()[:, None]
    ended = stays["end_date"].cast(pl.Int32).to_numpy()[:, None]
    kept = (held > begun) & (held < ended)
    who, _ = np.nonzero(kept)
    frame = pl.DataFrame({"child": stays["child"].to_numpy()[who], "REVIEW": held[kept]})
    took_part = pl.Series(pick(rng, {"PN1": 70, "PN3": 18, "PN5": 12}, who.size))
    too_young = pl.col("DOB").dt.offset_by(f"{_TAKES_PART_FROM}y") > pl.col("REVIEW")
    return (
        dates(frame, "REVIEW")
        .join(names, on="child", maintain_order="left")
        .select("CHILD", "DOB", "REVIEW", REVIEW_CODE=pl.when(too_young).then(pl.lit("PN0")).otherwise(took_part))
    )


def _outcomes(rng: np.random.Generator, tables: Tables, names: pl.DataFrame, scenario: Scenario) -> pl.DataFrame:
    """Health and behaviour of those looked after all year; not everything is asked of every age."""
    scores = tables["sdq_assessments"].select("child", SDQ_SCORE="score")
    cohort = tables["looked_after_all_year"].join(scores, on="child", how="left", maintain_order="left")
    cohort = cohort.join(names, on="child", maintain_order="left")
    size = cohort.height
    yes = {
        "CONVICTED": 0.03,
        "HEALTH_CHECK": 0.9,
        "IMMUNISATIONS": 0.82,
        "TEETH_CHECK": 0.79,
        "HEALTH_ASSESSMENT": 0.91,
        "SUBSTANCE_MISUSE": 0.03,
    }
    flags = {name: pl.Series((rng.random(size) < rate).astype(np.int8)) for name, rate in yes.items()}
    no_score = pl.Series(pick(rng, {"SDQ2": 30, "SDQ4": 60, "SDQ5": 10}, size))
    cohort = cohort.with_columns(**flags, received=pl.Series(rng.random(size) < _HELPED))

    def aged(years: int) -> pl.Expr:
        return pl.col("DOB").dt.offset_by(f"{years}y") <= scenario.year_end

    misuse = pl.col("SUBSTANCE_MISUSE") * aged(10).cast(pl.Int8)
    return cohort.select(
        "CHILD",
        "DOB",
        "SDQ_SCORE",
        SDQ_REASON=pl.when(pl.col("SDQ_SCORE").is_null() & aged(4)).then(no_score),
        CONVICTED=pl.when(aged(10)).then("CONVICTED"),
        HEALTH_CHECK=pl.when(~aged(5)).then("HEALTH_CHECK"),
        IMMUNISATIONS="IMMUNISATIONS",
        TEETH_CHECK="TEETH_CHECK",
        HEALTH_ASSESSMENT="HEALTH_ASSESSMENT",
        SUBSTANCE_MISUSE=misuse,
        INTERVENTION_RECEIVED=pl.when(misuse == 1).then(pl.col("received").cast(pl.Int8)),
        INTERVENTION_OFFERED=pl.when((misuse == 1) & ~pl.col("received")).then(pl.lit(1)),
    )


def _leavers(leavers: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """As last known on the birthday; the second character of the accommodation says whether it was suitable."""
    unsuitable = pl.col("accommodation").is_in(["S", "X"])
    suitability = pl.when(unsuitable).then(pl.lit("2")).otherwise(pl.lit("1"))
    return leavers.join(names, on="child", maintain_order="left").select(
        "CHILD", "DOB", IN_TOUCH=pl.lit("YES"), ACTIV="activity", ACCOM=pl.col("accommodation") + suitability
    )


def _adopted(rng: np.random.Generator, adoptions: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    rows = adoptions.filter("adopted").join(names, on="child", maintain_order="left")
    couple = pl.Series(rng.random(rows.height) < 0.8)
    return rows.select(
        "CHILD",
        "DOB",
        DATE_INT="initial_decision_date",
        DATE_MATCH="matched_date",
        FOSTER_CARE=pl.lit(0),  # every placement for adoption here is A6: not with the foster carer
        NB_ADOPTR=pl.when(couple).then(2).otherwise(1),
        SEX_ADOPTR=pl.when(couple).then(pl.lit("MF")).otherwise(pl.lit("F1")),
        LS_ADOPTR=pl.when(couple).then(pl.lit("L11")).otherwise(pl.lit("L0")),
    )


def _decided(adoptions: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    return adoptions.join(names, on="child", maintain_order="left").select(
        "CHILD", "DOB", DATE_PLACED="initial_decision_date", DATE_PLACED_CEASED=nothing, REASON_PLACED_CEASED=nothing
    )


def _permanence(
    rng: np.random.Generator, placements: pl.DataFrame, names: pl.DataFrame, authority: Authority, scenario: Scenario
) -> pl.DataFrame:
    """For those who came into care in the year; a few of them had left this LA's care for good two years before."""
    new = placements.filter((pl.col("start_reason") == "S") & (pl.col("start_date") >= scenario.year_start))
    rows = new.unique("child", keep="first", maintain_order=True).select("child", "start_date")
    rows = rows.join(names, on="child", maintain_order="left")
    year = pl.col("start_date").dt.year() - 2
    option = pl.Series(pick(rng, {"Z1": 96, "P1": 2, "P2": 2}, rows.height))
    had_one = (option != "Z1") & (pl.col("DOB").dt.year() < year)
    return rows.select(
        "CHILD",
        "DOB",
        PREV_PERM=pl.when(had_one).then(option).otherwise(pl.lit("Z1")),
        LA_PERM=pl.when(had_one).then(pl.lit(authority.code)),
        DATE_PERM=pl.when(had_one).then(pl.lit("zz/zz/") + year.cast(pl.String)),
    )


def _missing(
    rng: np.random.Generator, placements: pl.DataFrame, names: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    """A few nights away, for one in ten."""
    rows = placements.unique("child", keep="first", maintain_order=True)
    start = np.maximum(rows["start_date"].cast(pl.Int32).to_numpy(), day(scenario.year_start)) + 3
    left = rows["end_date"].fill_null(scenario.year_end).cast(pl.Int32).to_numpy()
    kept = pl.Series((rng.random(rows.height) < 0.1) & (start + 2 < left))
    frame = rows.select("child", MIS_START=pl.Series(start), MIS_END=pl.Series(start + 2)).filter(kept)
    kind = pl.Series(pick(rng, {"M": 70, "A": 30}, frame.height))
    named = dates(frame, "MIS_START", "MIS_END").join(names, on="child", maintain_order="left")
    return named.select("CHILD", "DOB", MISSING=kind, MIS_START="MIS_START", MIS_END="MIS_END")
