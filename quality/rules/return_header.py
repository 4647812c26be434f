"""Whether a child is in Header, the table of an SSDA903 that has a row for every child.

A child whom only other tables name has a row in `children` too, with what those tell of birth and sex. That Header
lacks it is a finding of its own, so what Header alone could say is not asked of such a child.
"""

from collections.abc import Mapping

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


_STATED, _OF_UASC, _ELSEWHERE = "stated_date_of_birth", "uasc_date_of_birth", "~elsewhere"

IN_HEADER = _in_header()
IN_BOTH_HEADERS = IN_HEADER & _in_header(BEFORE)


def asked_of_header(fails: pl.Expr) -> pl.Expr:
    """The condition, not asked of a child who is not in Header."""
    return pl.when(IN_HEADER).then(fails)


def asked_of_both_headers(fails: pl.Expr) -> pl.Expr:
    """The condition, not asked of a child who is not in Header both this year and last."""
    return pl.when(IN_BOTH_HEADERS).then(fails)


def with_births_of_header(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames of an SSDA903, where a child who is not in Header has a date of birth in the tables that state one.

    Rules go by the date of birth in Header, or by that of a row's own table. A return without Header stays as it is.
    """
    told = dict(frames)
    children = frames.get("children")
    if children is None or children.select(IN_HEADER.all() | ~IN_HEADER.any()).item():
        return told
    born = pl.col("date_of_birth")
    told["children"] = children.with_columns(
        pl.when(IN_HEADER).then(born),
        pl.when(IN_HEADER).then(_OF_UASC).otherwise(pl.coalesce(_OF_UASC, born)).alias(_OF_UASC),
    )
    absent = children.filter(~IN_HEADER & born.is_not_null()).select("child_key", born.alias(_ELSEWHERE))
    for name, frame in frames.items():
        if _STATED in frame.columns:
            joined = frame.join(absent.unique("child_key"), on="child_key", how="left", maintain_order="left")
            told[name] = joined.with_columns(pl.coalesce(_STATED, _ELSEWHERE)).drop(_ELSEWHERE)
    return told
