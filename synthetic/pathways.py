"""The path of each referral: one row an episode, one column a day on which something happens.

Episodes outside care come from here with their repeats; those that lead to care are started in care.py, which shares
the steps below. Turning paths into entity tables is the business of lifecycle.py.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from synthetic import rates
from synthetic.draws import DAYS_A_YEAR, NEVER, Days, Flags, pick, skewed, spread, surviving, weekday, when

LEAD_YEARS = 5  # long enough before the window for the longest plan to be still running in it
_REPEAT_GAP_DAYS = 20  # never less between two referrals of a child: near dates would make their matching doubtful


@dataclass(frozen=True)
class Horizon:
    """The days between which lives matter: what ended before `window` is not kept, what starts after `end` not made."""

    window: int
    end: int


def assessed(rng: np.random.Generator, referred: Days) -> tuple[Days, Days]:
    """Start and authorisation of the first assessment; about one in six takes clearly more than 45 working days."""
    size = referred.size
    start = weekday(referred + spread(rng, 0, 3, size))
    in_time = rng.random(size) < rates.ASSESSED_IN_TIME
    days = np.where(in_time, rng.triangular(8, 50, 60, size).astype(np.int64), spread(rng, 70, 92, size))
    return start, weekday(start + days)


def front_door(rng: np.random.Generator, population: int, horizon: Horizon) -> pl.DataFrame:
    """Episodes without care that touch the window, repeats included. `child` numbers the children from 0."""
    since = horizon.window - int(LEAD_YEARS * DAYS_A_YEAR)
    years = (horizon.end + 1 - since) / DAYS_A_YEAR
    size = int(rng.poisson(rates.FIRST_REFERRALS * population / 10_000 * years))
    child = np.arange(size)
    referred = weekday(spread(rng, since, horizon.end, size))
    turns = []
    while child.size:
        path = _path(rng, child, referred)
        turns.append(path)
        closed = path["closed"].to_numpy()
        chance = np.where(
            closed - referred < rates.SHORT_EPISODE_DAYS, rates.REPEAT_AFTER_SHORT, rates.REPEAT_AFTER_LONG
        )
        again = rng.random(child.size) < chance
        following = weekday(closed + _REPEAT_GAP_DAYS + rng.exponential(120, child.size).astype(np.int64))
        again &= following <= horizon.end
        child, referred = child[again], following[again]
    paths = pl.concat(turns)
    return paths.filter(pl.col("closed") >= horizon.window).sort("child", "referred")


def _path(rng: np.random.Generator, child: Days, referred: Days) -> pl.DataFrame:
    size = child.size
    kind = pick(rng, rates.PATHWAYS, size)
    no_action, not_in_need, protected = kind == "no_action", kind == "not_in_need", kind == "protection"
    start, authorised = assessed(rng, referred)
    conference = protection_steps(rng, referred, protected)
    plan_start, plan_end = _plans(rng, authorised, conference["cp_end"], kind)
    last = np.maximum(authorised, np.where(plan_end < NEVER, plan_end, 0))
    last = np.maximum(last, np.where(protected, conference["cp_end"], 0))
    without_plan = (kind == "in_need") & (plan_start == NEVER)
    last = np.where(without_plan, authorised + skewed(rng, 1.1, 130, size), last)
    enquiry = _enquiry_only(rng, referred, (kind == "in_need") & (rng.random(size) < 0.44))
    for ended in (enquiry["s47_end"], enquiry["icpc"]):
        last = np.maximum(last, np.where(ended < NEVER, ended, 0))
    closed = np.where(no_action, referred + spread(rng, 0, 5, size), last + spread(rng, 1, 9, size))
    columns = {
        "child": child,
        "kind": kind,
        "referred": referred,
        "closed": closed,
        "assessed": when(~no_action, start),
        "authorised": when(~no_action, authorised),
        "plan_start": plan_start,
        "plan_end": plan_end,
        **{name: np.minimum(enquiry.get(name, NEVER), days) for name, days in conference.items()},
        "no_conference": enquiry["no_conference"],
    }
    return later_steps(rng, pl.DataFrame(columns)).with_columns(reason=pl.Series(_reasons(rng, kind, not_in_need)))


def protection_steps(rng: np.random.Generator, referred: Days, protected: Flags) -> dict[str, Days]:
    """Enquiry until a conference on a working day, and the plan that starts with it, for those under protection."""
    size = referred.size
    enquiry = weekday(referred + spread(rng, 1, 9, size))
    on_time = rng.random(size) < 0.81
    conference = weekday(enquiry + np.where(on_time, spread(rng, 9, 19, size), spread(rng, 24, 40, size)))
    plan_end = conference + np.maximum(surviving(rng, rates.PROTECTION_PLAN, size), 20)
    return {
        "s47_start": when(protected, enquiry),
        "s47_end": when(protected, conference),
        "icpc": when(protected, conference),
        "cp_start": when(protected, conference),
        "cp_end": when(protected, plan_end),
    }


def _plans(rng: np.random.Generator, authorised: Days, cp_end: Days, kind: np.ndarray) -> tuple[Days, Days]:
    """A plan for most children in need, and for most of those who come off a protection plan."""
    size = authorised.size
    in_need = (kind == "in_need") & (rng.random(size) < 0.78)
    stepped_down = (kind == "protection") & (rng.random(size) < 0.65)
    start = np.where(stepped_down, cp_end + spread(rng, 1, 7, size), authorised + spread(rng, 3, 14, size))
    long_term = rng.random(size) < 0.07
    length = 20 + np.where(long_term, skewed(rng, 2.0, 800, size), skewed(rng, 1.2, 105, size))
    planned = in_need | stepped_down
    return when(planned, start), when(planned, start + length)


def _enquiry_only(rng: np.random.Generator, referred: Days, chosen: Flags) -> dict[str, np.ndarray]:
    """Enquiries that find no need of a plan; a few still go as far as a conference."""
    size = referred.size
    start = weekday(referred + spread(rng, 1, 9, size))
    held = chosen & (rng.random(size) < 0.08)
    conference = weekday(start + spread(rng, 9, 19, size))
    return {
        "s47_start": when(chosen, start),
        "s47_end": when(chosen, np.where(held, conference, start + spread(rng, 5, 8, size))),
        "icpc": when(held, conference),
        "no_conference": chosen & ~held,
    }


def later_steps(rng: np.random.Generator, paths: pl.DataFrame) -> pl.DataFrame:
    """Add what happens again in a long episode: a second assessment, a second enquiry. All well before it closes."""
    size = paths.height
    closed, authorised = paths["closed"].to_numpy(), paths["authorised"].to_numpy()
    cp_start, plan_start = paths["cp_start"].to_numpy(), paths["plan_start"].to_numpy()
    again = (closed - authorised > 230) & (authorised < NEVER) & (rng.random(size) < 0.35)
    second = weekday(authorised + spread(rng, 90, 150, size))
    protected = (cp_start < NEVER) & (rng.random(size) < 0.3)
    in_need = (cp_start == NEVER) & (plan_start < NEVER) & (rng.random(size) < 0.1)
    base = np.where(protected, cp_start + 25, plan_start + 30)
    enquiry = weekday(base + spread(rng, 40, 120, size))
    enquired = (protected | in_need) & (enquiry + 25 < closed)
    return paths.with_columns(
        assessed_again=pl.Series(when(again, second)),
        authorised_again=pl.Series(when(again, weekday(second + spread(rng, 10, 55, size)))),
        s47_start_again=pl.Series(when(enquired, enquiry)),
        s47_end_again=pl.Series(when(enquired, enquiry + spread(rng, 5, 8, size))),
    )


def _reasons(rng: np.random.Generator, kind: np.ndarray, not_in_need: Flags) -> np.ndarray:
    size = kind.size
    general = pick(rng, {"RC7": 92, "RC5": 5, "RC3": 3}, size)
    unneeded = pick(rng, {"RC8": 70, "RC9": 30}, size)
    reason = np.where(not_in_need, unneeded, general)
    return np.where(kind == "no_action", "RC7", reason)
