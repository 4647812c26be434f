"""How a stream's records of a day compare with the days before."""

from datetime import date, timedelta

import polars as pl
import pytest

from quality.expectations.model import Limits
from quality.expectations.volumes import volumes

TODAY = date(2026, 4, 1)
_SCHEMA = {
    "source_id": pl.String(),
    "la_code": pl.String(),
    "first_day": pl.Date(),
    "submission_day": pl.Date(),
    "records": pl.Int64(),
}


def daily(today: int, *before: int, first_day: date = date(2025, 1, 1)) -> pl.DataFrame:
    """Records of today and of the days before, the latest first; a day of none is a row that is not there."""
    counts = {TODAY - timedelta(days=ago): count for ago, count in enumerate((today, *before)) if count}
    rows = [("204-d2i", "204", first_day, day, count) for day, count in counts.items()]
    return pl.DataFrame(rows or [("204-d2i", "204", first_day, None, None)], schema=_SCHEMA, orient="row")


def measured(frame: pl.DataFrame, limits: Limits) -> tuple[float | None, str | None]:
    found = volumes(frame, TODAY, limits)
    assert found.select("source_id", "la_code").rows() == [("204-d2i", "204")]
    deviations, reason = found.select("deviations", "reason").row(0)
    return deviations, reason


@pytest.mark.parametrize(("today", "deviations"), [(100, 0), (110, 1), (70, -3), (131, 3.1), (50, -5)])
def test_a_day_is_measured_in_deviations_of_the_days_before(limits: Limits, today: int, deviations: float) -> None:
    before = [100, *[110, 90] * 8]  # mean 100, variance 16 * 10**2 / (17 - 1)
    frame = daily(today, *before, first_day=TODAY - timedelta(days=18))
    assert measured(frame, limits) == (pytest.approx(deviations), None)


def test_days_of_rest_do_not_hide_half_a_caseload(limits: Limits) -> None:
    a_week = [0, 0, 1000, 1010, 990, 1010, 990]
    found, _ = measured(daily(500, *a_week * 4), limits)
    assert found == pytest.approx(-500 / (16 * 10**2 / 19) ** 0.5)


def test_a_day_of_rest_is_not_judged(limits: Limits) -> None:
    assert measured(daily(0, *[50] * 28), limits) == (None, "nothing was received on the day")


def test_the_same_number_every_day_allows_a_few_more(limits: Limits) -> None:
    assert measured(daily(1003, *[1000] * 28), limits) == (3.0, None)
    assert measured(daily(1004, *[1000] * 28), limits) == (4.0, None)


def test_the_first_day_brings_the_whole_caseload_and_does_not_count(limits: Limits) -> None:
    first_day = TODAY - timedelta(days=20)
    assert measured(daily(50, *[50] * 19, 8000, first_day=first_day), limits) == (0.0, None)


def test_days_older_than_the_window_do_not_count(limits: Limits) -> None:
    assert measured(daily(50, *[50] * 28, 9000), limits) == (0.0, None)
    assert measured(daily(50, *[50] * 27, 9000), limits)[0] != 0


@pytest.mark.parametrize("sent", [9, 10])
def test_a_short_past_says_nothing(limits: Limits, sent: int) -> None:
    few = "fewer than 10 days with records among the 28 before"
    assert measured(daily(50, *[50] * sent), limits) == ((None, few) if sent < 10 else (0.0, None))
    # one day in three, and the caseload on the first day
    first_day = TODAY - timedelta(days=3 * sent)
    assert measured(daily(50, *[0, 0, 50] * sent, first_day=first_day), limits) == (None, few)


def test_a_stream_that_never_sent_is_not_judged_on_volume(limits: Limits) -> None:
    frame = pl.DataFrame([("204-d2i", "204", None, None, None)], schema=_SCHEMA, orient="row")
    assert measured(frame, limits) == (None, "nothing has been received yet")


def test_no_stream_gives_no_row(limits: Limits) -> None:
    assert volumes(pl.DataFrame(schema=_SCHEMA), TODAY, limits).is_empty()
