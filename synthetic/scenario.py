"""What is to be made up: which local authorities, on which routes, over which days, with how many mistakes.

Nothing is generated here. Everything made from one scenario is the same, byte for byte, every time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

Route = Literal["build_your_own", "data_to_insight", "cms_supplier"]
PayloadMode = Literal["full", "delta"]

ROUTE_SUFFIX: dict[Route, str] = {"build_your_own": "byo", "data_to_insight": "d2i", "cms_supplier": "cms"}


@dataclass(frozen=True)
class FaultRates:
    """How often each kind of mistake is made: shares of rows, values, children or records, and numbers of days."""

    late_entry: float = 0.03
    child_never_sent: float = 0.006
    row_never_sent: float = 0.008
    field_never_sent: float = 0.006
    field_sent_later: float = 0.006
    invalid_code: float = 0.006
    wrong_date: float = 0.012
    closed_by_mistake: float = 0.004
    withdrawn_row: float = 0.008
    changed_id: float = 0.012
    rejected_record: float = 0.002
    always_rejected_child: float = 0.001
    duplicate_item: float = 0.002
    dropped_days: int = 3
    repeated_batches: int = 3
    return_child_omitted: float = 0.006
    return_row_omitted: float = 0.008
    return_value_differs: float = 0.008


NO_FAULTS = FaultRates(**dict.fromkeys(FaultRates.__dataclass_fields__, 0))


@dataclass(frozen=True)
class StreamPlan:
    """One LA on one route. first_batch is the London time (hour, minute) at which a day's sending starts.

    overnight: what was recorded on a day is sent the next morning; otherwise the same evening.
    """

    la_code: str
    route: Route
    payload_mode: PayloadMode
    is_primary: bool = True
    first_batch: tuple[int, int] = (4, 30)
    overnight: bool = True
    sends_at_weekends: bool = False

    @property
    def stream_id(self) -> str:
        """For example 204-d2i."""
        return f"{self.la_code}-{ROUTE_SUFFIX[self.route]}"


@dataclass(frozen=True)
class Authority:
    """A real local authority whose children are all made up; population is ONS mid-2024, ages 0 to 17."""

    code: str
    name: str
    population: int
    cms_supplier: str
    postcode_districts: tuple[str, ...]
    streams: tuple[StreamPlan, ...]


@dataclass(frozen=True)
class Scenario:
    """Everything that decides what is generated."""

    name: str
    authorities: tuple[Authority, ...]
    first_day: date = date(2025, 12, 1)
    last_day: date = date(2026, 5, 29)
    return_year: int = 2026
    seed: int = 20260331
    batch_size: int = 100
    faults: FaultRates = field(default_factory=FaultRates)

    @property
    def window_start(self) -> date:
        """Where the history of the first load begins: 24 months before it, floored to 1 April."""
        back = self.first_day.replace(year=self.first_day.year - 2, day=1)
        return date(back.year if back.month >= 4 else back.year - 1, 4, 1)

    @property
    def year_start(self) -> date:
        """The first day of the returns' year."""
        return date(self.return_year - 1, 4, 1)

    @property
    def year_end(self) -> date:
        """The returns' reference date."""
        return date(self.return_year, 3, 31)

    @property
    def streams(self) -> tuple[StreamPlan, ...]:
        """Every stream of every authority."""
        return tuple(stream for authority in self.authorities for stream in authority.streams)

    def days(self) -> Iterator[date]:
        """Every day of the feed, weekends included."""
        for offset in range((self.last_day - self.first_day).days + 1):
            yield self.first_day + timedelta(days=offset)


# In-house system, everything every day: the smallest LA can afford it.
RUTLAND = Authority(
    code="857",
    name="Rutland",
    population=8012,
    cms_supplier="In-house",
    postcode_districts=("LE15", "LE16", "PE9"),
    streams=(StreamPlan("857", "build_your_own", "full", first_batch=(5, 45)),),
)
# Its nightly job starts soon after midnight, so that in summer time the UTC date is a day behind the submission day.
HARTLEPOOL = Authority(
    code="805",
    name="Hartlepool",
    population=21090,
    cms_supplier="Access Group",
    postcode_districts=("TS24", "TS25", "TS26"),
    streams=(StreamPlan("805", "data_to_insight", "delta", first_batch=(0, 10)),),
)
BURY = Authority(
    code="351",
    name="Bury",
    population=44768,
    cms_supplier="Azeus",
    postcode_districts=("BL8", "BL9", "M25", "M26"),
    streams=(StreamPlan("351", "cms_supplier", "delta", first_batch=(19, 0), overnight=False, sends_at_weekends=True),),
)
# On two routes at once: the same children, sent twice.
HACKNEY = Authority(
    code="204",
    name="Hackney",
    population=54191,
    cms_supplier="System C",
    postcode_districts=("E5", "E8", "E9", "N16"),
    streams=(
        StreamPlan("204", "data_to_insight", "delta", first_batch=(18, 30)),
        StreamPlan(
            "204",
            "cms_supplier",
            "delta",
            is_primary=False,
            first_batch=(18, 40),
            overnight=False,
            sends_at_weekends=True,
        ),
    ),
)

DEMO = Scenario("demo", (RUTLAND, HARTLEPOOL, BURY, HACKNEY))

# For tests: few children, all routes and both modes, two routes at once, around the same year end.
SMALL = Scenario(
    "small",
    (
        replace(RUTLAND, population=2000),
        replace(HARTLEPOOL, population=3000),
        replace(HACKNEY, population=4000),
    ),
    first_day=date(2026, 3, 2),
    last_day=date(2026, 4, 30),
)

PRESETS: dict[str, Scenario] = {scenario.name: scenario for scenario in (DEMO, SMALL)}
