"""Every suite there is, in the order in which they are shown."""

from quality.expectations import code_mix, freshness, indicators, integrity, volumes
from quality.expectations.model import Limits, Suite

# What an asset check is named after.
COLLECTIONS: tuple[str, ...] = (
    volumes.COLLECTION,
    freshness.COLLECTION,
    code_mix.COLLECTION,
    integrity.COLLECTION,
    indicators.COLLECTION,
)


def all_suites(limits: Limits) -> tuple[Suite, ...]:
    """The suites of every collection, with these limits."""
    return (
        volumes.suite(limits),
        freshness.suite(limits),
        code_mix.suite(limits),
        integrity.suite(),
        indicators.suite(limits),
    )
