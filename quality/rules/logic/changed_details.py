"""Rules on a child's details that are not what the source said before: last year's return, or the day before's state.

In a return a value that is gone counts as changed; in the feed a record may leave out what it does not change.
"""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.return_header import asked_of_both_headers

HELD_BEFORE = pl.col("before.row").is_not_null()
UNKNOWN_SEX = "U"

UPN = pl.col("unique_pupil_number")
REASON = pl.col("unique_pupil_number_unknown_reason")
UPN_BEFORE = pl.col("before.unique_pupil_number")
REASON_BEFORE = pl.col("before.unique_pupil_number_unknown_reason")
# The one reason that time makes another: a child comes of school age.
NOT_OF_SCHOOL_AGE = "UN1"

_BORN_SINCE = (pl.col("before.sex") == UNKNOWN_SEX) & pl.col("before.date_of_birth").is_null()


def _differs(column: str) -> tuple[pl.Expr, pl.Expr]:
    """In the feed, where both are known; and in a return."""
    now, then = pl.col(column), pl.col(f"before.{column}")
    return now != then, asked_of_both_headers(now.ne_missing(then))


_SEX, _SEX_IN_RETURN = _differs("sex")
_BIRTH, _BIRTH_IN_RETURN = _differs("date_of_birth")


def _upper(expression: pl.Expr) -> pl.Expr:
    return expression.str.to_uppercase()


_ETHNICITY, _ETHNICITY_BEFORE = _upper(pl.col("ethnicity")), _upper(pl.col("before.ethnicity"))

_NUMBER, _NUMBER_BEFORE = pl.coalesce(UPN, _upper(REASON)), pl.coalesce(UPN_BEFORE, _upper(REASON_BEFORE))
_NOT_YET = _NUMBER_BEFORE.is_null() | (_NUMBER_BEFORE == NOT_OF_SCHOOL_AGE)
_REASON_FOUND = UPN.is_null() & (_NUMBER != NOT_OF_SCHOOL_AGE).fill_null(False) & _NOT_YET
_NUMBER_FOUND = UPN.is_not_null() & UPN_BEFORE.is_null()
_NUMBER_CHANGED = _NUMBER.ne_missing(_NUMBER_BEFORE) & ~_REASON_FOUND & ~_NUMBER_FOUND

RULES = (
    rule("CSC-327", on="children", fails={"payload": _SEX & ~_BORN_SINCE, "ssda903": _SEX_IN_RETURN}, when=HELD_BEFORE),
    rule("CSC-328", on="children", fails={"payload": _BIRTH, "ssda903": _BIRTH_IN_RETURN}, when=HELD_BEFORE),
    rule(
        "CSC-329",
        on="children",
        fails={
            "payload": _ETHNICITY != _ETHNICITY_BEFORE,
            "ssda903": asked_of_both_headers(_ETHNICITY.ne_missing(_ETHNICITY_BEFORE)),
        },
        when=HELD_BEFORE,
    ),
    rule(
        "CSC-330",
        on="children",
        fails={"payload": _NUMBER_CHANGED, "ssda903": asked_of_both_headers(_NUMBER_CHANGED)},
        when=HELD_BEFORE,
    ),
)
