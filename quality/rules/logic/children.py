"""Rules on the child's own details."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, earliest_of, years_after
from quality.rules.model import PEERS, Frames
from quality.rules.spells import failing
from quality.schemas.entities import date_columns

BORN = pl.col("date_of_birth")
EXPECTED = pl.col("expected_date_of_birth")
OLDEST_IN_COHORT = 25
OLDEST_PLAUSIBLE = 30
FIRST_PLAUSIBLE_DATE = pl.date(1900, 1, 1)
ADULT = 18

_DATES = date_columns()
_BORN_AS_IN_UASC = pl.coalesce("uasc_date_of_birth", BORN)
# Dates that say something was done with or for the child.
_ACTIVITY = {name: columns for name, columns in _DATES.items() if name != "children" and columns}


def _without_usable_disability(frames: Frames) -> pl.LazyFrame:
    """Born children with a referral that went further, and no disability code or one that is not in the list."""
    referred = frames["episodes"].filter(~pl.col("referral_no_further_action_flag"))
    given = (
        frames["disabilities"]
        .group_by("subject")
        .agg(in_code_list("disability_code", "disability").all().alias("known"))
    )
    born = frames["children"].filter(BORN.is_not_null()).join(referred, on="subject", how="semi")
    return failing(born.join(given, on="subject", how="left").filter(~pl.col("known").fill_null(False)))


def _with_date_before_1900(frames: Frames) -> pl.LazyFrame:
    early = [
        frames[name].filter(earliest_of(columns) < FIRST_PLAUSIBLE_DATE).select("subject")
        for name, columns in _DATES.items()
        if name in frames and columns
    ]
    return failing(frames["children"].join(pl.concat(early), on="subject", how="semi"))


def _of_implausible_age(frames: Frames) -> pl.LazyFrame:
    """Over 25 at the first thing recorded, or born over 30 years ago."""
    dated = [
        frames[name].select("subject", earliest_of(columns).alias("first_activity"))
        for name, columns in _ACTIVITY.items()
        if name in frames
    ]
    first = pl.concat(dated).group_by("subject").agg(pl.col("first_activity").min())
    too_old = years_after(BORN, OLDEST_IN_COHORT + 1) <= pl.col("first_activity")
    return failing(
        frames["children"]
        .join(first, on="subject", how="left")
        .filter(too_old.fill_null(False) | (years_after(BORN, OLDEST_PLAUSIBLE) < AS_OF))
    )


def _sharing_upn(frames: Frames) -> pl.LazyFrame:
    """Children whose UPN another child of the same data holds; peers are held but not judged this time."""
    key = ["source_id", "as_of", "unique_pupil_number"]
    columns = [*key, "child_key"]
    held = frames["children"].select(columns)
    if PEERS in frames:
        held = pl.concat([held, frames[PEERS].select(columns)])
    shared = (
        held.filter(pl.col("unique_pupil_number").is_not_null())
        .group_by(key)
        .agg(pl.col("child_key").n_unique().alias("children"))
        .filter(pl.col("children") > 1)
    )
    return failing(frames["children"].join(shared, on=key, how="semi"))


RULES = (
    rule(
        "CSC-117",
        on="children",
        fails=_without_usable_disability,
        when=BORN.is_not_null(),
        reads=("episodes", "disabilities"),
    ),
    rule("CSC-119", on="children", fails=~in_code_list("unique_pupil_number_unknown_reason", "upn_unknown_reason")),
    rule("CSC-135", on="children", fails=BORN > AS_OF),
    rule("CSC-176", on="children", fails=pl.col("uasc_end_date") > years_after(_BORN_AS_IN_UASC, ADULT)),
    rule("CSC-195", on="children", fails=BORN.is_null() == EXPECTED.is_null()),
    rule("CSC-294", on="children", fails=_sharing_upn, when=pl.col("unique_pupil_number").is_not_null()),
    rule("903-444", on="children", fails=_sharing_upn, when=pl.col("unique_pupil_number").is_not_null()),
    rule("CSC-342", on="children", fails=_with_date_before_1900),
    rule("CSC-343", on="children", fails=_of_implausible_age, when=BORN.is_not_null()),
)
