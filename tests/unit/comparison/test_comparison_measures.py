"""Shares, agreement, lags, indicators and validity, on tables small enough to do by hand."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from assets.comparison import wilson
from assets.comparison.agreement import field_agreement, with_agreement
from assets.comparison.coverage import coverage
from assets.comparison.indicator_agreement import VALUES_SCHEMA, indicator_agreement
from assets.comparison.timeliness import CURVE_SCHEMA, EVENTS, lag_curve, summary
from assets.comparison.validity import OUTCOMES_SCHEMA, validity


def test_wilson_agrees_with_the_published_example():
    low, high = wilson.interval(15, 148)  # Newcombe 1998, method 3
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)
    assert wilson.interval(0, 0) is None
    assert wilson.interval(10, 10)[1] == pytest.approx(1.0)


def test_the_column_form_of_the_interval_is_the_same_as_the_single_one():
    frame = wilson.with_share(pl.DataFrame({"k": [0, 15, 10, 0], "n": [5, 148, 10, 0]}), "k", "n", "s")
    for k, n, low, high in frame.select("k", "n", "low", "high").rows():
        assert (low, high) == (pytest.approx(wilson.interval(k, n)) if n else (None, None))
    assert frame["s"].to_list()[-1] is None


def test_coverage_says_what_only_one_side_holds():
    counted = pl.DataFrame({"entity": ["episodes"], "n_timely": [12], "n_return": [10], "n_both": [9]})
    row = coverage(counted).row(0, named=True)
    assert (row["n_timely_only"], row["n_return_only"], row["completeness"]) == (3, 1, 0.9)
    assert row["low"] < 0.9 < row["high"]


def test_only_pairs_where_both_sides_hold_a_value_are_compared():
    timely = pl.DataFrame({"row": [0, 1, 2, 3], "code": ["A", "A", None, "A"]}, schema_overrides={"row": pl.UInt32})
    returned = pl.DataFrame({"row": [0, 1, 2, 3], "code": ["A", "B", "A", None]}, schema_overrides={"row": pl.UInt32})
    pairs = pl.DataFrame(
        {"timely_row": [0, 1, 2, 3], "row": [0, 1, 2, 3]}, schema_overrides={"timely_row": pl.UInt32, "row": pl.UInt32}
    )
    row = with_agreement(field_agreement("episodes", ["code"], timely, returned, pairs)).row(0, named=True)
    assert (row["n_compared"], row["n_agree"], row["n_differ"]) == (2, 1, 1)
    assert (row["n_missing_timely"], row["n_missing_return"], row["agreement"]) == (1, 1, 0.5)


def test_postcodes_agree_however_they_are_spaced():
    side = {"row": pl.UInt32}
    timely = pl.DataFrame({"row": [0], "placement_postcode": ["ZZ1 1ZZ"]}, schema_overrides=side)
    returned = pl.DataFrame({"row": [0], "placement_postcode": ["zz11zz"]}, schema_overrides=side)
    pairs = pl.DataFrame({"timely_row": [0], "row": [0]}, schema_overrides={"timely_row": pl.UInt32, "row": pl.UInt32})
    assert field_agreement("placements", ["placement_postcode"], timely, returned, pairs)["n_agree"].to_list() == [1]


def version(child: str, day: str, known: datetime, *, is_open: bool = True) -> dict:
    return {
        "child_key": child,
        "start_date": date.fromisoformat(day),
        "end_date": None,
        "known_from": known,
        "is_open": is_open,
    }


def test_lag_runs_to_the_first_london_day_on_which_any_row_held_the_value():
    known = datetime(2025, 7, 3, 23, 30, tzinfo=UTC)  # 4 July in London
    plans = pl.DataFrame(
        [
            version("a", "2025-07-01", known, is_open=False),
            version("a", "2025-07-01", known.replace(day=20)),
            version("b", "2025-07-02", known, is_open=False),  # withdrawn: no longer what the feed says
            version("c", "2025-05-01", known),  # before the stream began
            version("d", "2025-08-01", known),  # after its last day
            version("e", "2025-07-05", known),  # told ahead of time
        ],
        schema_overrides={"end_date": pl.Date},
    ).cast({"known_from": pl.Datetime("us", "UTC")})
    curve = lag_curve({"cin_plans": plans}, date(2025, 6, 1), date(2025, 7, 31))
    assert curve.rows() == [("cin_plans", "start_date", -1, 1), ("cin_plans", "start_date", 3, 1)]


def test_lags_are_summed_up_by_their_weights():
    curve = pl.DataFrame(
        [
            ("episodes", "referral_date", 0, 6),
            ("episodes", "referral_date", 5, 3),
            ("episodes", "referral_date", 40, 1),
        ],
        schema=CURVE_SCHEMA,
        orient="row",
    )
    row = summary(curve, ["entity", "event"]).row(0, named=True)
    assert (row["n"], row["lag_median_days"], row["within_1_day"], row["within_7_days"], row["within_30_days"]) == (
        10,
        0.0,
        0.6,
        0.9,
        0.9,
    )
    assert row["lag_p90_days"] == pytest.approx(8.5)  # a tenth of the way from 5 to 40
    assert row["within_1_day_low"] < 0.6 < row["within_1_day_high"]


def test_no_events_no_summary():
    assert summary(pl.DataFrame(schema=CURVE_SCHEMA), ["entity", "event"]).is_empty()
    assert "children" not in EVENTS
    assert EVENTS["s47_enquiries"] == ("start_date", "end_date", "icpc_date")


def values(*rows: tuple) -> pl.DataFrame:
    full = [
        (kind, source, area, name, date(2026, 3, 31), 9.0, 100.0, value, "ok")
        for kind, source, area, name, value in rows
    ]
    return pl.DataFrame(full, schema=VALUES_SCHEMA, orient="row")


PAIR = pl.DataFrame(
    {
        "source_id": ["204-d2i"],
        "return_id": ["204-cin-2026"],
        "la_code": ["204"],
        "route": ["data_to_insight"],
        "period_end": [date(2026, 3, 31)],
    }
)


def test_indicators_stand_side_by_side():
    found = indicator_agreement(
        values(
            ("timely", "204-d2i", "204", "cin_rate", 315.0),
            ("return", "204-cin-2026", "204", "cin_rate", 300.0),
            ("published", "dfe", "204", "cin_rate", 301.0),
            ("return", "204-cin-2026", "204", "rereferral_pct", 20.0),
            ("timely", "204-d2i", "204", "rereferral_pct", 21.1),
            ("return", "204-cin-2026", "204", "cpp_2yrs_pct", 2.0),
            ("timely", "204-byo", "204", "cpp_2yrs_pct", 2.0),
        ),
        PAIR,
        5.0,
    )
    told = {row["indicator_id"]: row for row in found.iter_rows(named=True)}
    assert told["cin_rate"]["published_value"] == 301.0
    assert (told["cin_rate"]["difference"], told["cin_rate"]["within_tolerance"]) == (15.0, True)
    assert told["rereferral_pct"]["within_tolerance"] is False
    assert told["cpp_2yrs_pct"]["timely_value"] is None
    assert told["cpp_2yrs_pct"]["within_tolerance"] is None


def outcome(source: str, scope: str, result: str, checked: int, failed: int) -> tuple:
    return (source, "CSC-001", "error", "episodes", result, scope, checked, failed)


def test_the_same_rule_on_both_sources():
    outcomes = pl.DataFrame(
        [
            outcome("204-d2i", "state", "passed", 50, 0),
            outcome("204-d2i", "state", "failed", 50, 5),
            outcome("204-d2i", "record", "failed", 50, 50),
            outcome("204-d2i", "state", "not_applicable", 0, 0),
            outcome("204-cin-2026", "return", "failed", 40, 1),
        ],
        schema=OUTCOMES_SCHEMA,
        orient="row",
    )
    sources = pl.DataFrame(
        {
            "source_id": ["204-d2i", "204-cin-2026"],
            "source_type": ["timely", "return"],
            "la_code": ["204", "204"],
            "route": ["data_to_insight", None],
        }
    )
    rows = validity(outcomes, sources).select("source_id", "rows_checked", "rows_failed", "share").rows()
    assert rows == [("204-cin-2026", 40, 1, 0.025), ("204-d2i", 100, 5, 0.05)]
