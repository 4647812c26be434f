"""The report's coverage: what is shown of authorities and of routes, taken together, never gives a small count away."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.reports.pooled import COVERAGE_COUNTS, coverage_cells, curve_points

ROUTES = ("build_your_own", "data_to_insight")
COUNT = st.integers(0, 30)


def coverage(rows: list[tuple[int, int, int]]) -> pl.DataFrame:
    """Streams of authorities on either route, one entity; (authority, in both, only in the return)."""
    totals: dict[int, int] = {}
    seen: set[tuple[int, int]] = set()
    full = []
    for position, (la, both, only) in enumerate(rows):
        route = position % 2
        if (la, route) in seen:
            continue
        seen.add((la, route))
        n = totals.setdefault(la, both + only)  # one return, whichever route it is compared with
        full.append((ROUTES[route], "cin", "episodes", f"{la}-{route}", str(la), n + 3, n, min(both, n)))
    names = ["route", "kind", "entity", "source_id", "la_code", "n_timely", "n_return", "n_both"]
    return pl.DataFrame(full, schema=names, orient="row")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 3), COUNT, COUNT), min_size=1, max_size=6))
def test_no_sum_has_a_single_hidden_cell(rows):
    cells = coverage_cells(coverage(rows))
    for row in cells.iter_rows(named=True):
        flags = [row[f"{name}_hidden"] for name in COVERAGE_COUNTS]
        assert sum(flags) != 1 or not any(0 < row[name] <= 5 for name in COVERAGE_COUNTS)
        assert all(row[f"{name}_hidden"] for name in COVERAGE_COUNTS if 0 < row[name] <= 5)
    for of_route in cells.partition_by("route"):
        for name in COVERAGE_COUNTS:
            hidden = of_route.filter(pl.col(f"{name}_hidden"))
            assert hidden.height != 1 or not 0 < hidden[name].item() <= 5


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 12)), min_size=1, max_size=20))
def test_no_step_of_the_curve_is_a_small_number(lags):
    curve = pl.DataFrame(
        [("build_your_own", lag, n) for lag, n in lags],
        schema={"route": pl.String(), "lag_days": pl.Int32(), "n": pl.Int64()},
        orient="row",
    )
    known = [0, *curve_points(curve)["n"].to_list()]
    total = sum(n for _, n in lags)
    steps = [later - earlier for earlier, later in zip(known, known[1:], strict=False)]
    assert not [step for step in steps if 0 < step <= 5]
    if len(known) > 1:
        assert not 0 < total - known[-1] <= 5
