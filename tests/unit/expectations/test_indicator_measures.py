"""Which indicator values are held against the published years, and with which margin."""

from typing import Any

import polars as pl
import pytest

from quality.expectations.indicators import indicators
from quality.expectations.model import Limits

_A_VALUE = {
    "source_id": "204-d2i",
    "la_code": "204",
    "indicator_id": "rereferral_pct",
    "unit": "percent",
    "numerator": 40,
    "denominator": 200,
    "value": 20.0,
    "status": "ok",
    "lowest": 16.0,
    "highest": 24.0,
}


def judged(limits: Limits, **changed: Any) -> tuple[Any, ...]:
    """value, lowest, highest and reason of one value."""
    schema = pl.DataFrame([_A_VALUE]).schema
    found = indicators(pl.DataFrame([_A_VALUE | changed], schema=schema), limits)
    return found.select("value", "lowest", "highest", "reason").row(0)


def test_the_published_range_is_widened_on_both_sides(limits: Limits) -> None:
    assert judged(limits) == (20.0, 12.0, 30.0, None)


def test_nothing_published_says_so(limits: Limits) -> None:
    assert judged(limits, lowest=None, highest=None)[3] == "nothing is published for this LA"


@pytest.mark.parametrize("changed", [{"status": "u"}, {"status": "x"}, {"value": None}])
def test_a_value_that_is_not_ok_is_not_held_against_anything(limits: Limits, changed: dict[str, Any]) -> None:
    assert judged(limits, **changed)[3] == "the value is missing, or looks back to before the stream's coverage"


@pytest.mark.parametrize(
    ("changed", "is_judged"),
    [
        pytest.param({"numerator": 5}, False, id="few in the numerator"),
        pytest.param({"numerator": 6}, True, id="just enough"),
        pytest.param({"numerator": 0}, True, id="none names nobody"),
        pytest.param({"denominator": 44}, False, id="few outside the numerator"),
        pytest.param({"denominator": 40}, True, id="none outside it"),
        pytest.param({"unit": "mean", "numerator": 4, "denominator": 30}, True, id="a sum of scores is no count"),
        pytest.param({"unit": "mean", "numerator": 40, "denominator": 4}, False, id="few behind a mean"),
        pytest.param({"unit": "rate_per_10000", "numerator": 3, "denominator": 9000}, False, id="few behind a rate"),
        pytest.param({"unit": "count", "numerator": 4, "denominator": None}, False, id="a small count"),
        pytest.param({"unit": "count", "numerator": 400, "denominator": None}, True, id="a large one"),
    ],
)
def test_a_value_of_few_children_is_not_shown(limits: Limits, changed: dict[str, Any], is_judged: bool) -> None:
    value, lowest, highest, reason = judged(limits, **changed)
    if is_judged:
        assert (value, reason) == (20.0, None)
    else:
        assert (value, lowest, highest, reason) == (None, None, None, "rests on a count of 1 to 5")
