"""Whether a child is in Header, the table of an SSDA903 that has a row for every child.

A child whom only other tables name has a row in `children` too, with what those tell of birth and sex. That Header
lacks it is a finding of its own, so what Header alone could say is not asked of such a child.
"""

import polars as pl

from quality.rules.context import BEFORE

# What no other table tells.
_ONLY_IN_HEADER = (
    *("ethnicity", "unique_pupil_number", "unique_pupil_number_unknown_reason"),
    *("is_mother", "mother_child_date_of_birth"),
)


def _in_header(prefix: str = "") -> pl.Expr:
    """False also for a row of Header in which nothing is filled in but the date of birth."""
    filled = pl.any_horizontal(pl.col(prefix + name).is_not_null() for name in _ONLY_IN_HEADER)
    # the table of asylum seekers tells a sex as well
    return filled | (pl.col(f"{prefix}sex").is_not_null() & ~pl.col(f"{prefix}uasc_flag").fill_null(False))


IN_HEADER = _in_header()
IN_BOTH_HEADERS = IN_HEADER & _in_header(BEFORE)


def asked_of_header(fails: pl.Expr) -> pl.Expr:
    """The condition, not asked of a child who is not in Header."""
    return pl.when(IN_HEADER).then(fails)


def asked_of_both_headers(fails: pl.Expr) -> pl.Expr:
    """The condition, not asked of a child who is not in Header both this year and last."""
    return pl.when(IN_BOTH_HEADERS).then(fails)
