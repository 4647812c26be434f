"""What OC2 says of a child: the health details, and how often the questionnaire was answered for."""

from collections.abc import Callable

import polars as pl

from quality.rules.dates import AS_OF, first_of_april
from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames

ALWAYS_ASKED = ("immunisations", "teeth_check", "health_assessment", "substance_misuse")
SOMETIMES_ASKED = ("convicted", "health_check", "intervention_received", "intervention_offered")

HAS_DETAIL = pl.any_horizontal(pl.col(*ALWAYS_ASKED, *SOMETIMES_ASKED).is_not_null())
LACKS_ALWAYS_ASKED = pl.any_horizontal(pl.col(ALWAYS_ASKED).is_null())


def _of(name: str, table: str, value: pl.Expr, otherwise: object) -> Fact:
    return Fact(name, "child", _aggregate(table, value), reads=(table,), otherwise=otherwise)


def _aggregate(table: str, value: pl.Expr) -> Callable[[Frames], pl.LazyFrame]:
    def over_rows(frames: Frames) -> pl.LazyFrame:
        return frames[table].group_by("subject").agg(value.alias(VALUE))

    return over_rows


def _answers(frames: Frames) -> pl.LazyFrame:
    """A return holds a row where there is a score or a reason for none; it may have no row of the kind at all."""
    return frames["sdq_assessments"].group_by("subject").agg(pl.len().cast(pl.Int64).alias(VALUE))


_SCORED_THIS_YEAR = pl.col("score").is_not_null() & pl.col("date").is_between(first_of_april(AS_OF), AS_OF)

FACTS = (
    _of("birth_stated_with_health", "cla_health", pl.col("stated_date_of_birth").drop_nulls().last(), None),
    _of("health_rows", "cla_health", pl.len().cast(pl.Int64), 0),
    _of("has_health_details", "cla_health", HAS_DETAIL.any(), False),
    _of("lacks_health_details", "cla_health", LACKS_ALWAYS_ASKED.any(), False),
    _of("scored_this_year", "sdq_assessments", _SCORED_THIS_YEAR.any(), False),
    # read beside cla_health, which comes from the same table of the return
    Fact("questionnaire_rows", "child", _answers, reads=(), otherwise=0),
)
