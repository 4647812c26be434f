"""Rules on the permanence a child had before this time in care."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import codes, in_code_list
from quality.rules.dates import PERIOD_START
from quality.rules.facts.looked_after import NEW_PERIOD_OF_CARE
from quality.rules.facts.return_histories import NO_EARLIER_PERMANENCE

OPTION = pl.col("permanence_option")
LA = pl.col("permanence_la")
ORDER_DATE = pl.col("permanence_date")
FIRST_PLACED = pl.col("child.first_placement_start_date")
# Previous permanence is collected of children who started to be looked after from this day on.
COLLECTED_FROM = pl.date(2016, 4, 1)
# Not known, and places outside England.
_NO_ENGLISH_LA = ("999", "WAL", "SCO", "NUK", "NIR")

_WRITTEN = r"(?i)^(\d{1,2}|ZZ)/(\d{1,2}|ZZ)/(\d{4}|ZZZZ)$"
_YEAR_NOT_KNOWN = ORDER_DATE.str.extract(_WRITTEN, 3).str.to_uppercase().eq("ZZZZ").fill_null(False)


def _latest_possible() -> pl.Expr:
    """The order's date, the last one it can be where its day or month is not known; null where it is no date."""
    day, month, year = (ORDER_DATE.str.extract(_WRITTEN, place).str.to_uppercase() for place in (1, 2, 3))
    latest_month = pl.when(month == "ZZ").then(pl.lit("12")).otherwise(month)
    of_month = _date(pl.concat_str(pl.lit("01"), latest_month, year, separator="/"), "%d/%m/%Y")
    exact = _date(pl.concat_str(day, month, year, separator="/"), "%d/%m/%Y")
    return pl.when((day == "ZZ") | (month == "ZZ")).then(of_month.dt.month_end()).otherwise(exact)


def _date(text: pl.Expr, written: str) -> pl.Expr:
    return text.str.to_date(written, strict=False)


_LATEST = _latest_possible()
_SAYS_SOMETHING = pl.any_horizontal(part.is_not_null() for part in (OPTION, LA, ORDER_DATE))

RULES = (
    rule(
        "903-630",
        on="placements",
        fails=~pl.col("child.previous_permanence_is_complete"),
        when=(pl.col("start_reason") == NEW_PERIOD_OF_CARE) & (pl.col("start_date") >= PERIOD_START),
    ),
    rule("903-631", on="previous_permanence", fails=~in_code_list("permanence_option", "previous_permanence")),
    rule(
        "903-632",
        on="previous_permanence",
        fails=~_YEAR_NOT_KNOWN & (_LATEST.is_null() | (_LATEST >= FIRST_PLACED).fill_null(False)),
        when=ORDER_DATE.is_not_null(),
    ),
    rule("903-633", on="previous_permanence", fails=~LA.is_in([*codes("local_authority"), *_NO_ENGLISH_LA])),
    rule(
        "903-634",
        on="previous_permanence",
        fails=pl.col("child.last_placement_start_date") < COLLECTED_FROM,
        when=_SAYS_SOMETHING,
    ),
    rule(
        "903-635",
        on="previous_permanence",
        fails=OPTION.is_null() | (OPTION == NO_EARLIER_PERMANENCE),
        when=LA.is_not_null() | ORDER_DATE.is_not_null(),
    ),
)
