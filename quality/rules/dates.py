"""Date arithmetic as expressions: years, weekdays and working days, the way the rules mean them."""

from collections.abc import Iterable
from datetime import date
from functools import cache

import polars as pl
from govuk_bank_holidays.bank_holidays import BankHolidays

AS_OF = pl.col("as_of")
PERIOD_START = pl.col("period_start")
_SATURDAY = 6
_APRIL = 4


def years_after(day: pl.Expr, years: int) -> pl.Expr:
    """The same day so many years later; 29 February becomes 28 February in a year that has none."""
    return day.dt.offset_by(f"{years}y")


def a_year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes 28 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def first_of_april(day: pl.Expr) -> pl.Expr:
    """The 1 April on or before the day: the start of the year that the SSDA903 return and the CIN census count in."""
    return pl.date(day.dt.year() - (day.dt.month() < _APRIL).cast(pl.Int32), _APRIL, 1)


def days_after(day: pl.Expr, days: int) -> pl.Expr:
    """So many days later, or earlier when negative."""
    return day + pl.duration(days=days)


def on_weekend(day: pl.Expr) -> pl.Expr:
    """True on a Saturday or Sunday."""
    return day.dt.weekday() >= _SATURDAY


def within_period(day: pl.Expr) -> pl.Expr:
    """True inside the year of a return, its first and last day included."""
    return day.is_between(PERIOD_START, AS_OF)


def cohort_start(day: pl.Expr) -> pl.Expr:
    """Where the history that the feed sends on that day begins: 1 April on or before the day two years earlier."""
    return first_of_april(years_after(day, -2))


@cache
def bank_holidays() -> tuple[date, ...]:
    """Bank holidays of England and Wales, as shipped with the package: nothing is downloaded."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays("england-and-wales")
    return tuple(holiday["date"] for holiday in listed)


def working_days_before(day: pl.Expr, working_days: int) -> pl.Expr:
    """So many working days earlier; counted from the working day before when the day itself is not one."""
    return day.dt.add_business_days(-working_days, holidays=bank_holidays(), roll="backward")


def earliest_of(columns: Iterable[str]) -> pl.Expr:
    """The earliest of several dates of a row, nulls left aside."""
    return pl.min_horizontal(*columns)


def latest_of(columns: Iterable[str]) -> pl.Expr:
    """The latest of several dates of a row, nulls left aside."""
    return pl.max_horizontal(*columns)
