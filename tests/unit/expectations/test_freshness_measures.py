"""Working days for which a stream has been silent."""

from datetime import date

import polars as pl
import pytest

from quality.expectations.freshness import freshness

_SCHEMA = {
    "source_id": pl.String(),
    "la_code": pl.String(),
    "start_date": pl.Date(),
    "end_date": pl.Date(),
    "last_day": pl.Date(),
}
# Good Friday and Easter Monday
HOLIDAYS = [date(2026, 4, 3), date(2026, 4, 6)]


def silent(as_of: str, last_day: str | None, *periods: tuple[str, str | None]) -> float:
    """Working days of silence of a stream with these rows in the register."""
    rows = [
        ("204-d2i", "204", *(date.fromisoformat(each) if each else None for each in (start, end, last_day)))
        for start, end in periods or [("2025-01-01", None)]
    ]
    found = freshness(pl.DataFrame(rows, schema=_SCHEMA, orient="row"), HOLIDAYS, date.fromisoformat(as_of))
    assert found["source_id"].to_list() == ["204-d2i"]
    days: float = found["silent_working_days"][0]
    return days


@pytest.mark.parametrize(
    ("as_of", "last_day", "days"),
    [
        pytest.param("2026-03-25", "2026-03-25", 0, id="sent today"),
        pytest.param("2026-03-25", "2026-03-24", 1, id="nothing today"),
        pytest.param("2026-03-29", "2026-03-27", 0, id="a weekend"),
        pytest.param("2026-03-30", "2026-03-27", 1, id="and the Monday after"),
        pytest.param("2026-04-06", "2026-04-02", 0, id="Easter"),
        pytest.param("2026-04-08", "2026-04-01", 3, id="a week with Easter in it"),
        pytest.param("2026-03-25", "2026-03-26", 0, id="sent after the day asked about"),
    ],
)
def test_working_days_after_the_last_record_are_counted(as_of: str, last_day: str, days: int) -> None:
    assert silent(as_of, last_day) == days


def test_a_stream_that_never_sent_is_silent_from_its_start() -> None:
    assert silent("2026-03-25", None, ("2026-03-25", None)) == 1
    assert silent("2026-03-27", None, ("2026-03-25", None)) == 3


def test_a_change_of_mode_does_not_end_a_silence() -> None:
    assert silent("2026-03-25", "2026-03-20", ("2025-01-01", "2026-03-23"), ("2026-03-24", None)) == 3


def test_days_out_of_force_are_no_silence() -> None:
    assert silent("2026-03-25", "2026-01-15", ("2025-01-01", "2026-01-15"), ("2026-03-24", None)) == 2


def test_the_last_day_in_force_counts() -> None:
    assert silent("2026-03-25", "2026-03-23", ("2025-01-01", "2026-03-25")) == 2
