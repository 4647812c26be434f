"""The suites of every collection, judged by Great Expectations on small frames: pass, fail, limit, missing, broken."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.expectations.judging import Judged, judge
from quality.expectations import code_mix, freshness, indicators, integrity, volumes
from quality.expectations.model import Limits, NotAbove, NotBelow, Suite
from quality.expectations.outcomes import OUTCOMES, Verdict, not_judged, outcomes
from quality.expectations.suites import COLLECTIONS, all_suites

DAY, NOW = date(2026, 4, 1), datetime(2026, 4, 2, 4, tzinfo=UTC)


def a_frame(**measures: Sequence[float | None]) -> pl.DataFrame:
    """One row for each value, on streams named 1, 2, ..."""
    length = len(next(iter(measures.values())))
    names = [str(number + 1) for number in range(length)]
    return pl.DataFrame(
        {"source_id": names, "la_code": ["204"] * length, "about": ["it"] * length, "reason": ["none"] * length}
        | {name: list(values) for name, values in measures.items()},
        schema_overrides=dict.fromkeys(measures, pl.Float64()),
    )


def judged(suite: Suite, frame: pl.DataFrame) -> tuple[Judged, pl.DataFrame]:
    said = judge([(suite, frame)], DAY, NOW)[suite.collection]
    return said, outcomes(suite, frame, said.verdicts)


def told(found: pl.DataFrame, expectation: str) -> list[str]:
    """First letters of the outcomes of one expectation, by row."""
    mine = found.filter(pl.col("expectation") == expectation).sort("source_id")
    return [outcome[0] for outcome in mine["outcome"]]


@pytest.mark.parametrize(
    ("made", "measures", "expected"),
    [
        pytest.param(
            volumes.suite,
            {"deviations": [0, 3, 3.01, -3, -3.01, None]},
            {"volume_like_the_days_before": "ppfpfn"},
            id="volumes",
        ),
        pytest.param(
            freshness.suite, {"silent_working_days": [0, 2, 3, 40]}, {"stream_not_silent": "ppff"}, id="freshness"
        ),
        pytest.param(
            code_mix.suite,
            {"distance_pct": [0, 20, 20.1, None]},
            {"codes_used_as_in_the_return": "ppfn"},
            id="code mix",
        ),
        pytest.param(
            lambda _: integrity.suite(),
            {"rows_without": [0, 1]},
            {"every_row_finds_what_it_speaks_of": "pf"},
            id="integrity",
        ),
        pytest.param(
            indicators.suite,
            {
                "value": [10, 5, 4.9, 20, 20.1, None, 7],
                "lowest": [5, 5, 5, 5, 5, None, None],
                "highest": [20, 20, 20, 20, 20, None, None],
            },
            {"not_below_published": "ppfppnn", "not_above_published": "ppppfnn"},
            id="indicators",
        ),
    ],
)
def test_rows_pass_fail_or_are_not_judged(
    limits: Limits, made: Any, measures: dict[str, list[float | None]], expected: dict[str, str]
) -> None:
    suite, frame = made(limits), a_frame(**measures)
    _, found = judged(suite, frame)
    assert {name: "".join(told(found, name)) for name in expected} == expected
    assert dict(found.schema) == OUTCOMES
    assert found.height == frame.height * len(suite.expectations)
    assert set(found.filter(pl.col("outcome") == "not_applicable")["reason"]) <= {"none"}
    assert (
        found.filter(pl.col("outcome") != "not_applicable")["reason"].null_count()
        == found["outcome"].is_in(["passed", "failed"]).sum()
    )


def test_nothing_but_missing_values_is_not_judged(limits: Limits) -> None:
    _, found = judged(volumes.suite(limits), a_frame(deviations=[None, None]))
    assert found["outcome"].to_list() == ["not_applicable"] * 2


def test_a_collection_without_rows_says_what_that_means(limits: Limits) -> None:
    for suite in all_suites(limits):
        measures = {each.measure for each in suite.expectations} | {
            each.limit for each in suite.expectations if isinstance(each, NotBelow | NotAbove)
        }
        _, found = judged(suite, a_frame(**{name: [0.0] for name in measures}).clear())
        assert set(found.select("outcome", "reason").iter_rows()) == {("not_applicable", suite.nothing)}


def test_an_exception_is_not_a_failed_expectation(limits: Limits) -> None:
    """Great Expectations gives both success false; only exception_info tells them apart."""
    frame = a_frame(deviations=[1]).with_columns(deviations=pl.lit("a word"))
    said, found = judged(volumes.suite(limits), frame)
    assert found["outcome"].to_list() == ["could_not_run"]
    assert found["reason"][0].startswith("Great Expectations raised ")
    assert "a word" not in str(said.verdicts)
    assert "Traceback" not in said.page


def test_a_missing_measure_could_not_run(limits: Limits) -> None:
    said = judge([(freshness.suite(limits), a_frame(other=[1]))], DAY, NOW)
    assert said["freshness"].verdicts["stream_not_silent"].broken == "Great Expectations raised MetricResolutionError"


def test_a_broken_expectation_leaves_the_others_of_its_suite(limits: Limits) -> None:
    suite = indicators.suite(limits)
    frame = a_frame(value=[1, 9], lowest=[2, 2], highest=[5, 5])
    verdicts = {"not_below_published": Verdict(broken="broke"), "not_above_published": Verdict(failed=[("2", "it")])}
    found = outcomes(suite, frame, verdicts)
    assert found.select("expectation", "source_id", "outcome").rows() == [
        ("not_below_published", None, "could_not_run"),
        ("not_above_published", "1", "passed"),
        ("not_above_published", "2", "failed"),
    ]


def test_limits_stand_beside_what_was_observed(limits: Limits) -> None:
    _, found = judged(indicators.suite(limits), a_frame(value=[4], lowest=[5], highest=[20]))
    assert found.select("observed", "minimum", "maximum").rows() == [(4.0, 5.0, None), (4.0, None, 20.0)]


def test_settings_are_the_limits(limits: Limits) -> None:
    assert volumes.suite(limits).expectations[0].maximum == limits.volume_deviations
    assert freshness.suite(limits).expectations[0].maximum == limits.silent_working_days - 1
    assert code_mix.suite(limits).expectations[0].maximum == limits.code_mix_pct


def test_names_are_told_apart(limits: Limits) -> None:
    suites = all_suites(limits)
    assert tuple(suite.collection for suite in suites) == COLLECTIONS
    names = [each.name for suite in suites for each in suite.expectations]
    assert len(names) == len(set(names))


def test_every_rule_that_is_an_expectation_is_one(limits: Limits, repository: Path) -> None:
    with (repository / "dbt_project" / "seeds" / "rule.csv").open(newline="", encoding="utf-8") as handle:
        rules = {row["rule_id"] for row in csv.DictReader(handle) if row["judged_by"] == "expectation"}
    claimed = {each.rule_id for suite in all_suites(limits) for each in suite.expectations}
    assert claimed - {None} == rules


def test_a_collection_not_looked_at_has_a_row_each_expectation(limits: Limits) -> None:
    found = not_judged(indicators.suite(limits), "could_not_run", "its query ended in Error")
    assert found.select("expectation", "outcome", "source_id").rows() == [
        ("not_below_published", "could_not_run", None),
        ("not_above_published", "could_not_run", None),
    ]
