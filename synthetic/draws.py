"""Repeatable randomness and calendar arithmetic on columns of whole days since 1970-01-01.

What is drawn, and how often, is said where it is drawn.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# A day that never comes: compares as later than any other, and is written as no date at all.
NEVER = 1_000_000
DAYS_A_YEAR = 365.25


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """A stream of random numbers of its own for each purpose, so that changing one leaves the others as they were."""
    return np.random.default_rng([seed, *(zlib.crc32(word.encode()) for word in purpose)])


def day(value: date) -> int:
    """Days since 1970-01-01."""
    return value.toordinal() - date(1970, 1, 1).toordinal()


def as_date(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + date(1970, 1, 1).toordinal())


def weekday(days: Days) -> Days:
    """The day itself, or the Monday after a weekend."""
    of_week = (days + 3) % 7
    return np.where((of_week >= 5) & (days < NEVER), days + (7 - of_week), days)


def birthday(born: Days, years: int) -> Days:
    """The day on which a child born then becomes that old."""
    moment = born.astype("datetime64[D]")
    month = moment.astype("datetime64[M]")
    of_month = (moment - month).astype(np.int64)
    return ((month + 12 * years).astype("datetime64[D]").astype(np.int64)) + of_month


def not_on_leap_day(days: Days) -> Days:
    """The day itself, or the day before a 29 February: nobody here is born on one, so that every birthday exists."""
    moment = days.astype("datetime64[D]")
    month = moment.astype("datetime64[M]")
    is_february = month.astype(np.int64) % 12 == 1
    of_month = (moment - month).astype(np.int64)
    return days - (is_february & (of_month == 28)).astype(np.int64)


def first_of(group: Days) -> Days:
    """The position of the first row of each row's group; rows of one group lie together."""
    begins = np.flatnonzero(np.r_[True, group[1:] != group[:-1]][: group.size])
    return np.repeat(begins, np.diff(np.r_[begins, group.size]))


def pick(rng: np.random.Generator, mix: Mapping[str, float], size: int) -> npt.NDArray[np.str_]:
    """Codes in the proportions given."""
    weights = np.array(list(mix.values()), dtype=float)
    return rng.choice(np.array(list(mix)), size=size, p=weights / weights.sum())


def surviving(rng: np.random.Generator, curve: Sequence[tuple[float, float]], size: int) -> Days:
    """Durations in days whose share still running after so many years is the curve given, straight between points."""
    years, alive = np.array(curve).T
    return np.interp(rng.random(size), alive[::-1], years[::-1] * DAYS_A_YEAR).astype(np.int64)


def spread(rng: np.random.Generator, low: int, high: int, size: int) -> Days:
    """Whole numbers from low to high, both included, all as likely."""
    return rng.integers(low, high + 1, size)


def skewed(rng: np.random.Generator, shape: float, mean: float, size: int) -> Days:
    """Whole numbers of days, most below the mean and a few far above it."""
    return rng.gamma(shape, mean / shape, size).astype(np.int64)


def when(condition: Flags, days: Days) -> Days:
    """The day where the condition holds, never elsewhere."""
    return np.where(condition, days, NEVER)
