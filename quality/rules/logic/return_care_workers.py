"""Rules on care workers that only SSDA903 asks."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, days_after, years_after
from quality.rules.facts.looked_after import CONTINUES, NEW_PERIOD_OF_CARE, SHORT_BREAK
from quality.rules.logic.care_workers import (
    ENDED,
    FIRST_CONTACT,
    IS_LATER_IN_RETURN,
    PREVIOUS_ENDED_IN_TIME,
    REASON_COLLECTED_FROM,
    STARTED,
    WORKER,
    YEAR,
    handed_over,
)

REASON = pl.col("change_reason")
# Days before the year end, and around the end of the worker before, that these rules call close.
CLOSE_DAYS = 5

_PREVIOUS_ENDED = pl.col("previous.end_date")
_CLOSE_TO_PREVIOUS = STARTED.is_between(
    days_after(_PREVIOUS_ENDED, -CLOSE_DAYS), days_after(_PREVIOUS_ENDED, CLOSE_DAYS)
)
_CLOSE_TO_YEAR_END = ENDED.is_between(days_after(AS_OF, -CLOSE_DAYS), AS_OF)
_YEAR_BEFORE = years_after(PERIOD_START, -1)

# Of an episode: it begins or ends a period of care, and a worker must be known about then.
_BEGINS_CARE = pl.col("start_reason").eq_missing(NEW_PERIOD_OF_CARE)
_ENDS_CARE = (pl.col("end_reason") != CONTINUES).fill_null(False)
_LATELY = (YEAR < 2025) | ENDED.is_null() | ENDED.is_between(_YEAR_BEFORE, AS_OF)
_WORKER_KNOWN = (_ENDS_CARE & (pl.col("child.first_worker_start") <= ENDED)) | (
    _BEGINS_CARE & (pl.col("child.last_worker_start") >= STARTED)
)


def _differs_from_last_year(column: str) -> pl.Expr:
    """On the child's first row: it is not what last year's return said of the worker who had not ended."""
    then = pl.col("before.latest_worker").struct
    goes_on = pl.col("before.latest_worker").is_not_null() & then.field("end_date").is_null()
    return goes_on & pl.col("previous.row").is_null() & pl.col(column).ne_missing(then.field(column))


_BY_FIRST_CONTACT = REASON.eq_missing(FIRST_CONTACT)
_NO_REASON = REASON.is_null() & ((YEAR < 2025) | (STARTED >= REASON_COLLECTED_FROM))

RULES = (
    rule(
        "903-SW01STG1",
        on="placements",
        fails=~pl.col("child.workers_are_complete"),
        when=ENDED.is_null() & ~SHORT_BREAK,
    ),
    rule("903-SW03STG1", on="care_workers", fails=WORKER.is_null() | STARTED.is_null() | REASON.is_null()),
    rule(
        "903-SW11aSTG2",
        on="care_workers",
        fails=~_CLOSE_TO_PREVIOUS.fill_null(False),
        when=_PREVIOUS_ENDED <= days_after(AS_OF, -CLOSE_DAYS),
    ),
    rule(
        "903-SW10aSTG2",
        on="care_workers",
        fails=~_BY_FIRST_CONTACT & ~handed_over(PREVIOUS_ENDED_IN_TIME).fill_null(False),
        when=IS_LATER_IN_RETURN,
    ),
    rule("903-SW10bSTG2", on="care_workers", fails=STARTED <= PREVIOUS_ENDED_IN_TIME, when=_BY_FIRST_CONTACT),
    rule("903-SW11bSTG2", on="care_workers", fails=_CLOSE_TO_YEAR_END & pl.col("next.start_date").is_null()),
    rule(
        "903-SW12STG2",
        on="placements",
        fails=~_WORKER_KNOWN.fill_null(False),
        when=~SHORT_BREAK & _LATELY & (_BEGINS_CARE | _ENDS_CARE),
    ),
    rule(
        "903-SW13STG1",
        on="care_workers",
        fails=_NO_REASON.fill_null(False) | ~in_code_list("change_reason", "sw_change_reason").fill_null(True),
    ),
    rule("903-SW14STG2", on="care_workers", fails=ENDED.is_null() & pl.col("next.row").is_not_null()),
    rule("903-SW15STG2", on="care_workers", fails=REASON.is_null() & ~(STARTED < _YEAR_BEFORE).fill_null(False)),
    rule("903-SW18STG2", on="care_workers", fails=ENDED <= STARTED),
    rule("903-SW19STG2", on="care_workers", fails=pl.int_range(pl.len()).over("subject", "start_date") > 0),
    rule("903-SW16aSTG2", on="care_workers", fails=_differs_from_last_year("worker_id")),
    rule("903-SW16bSTG2", on="care_workers", fails=_differs_from_last_year("start_date")),
    rule("903-SW16cSTG2", on="care_workers", fails=_differs_from_last_year("change_reason")),
)
