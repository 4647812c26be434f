"""Children who come into care: the referral, the period of care, how it ends and what follows.

One row a period of care, which is also one episode. The placements within it are in placements.py.
"""

import numpy as np
import polars as pl

from synthetic import rates
from synthetic.draws import (
    DAYS_A_YEAR,
    Days,
    Flags,
    birthday,
    not_on_leap_day,
    pick,
    skewed,
    spread,
    surviving,
    weekday,
    when,
)
from synthetic.pathways import Horizon, assessed, later_steps, protection_steps

LEAD_YEARS = 21  # those who came into care as babies may still be care leavers in the window
_SHORTEST_STAY = 21
_PRECEDING_PLAN = 0.4  # share that comes into care from a protection plan
_LEAVER_KEPT_OPEN = 0.8  # share of those who leave at 18 whose episode stays open for leaving care support


def into_care(rng: np.random.Generator, population: int, horizon: Horizon) -> pl.DataFrame:
    """Episodes with a period of care that touch the window. `child` numbers the children from 0."""
    since = horizon.window - int(LEAD_YEARS * DAYS_A_YEAR)
    years = (horizon.end + 1 - since) / DAYS_A_YEAR
    size = int(rng.poisson(rates.STARTS_OF_CARE * population / 10_000 * years))
    start = spread(rng, since, horizon.end, size)
    alone = rng.random(size) < rates.UNACCOMPANIED
    born = _born(rng, start, alone)
    stay = _stay(rng, start, born, alone)
    before = _before(rng, start, alone)
    paths = pl.DataFrame({"child": np.arange(size), "born": born, "unaccompanied": alone, "care_start": start})
    paths = paths.with_columns(**{name: pl.Series(days) for name, days in (before | stay).items()})
    paths = _afterwards(rng, paths)
    return later_steps(rng, paths).filter(pl.col("closed") >= horizon.window).sort("care_start", "child")


def _born(rng: np.random.Generator, start: Days, alone: Flags) -> Days:
    age = surviving(rng, rates.AGE_INTO_CARE, start.size)
    teenager = spread(rng, int(15.3 * DAYS_A_YEAR), int(17.5 * DAYS_A_YEAR), start.size)
    return not_on_leap_day(start - np.where(alone, teenager, np.maximum(age, 2)))


def _stay(rng: np.random.Generator, start: Days, born: Days, alone: Flags) -> dict[str, np.ndarray]:
    """When and why care ends; adoption has its decision, match and placement on the way."""
    size = start.size
    eighteen = birthday(born, 18)
    end = start + np.maximum(surviving(rng, rates.STAY_IN_CARE, size), _SHORTEST_STAY)
    reason = pick(rng, rates.END_BEFORE_18, size)
    adopted = (start - born < 2.5 * DAYS_A_YEAR) & (rng.random(size) < 0.33)
    decision = weekday(start + spread(rng, 150, 300, size))
    matched = weekday(decision + spread(rng, 150, 420, size))
    placed = weekday(matched + spread(rng, 7, 40, size))
    end = np.where(adopted, weekday(placed + spread(rng, 90, 330, size)), end)
    reason = np.where(adopted, pick(rng, {"E12": 85, "E11": 15}, size), reason)
    stays_on = alone | (end > eighteen)
    return {
        "care_end": np.where(stays_on, eighteen, end),
        "end_reason": np.where(stays_on, pick(rng, rates.END_AT_18, size), reason),
        "decision": when(adopted, decision),
        "matched": when(adopted, matched),
        "placed": when(adopted, placed),
    }


def _before(rng: np.random.Generator, start: Days, alone: Flags) -> dict[str, np.ndarray]:
    """Referral, assessment and, for some, the protection plan that ended with coming into care."""
    size = start.size
    protected = ~alone & (rng.random(size) < _PRECEDING_PLAN)
    enquired = ~alone & ~protected & (rng.random(size) < 0.5)
    lead = np.where(protected, spread(rng, 75, 220, size), spread(rng, 25, 90, size))
    referred = start - np.where(alone, spread(rng, 0, 3, size), lead)
    first, authorised = assessed(rng, referred)
    steps = protection_steps(rng, referred, protected | enquired)
    return {
        "referred": referred,
        "assessed": first,
        "authorised": authorised,
        "s47_start": steps["s47_start"],
        "s47_end": np.where(enquired, steps["s47_start"] + spread(rng, 5, 8, size), steps["s47_end"]),
        "icpc": when(protected, steps["icpc"]),
        "no_conference": enquired,
        "cp_start": when(protected, steps["cp_start"]),
        "cp_end": when(protected, start + spread(rng, 2, 18, size)),
    }


def _afterwards(rng: np.random.Generator, paths: pl.DataFrame) -> pl.DataFrame:
    """A plan for those who go home, support for those who leave at 18, and the end of the episode."""
    size = paths.height
    end, reason = paths["care_end"].to_numpy(), paths["end_reason"].to_numpy()
    adult = end >= birthday(paths["born"].to_numpy(), 18)
    home = np.isin(reason, ["E4A", "E4B", "E13"]) & ~adult
    leaver = adult & np.isin(reason, ["E5", "E17", "E8", "E6"]) & (rng.random(size) < _LEAVER_KEPT_OPEN)
    plan_start = end + spread(rng, 3, 10, size)
    plan_end = plan_start + 20 + skewed(rng, 1.3, 100, size)
    until = np.where(rng.random(size) < 0.8, 21, 24)
    support_ends = birthday(paths["born"].to_numpy(), 21) + (until - 21) * 365 - spread(rng, 0, 60, size)
    authorised = paths["authorised"].to_numpy()
    closed = np.maximum(end, authorised) + spread(rng, 1, 12, size)
    closed = np.where(home, plan_end + spread(rng, 1, 9, size), closed)
    closed = np.where(leaver, support_ends, closed)
    named = {"E11": "RC1", "E12": "RC1", "SGO": "RC4", "E41": "RC3", "E3": "RC5", "E7": "RC6"}
    return paths.with_columns(
        kind=pl.lit("care"),
        plan_start=pl.Series(when(home, plan_start)),
        plan_end=pl.Series(when(home, plan_end)),
        leaver=pl.Series(leaver),
        closed=pl.Series(closed),
        reason=pl.col("end_reason").replace_strict(named, default="RC7"),
    )


def leaver_contacts(rng: np.random.Generator, paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """One row a contact with a care leaver: every few months from leaving care until support ends."""
    leavers = paths.filter("leaver")
    most = 32
    gaps = spread(rng, 75, 210, leavers.height * most).reshape(-1, most)
    gaps[:, 0] = spread(rng, 12, 45, leavers.height)
    contact = weekday(leavers["care_end"].to_numpy()[:, None] + gaps.cumsum(axis=1))
    seen = (contact < leavers["closed"].to_numpy()[:, None]) & (contact <= horizon.end)
    who, _ = np.nonzero(seen)
    size = who.size
    frame = pl.DataFrame({"path": leavers["path"].to_numpy()[who], "contact_date": contact[seen]})
    return frame.with_columns(
        activity=pl.Series(pick(rng, rates.ACTIVITY, size)),
        accommodation=pl.Series(pick(rng, rates.ACCOMMODATION, size)),
    )


def strengths_and_difficulties(rng: np.random.Generator, paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """One row a scored questionnaire: about once a year after a year in care, ages 4 to 16, four in five answered."""
    most = 15
    start, end = paths["care_start"].to_numpy(), paths["care_end"].to_numpy()
    jitter = spread(rng, 5, 60, paths.height * most).reshape(-1, most)
    asked = weekday(start[:, None] + 365 * np.arange(1, most + 1) + jitter)
    born = paths["born"].to_numpy()[:, None]
    of_age = (asked > birthday(born, 4)) & (asked < birthday(born, 16) + 300)
    kept = of_age & (asked < end[:, None]) & (asked >= horizon.window) & (asked <= horizon.end)
    kept &= rng.random(asked.shape) < 0.8
    who, _ = np.nonzero(kept)
    score = np.clip(np.rint(rng.gamma(4.2, 14.9 / 4.2, who.size)), 0, 40).astype(np.int64)
    return pl.DataFrame({"path": paths["path"].to_numpy()[who], "date": asked[kept], "score": score})
