"""One stream against one return, whole: counts add up, factors follow assessments, linked children are compared."""

import pytest

from assets.comparison.pair import compare_pair

IDS = {"social_care_episode_id": "e1", "child_and_family_assessment_id": "a1"}
RETURN_IDS = {"social_care_episode_id": "0", "child_and_family_assessment_id": "0"}


@pytest.fixture
def cin(a_state):
    """Child a agrees but for a code and a date, b is linked by its pupil number, c and z are on one side."""
    known = {"unique_pupil_number": "u2", "date_of_birth": "2015-01-02"}
    feed = a_state(
        children=[{"child": "a", "sex": "F"}, {"child": "b", **known}, {"child": "c"}],
        episodes=[
            {"child": "a", "referral_date": "2025-05-01", "referral_source": "1A"},
            {"child": "b", "referral_date": "2025-05-01", "referral_source": "2A"},
            {"child": "c", "referral_date": "2025-05-01"},
        ],
        assessments=[{"child": "a", **IDS, "start_date": "2025-05-03", "authorisation_date": "2025-06-01"}],
        assessment_factors=[{"child": "a", **IDS, "factor": code} for code in ("1A", "2A", "3A")],
    )
    returned = a_state(
        children=[{"child": "a", "sex": "F"}, {"child": "y", **known}, {"child": "z"}],
        episodes=[
            {"child": "a", "referral_date": "2025-05-01", "referral_source": "1B"},
            {"child": "y", "referral_date": "2025-05-04", "referral_source": "2A"},
            {"child": "z", "referral_date": "2025-05-01"},
        ],
        assessments=[{"child": "a", **RETURN_IDS, "start_date": "2025-05-01", "authorisation_date": "2025-06-01"}],
        assessment_factors=[{"child": "a", **RETURN_IDS, "factor": code} for code in ("1A", "2A", "4A")],
    )
    return compare_pair("cin", 2026, feed, returned, 7)


def test_rows_are_counted_on_both_sides(cin):
    counted = {row[0]: row[1:] for row in cin.counts.rows()}
    assert counted["children"] == (3, 3, 2)
    assert counted["episodes"] == (3, 3, 2)
    assert counted["assessment_factors"] == (3, 3, 2)
    assert counted["cp_plans"] == (0, 0, 0)


def test_fields_of_matched_rows_are_compared(cin):
    told = {(row["entity"], row["field"]): row for row in cin.fields.iter_rows(named=True)}
    source = told["episodes", "referral_source"]
    assert (source["n_compared"], source["n_agree"], source["n_differ"]) == (2, 1, 1)
    assert told["assessments", "start_date"]["n_differ"] == 1
    assert told["children", "unique_pupil_number"]["n_agree"] == 1


def test_every_row_of_either_side_is_in_the_record_of_matches(cin):
    for entity, n_timely, n_return, n_both in cin.counts.rows():
        told = cin.record_match.filter(entity=entity)["outcome"].to_list()
        assert told.count("both") == n_both
        assert len(told) == n_timely + n_return - n_both


def test_social_workers_are_compared_only_where_the_return_has_them(a_state):
    worker = {"child": "a", "worker_id": "SW1", "start_date": "2025-05-01"}
    feed = a_state(care_workers=[worker, worker | {"social_care_episode_id": "e2"}])
    without = compare_pair("ssda903", 2026, feed, a_state(), 7)
    assert "care_workers" not in without.counts["entity"].to_list()
    with_file = compare_pair("ssda903", 2026, feed, a_state(care_workers=[worker]), 7)
    assert with_file.counts.filter(entity="care_workers").rows() == [("care_workers", 1, 1, 1)]


def test_nothing_against_nothing(a_state):
    nothing = compare_pair("cin", 2026, a_state(), a_state(), 7)
    assert nothing.counts["n_return"].sum() == 0
    assert nothing.record_match.is_empty()
