"""How far the shares of codes in a stream are from those in a return."""

import polars as pl
import pytest

from quality.expectations.code_mix import FIELDS, code_mix
from quality.expectations.model import Limits
from quality.schemas.entities import ALL_ENTITIES

FEED, RETURN = "timely/204-d2i", "return/204-cin-2026"


def counts(**by_source: dict[str, int]) -> pl.DataFrame:
    """Rows by code of children.sex; sources are feed and annual."""
    rows = [
        (kind, source, "204", "children.sex", code, rows)
        for name, codes in by_source.items()
        for kind, source in [{"feed": FEED, "annual": RETURN}[name].split("/")]
        for code, rows in codes.items()
    ]
    names = ["source_type", "source_id", "la_code", "field", "code"]
    return pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String()), "rows": pl.Int64()}, orient="row")


def of_sex(frame: pl.DataFrame, limits: Limits) -> tuple[float | None, str | None]:
    found = code_mix(frame, limits)
    assert found["about"].to_list() == sorted(field.name for field in FIELDS)
    distance, reason = found.filter(pl.col("about") == "children.sex").select("distance_pct", "reason").row(0)
    return distance, reason


@pytest.mark.parametrize(
    ("feed", "annual", "distance"),
    [
        pytest.param({"F": 50, "M": 50}, {"F": 500, "M": 500}, 0, id="the same shares"),
        pytest.param({"F": 70, "M": 30}, {"F": 50, "M": 50}, 20, id="a fifth would have to change"),
        pytest.param({"F": 100}, {"M": 100}, 100, id="nothing in common"),
        pytest.param({"F": 50, "M": 40, "U": 10}, {"F": 50, "M": 50}, 10, id="a code that only the feed uses"),
        pytest.param({"F": 50, "M": 50}, {"F": 45, "M": 45, "U": 10}, 10, id="a code that only the return uses"),
    ],
)
def test_the_distance_is_the_share_that_would_have_to_change(
    limits: Limits, feed: dict[str, int], annual: dict[str, int], distance: float
) -> None:
    found, reason = of_sex(counts(feed=feed, annual=annual), limits)
    assert found == pytest.approx(distance)
    assert reason is None


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (counts(feed={"F": 50}), "no annual return of this LA holds it"),
        (counts(feed={"F": 9}, annual={"F": 50}), "fewer than 10 rows with a code on one side"),
        (counts(feed={"F": 50}, annual={"F": 9}), "fewer than 10 rows with a code on one side"),
    ],
)
def test_few_rows_or_none_say_nothing(limits: Limits, frame: pl.DataFrame, reason: str) -> None:
    assert of_sex(frame, limits) == (None, reason)


def test_ten_rows_are_enough(limits: Limits) -> None:
    assert of_sex(counts(feed={"F": 10}, annual={"F": 10}), limits) == (0.0, None)


def test_returns_of_another_authority_are_not_compared_with(limits: Limits) -> None:
    elsewhere = counts(annual={"M": 100}).with_columns(la_code=pl.lit("301"), source_id=pl.lit("301-cin-2026"))
    assert of_sex(pl.concat([counts(feed={"F": 100}), elsewhere]), limits)[0] is None


def test_two_streams_of_an_authority_are_measured_apart(limits: Limits) -> None:
    other = counts(feed={"M": 100}).with_columns(source_id=pl.lit("204-cms"))
    found = code_mix(pl.concat([counts(feed={"F": 100}, annual={"F": 100}), other]), limits)
    sex = found.filter(pl.col("about") == "children.sex")
    assert dict(sex.select("source_id", "distance_pct").iter_rows()) == {"204-d2i": 0.0, "204-cms": 100.0}


def test_every_field_is_a_code_that_the_feed_can_hold() -> None:
    for field in FIELDS:
        column = next(column for column in ALL_ENTITIES[field.entity].columns if column.name == field.column)
        assert (column.kind, column.return_only) == ("text", False), field.name
