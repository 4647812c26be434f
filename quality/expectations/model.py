"""What an expectation is: a sentence about one measure of every row of a small frame, and the limits of that measure.

A frame has one row for each thing looked at (SUBJECT says which), its measures, and in REASON why a row has none. No
value is judged here: Great Expectations does that, and turns each of these into its own.
"""

from dataclasses import dataclass

# source_id: stream or return. about: what of it, such as the column or the indicator. Together the key of a frame.
SOURCE, LA, ABOUT, REASON = "source_id", "la_code", "about", "reason"
SUBJECT = (SOURCE, LA, ABOUT)


@dataclass(frozen=True)
class Between:
    """Every value of a measure lies between two numbers, either of which may be left open."""

    name: str
    says: str
    measure: str
    minimum: float | None = None
    maximum: float | None = None
    rule_id: str | None = None


@dataclass(frozen=True)
class NotBelow:
    """Every value of a measure is at least what another column of its row holds."""

    name: str
    says: str
    measure: str
    limit: str
    rule_id: str | None = None


@dataclass(frozen=True)
class NotAbove:
    """Every value of a measure is at most what another column of its row holds."""

    name: str
    says: str
    measure: str
    limit: str
    rule_id: str | None = None


Expectation = Between | NotBelow | NotAbove


@dataclass(frozen=True)
class Suite:
    """What is expected of one collection. nothing: what it means when there is no row at all."""

    collection: str
    title: str
    expectations: tuple[Expectation, ...]
    nothing: str


@dataclass(frozen=True)
class Limits:
    """What the suites are made with. Settings of the deployment, save those that have a default here."""

    volume_deviations: float
    silent_working_days: int
    code_mix_pct: float
    published_margin_pct: float
    small_number: int
    volume_days: int = 28
    # of which so many must have records, or deviations would be chance
    fewest_volume_days: int = 10
    # below this, two mixes of twenty codes differ by 20% by chance alone
    fewest_coded_rows: int = 100
