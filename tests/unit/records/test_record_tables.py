"""What of a record becomes which row, and what a purge flag takes away."""

import json
from datetime import date

import polars as pl
import pytest
from records_builders import PSEUDONYMS, a_record, an_episode, frames

from quality.schemas.entities import ENTITIES, empty
from quality.schemas.frames import checked


def column(frame, *names):
    return frame.select(names).rows()


def test_every_table_has_its_exact_schema():
    for table, frame in frames(a_record()).items():
        checked(table, frame)
        assert frame.schema == empty(table).schema


def test_a_bare_id_makes_a_record_and_a_child_of_nulls():
    made = frames(a_record())
    assert {name for name, frame in made.items() if frame.height} == {"records", "children", "identifiers"}
    assert set(made["children"].select(ENTITIES["children"].attributes).row(0)) == {None}


def test_lineage_comes_from_the_batch():
    made = frames(
        a_record(),
        a_record(la_child_id="C2", social_care_episodes=[an_episode(), an_episode(social_care_episode_id="E2")]),
    )
    episodes = made["episodes"]
    assert column(episodes, "source_type", "source_id", "la_code", "batch_index", "row_index") == [
        ("timely", "204-d2i", "204", 1, 0),
        ("timely", "204-d2i", "204", 1, 1),
    ]
    assert episodes["child_key"][0] == PSEUDONYMS.child_keys("204", pl.Series(["C2"]))[0]
    assert episodes["receipt_id"][0] == made["records"]["receipt_id"][1]
    assert episodes["content_hash"][0] == made["records"]["content_hash"][1]


def test_details_are_typed_trimmed_and_hashed():
    details = {
        "unique_pupil_number": "A204123456008",
        "first_name": "Invented",
        "surname": "Invented",
        "date_of_birth": "2015-02-28",
        "sex": " ",
        "ethnicity": "WBR ",
        "postcode": " ZZ1 1ZZ",
        "uasc_flag": False,
    }
    child = frames(a_record(child_details=details))["children"].row(0, named=True)
    assert child["unique_pupil_number"] == PSEUDONYMS.hashed(pl.Series(["A204123456008"]))[0]
    assert (child["date_of_birth"], child["sex"], child["ethnicity"]) == (date(2015, 2, 28), None, "WBR")
    assert (child["home_postcode"], child["uasc_flag"], child["purge"]) == ("ZZ1 1ZZ", False, False)


def test_names_are_in_no_frame():
    made = frames(a_record(child_details={"first_name": "Quixotic", "surname": "Quixotic"}))
    assert not any("Quixotic" in json.dumps(frame.rows(), default=str) for frame in made.values())
    assert made["records"]["has_child_details"].to_list() == [True]


@pytest.mark.parametrize(
    ("record", "flags"),
    [
        (a_record(), (False, False, False)),
        (a_record(child_details={}, health_and_wellbeing={}), (False, False, False)),
        (a_record(child_details={"disabilities": []}), (True, True, False)),
        (a_record(child_details={"sex": "M"}), (True, False, False)),
        (a_record(health_and_wellbeing={"sdq_assessments": []}), (False, False, True)),
        (a_record(child_details={"sex": "M", "disabilities": ["MOB"], "purge": True}), (False, False, False)),
        (a_record(health_and_wellbeing={"sdq_assessments": [], "purge": True}), (False, False, False)),
    ],
)
def test_presence_flags_tell_absent_from_empty(record, flags):
    made = frames(record)["records"]
    assert made.select("has_child_details", "has_disabilities", "has_sdq_assessments").row(0) == flags


def test_has_factors_tells_absent_from_empty():
    assessments = [
        {"child_and_family_assessment_id": "A1"},
        {"child_and_family_assessment_id": "A2", "factors": []},
        {"child_and_family_assessment_id": "A3", "factors": ["1A", "2B "]},
    ]
    made = frames(a_record(social_care_episodes=[an_episode(child_and_family_assessments=assessments)]))
    assert column(made["assessments"], "child_and_family_assessment_id", "has_factors") == [
        ("A1", False),
        ("A2", True),
        ("A3", True),
    ]
    assert column(made["assessment_factors"], "child_and_family_assessment_id", "factor", "row_index") == [
        ("A3", "1A", 0),
        ("A3", "2B", 1),
    ]


def test_stubs_make_rows_of_nulls_and_empty_objects_make_none():
    episode = an_episode(
        child_in_need_plans=[{"child_in_need_plan_id": ""}],
        care_worker_details=[{}, {"worker_id": "W1"}],
        adoption={},
        care_leavers={"purge": False, "activity": " "},
    )
    made = frames(a_record(social_care_episodes=[episode], health_and_wellbeing={"sdq_assessments": [{}]}))
    assert column(made["cin_plans"], "child_in_need_plan_id", "start_date") == [("", None)]
    assert column(made["care_workers"], "worker_id", "row_index") == [("W1", 1)]
    assert [made[name].height for name in ("adoptions", "care_leavers", "sdq_assessments")] == [0, 0, 0]


def test_of_one_key_twice_in_a_record_the_later_row_counts():
    sdq = [{"date": "2026-01-01", "score": 1}, {"date": "2026-01-01", "score": 2}, {"date": "2026-01-02", "score": 3}]
    episode = an_episode(
        child_and_family_assessments=[
            {"child_and_family_assessment_id": "A1", "factors": ["1A"]},
            {"child_and_family_assessment_id": "A1", "factors": ["2B"]},
        ],
        care_worker_details=[
            {"worker_id": "W1", "start_date": "2026-01-01", "end_date": "2026-01-02"},
            {"worker_id": "W1", "start_date": "2026-01-01"},
            {"worker_id": "W1", "start_date": "2026-02-01"},
        ],
    )
    record = a_record(health_and_wellbeing={"sdq_assessments": sdq}, social_care_episodes=[episode])
    made = frames(record, a_record(la_child_id="C2", social_care_episodes=[episode]))
    assert column(made["sdq_assessments"], "score") == [(2,), (3,)]
    assert column(made["assessments"], "batch_index", "row_index") == [(0, 1), (1, 1)]
    assert made["assessment_factors"]["factor"].to_list() == ["2B", "2B"]
    assert column(made["care_workers"].head(2), "start_date", "end_date") == [
        (date(2026, 1, 1), None),
        (date(2026, 2, 1), None),
    ]


def test_items_of_two_episodes_keep_their_own_episode():
    plans = [{"child_protection_plan_id": "P1"}]
    episodes = [
        an_episode(child_protection_plans=plans),
        an_episode(social_care_episode_id="E2", child_protection_plans=plans),
    ]
    made = frames(a_record(social_care_episodes=episodes))
    assert column(made["cp_plans"], "social_care_episode_id", "child_protection_plan_id") == [
        ("E1", "P1"),
        ("E2", "P1"),
    ]


PLAN = {"child_in_need_plan_id": "P1", "start_date": "2026-01-01"}


@pytest.mark.parametrize(
    ("record", "purges", "rows"),
    [
        (
            a_record(
                purge=True, child_details={"sex": "M"}, social_care_episodes=[an_episode(child_in_need_plans=[PLAN])]
            ),
            [("child", None, None)],
            {},
        ),
        (
            a_record(
                child_details={"sex": "M", "purge": True}, social_care_episodes=[an_episode(referral_source="1A")]
            ),
            [("child_details", None, None)],
            {"children": 1, "episodes": 1},
        ),
        (
            a_record(
                child_details={"sex": "M"}, social_care_episodes=[an_episode(purge=True, child_in_need_plans=[PLAN])]
            ),
            [("episodes", "E1", None)],
            {"children": 1},
        ),
        (
            a_record(
                social_care_episodes=[an_episode(referral_source="1A", child_in_need_plans=[PLAN | {"purge": True}])]
            ),
            [("cin_plans", "E1", "P1")],
            {"children": 1, "episodes": 1},
        ),
        (
            a_record(social_care_episodes=[an_episode(adoption={"placed_date": "2026-01-01", "purge": True})]),
            [("adoptions", "E1", None)],
            {},
        ),
        (
            a_record(
                child_details={"sex": "F"},
                health_and_wellbeing={"purge": True, "sdq_assessments": [{"score": 1}]},
            ),
            [("health_and_wellbeing", None, None)],
            {"children": 1},
        ),
    ],
)
def test_a_purge_flag_is_logged_and_takes_what_is_beside_and_under_it(record, purges, rows):
    made = frames(record)
    keys = [(level, *(named and PSEUDONYMS.value_key(named) for named in ids)) for level, *ids in purges]
    assert column(made["purges"], "level", "episode_key", "item_key") == keys
    assert {name: made[name].height for name in ENTITIES if made[name].height} == rows
    assert made["records"].height == 1


@pytest.mark.parametrize("purge_first", [True, False])
def test_of_an_id_sent_twice_one_purge_flag_takes_both(purge_first):
    plans = [PLAN, PLAN | {"purge": True}][:: -1 if purge_first else 1]
    assessed = an_episode(
        social_care_episode_id="E2",
        child_and_family_assessments=[{"child_and_family_assessment_id": "A1", "factors": ["1A"]}],
    )
    gone = [assessed, an_episode(social_care_episode_id="E2", purge=True)][:: -1 if purge_first else 1]
    episodes = [an_episode(referral_source="1A", child_in_need_plans=plans), *gone]
    made = frames(
        a_record(social_care_episodes=episodes),
        a_record(la_child_id="C2", social_care_episodes=[an_episode(child_in_need_plans=[PLAN])]),
    )
    assert made["purges"].height == 2
    assert column(made["episodes"], "batch_index", "social_care_episode_id") == [(0, "E1"), (1, "E1")]
    assert made["cin_plans"]["batch_index"].to_list() == [1]
    assert [made[name].height for name in ("assessments", "assessment_factors")] == [0, 0]


@pytest.mark.parametrize(
    ("record", "is_message"),
    [
        (a_record(), False),
        (a_record(mis_child_id="m", purge=True), True),
        (a_record(purge=True, child_details={"sex": "M"}), True),
        (a_record(purge=False, social_care_episodes=[an_episode(purge=True)]), True),
        (a_record(social_care_episodes=[an_episode(child_in_need_plans=[PLAN | {"purge": True}])]), True),
        (a_record(child_details={}, social_care_episodes=[an_episode(purge=True)]), True),
        (a_record(child_details={"first_name": "x"}, social_care_episodes=[an_episode(purge=True)]), False),
        (a_record(child_details={"disabilities": []}, social_care_episodes=[an_episode(purge=True)]), False),
        (
            a_record(
                social_care_episodes=[
                    an_episode(purge=True),
                    an_episode(social_care_episode_id="E2", referral_source="1A"),
                ]
            ),
            False,
        ),
        (
            a_record(
                social_care_episodes=[
                    an_episode(
                        child_in_need_plans=[{"child_in_need_plan_id": "P", "purge": True}],
                        child_and_family_assessments=[{"child_and_family_assessment_id": "A", "factors": []}],
                    )
                ]
            ),
            False,
        ),
    ],
)
def test_a_purge_message_carries_nothing_but_ids_and_flags(record, is_message):
    made = frames(record)
    assert made["records"]["is_purge_message"].to_list() == [is_message]
    if is_message:
        assert sum(made[name].height for name in ENTITIES) == 0


def test_a_purged_child_leaves_no_identifier_in_the_lake():
    made = frames(a_record(purge=True), a_record(la_child_id="C2", mis_child_id="m2"))
    assert column(made["identifiers"], "la_child_id", "mis_child_id") == [("C2", "m2")]


def test_a_score_that_no_column_can_hold_stays_impossible_and_stops_nothing():
    odd = a_record(health_and_wellbeing={"sdq_assessments": [{"score": 2**63, "date": "2026-01-01"}, {"score": 7}]})
    made = frames(a_record(), odd)
    assert made["sdq_assessments"]["score"].to_list() == [2**31 - 1, 7]


def test_nul_characters_reach_no_column():
    made = frames(a_record(child_details={"sex": "\x00", "ethnicity": "W\x00BR"}))
    assert column(made["children"], "sex", "ethnicity") == [(None, "WBR")]


def test_two_las_in_one_chunk_keep_their_own_children():
    from records_builders import a_batch

    from assets.records.chunks import frames_of_batches, judge

    batches = [
        a_batch(a_record(), stream_id=stream, number=n) for n, stream in enumerate(("204-d2i", "205-byo", "204-byo"))
    ]
    made = frames_of_batches([judge(b, b.body, "delta", PSEUDONYMS) for b in batches], PSEUDONYMS).frames["records"]
    keys = dict(zip(made["source_id"], made["child_key"], strict=True))
    assert keys["204-d2i"] == keys["204-byo"] != keys["205-byo"]
    assert made["payload_mode"].unique().to_list() == ["delta"]
