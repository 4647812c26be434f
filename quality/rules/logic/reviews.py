"""Rules on reviews of looked after children."""

import polars as pl

from quality.rules.births import BORN_AS_STATED
from quality.rules.catalogue import rule
from quality.rules.code_lists import codes, in_code_list
from quality.rules.dates import years_after
from quality.rules.unread import given

REVIEWED = pl.col("review_date")
TOOK_PART = pl.col("participation")
# A child takes part in reviews from this age on.
TAKES_PART_AT = 4
TOO_YOUNG = "PN0"

_BIRTHDAY = years_after(BORN_AS_STATED, TAKES_PART_AT)
_OLD_ENOUGH = [code for code in codes("review_participation") if code != TOO_YOUNG]
_KNOWN = in_code_list("participation", "review_participation").fill_null(False)

RULES = (
    rule("903-166", on="reviews", fails=REVIEWED.is_null()),
    rule(
        "903-167",
        on="reviews",
        fails=~given("review_date") | ~_KNOWN,
        when=given("review_date") | TOOK_PART.is_not_null(),
    ),
    rule("903-440", on="reviews", fails=REVIEWED > _BIRTHDAY, when=TOOK_PART == TOO_YOUNG),
    rule("903-441", on="reviews", fails=REVIEWED < _BIRTHDAY, when=TOOK_PART.is_in(_OLD_ENOUGH)),
)
