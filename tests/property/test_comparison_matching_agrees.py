"""Matching all children at a time gives what going down the list of pairs by hand gives, whatever the order of rows."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.comparison.matching import match_rows

START = date(2025, 5, 1)
DAYS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 20)), max_size=8)
TOLERANCE = 4


def frame(rows: list[tuple[str, int]]) -> pl.DataFrame:
    """Rows numbered by what they say."""
    ordered = [(child, START + timedelta(days=day)) for child, day in sorted(rows)]
    schema = {"child_key": pl.String(), "start_date": pl.Date()}
    return pl.DataFrame(ordered, schema=schema, orient="row").with_row_index("row")


def by_hand(timely: pl.DataFrame, returned: pl.DataFrame) -> set[tuple[int, int]]:
    """Every pair in order of preference; take it if neither row is taken."""
    pairs = sorted(
        (abs((left[2] - right[2]).days), left[2], right[2], left[0], right[0])
        for left in timely.rows()
        for right in returned.rows()
        if left[1] == right[1] and abs((left[2] - right[2]).days) <= TOLERANCE
    )
    taken: set[tuple[int, int]] = set()
    for *_, left, right in pairs:
        if all(left != used_left and right != used_right for used_left, used_right in taken):
            taken.add((left, right))
    return taken


@settings(max_examples=150, deadline=None, derandomize=True)
@given(DAYS, DAYS, st.randoms(use_true_random=False))
def test_matching_is_the_greedy_assignment_and_ignores_order(left, right, chance):
    timely, returned = frame(left), frame(right)
    shuffled = timely.sample(fraction=1, shuffle=True, seed=chance.randrange(1000))
    found = match_rows(shuffled, returned, ["child_key"], "start_date", TOLERANCE)
    assert set(found.select("timely_row", "row").rows()) == by_hand(timely, returned)
    assert found["timely_row"].is_unique().all()
    assert found["row"].is_unique().all()
