"""The made-up lives: do they make sense, and are they as frequent as England publishes?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from synthetic.draws import birthday, day
from synthetic.expected_indicators import indicators
from synthetic.lifecycle import Truth, live
from synthetic.manifest import truth_tables
from synthetic.people import upn_of
from synthetic.scenario import HACKNEY, PRESETS

DEMO = PRESETS["demo"]
MID_SIZE = replace(HACKNEY, population=60_000)
# Figures published for the year ending 31 March 2025, and how far one made-up authority may be from them: about three
# standard deviations of a count of that size.
PUBLISHED = {
    "cin_rate": (330, 30),
    "rereferral_pct": (22.6, 3),
    "cla_rate": (67, 12),
    "cpp_2yrs_pct": (2.3, 3),
    "cla_3plus_placements_pct": (10, 6),
    "sdq_average_score": (14.9, 2.2),
    "assessments_45wd_pct": (84, 3),
}
PER = {"cin_rate": 10_000, "cla_rate": 10_000, "sdq_average_score": 1}


@pytest.fixture(scope="module")
def truth() -> Truth:
    return live(MID_SIZE, DEMO)


@pytest.fixture(scope="module")
def counts(truth: Truth) -> Mapping[str, tuple[float, float | None]]:
    return indicators(truth_tables(truth), MID_SIZE.population, DEMO)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_rates_are_near_those_that_england_publishes(
    counts: Mapping[str, tuple[float, float | None]], name: str
) -> None:
    numerator, denominator = counts[name]
    published, allowed = PUBLISHED[name]
    assert denominator
    assert numerator / denominator * PER.get(name, 100) == pytest.approx(published, abs=allowed)


def test_referrals_are_as_many_as_england_publishes(counts: Mapping[str, tuple[float, float | None]]) -> None:
    assert counts["referrals_count"][0] / MID_SIZE.population * 10_000 == pytest.approx(519, abs=40)


def test_each_protection_plan_starts_with_the_conference_of_an_enquiry(truth: Truth) -> None:
    conferences = truth["s47_enquiries"].drop_nulls("icpc_date").select("episode", start_date="icpc_date")
    started = truth["cp_plans"].filter(pl.col("start_date") >= day(DEMO.window_start) + 60)
    assert started.height > 100
    assert started.join(conferences, on=["episode", "start_date"], how="anti").is_empty()
    days = truth["s47_enquiries"].drop_nulls("icpc_date")
    assert ((days["icpc_date"] + 3) % 7 < 5).all(), "a conference on a weekend"
    assert (days["icpc_date"] > days["start_date"]).all()


def test_placements_of_a_period_of_care_follow_each_other_without_a_gap(truth: Truth) -> None:
    rows = truth["placements"].sort("episode", "start_date")
    following = rows.with_columns(before=pl.col("end_date").shift().over("episode")).drop_nulls("before")
    assert following.height > 50
    assert (following["before"] == following["start_date"]).all()
    assert (rows.filter(pl.col("start_reason") == "S").group_by("episode").len()["len"] == 1).all()
    assert (rows.filter(~pl.col("is_last"))["end_reason"] == "X1").all()


def test_nothing_happens_outside_the_episode_it_belongs_to(truth: Truth) -> None:
    spans = truth["episodes"].select(episode="row", opened="referral_date", closed="closure_date")
    ends = {"assessments": "authorisation_date", "placements": "end_date"}
    for entity in ("assessments", "cin_plans", "cp_plans", "s47_enquiries", "placements", "care_workers"):
        rows = truth[entity].join(spans, on="episode").with_columns(pl.col("closed").fill_null(10**6))
        assert (rows["start_date"] >= rows["opened"]).all(), entity
        assert (rows[ends.get(entity, "end_date")] <= rows["closed"]).all(), entity


def test_episodes_of_a_child_do_not_overlap(truth: Truth) -> None:
    rows = truth["episodes"].sort("child", "referral_date")
    before = rows.with_columns(before=pl.col("closure_date").shift().over("child")).drop_nulls("before")
    assert before.height > 500
    assert (before["referral_date"] > before["before"]).all()


def test_rows_of_one_child_are_far_enough_apart_to_be_told_apart(truth: Truth) -> None:
    for entity, name in (
        ("episodes", "referral_date"),
        ("assessments", "start_date"),
        ("cin_plans", "start_date"),
        ("cp_plans", "start_date"),
        ("s47_enquiries", "start_date"),
        ("placements", "start_date"),
    ):
        gaps = truth[entity].sort("child", name).select(pl.col(name).diff().over("child")).drop_nulls()
        assert gaps.height > 3, entity
        assert gaps[name].min() >= 15, entity


def test_ages_fit(truth: Truth) -> None:
    born = truth["children"].select("child", "date_of_birth", "uasc_flag", "expected_date_of_birth")
    cared_for = truth["placements"].join(born, on="child")
    births = cared_for["date_of_birth"].to_numpy()
    assert (cared_for["start_date"].to_numpy() >= births).all()
    assert (cared_for["end_date"].fill_null(0).to_numpy() <= birthday(births, 18)).all(), "looked after at 18"
    supported = cared_for.filter(pl.col("placement_type") == "K3")
    assert (supported["start_date"].to_numpy() >= birthday(supported["date_of_birth"].to_numpy(), 16)).all()
    leavers = truth["care_leavers"].join(born, on="child")
    of_leavers = leavers["date_of_birth"].to_numpy()
    assert (leavers["contact_date"].to_numpy() > birthday(of_leavers, 18)).all()
    assert (leavers["contact_date"].to_numpy() < birthday(of_leavers, 25)).all()
    unborn = born.drop_nulls("expected_date_of_birth").join(
        truth["episodes"].group_by("child").agg(pl.col("referral_date").min()), on="child"
    )
    assert unborn.height > 20
    assert (unborn["date_of_birth"] > unborn["referral_date"]).all()


def test_adoption_comes_after_care_and_in_order(truth: Truth) -> None:
    rows = (
        truth["adoptions"]
        .join(
            truth["placements"].filter(pl.col("placement_type") == "A6").select("episode", "start_date"), on="episode"
        )
        .drop_nulls("placed_date")
    )
    assert rows.height > 3
    ordered = rows.drop_nulls("adopted_date")
    assert (ordered["initial_decision_date"] < ordered["matched_date"]).all()
    assert (rows["matched_date"] < rows["placed_date"]).all()
    assert (rows["placed_date"] == rows["start_date"]).all()


def test_unaccompanied_children_are_teenagers_looked_after(truth: Truth) -> None:
    alone = truth["children"].filter("uasc_flag").select("child", "date_of_birth")
    assert alone.height > 10
    starts = truth["placements"].join(alone, on="child")
    assert set(starts["child"]) <= set(alone["child"])
    assert (starts["start_date"].to_numpy() >= birthday(starts["date_of_birth"].to_numpy(), 15)).all()


def test_pupil_numbers_have_the_right_check_letter() -> None:
    # 2*2+0*3+4*4 = 20, and 20 is the letter X of a list without I, O and S; a last digit 1 adds 13, 33 - 23 = 10 is L
    assert upn_of("204", np.array([0, 1])).to_list() == ["X204000000000", "L204000000001"]


def test_nobody_is_born_on_a_leap_day(truth: Truth) -> None:
    births = truth["children"].select(pl.col("date_of_birth").cast(pl.Int32).cast(pl.Date).alias("born"))
    assert births.filter((pl.col("born").dt.month() == 2) & (pl.col("born").dt.day() == 29)).is_empty()
    assert birthday(np.array([day(date(2008, 3, 1))]), 18)[0] == day(date(2026, 3, 1))
