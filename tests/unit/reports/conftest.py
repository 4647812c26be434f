"""Made-up tables for the report: six authorities, three routes, numbers large and small."""

import random
from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from assets.comparison.plan import COMPARED, compared_fields
from assets.comparison.timeliness import EVENTS
from assets.reports.tables import SCHEMAS, ReportTables

STREAMS = [
    ("204-byo", "204", "build_your_own"),
    ("301-byo", "301", "build_your_own"),
    ("204-d2i", "204", "data_to_insight"),
    ("302-d2i", "302", "data_to_insight"),
    ("800-d2i", "800", "data_to_insight"),
    ("801-cms", "801", "cms_supplier"),
]
NAMES = {"204": "Hackney", "301": "Barking and Dagenham", "302": "Barnet", "800": "Bath", "801": "Bristol, City of"}
INDICATORS = [
    ("cin_rate", "Rate of children in need per 10,000", "rate_per_10000", 0),
    ("rereferral_pct", "Repeat referrals within 12 months", "percent", 1),
    ("cpp_2yrs_pct", "Child protection plans lasting 2 years or more", "percent", 1),
    ("sdq_average_score", "Average SDQ score of children looked after", "mean", 1),
    ("referrals_count", "Referrals received", "count", 0),
]
SIZES = {"episodes": 2400, "assessments": 1800, "assessment_factors": 5200, "children": 2200, "adoptions": 14}


def _returns() -> list[tuple]:
    return [(f"{la}-{kind}-2026", la, kind, 2026) for la in NAMES for kind in COMPARED]


def _rows(name: str, rows: list) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMAS[name], orient="row")


def _coverage(chance: random.Random) -> list[tuple]:
    rows = []
    sizes: dict[tuple, int] = {}
    for source, la, route in STREAMS:
        for kind, entities in COMPARED.items():
            for entity in entities:
                n = sizes.setdefault((la, kind, entity), int(SIZES.get(entity, 300) * chance.uniform(0.5, 1.4)))
                both = int(n * chance.uniform(0.94, 1.0))
                rows.append(
                    (source, f"{la}-{kind}-2026", la, route, kind, entity, both + chance.randrange(12), n, both)
                )
    return rows


def _agreement(coverage: list[tuple], chance: random.Random) -> list[tuple]:
    rows = []
    for source, return_id, la, route, kind, entity, _, _, both in coverage:
        for field in compared_fields(kind, entity):
            compared = int(both * chance.uniform(0.6, 1))
            agree = int(compared * chance.uniform(0.9, 1.0))
            blank = min(both - compared, chance.randrange(40))
            rows.append((source, return_id, la, route, kind, entity, field, compared, agree, blank, 0))
    return rows


def _curve(chance: random.Random) -> list[tuple]:
    typical = {"build_your_own": 1.5, "data_to_insight": 4, "cms_supplier": 9}
    rows = []
    for source, _, route in STREAMS:
        for entity, events in EVENTS.items():
            for event in events:
                counts: dict[int, int] = {}
                for _ in range(chance.choice([4, 60, 300])):
                    lag = min(200, int(chance.expovariate(1 / typical[route])))
                    counts[lag] = counts.get(lag, 0) + 1
                rows += [(source, route, entity, event, lag, n) for lag, n in sorted(counts.items())]
    return rows


def _indicators(chance: random.Random) -> list[tuple]:
    rows = []
    for source, la, route in STREAMS:
        for position, (indicator, _, unit, _) in enumerate(INDICATORS):
            kind = "ssda903" if indicator.startswith("sdq") else "cin"
            true = [310.0, 21.4, 2.7, 14.2, 1830.0][position]
            timely = None if (la, indicator) == ("801", "sdq_average_score") else true * chance.uniform(0.93, 1.06)
            numerator = 3.0 if (la, unit) == ("302", "percent") else 90.0
            difference = None if timely is None else timely - true
            within = None if difference is None else abs(difference) <= 0.05 * true
            published = None if la == "800" else true * 1.01
            status = "c" if la == "800" else "ok"
            values = (timely, true, published, status, numerator, 400.0, numerator, 400.0, difference, within)
            rows.append((source, f"{la}-{kind}-2026", la, route, indicator, *values))
    return rows


def _validity(chance: random.Random) -> list[tuple]:
    sources = [(source, "timely", route) for source, _, route in STREAMS]
    sources += [(return_id, "return", None) for return_id, *_ in _returns()]
    rows = []
    for number in range(20, 45):
        rule, severity = f"CSC-{number:03}", "error" if number % 3 else "warning"
        for source, source_type, route in sources:
            checked = chance.randrange(400, 9000)
            failed = int(checked * chance.uniform(0, 0.002 * (number - 19)))
            rows.append((source, source_type, route, rule, severity, "episodes", checked, failed))
    return rows


def make_tables() -> dict[str, pl.DataFrame]:
    """Every table of the report, invented, the same each time."""
    chance = random.Random(7)
    first, last = date(2025, 10, 1), date(2026, 6, 30)
    coverage = _coverage(chance)
    pairs = [
        (source, f"{la}-{kind}-2026", la, route, kind, first, last, date(2023, 4, 1), True, source != "801-cms")
        for source, la, route in STREAMS
        for kind in COMPARED
    ]
    sent = [
        (source, 800 + 40 * k, 12 * k, 9_000 + 700 * k, 30 * k, 30_000_000 + 10_000_000 * k)
        for k, (source, _, _) in enumerate(STREAMS)
    ]
    rules = [
        (f"CSC-{n:03}", f"Referral date and field {n} of the episode must not contradict one another")
        for n in range(20, 45)
    ]
    made = {
        "streams": [(source, la, route, first, last) for source, la, route in STREAMS],
        "submissions": sent,
        "set_aside": [("801-cms", 40)],
        "returns": _returns(),
        "pairs": pairs,
        "coverage": coverage,
        "field_agreement": _agreement(coverage, chance),
        "timeliness_curve": _curve(chance),
        "indicator_agreement": _indicators(chance),
        "validity": _validity(chance),
        "local_authorities": list(NAMES.items()),
        "indicators": [(*indicator, "How it is worked out.") for indicator in INDICATORS],
        "rules": rules,
    }
    return {name: _rows(name, rows) for name, rows in made.items()}


@pytest.fixture(scope="session")
def given_tables() -> dict[str, pl.DataFrame]:
    """The tables by name."""
    return make_tables()


@pytest.fixture(scope="session")
def tables(given_tables: dict[str, pl.DataFrame]) -> ReportTables:
    """The tables of a full report."""
    return ReportTables.of(2026, given_tables)


@pytest.fixture(scope="session")
def tables_of(given_tables: dict[str, pl.DataFrame]) -> Callable[..., ReportTables]:
    """A report's tables with only those named."""
    return lambda year, *names: ReportTables.of(year, {name: given_tables[name] for name in names})
