"""Without its planned faults the made-up data gives the rules next to nothing to find."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from assets.findings.return_frames import References
from assets.validation.returns import Asked, check_return
from synthetic import postcodes
from synthetic.draws import birthday
from synthetic.generate import generate
from synthetic.lifecycle import Truth, live
from synthetic.postcodes import homes, one_after_another, placements_inside, placements_outside
from synthetic.scenario import HACKNEY, NO_FAULTS, PRESETS

# So many rows may fail a rule by chance.
FEW = 3
# One assessment in six takes more than 45 working days, as in England; some of these are open at the year end.
AS_RARE_AS_IN_LIFE = {"CSC-347"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pl.DataFrame]:
    """What the rules say of the returns of one authority that makes no mistakes."""
    faults = replace(NO_FAULTS, dropped_days=0, repeated_batches=0)
    scenario = replace(PRESETS["small"], authorities=(replace(HACKNEY, population=6000),), faults=faults)
    generate(scenario, tmp_path_factory.mktemp("plausible"))
    folder = tmp_path_factory.getbasetemp() / "plausible0" / "returns" / HACKNEY.code
    return {kind: _answers(kind, path) for kind, path in _files(folder, scenario.return_year).items()}


def _files(folder: Path, year: int) -> dict[str, Path]:
    return {"cin": folder / f"cin-{year}.xml", "ssda903": folder / f"ssda903-{year}"}


def _answers(kind: str, path: Path) -> pl.DataFrame:
    asked = Asked(kind, HACKNEY.code, 2026, references=References(), progress=lambda _: None)  # type: ignore[arg-type]
    return check_return((path,), asked).answers


@pytest.fixture(scope="module")
def truth() -> Truth:
    return live(replace(HACKNEY, population=60_000), PRESETS["demo"])


@pytest.mark.parametrize("kind", ["cin", "ssda903"])
def test_few_rows_of_a_faultless_return_fail_a_rule(found: Mapping[str, pl.DataFrame], kind: str) -> None:
    failed = found[kind].filter(pl.col("outcome") == "failed")
    counts = dict(failed.group_by("rule_id").len().iter_rows())
    assert {rule: count for rule, count in counts.items() if count > FEW and rule not in AS_RARE_AS_IN_LIFE} == {}


def test_the_same_home_or_placement_never_comes_twice_in_a_row(truth: Truth) -> None:
    rows = truth["placements"].sort("episode", "start_date")
    pairs = rows.with_columns(
        pl.col("placement_type", "placement_postcode", "legal_status").shift().over("episode").name.prefix("before_")
    ).drop_nulls("before_placement_type")
    same = (pl.col("placement_type") == pl.col("before_placement_type")) & (
        pl.col("placement_postcode") == pl.col("before_placement_postcode")
    )
    assert pairs.height > 100
    assert pairs.filter(same).is_empty()
    moved_only = pl.col("legal_status") == pl.col("before_legal_status")
    assert pairs.filter(moved_only != (pl.col("start_reason") == "P")).is_empty()
    assert pairs.filter(~moved_only & (pl.col("start_reason") != "B")).is_empty()
    assert not pairs.filter(pl.col("start_reason") == "B").is_empty()


def test_legal_status_and_provider_fit_the_placement(truth: Truth) -> None:
    rows = truth["placements"].join(truth["children"].select("child", "date_of_birth"), on="child")
    assert rows.filter((pl.col("placement_type") == "P1") != (pl.col("placement_provider") == "PR0")).is_empty()
    assert rows.filter((pl.col("placement_type") == "P1") & (pl.col("legal_status") == "V2")).is_empty()
    assert rows.filter((pl.col("placement_type") == "A6") != (pl.col("legal_status") == "E1")).is_empty()
    youths = rows.filter(pl.col("legal_status") == "J1")
    assert (youths["start_date"].to_numpy() > birthday(youths["date_of_birth"].to_numpy(), 10)).all()


def test_an_enquiry_lasts_until_its_conference(truth: Truth) -> None:
    held = truth["s47_enquiries"].drop_nulls("icpc_date")
    assert held.height > 100
    assert (held["end_date"] >= held["icpc_date"]).all()


def test_postcodes_follow_each_other_without_repeating_within_a_group() -> None:
    pool = np.array(["A", "B", "C"])
    group = np.repeat(np.arange(200), 5)
    drawn = one_after_another(np.random.default_rng(1), pool, group).to_list()
    assert set(drawn) == set(pool)
    neighbours = zip(pairwise(drawn), pairwise(group), strict=True)
    assert not [one for (one, other), (here, there) in neighbours if here == there and one == other]
    assert one_after_another(np.random.default_rng(1), pool, np.array([], dtype=np.int64)).is_empty()


def test_homes_and_placements_of_an_authority_are_apart() -> None:
    for authority in PRESETS["demo"].authorities:
        lived_at, placed_at = homes(authority.postcode_districts), placements_inside(authority.postcode_districts)
        assert min(len(lived_at), len(placed_at)) >= 20
        assert not set(lived_at) & set(placed_at)
        assert not set(placements_outside()) & {*lived_at, *placed_at}
    assert {district for authority in PRESETS["demo"].authorities for district in authority.postcode_districts} == set(
        postcodes._INSIDE
    )
