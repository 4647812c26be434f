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


def write_ssda903(tables: Tables, authority: Authority, scenario: Scenario, folder: Path) -> None:
    """Write the ten files."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = generator(scenario.seed, authority.code, "ssda903")
    children = tables["children"]
    names = children.select("child", CHILD="la_child_id", DOB="date_of_birth", SEX="sex")
    files = {
        "header": _header(children),
        "episodes": _episodes(tables["placements"], names),
        "reviews": _reviews(rng, tables["placements"], names, scenario),
        "uasc": children.filter("uasc_flag").select(
            CHILD="la_child_id", SEX="sex", DOB="date_of_birth", DUC="uasc_end_date"
        ),
        "oc2": _outcomes(rng, tables, names),
        "oc3": _leavers(tables["care_leavers"], names),
        "ad1": _adopted(rng, tables["adoptions"], names),
        "placed_for_adoption": _decided(tables["adoptions"], names),
        "previous_permanence": _permanence(rng, tables["placements"], names),
        "missing": _missing(rng, tables["placements"], names, scenario),
    }
    for name, frame in files.items():
        frame.write_csv(folder / f"{name}.csv", date_format=_DATE, null_value="")


def _header(children: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    return children.select(
        CHILD="la_child_id",
        SEX="sex",
        DOB="date_of_birth",
        ETHNIC="ethnicity",
        UPN=pl.coalesce("unique_pupil_number", "unique_pupil_number_unknown_reason"),
        MOTHER=nothing,
        MC_DOB=nothing,
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
        URN=pl.when(pl.col("placement_type") == "P1").then(None).otherwise("urn"),
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
    frame = frame.with_columns(REVIEW_CODE=pl.Series(pick(rng, {"PN1": 55, "PN3": 15, "PN5": 10, "PN0": 20}, who.size)))
    return (
        dates(frame, "REVIEW")
        .join(names, on="child", maintain_order="left")
        .select("CHILD", "DOB", "REVIEW", "REVIEW_CODE")
    )


def _outcomes(rng: np.random.Generator, tables: Tables, names: pl.DataFrame) -> pl.DataFrame:
    """Health and behaviour of those looked after all year."""
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
    return cohort.select(
        "CHILD",
        "DOB",
        "SDQ_SCORE",
        SDQ_REASON=pl.when(pl.col("SDQ_SCORE").is_null()).then(no_score),
        **flags,
        INTERVENTION_RECEIVED=flags["SUBSTANCE_MISUSE"],
        INTERVENTION_OFFERED=pl.lit(0),
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
        FOSTER_CARE=pl.lit(1),
        NB_ADOPTR=pl.when(couple).then(2).otherwise(1),
        SEX_ADOPTR=pl.when(couple).then(pl.lit("MF")).otherwise(pl.lit("F1")),
        LS_ADOPTR=pl.when(couple).then(pl.lit("L11")).otherwise(pl.lit("L0")),
    )


def _decided(adoptions: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    return adoptions.join(names, on="child", maintain_order="left").select(
        "CHILD", "DOB", DATE_PLACED="initial_decision_date", DATE_PLACED_CEASED=nothing, REASON_PLACED_CEASED=nothing
    )


def _permanence(rng: np.random.Generator, placements: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """For those who came into care in the year."""
    new = placements.filter(pl.col("start_reason") == "S").select("child").unique(maintain_order=True)
    rows = new.join(names, on="child", maintain_order="left")
    option = pl.Series(pick(rng, {"Z1": 96, "P1": 2, "P2": 2}, rows.height))
    before = pl.when(option != "Z1").then(pl.lit("zz/zz/2019"))
    return rows.select("CHILD", "DOB", PREV_PERM=option, LA_PERM=pl.lit(None, dtype=pl.String), DATE_PERM=before)


def _missing(
    rng: np.random.Generator, placements: pl.DataFrame, names: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    """A few nights away, for one in ten."""
    rows = placements.unique("child", keep="first", maintain_order=True)
    start = np.maximum(rows["start_date"].cast(pl.Int32).to_numpy(), day(scenario.year_start)) + 3
    kept = pl.Series(rng.random(rows.height) < 0.1)
    frame = rows.select("child", MIS_START=pl.Series(start), MIS_END=pl.Series(start + 2)).filter(kept)
    kind = pl.Series(pick(rng, {"M": 70, "A": 30}, frame.height))
    named = dates(frame, "MIS_START", "MIS_END").join(names, on="child", maintain_order="left")
    return named.select("CHILD", "DOB", MISSING=kind, MIS_START="MIS_START", MIS_END="MIS_END")
