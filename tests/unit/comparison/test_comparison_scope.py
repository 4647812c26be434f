"""Which rows of feed and return are compared, and how the feed read on the reference date."""

from datetime import date

import pytest

from assets.comparison.plan import COMPARED, SUBJECTS, Period, compared_fields
from assets.comparison.scope import feed_scope, fold_legal_status, return_scope

YEAR = Period(2026)


def test_dates_after_the_reference_date_and_their_codes_are_not_there_yet(a_state):
    state = a_state(
        episodes=[
            {"child": "a", "referral_date": "2025-05-01", "closure_date": "2026-04-02", "closure_reason": "RC1"},
            {"child": "b", "referral_date": "2026-04-01"},
            {"child": "c", "referral_date": "2025-05-01", "closure_date": "2026-03-31", "closure_reason": "RC2"},
        ]
    )
    scoped = feed_scope("cin", state, YEAR)["episodes"]
    assert scoped.select("child_key", "closure_date", "closure_reason").rows() == [
        ("a", None, None),
        ("c", date(2026, 3, 31), "RC2"),
    ]


def test_an_expected_birth_may_lie_ahead(a_state):
    state = a_state(
        children=[{"child": "a", "expected_date_of_birth": "2026-06-01"}],
        episodes=[{"child": "a", "referral_date": "2026-02-01"}],
    )
    assert feed_scope("cin", state, YEAR)["children"]["expected_date_of_birth"].to_list() == [date(2026, 6, 1)]


def test_end_reason_of_an_open_placement_is_kept(a_state):
    state = a_state(
        placements=[
            {"child": "a", "start_date": "2025-05-01", "end_reason": "X1"},
            {
                "child": "b",
                "start_date": "2025-05-01",
                "end_date": "2026-05-01",
                "end_reason": "E3",
                "change_reason": "PLAN",
            },
        ]
    )
    scoped = feed_scope("ssda903", state, YEAR)["placements"]
    assert scoped.select("end_reason", "change_reason").rows() == [("X1", None), (None, None)]


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        ("2024-01-01", None, True),
        ("2024-01-01", "2025-03-31", False),
        ("2024-01-01", "2025-04-01", True),
        ("2026-03-31", None, True),
        ("2026-04-01", None, False),
        (None, None, False),
    ],
)
def test_a_row_counts_when_it_overlaps_the_year(a_state, start, end, counts):
    state = a_state(cp_plans=[{"child": "a", "start_date": start, "end_date": end}])
    assert feed_scope("cin", state, YEAR)["cp_plans"].height == counts
    assert return_scope("cin", state, YEAR)["cp_plans"].height == counts


def test_an_enquiry_ends_with_its_conference_or_on_its_own_day(a_state):
    state = a_state(
        s47_enquiries=[
            {"child": "a", "start_date": "2025-03-20", "icpc_date": "2025-04-02"},
            {"child": "b", "start_date": "2025-03-20"},
            {"child": "c", "start_date": "2025-04-01"},
        ]
    )
    assert feed_scope("cin", state, YEAR)["s47_enquiries"]["child_key"].to_list() == ["a", "c"]


def test_children_are_in_scope_through_their_rows(a_state):
    state = a_state(
        children=[{"child": "a", "sex": "F"}, {"child": "b", "sex": "M"}],
        disabilities=[{"child": "a", "disability_code": "NONE"}, {"child": "b", "disability_code": "MOB"}],
        episodes=[{"child": "a", "referral_date": "2025-05-01"}, {"child": "d", "referral_date": "2025-05-01"}],
        adoptions=[{"child": "b", "matched_date": "2025-12-01"}],
    )
    cin = feed_scope("cin", state, YEAR)
    assert cin["children"].select("child_key", "sex").rows() == [("a", "F"), ("d", None)]
    assert cin["disabilities"]["disability_code"].to_list() == ["NONE"]
    assert feed_scope("ssda903", state, YEAR)["children"]["child_key"].to_list() == ["b"]


def test_factors_come_with_an_assessment_authorised_in_the_year(a_state):
    ids = {"social_care_episode_id": "e", "child_and_family_assessment_id": "1"}
    other = ids | {"child_and_family_assessment_id": "2"}
    state = a_state(
        assessments=[
            {"child": "a", **ids, "start_date": "2025-05-01", "authorisation_date": "2025-06-01"},
            {"child": "a", **other, "start_date": "2026-03-01", "authorisation_date": "2026-04-10"},
        ],
        assessment_factors=[
            {"child": "a", **ids, "factor": "1A"},
            {"child": "a", **other, "factor": "2B"},
        ],
    )
    assert feed_scope("cin", state, YEAR)["assessment_factors"]["factor"].to_list() == ["1A"]


def test_of_two_feed_rows_on_one_date_the_one_last_received_counts(a_state):
    rows = [
        {"child": "a", "start_date": "2025-05-01", "child_in_need_plan_id": "1", "known": "2025-06-01"},
        {"child": "a", "start_date": "2025-05-01", "child_in_need_plan_id": "2", "known": "2025-07-01"},
    ]
    state = a_state(cin_plans=rows)
    assert feed_scope("cin", state, YEAR)["cin_plans"]["child_in_need_plan_id"].to_list() == ["2"]
    assert return_scope("cin", state, YEAR)["cin_plans"].height == 2


def test_facts_of_a_child_repeated_in_episodes_count_once(a_state):
    state = a_state(
        care_leavers=[
            {"child": "a", "social_care_episode_id": "1", "contact_date": "2025-06-01", "activity": "F1"},
            {"child": "a", "social_care_episode_id": "2", "contact_date": "2025-07-01", "activity": "F2"},
            {"child": "b", "social_care_episode_id": "3", "contact_date": "2024-07-01"},
        ],
        adoptions=[
            {"child": "a", "social_care_episode_id": "1", "matched_date": "2025-06-01"},
            {"child": "a", "social_care_episode_id": "2", "matched_date": "2025-06-01", "placed_date": "2025-07-01"},
        ],
        sdq_assessments=[
            {"child": "a", "date": "2025-05-01", "score": 10},
            {"child": "a", "date": "2025-09-01", "score": 12},
            {"child": "a", "date": "2025-11-01"},
            {"child": "a", "date": "2026-05-01", "score": 20},
        ],
    )
    scoped = feed_scope("ssda903", state, YEAR)
    assert scoped["care_leavers"]["activity"].to_list() == ["F2"]
    assert scoped["adoptions"]["placed_date"].to_list() == [date(2025, 7, 1)]
    assert scoped["sdq_assessments"]["score"].to_list() == [12]


def test_every_care_leaver_of_the_return_counts_and_only_scores_of_the_health_file(a_state):
    state = a_state(
        care_leavers=[{"child": "a", "activity": "F1"}],
        sdq_assessments=[{"child": "a", "score": 9}, {"child": "b", "no_score_reason": "SDQ1"}],
    )
    scoped = return_scope("ssda903", state, YEAR)
    assert scoped["care_leavers"].height == 1
    assert scoped["sdq_assessments"]["child_key"].to_list() == ["a"]


def test_changes_of_legal_status_fold_into_the_placement_they_continue(a_frame):
    placements = a_frame(
        "placements",
        [
            {
                "child": "a",
                "start_date": "2025-06-01",
                "end_date": "2025-08-01",
                "start_reason": "L",
                "end_reason": "X1",
            },
            {
                "child": "a",
                "start_date": "2025-05-01",
                "end_date": "2025-06-01",
                "start_reason": "S",
                "end_reason": "X1",
            },
            {"child": "a", "start_date": "2025-08-01", "start_reason": "L", "placement_type": "U1"},
            {
                "child": "a",
                "start_date": "2025-01-01",
                "end_date": "2025-02-01",
                "start_reason": "S",
                "end_reason": "E3",
            },
            {"child": "b", "start_date": "2025-06-01", "start_reason": "L"},
            {"child": "c", "start_date": "2025-05-01", "end_date": "2025-06-01", "start_reason": "S"},
            {"child": "c", "start_date": "2025-06-02", "start_reason": "L"},
        ],
    )
    folded = fold_legal_status(placements).select("child_key", "start_date", "end_date", "start_reason", "end_reason")
    assert folded.rows() == [
        ("a", date(2025, 1, 1), date(2025, 2, 1), "S", "E3"),
        ("a", date(2025, 5, 1), None, "S", None),
        ("b", date(2025, 6, 1), None, "L", None),
        ("c", date(2025, 5, 1), date(2025, 6, 1), "S", None),
        ("c", date(2025, 6, 2), None, "L", None),
    ]


def test_nothing_at_all_gives_frames_of_no_rows(a_state):
    for kind, entities in COMPARED.items():
        for scoped in (feed_scope(kind, a_state(), YEAR), return_scope(kind, a_state(), YEAR)):
            assert {entity: frame.height for entity, frame in scoped.items()} == dict.fromkeys(entities, 0)


@pytest.mark.parametrize("kind", ["cin", "ssda903"])
def test_fields_are_attributes_that_both_sides_can_hold(kind):
    fields = {entity: compared_fields(kind, entity) for entity in COMPARED[kind]}
    assert not any(name.endswith("_id") for names in fields.values() for name in names)
    assert ("end_date" in compared_fields("cin", "s47_enquiries")) is False
    assert compared_fields("cin", "assessments") == ("start_date", "authorisation_date")
    assert compared_fields("ssda903", "sdq_assessments") == ("score",)
    assert compared_fields("ssda903", "care_leavers") == ("activity", "accommodation")


def test_every_compared_entity_has_a_key():
    assert {entity for entities in COMPARED.values() for entity in entities} == set(SUBJECTS)
