"""Rules on assessments and their factors."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, working_days_before
from quality.rules.model import Frames

STARTED = pl.col("start_date")
AUTHORISED = pl.col("authorisation_date")
_ASSESSMENT = ("subject", "social_care_episode_id", "child_and_family_assessment_id")
_NO_FACTORS = "21"
# The statutory limit is 45 working days from referral; the census asks from the start of the assessment.
LONGEST = 45
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


RULES = (
    rule(
        "CSC-124",
        on="assessments",
        fails=_authorised_without_valid_factor,
        when=AUTHORISED_IN_PERIOD,
        reads=("assessment_factors",),
    ),
    rule("CSC-141", on="assessments", fails=STARTED < pl.col("episode.referral_date")),
    rule("CSC-146", on="assessments", fails=STARTED > AUTHORISED),
    rule(
        "CSC-214",
        on="assessment_factors",
        fails=(pl.len().over(_ASSESSMENT) > 1),
        when=pl.col("factor") == _NO_FACTORS,
    ),
    rule(
        "CSC-347",
        on="assessments",
        fails=STARTED < working_days_before(AS_OF, LONGEST),
        when=AUTHORISED.is_null(),
    ),
)
