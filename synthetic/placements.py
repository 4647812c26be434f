"""The chain of placements within each period of care, and the changes of legal status that are not moves.

A chain has no gaps: each placement starts on the day on which the one before it ends.
"""

import numpy as np
import polars as pl

from synthetic import rates
from synthetic.draws import DAYS_A_YEAR, NEVER, Days, Flags, birthday, first_of, pick, spread
from synthetic.pathways import Horizon

_MOST_MOVES = 26
_SHORTEST_PLACEMENT = 20  # days; nearer moves would make the matching of rows doubtful
_COURSE = ("V2", "C1", "C2")  # legal statuses in the order in which they follow each other
_FOSTER = ["U1", "U2", "U3", "U4", "U5", "U6"]


def chains(rng: np.random.Generator, paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """One row a placement that touches the window: path, start, end, reasons, type. Days may lie after the horizon."""
    stays = paths.filter((pl.col("care_end") >= horizon.window) & (pl.col("care_start") <= horizon.end))
    starts, path_of = _starts(rng, stays)
    size = starts.size
    first = np.r_[True, path_of[1:] != path_of[:-1]]
    last = np.r_[path_of[1:] != path_of[:-1], True]
    end = np.where(last, stays["care_end"].to_numpy()[path_of], np.r_[starts[1:], NEVER])
    placed_for_adoption = last & (stays["placed"].to_numpy()[path_of] < NEVER)
    kind = _types(rng, stays, path_of, starts, placed_for_adoption)
    status, moves = _statuses(rng, stays, path_of, starts, kind)
    kind = _not_at_home_twice(np.where((kind == "P1") & (status == "V2"), "U4", kind), path_of)
    frame = pl.DataFrame(
        {
            "path": stays["path"].to_numpy()[path_of],
            "start_date": starts,
            "end_date": end,
            "placement_type": kind,
            "start_reason": np.where(first, "S", moves),
            "legal_status": status,
            "is_last": last,
            "end_reason": np.where(last, _exit(stays["end_reason"].to_numpy()[path_of], kind), "X1"),
            "change_reason": np.where(last, "", pick(rng, rates.CHANGE_REASON, size)),
        }
    ).with_columns(change_reason=pl.when("is_last").then(None).otherwise(pl.col("change_reason")))
    return frame.filter((pl.col("end_date") >= horizon.window) & (pl.col("start_date") <= horizon.end))


def _starts(rng: np.random.Generator, stays: pl.DataFrame) -> tuple[Days, Days]:
    """Start of every placement, and the position in `stays` of its period of care."""
    size = stays.height
    unsettled = rng.random(size) < rates.UNSETTLED
    rate = np.where(unsettled, rates.MOVES_A_YEAR["unsettled"], rates.MOVES_A_YEAR["settled"])
    gaps = rng.exponential(DAYS_A_YEAR / rate[:, None], (size, _MOST_MOVES)).astype(np.int64) + _SHORTEST_PLACEMENT
    begin = stays["care_start"].to_numpy()[:, None]
    moves = begin + gaps.cumsum(axis=1)
    placed = stays["placed"].to_numpy()[:, None]
    until = np.minimum(stays["care_end"].to_numpy()[:, None], placed)
    grid = np.concatenate([begin, np.where(moves < until - _SHORTEST_PLACEMENT, moves, NEVER), placed], axis=1)
    valid = grid < NEVER
    return grid[valid], np.nonzero(valid)[0]


def _types(rng: np.random.Generator, stays: pl.DataFrame, path_of: Days, starts: Days, adoptive: Flags) -> np.ndarray:
    size = starts.size
    born = stays["born"].to_numpy()[path_of]
    grown = starts >= birthday(born, 16)
    alone = stays["unaccompanied"].to_numpy()[path_of]
    kind = np.where(grown, pick(rng, rates.PLACEMENT_FROM_16, size), pick(rng, rates.PLACEMENT_UNDER_16, size))
    kind = np.where(alone, pick(rng, rates.PLACEMENT_UNACCOMPANIED, size), kind)
    kind = np.where(~grown & (kind == "K3"), "U6", kind)
    kind = np.where(kind == "K2", np.where(starts < birthday(born, 5), "U6", kind), kind)
    kind = np.where((kind == "K1") & (starts < birthday(born, 12)), "U6", kind)
    return np.where(adoptive, "A6", kind)


def _exit(reason: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Codes that depend on the last placement: guardianship by a foster carer or another, staying with a carer."""
    fostered = np.isin(kind, _FOSTER)
    guardian = np.where(fostered, np.where(np.isin(kind, ["U1", "U2", "U3"]), "E45", "E46"), "E47")
    reason = np.where(reason == "SGO", guardian, reason)
    return np.where((reason == "E17") & ~fostered, "E5", reason)


def _statuses(
    rng: np.random.Generator, stays: pl.DataFrame, path_of: Days, starts: Days, kind: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Legal status at the start of each placement, and the reason P or B why it starts: with B the status changes too.

    A period of care goes from V2 to C1 to C2 and no way back; a placement for adoption comes with its order.
    """
    size = starts.size
    begun = pick(rng, {"C2": 55, "C1": 22, "V2": 22, "J1": 1}, stays.height)[path_of]
    first = first_of(path_of)
    began = first == np.arange(size)
    start_of_care = stays["care_start"].to_numpy()[path_of]
    too_young = start_of_care <= birthday(stays["born"].to_numpy()[path_of], 10)
    begun = np.where((begun == "J1") & too_young, "C2", begun)
    begun = np.where(stays["unaccompanied"].to_numpy()[path_of], "V2", begun)
    steps = np.where(rng.random(size) < rates.STATUS_CHANGES_WITH_MOVE, 1, 0) * ~began
    taken = np.cumsum(steps)
    taken = taken - taken[first]
    fixed = stays["unaccompanied"].to_numpy()[path_of] | ~np.isin(begun, _COURSE)
    place = np.minimum((begun == "C1") + 2 * (begun == "C2") + taken, len(_COURSE) - 1)
    status = np.where(fixed, begun, np.array(_COURSE)[place])
    status = np.where(kind == "A6", "E1", status)
    changed = ~began & (status != np.r_[status[:1], status[:-1]])
    return status, np.where(changed, "B", "P")


def _not_at_home_twice(kind: np.ndarray, path_of: Days) -> np.ndarray:
    """A child at home who moves does not move home."""
    again = (kind[1:] == "P1") & (kind[:-1] == "P1") & (path_of[1:] == path_of[:-1])
    return np.where(np.r_[False, again], "U6", kind)


def providers(rng: np.random.Generator, kind: np.ndarray, inside: Flags) -> np.ndarray:
    """Who provides the placement. The LA's own homes lie in the LA; hospitals and custody are other public bodies'."""
    provider = pick(rng, rates.PROVIDER, kind.size)
    at_carers = np.isin(kind, [*_FOSTER, "A6"])
    provider = np.where((provider == "PR1") & ~inside & ~at_carers, "PR4", provider)
    provider = np.where((provider == "PR3") & (at_carers | np.isin(kind, ["K1", "K2"])), "PR4", provider)
    provider = np.where(np.isin(kind, ["R2", "R5"]), "PR3", provider)
    return np.where(kind == "P1", "PR0", provider)


def changes_of_status(
    rng: np.random.Generator, placements: pl.DataFrame, year_start: int, year_end: int
) -> pl.DataFrame:
    """For some last placements a change of legal status inside the year: changed_on, changed_to (null for most).

    Only inside the year, so that the part before the change is always in the return beside the part after it.
    """
    size = placements.height
    start, end = placements["start_date"].to_numpy(), placements["end_date"].to_numpy()
    status = placements["legal_status"].to_numpy()
    earliest = np.maximum(start, year_start) + 22
    changed = earliest + spread(rng, 0, 300, size)
    possible = placements["is_last"].to_numpy() & ~placements["unaccompanied"].to_numpy() & np.isin(status, _COURSE[:2])
    chosen = possible & (changed < np.minimum(end, year_end) - 22) & (rng.random(size) < 0.6)
    after = np.where(status == "C1", "C2", "C1")
    return (
        placements.with_columns(
            changed_on=pl.Series(changed),
            changed_to=pl.Series(after),
            _chosen=pl.Series(chosen),
        )
        .with_columns(
            pl.when("_chosen").then(pl.col(name)).otherwise(None).alias(name) for name in ("changed_on", "changed_to")
        )
        .drop("_chosen")
    )
