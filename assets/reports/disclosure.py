"""Small numbers: what may not be shown, and what else must go so that it cannot be worked out.

A count from 1 up to the small number is shown as `c`, and so is whatever total or part would give it away. Shares are
hidden with the counts they rest on. How tables look does not belong here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

SUPPRESSED = "c"
SMALL_NUMBER = 5
ROUND_TO = 10  # bases of shares are shown to the nearest ten, so that two tables cannot be subtracted
_NEAR_ZERO = 1e-9
_ROOM = 10  # below ten times the small number a limit would be too loose to be worth stating


class DisclosureError(ValueError):
    """A table that cannot be made safe, or that contradicts itself."""


@dataclass(frozen=True)
class Sum:
    """That one published cell is the sum of others, by their positions in the list of cells."""

    total: int
    parts: tuple[int, ...]


def is_small(count: int, small_number: int = SMALL_NUMBER) -> bool:
    """Whether a count is too small to be shown. Zero may be shown."""
    return 0 < count <= small_number


def rounded(count: int) -> int:
    """A count to the nearest ten, half up."""
    return (count + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def hidden_cells(values: Sequence[int], sums: Sequence[Sum], small_number: int = SMALL_NUMBER) -> list[bool]:
    """Which cells to hide: the small ones, and others until no small one can be worked out from what is shown.

    The reader is taken to know every sum, which cells are small, that the other hidden ones are not small, and how
    this works. A small cell is safe when another table, with another number in that cell, fits all of it too. Below a
    small total everything is hidden, noughts too: they would leave too little room.
    """
    _check(values, sums)
    small_cells = {cell for cell, value in enumerate(values) if is_small(value, small_number)}
    below = _below_small_totals(sums, small_cells)
    bounds = _Bounds(small_cells | below, below, small_number)
    hidden = small_cells | below
    layer = _heights(sums, set(range(len(values))))
    while exposed := _exposed(values, sums, hidden, bounds):
        more = {_another(values, sums, hidden, cell, layer) for cell in exposed} - {None}
        if not more:
            # Nothing is left to hide, so nothing is shown, and there is nothing to work anything out from.
            return [cell in hidden for cell in range(len(values))]
        hidden |= {cell for cell in more if cell is not None}
    # The search hides more than it needs on its way: show again what can be shown, totals and large numbers first.
    for cell in sorted(hidden - small_cells - below, key=lambda cell: (-layer[cell], -values[cell], cell)):
        if not _exposed(values, sums, hidden - {cell}, bounds):
            hidden.remove(cell)
    return [cell in hidden for cell in range(len(values))]


def _check(values: Sequence[int], sums: Sequence[Sum]) -> None:
    for position, rule in enumerate(sums):
        if values[rule.total] != sum(values[part] for part in rule.parts):
            raise DisclosureError(f"sum {position} of the table does not add up; publish the table that its parts make")
    if any(value < 0 for value in values):
        raise DisclosureError("a count is below zero")


def _below_small_totals(sums: Sequence[Sum], small_cells: set[int]) -> set[int]:
    """Every part of a small total, and their parts in turn."""
    below: set[int] = set()
    while True:
        reached = small_cells | below
        parts = {part for rule in sums if rule.total in reached for part in rule.parts}
        if parts <= below:
            return below
        below |= parts


@dataclass(frozen=True)
class _Bounds:
    """What a reader knows of hidden cells: which are small, which may be nought, and that the others are not small."""

    small_cells: set[int]
    may_be_nought: set[int]
    small_number: int

    def allow(self, group: list[int], numbers: np.ndarray) -> bool:
        """Whether the reader could take the cells of a group for these numbers."""
        lowest = [self._lowest(cell) for cell in group]
        highest = [max(self.small_number, 2) if cell in self.small_cells else np.inf for cell in group]
        return bool((numbers >= lowest).all() and (numbers <= highest).all())

    def _lowest(self, cell: int) -> int:
        if cell in self.may_be_nought:
            return 0
        return 1 if cell in self.small_cells else self.small_number + 1


def _exposed(values: Sequence[int], sums: Sequence[Sum], hidden: set[int], bounds: _Bounds) -> list[int]:
    """Small cells for which no other number fits; one a group, as hiding for one often serves its neighbours."""
    exposed = []
    height = _heights(sums, hidden)
    for group in _groups(sums, hidden):
        group.sort(key=lambda cell: (-height[cell], cell))
        moves = _moves(sums, group)
        for cell in group:
            if values[cell] and cell in bounds.small_cells and not _can_move(values, group, moves, cell, bounds):
                exposed.append(cell)
                break
    return exposed


def _heights(sums: Sequence[Sum], cells: set[int]) -> dict[int, int]:
    """How many layers of parts lie below each cell."""
    height = dict.fromkeys(cells, 0)
    for _ in sums:
        before = dict(height)
        for rule in sums:
            if rule.total in height:
                below = max((height[part] for part in rule.parts if part in height), default=0)
                height[rule.total] = max(height[rule.total], below + 1)
        if height == before:
            break
    return height


def _groups(sums: Sequence[Sum], hidden: set[int]) -> list[list[int]]:
    """Hidden cells that share sums, directly or through others."""
    group_of = {cell: {cell} for cell in hidden}
    for rule in sums:
        linked = [cell for cell in (rule.total, *rule.parts) if cell in hidden]
        for cell in linked[1:]:
            if group_of[cell] is not group_of[linked[0]]:
                merged = group_of[linked[0]] | group_of[cell]
                for member in merged:
                    group_of[member] = merged
    unique = {id(group): sorted(group) for group in group_of.values()}
    return sorted(unique.values())


def _moves(sums: Sequence[Sum], group: list[int]) -> list[np.ndarray]:
    """Whole-number changes of the hidden cells that leave every shown number as it is.

    Totals are solved for and parts left free, so that the changes found are the plain ones: a part with its totals.
    """
    place = {cell: position for position, cell in enumerate(group)}
    rows = []
    for rule in sums:
        row = np.zeros(len(group))
        for part in rule.parts:
            if part in place:
                row[place[part]] += 1
        if rule.total in place:
            row[place[rule.total]] -= 1
        if row.any():
            rows.append(row)
    basis = _null_space(np.array(rows).reshape(len(rows), len(group)))
    pairs = [a + sign * b for a, b in combinations(basis, 2) for sign in (1, -1)]
    return [*basis, *pairs]


def _null_space(matrix: np.ndarray) -> list[np.ndarray]:
    """Vectors that the matrix sends to nothing, one for each free column, by elimination."""
    reduced, pivots = matrix.copy(), []
    row = 0
    for column in range(matrix.shape[1]):
        if row == len(reduced):
            break
        best = row + int(np.argmax(np.abs(reduced[row:, column])))
        if abs(reduced[best, column]) < _NEAR_ZERO:
            continue
        reduced[[row, best]] = reduced[[best, row]]
        reduced[row] /= reduced[row, column]
        others = np.arange(len(reduced)) != row
        reduced[others] -= np.outer(reduced[others, column], reduced[row])
        pivots.append(column)
        row += 1
    vectors = []
    for free in (column for column in range(matrix.shape[1]) if column not in pivots):
        vector = np.zeros(matrix.shape[1])
        vector[free] = 1
        vector[pivots] = -reduced[: len(pivots), free]
        vectors.append(np.round(vector, 9))
    return vectors


def _can_move(values: Sequence[int], group: list[int], moves: list[np.ndarray], cell: int, bounds: _Bounds) -> bool:
    """Whether some change of this cell gives a table that the reader could not tell from the true one."""
    now = np.array([values[member] for member in group])
    place = group.index(cell)
    for move in moves:
        if abs(move[place]) < _NEAR_ZERO or (move != np.round(move)).any():
            continue
        if bounds.allow(group, now + move) or bounds.allow(group, now - move):
            return True
    return False


def _another(
    values: Sequence[int], sums: Sequence[Sum], hidden: set[int], exposed: int, layer: Mapping[int, int]
) -> int | None:
    """The next cell to hide for an exposed one: near it, with the fewest layers below it, and as small as can be."""
    reached, seen = {exposed}, -1
    while len(reached) != seen:
        seen = len(reached)
        near = {cell for rule in sums if _touches(rule, reached) for cell in (rule.total, *rule.parts)}
        candidates = [(layer[cell], values[cell], cell) for cell in near if cell not in hidden and values[cell] > 0]
        if candidates:
            return min(candidates)[2]
        reached |= near & hidden
    return None


def _touches(rule: Sum, cells: set[int]) -> bool:
    return rule.total in cells or any(part in cells for part in rule.parts)


def with_hidden(
    frame: pl.DataFrame, counts: Sequence[str], sums: Sequence[Sum], small_number: int = SMALL_NUMBER
) -> pl.DataFrame:
    """The frame with `<column>_hidden` beside each count, saying which must not be shown.

    Cells are numbered row by row: the cell of column k in row r is r * len(counts) + k; `sums` uses these numbers.
    """
    values = [int(value) for row in frame.select(counts).iter_rows() for value in row]
    flags = hidden_cells(values, sums, small_number)
    columns = {name: flags[k :: len(counts)] for k, name in enumerate(counts)}
    return frame.with_columns(pl.Series(f"{name}_hidden", flag, dtype=pl.Boolean) for name, flag in columns.items())


def share_limit(successes: int, n: int, small_number: int = SMALL_NUMBER) -> tuple[str, float] | None:
    """What may still be said of a share that rests on a small number: ('at least'|'at most', limit); None if nothing.

    It says no more than `c` for the small part does: that it lies between 1 and the small number.
    """
    if n < _ROOM * small_number:
        return None
    if is_small(n - successes, small_number):
        return "at least", (n - small_number) / n
    if is_small(successes, small_number):
        return "at most", small_number / n
    return None
