"""The truth about one made-up LA: a frame per entity, every date the day on which that fact became true.

Days are whole numbers since 1970-01-01, null where something never happens; some lie after the scenario's last day.
Who got to know what, and when, is not decided here. `row` numbers the rows of an entity, `episode` is the row of the
episode, and both are unique within the LA.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from synthetic import rates
from synthetic.care import into_care, leaver_contacts, strengths_and_difficulties
from synthetic.draws import NEVER, day, generator, pick, spread
from synthetic.pathways import Horizon, front_door
from synthetic.people import people
from synthetic.placements import chains, changes_of_status, providers
from synthetic.postcodes import one_after_another, placements_inside, placements_outside
from synthetic.scenario import Authority, Scenario

_PATH_DEFAULTS = {"born": None, "unaccompanied": False, "leaver": False, "care_start": NEVER, "care_end": NEVER}
_MOST_WORKERS = 14
_CHILDREN_A_WORKER = 16


@dataclass(frozen=True)
class Truth:
    """What really happened in one LA. tables: a frame an entity, by canonical entity name."""

    authority: Authority
    tables: dict[str, pl.DataFrame]

    def __getitem__(self, entity: str) -> pl.DataFrame:
        return self.tables[entity]


def live(authority: Authority, scenario: Scenario) -> Truth:
    """The lives of an LA's children, as far as they touch the scenario's window."""
    horizon = Horizon(day(scenario.window_start), day(scenario.last_day))

    def rng(purpose: str) -> np.random.Generator:
        return generator(scenario.seed, authority.code, purpose)

    paths = _paths(rng, authority.population, horizon)
    children = people(rng("people"), authority, scenario, paths)
    tables = {
        "children": children,
        "disabilities": _disabilities(rng("disabilities"), children),
        "episodes": _episodes(rng("episodes"), paths),
        "assessments": _assessments(paths, horizon),
        "cin_plans": _dated(paths, "plan_start", "plan_end", horizon),
        "cp_plans": _protection_plans(rng("protection"), paths, horizon),
        "s47_enquiries": _enquiries(paths, horizon),
        "placements": _placements(rng("placements"), authority, paths, children, scenario),
        "adoptions": _adoptions(paths, horizon),
        "care_leavers": _of_path(leaver_contacts(rng("leavers"), paths, horizon), paths),
        "sdq_assessments": _of_path(strengths_and_difficulties(rng("sdq"), paths, horizon), paths),
        "care_workers": _workers(rng("workers"), authority, paths, horizon),
    }
    tables["assessment_factors"] = _factors(rng("factors"), tables["assessments"], paths)
    return Truth(authority, {name: _finished(frame) for name, frame in tables.items()})


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    """Never becomes null, and rows get their numbers."""
    days = [name for name, dtype in frame.schema.items() if dtype == pl.Int64]
    frame = frame.with_columns(pl.when(pl.col(days) < NEVER).then(pl.col(days)))
    return frame if "row" in frame.columns else frame.with_row_index("row")


def _paths(rng: Callable[[str], np.random.Generator], population: int, horizon: Horizon) -> pl.DataFrame:
    """Every episode of the LA; `child` and `path` (the episode's row) numbered over both ways in."""
    outside = front_door(rng("front door"), population, horizon)
    care = into_care(rng("care"), population, horizon)
    numbered = outside.with_columns(child=pl.col("child").rank("dense").cast(pl.Int64) - 1)
    first = numbered["child"].n_unique()
    care = care.with_columns(child=pl.int_range(pl.len(), dtype=pl.Int64) + first)
    both = pl.concat([numbered, care], how="diagonal")
    defaults = [pl.col(name).fill_null(value) for name, value in _PATH_DEFAULTS.items() if value is not None]
    days = [pl.col(name).fill_null(NEVER) for name in ("decision", "matched", "placed")]
    return both.with_columns(*defaults, *days).sort("child", "referred").with_row_index("path")


def _episodes(rng: np.random.Generator, paths: pl.DataFrame) -> pl.DataFrame:
    size = paths.height
    return paths.select(
        row="path",
        child="child",
        kind="kind",
        referral_date="referred",
        referral_source=pl.Series(pick(rng, rates.REFERRAL_SOURCE, size)),
        referral_no_further_action_flag=pl.col("kind") == "no_action",
        closure_date="closed",
        closure_reason="reason",
        primary_need=pl.Series(pick(rng, rates.PRIMARY_NEED, size)),
        care_start="care_start",
        care_end="care_end",
    )


def _of_path(frame: pl.DataFrame, paths: pl.DataFrame) -> pl.DataFrame:
    return (
        frame.join(paths.select("path", "child"), on="path")
        .rename({"path": "episode"})
        .sort("child", maintain_order=True)
    )


def _dated(paths: pl.DataFrame, start: str, end: str, horizon: Horizon) -> pl.DataFrame:
    chosen = paths.select(episode="path", child="child", start_date=start, end_date=end)
    return chosen.filter((pl.col("start_date") <= horizon.end) & (pl.col("end_date") >= horizon.window))


def _assessments(paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    both = [
        paths.select(episode="path", child="child", start_date=start, authorisation_date=end)
        for start, end in (("assessed", "authorised"), ("assessed_again", "authorised_again"))
    ]
    kept = (pl.col("start_date") <= horizon.end) & (pl.col("authorisation_date") >= horizon.window)
    return pl.concat(both).filter(kept).sort("child", "start_date")


def _enquiries(paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    first = paths.select(
        episode="path",
        child="child",
        start_date="s47_start",
        end_date="s47_end",
        icpc_date="icpc",
        icpc_required_flag=~pl.col("no_conference"),
        leads_to_plan=pl.col("cp_start") < NEVER,
    )
    again = paths.select(
        episode="path",
        child="child",
        start_date="s47_start_again",
        end_date="s47_end_again",
        icpc_date=pl.lit(NEVER, dtype=pl.Int64),
        icpc_required_flag=pl.lit(False),
        leads_to_plan=pl.lit(False),
    )
    kept = (pl.col("start_date") <= horizon.end) & (pl.col("start_date") >= horizon.window)
    return pl.concat([first, again]).filter(kept).sort("child", "start_date")


def _protection_plans(rng: np.random.Generator, paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    plans = _dated(paths, "cp_start", "cp_end", horizon)
    size = plans.height
    return plans.with_columns(
        category_of_abuse=pl.Series(pick(rng, {"NEG": 49, "EMO": 37, "PHY": 7, "SAB": 4, "MUL": 3}, size)),
        number_of_previous_plans=pl.Series(pick(rng, {"0": 76, "1": 18, "2": 5, "3": 1}, size)),
    )


def _placements(
    rng: np.random.Generator, authority: Authority, paths: pl.DataFrame, children: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    horizon = Horizon(day(scenario.window_start), day(scenario.last_day))
    chain = chains(rng, paths, horizon).join(paths.select("path", "child", "unaccompanied"), on="path")
    chain = chain.sort("child", "start_date")
    chain = changes_of_status(rng, chain, day(scenario.year_start), day(scenario.year_end))
    home = children.select("child", "home_postcode")
    size = chain.height
    of_path = chain["path"].to_numpy()
    near = one_after_another(rng, placements_inside(authority.postcode_districts), of_path)
    far = one_after_another(rng, placements_outside(), of_path)
    inside = (rng.random(size) > 0.25) | (chain["placement_type"] == "K3").to_numpy()
    chain = chain.with_columns(
        placement_postcode=near.zip_with(pl.Series(inside), far),
        placement_provider=pl.Series(providers(rng, chain["placement_type"].to_numpy(), inside)),
    )
    chain = chain.with_columns(urn=pl.Series(spread(rng, 1_000_000, 9_999_999, size)).cast(pl.String))
    at_home = pl.col("placement_type") == "P1"
    return (
        chain.join(home, on="child", maintain_order="left")
        .with_columns(
            placement_postcode=pl.when(at_home).then(pl.col("home_postcode")).otherwise(pl.col("placement_postcode"))
        )
        .with_columns(home_postcode=pl.when(~pl.col("unaccompanied")).then("home_postcode"))
        .rename({"path": "episode"})
        .drop("unaccompanied")
    )


def _adoptions(paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    chosen = paths.filter((pl.col("decision") <= horizon.end) & (pl.col("care_end") >= horizon.window))
    return chosen.select(
        episode="path",
        child="child",
        initial_decision_date="decision",
        matched_date="matched",
        placed_date="placed",
        adopted_date="care_end",
    )


def _disabilities(rng: np.random.Generator, children: pl.DataFrame) -> pl.DataFrame:
    size = children.height
    disabled = rng.random(size) < rates.DISABLED
    first = np.where(disabled, pick(rng, rates.DISABILITY, size), "NONE")
    second = pick(rng, rates.DISABILITY, size)
    more = disabled & (rng.random(size) < 0.35) & (first != second)
    frame = children.select("child", disability_code=pl.Series(first))
    others = children.filter(pl.Series(more)).select("child", disability_code=pl.Series(second[more]))
    return pl.concat([frame, others]).sort("child", maintain_order=True)


def _factors(rng: np.random.Generator, assessments: pl.DataFrame, paths: pl.DataFrame) -> pl.DataFrame:
    """Two or three factors an assessment; for some children found not to be in need none, which is a code too."""
    size = assessments.height
    kinds = assessments.join(paths.select(episode="path", kind="kind"), on="episode", maintain_order="left")["kind"]
    none = (kinds == "not_in_need").to_numpy() & (rng.random(size) < 0.3)
    count = np.where(none, 1, 1 + rng.poisson(1.6, size))
    position = np.repeat(np.arange(size), count)
    code = np.where(none[position], "21", pick(rng, rates.FACTOR, position.size))
    numbered = assessments.with_row_index("assessment").select(
        "assessment", "episode", "child", day="authorisation_date"
    )
    return numbered[position].with_columns(factor=pl.Series(code)).unique(["assessment", "factor"], maintain_order=True)


def _workers(rng: np.random.Generator, authority: Authority, paths: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Spells of the allocated worker: one follows another, nobody twice in one episode."""
    served = paths.filter(~pl.col("kind").is_in(["no_action", "not_in_need"]))
    size = served.height
    staff = max(int(authority.population * 330 / 10_000 / _CHILDREN_A_WORKER), _MOST_WORKERS + 1)
    gaps = 60 + rng.exponential(260, (size, _MOST_WORKERS)).astype(np.int64)
    gaps[:, 0] = spread(rng, 0, 4, size)
    # the last of the fourteen stays, however long the episode
    starts = served["referred"].to_numpy()[:, None] + gaps.cumsum(axis=1)
    closed = served["closed"].to_numpy()[:, None]
    ends = np.minimum(np.concatenate([starts[:, 1:], closed], axis=1), closed)
    number = (rng.integers(0, staff, size)[:, None] + np.arange(_MOST_WORKERS)) % staff
    kept = (starts < closed - 30) & (ends >= horizon.window) & (starts <= horizon.end)
    who, _ = np.nonzero(kept)
    frame = pl.DataFrame(
        {
            "episode": served["path"].to_numpy()[who],
            "child": served["child"].to_numpy()[who],
            "start_date": starts[kept],
            "end_date": ends[kept],
            "worker_id": number[kept],
        }
    )
    worker = pl.lit(f"SW{authority.code}") + pl.col("worker_id").cast(pl.String).str.zfill(4)
    return frame.with_columns(worker_id=worker).sort("child", "episode", "start_date")
