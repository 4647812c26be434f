"""A reader who tries every table that fits what is shown never finds a small number settled."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.reports.disclosure import Sum, hidden_cells, is_small

SMALL = 3  # small enough that every table that fits can be tried
LARGEST = 9
ROWS = st.lists(st.tuples(st.integers(0, LARGEST), st.integers(0, LARGEST)), min_size=1, max_size=3)
COLUMNS = 3  # both, only in the return, and their sum


def table(rows: list[tuple[int, int]]) -> tuple[list[int], list[Sum]]:
    """Rows of two parts and their sum, and a last row of totals: every cell published unless hidden."""
    full = [*rows, (sum(row[0] for row in rows), sum(row[1] for row in rows))]
    values = [cell for row in full for cell in (*row, sum(row))]
    of_rows = [Sum(3 * r + 2, (3 * r, 3 * r + 1)) for r in range(len(full))]
    of_columns = [Sum(3 * len(rows) + k, tuple(3 * r + k for r in range(len(rows)))) for k in range(COLUMNS)]
    return values, of_rows + of_columns


def below_small(values: list[int], sums: list[Sum]) -> set[int]:
    """Cells below a small total, which may be nought for all a reader knows."""
    below: set[int] = set()
    for _ in values:
        for rule in sums:
            if is_small(values[rule.total], SMALL) or rule.total in below:
                below |= set(rule.parts)
    return below


def fits(value: int, true: int, *, hidden: bool, nought: bool) -> bool:
    """Whether a reader could take the cell for this value."""
    if not hidden:
        return value == true
    if nought:
        return value <= SMALL
    return is_small(value, SMALL) if is_small(true, SMALL) else value > SMALL


def rows_that_fit(values: list[int], flags: list[bool], noughts: set[int], row: int, largest: int) -> list[tuple]:
    """Every pair of parts that a reader could take a row for."""

    def fit(value: int, k: int) -> bool:
        cell = 3 * row + k
        return fits(value, values[cell], hidden=flags[cell], nought=cell in noughts)

    firsts = [a for a in range(largest + 1) if fit(a, 0)]
    seconds = [b for b in range(largest + 1) if fit(b, 1)]
    return [(a, b) for a in firsts for b in seconds if fit(a + b, 2)]


def tables_that_fit(
    values: list[int], flags: list[bool], noughts: set[int], n_rows: int
) -> list[list[tuple[int, int]]]:
    """Every table, rows then totals, that agrees with all that is shown."""
    largest = 2 * LARGEST + 2
    found: list[list[tuple[int, int]]] = []
    options = [rows_that_fit(values, flags, noughts, row, largest) for row in range(n_rows)]
    totals = set(rows_that_fit(values, flags, noughts, n_rows, n_rows * largest))

    def extend(chosen: list[tuple[int, int]]) -> None:
        if len(chosen) == n_rows:
            total = (sum(row[0] for row in chosen), sum(row[1] for row in chosen))
            if total in totals:
                found.append([*chosen, total])
            return
        for option in options[len(chosen)]:
            extend([*chosen, option])

    extend([])
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(ROWS.filter(lambda rows: len(rows) <= 2))
def test_no_total_minus_its_parts_settles_a_small_number(rows):
    values, sums = table(rows)
    flags = hidden_cells(values, sums, SMALL)
    possible = tables_that_fit(values, flags, below_small(values, sums), len(rows))
    assert possible, "the true table must be among those that fit"
    for cell, value in enumerate(values):
        if is_small(value, SMALL):
            seen = {(*row, sum(row))[cell % 3] for row in (table_[cell // 3] for table_ in possible)}
            assert len(seen) > 1, f"cell {cell} can only be {seen}"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(1, 6))
def test_one_total_and_its_parts(parts, small_number):
    values = [*parts, sum(parts)]
    flags = hidden_cells(values, [Sum(len(parts), tuple(range(len(parts))))], small_number)
    for value, flag in zip(values, flags, strict=True):
        assert flag or not is_small(value, small_number)
    small_hidden = [value for value, flag in zip(parts, flags, strict=False) if flag]
    if not flags[-1]:
        assert len(small_hidden) != 1


@settings(max_examples=40, deadline=None, derandomize=True)
@given(ROWS)
def test_nothing_large_is_hidden_where_nothing_is_small(rows):
    values, sums = table([(a + SMALL + 1, b + SMALL + 1) for a, b in rows])
    assert not any(hidden_cells(values, sums, SMALL))
