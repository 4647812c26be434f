"""Rules on assessments and their factors."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, latest_of, within_period, working_days_before
from quality.rules.model import Frames
from quality.rules.spells import EPISODE, failing, other, pairs_within, starts_during_other

STARTED = pl.col("start_date")
AUTHORISED = pl.col("authorisation_date")
FACTOR = pl.col("factor")
_DATES = ("start_date", "authorisation_date")
_ASSESSMENT = ("subject", "social_care_episode_id", "child_and_family_assessment_id")
_NO_FACTORS = "21"
# The statutory limit is 45 working days from referral; the census asks from the start of the assessment.
LONGEST = 45
# Of an assessment that is only named the merged record may know nothing more.
_SAYS_ANYTHING = STARTED.is_not_null() | AUTHORISED.is_not_null() | pl.col("has_factors").fill_null(False)
AUTHORISED_IN_PERIOD = AUTHORISED >= PERIOD_START.fill_null(AUTHORISED)


def _authorised_without_valid_factor(frames: Frames) -> pl.LazyFrame:
    """No factor recorded is milder than a factor that does not exist."""
    given = (
        frames["assessment_factors"]
        .group_by(_ASSESSMENT)
        .agg(in_code_list("factor", "assessment_factor").all().alias("known"))
    )
    authorised = frames["assessments"].filter(AUTHORISED_IN_PERIOD)
    judged = authorised.join(given, on=_ASSESSMENT, how="left").filter(~pl.col("known").fill_null(False))
    return judged.select("row", pl.col("known").is_null().alias("softened"))


def _factors_before_authorisation(frames: Frames) -> pl.LazyFrame:
    still_open = frames["assessments"].filter(AUTHORISED.is_null())
    return failing(still_open.join(frames["assessment_factors"], on=_ASSESSMENT, how="semi"))


def _starting_during_another(frames: Frames) -> pl.LazyFrame:
    """Two with the same dates are one assessment sent twice, which is not asked about here."""
    same = pl.all_horizontal(pl.col(name).eq_missing(other(name)) for name in _DATES)
    together = pairs_within(frames["assessments"], _DATES, within=EPISODE).filter(~same)
    return failing(together.filter(starts_during_other("authorisation_date")))


def _should_be_replaced(code: str) -> pl.Expr:
    return FACTOR.str.to_uppercase() == code


RULES = (
    rule(
        "CSC-124",
        on="assessments",
        fails=_authorised_without_valid_factor,
        when=AUTHORISED_IN_PERIOD,
        reads=("assessment_factors",),
    ),
    rule("CSC-125", on="assessment_factors", fails=_should_be_replaced("18A")),
    rule("CSC-126", on="assessment_factors", fails=_should_be_replaced("19A")),
    rule("CSC-141", on="assessments", fails=STARTED < pl.col("episode.referral_date")),
    rule("CSC-146", on="assessments", fails=STARTED > AUTHORISED),
    rule("CSC-147", on="assessments", fails=STARTED.is_null(), when=_SAYS_ANYTHING),
    rule("CSC-148", on="assessments", fails=latest_of(_DATES) > AS_OF),
    rule("CSC-149", on="assessments", fails=~within_period(AUTHORISED)),
    rule("CSC-150", on="assessments", fails=~within_period(STARTED).fill_null(False), when=AUTHORISED.is_null()),
    rule(
        "CSC-213",
        on="assessments",
        fails=_factors_before_authorisation,
        when=AUTHORISED.is_null(),
        reads=("assessment_factors",),
    ),
    rule(
        "CSC-214",
        on="assessment_factors",
        fails=(pl.len().over(_ASSESSMENT) > 1),
        when=FACTOR == _NO_FACTORS,
    ),
    rule("CSC-299", on="assessments", fails=_starting_during_another, when=STARTED.is_not_null()),
    rule("CSC-300", on="assessments", fails=pl.col("episode.open_assessments") > 1, when=AUTHORISED.is_null()),
    rule(
        "CSC-347",
        on="assessments",
        fails=STARTED < working_days_before(AS_OF, LONGEST),
        when=AUTHORISED.is_null(),
    ),
)
