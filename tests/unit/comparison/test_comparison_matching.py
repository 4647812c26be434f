"""Children are linked, rows of a child are matched, one to one, the same way whatever the order."""

from datetime import date

import polars as pl

from assets.comparison.linkage import TIER_CHILD_KEY, TIER_PUPIL_NUMBER, link_children, relabelled
from assets.comparison.matching import match_rows, record_match


def rows(*days: str | None, child: str = "a") -> pl.DataFrame:
    """Rows of one child starting on those days, numbered in order."""
    starts = [date.fromisoformat(day) if day else None for day in days]
    frame = pl.DataFrame(
        {"child_key": [child] * len(days), "start_date": starts}, schema_overrides={"start_date": pl.Date}
    )
    return frame.with_row_index("row")


def matched(timely: pl.DataFrame, returned: pl.DataFrame, tolerance: int = 7) -> list[tuple]:
    return match_rows(timely, returned, ["child_key"], "start_date", tolerance).sort("row").rows()


def test_equal_dates_match_before_near_ones():
    assert matched(rows("2025-05-01", "2025-05-03"), rows("2025-05-02", "2025-05-03")) == [(0, 0, 1), (1, 1, 0)]


def test_the_tolerance_is_inclusive():
    assert matched(rows("2025-05-08"), rows("2025-05-01")) == [(0, 0, 7)]
    assert matched(rows("2025-05-09"), rows("2025-05-01")) == []
    assert matched(rows("2025-05-02"), rows("2025-05-01"), tolerance=0) == []


def test_the_nearest_is_taken_and_the_loser_looks_further():
    timely, returned = rows("2025-05-04", "2025-05-10"), rows("2025-05-05", "2025-05-06")
    assert matched(timely, returned) == [(0, 0, 1), (1, 1, 4)]


def test_a_tie_goes_to_the_earlier_feed_date():
    assert matched(rows("2025-05-01", "2025-05-05"), rows("2025-05-03")) == [(0, 0, 2)]


def test_a_row_is_used_once_even_when_the_return_repeats_itself():
    assert matched(rows("2025-05-01"), rows("2025-05-01", "2025-05-01")) == [(0, 0, 0)]


def test_rows_of_another_child_and_rows_without_a_date_do_not_match():
    assert matched(rows("2025-05-01", child="b"), rows("2025-05-01")) == []
    assert matched(rows(None), rows(None)) == []


def children(*details: tuple[str, str | None, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(key, number, date.fromisoformat(born)) for key, number, born in details],
        schema={"child_key": pl.String(), "unique_pupil_number": pl.String(), "date_of_birth": pl.Date()},
        orient="row",
    )


def test_children_left_over_are_linked_by_pupil_number_and_birth_date():
    timely = children(("a", "u1", "2015-01-01"), ("b", "u2", "2015-01-02"), ("c", None, "2015-01-03"))
    returned = children(("a", "u9", "2015-01-01"), ("x", "u2", "2015-01-02"), ("y", None, "2015-01-03"))
    links = link_children(timely["child_key"], returned["child_key"], timely, returned)
    assert links.rows() == [("a", "a", TIER_CHILD_KEY), ("b", "x", TIER_PUPIL_NUMBER)]
    renamed = relabelled(timely, links).select("child_key", "timely_child_key").rows()
    assert renamed == [("a", "a"), ("x", "b"), ("c", "c")]


def test_details_shared_by_two_children_link_nobody():
    timely = children(("a", "u1", "2015-01-01"), ("b", "u1", "2015-01-01"))
    returned = children(("x", "u1", "2015-01-01"))
    assert link_children(timely["child_key"], returned["child_key"], timely, returned).is_empty()


def test_every_row_says_how_it_was_matched():
    timely = rows("2025-05-01", "2025-09-01").with_columns(timely_child_key=pl.lit("t"))
    returned = rows("2025-05-03", "2024-01-01")
    links = pl.DataFrame({"timely_child_key": ["t"], "child_key": ["a"], "tier": [TIER_PUPIL_NUMBER]})
    pairs = match_rows(timely, returned, ["child_key"], "start_date", 7)
    told = record_match("cin_plans", timely, returned, pairs, links).sort("outcome")
    assert told.select("outcome", "tier", "days_apart", "child_key", "timely_child_key").rows() == [
        ("both", TIER_PUPIL_NUMBER, 2, "a", "t"),
        ("return_only", TIER_PUPIL_NUMBER, None, "a", None),
        ("timely_only", TIER_PUPIL_NUMBER, None, "a", "t"),
    ]
