"""A cell of a return that held something unreadable is null, and yet it was given: rules that ask whether know it."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from rule_building import (
    Drawn,
    a_care_leaver,
    a_child,
    a_missing_episode,
    a_placing_decision,
    a_review,
    a_worker,
    an_episode,
    placed,
    the_adopters,
)
from rule_cases import fails, judged, passes

from quality.rules.model import UNREAD, unread
from quality.rules.subjects import with_subjects
from quality.schemas.entities import ALL_ENTITIES
from quality.schemas.logs import FAULTS

_UNREAD_END: dict[str, Any] = {"end_date": None, "end_date_unread": True}
_UNREAD_START: dict[str, Any] = {"start_date": None, "start_date_unread": True}
_UNREAD_REVERSAL: dict[str, Any] = {"decision_reversed_date": None, "decision_reversed_date_unread": True}
_NO_AD1_ITEM: dict[str, Any] = dict.fromkeys(
    ("ad1_decision_date", "matched_date", "foster_carer_adopter", "adopter_number", "adopter_sex"), None
) | {"adopter_legal_status": None}
_MOTHER = {"sex": "F", "is_mother": True}


def _leaver_with_adopters(**adopters: Any) -> Drawn:
    return a_child(an_episode(a_care_leaver(), the_adopters(**(_NO_AD1_ITEM | adopters))))


@pytest.mark.parametrize(
    ("rule_id", "blank", "unreadable"),
    [
        ("903-102", fails(a_child(date_of_birth=None)), passes(a_child(date_of_birth=None, date_of_birth_unread=True))),
        (
            "903-119",
            fails(a_placing_decision(decision_reversed_reason="RD1")),
            passes(a_placing_decision(decision_reversed_reason="RD1", **_UNREAD_REVERSAL)),
        ),
        ("903-119", passes(a_placing_decision()), fails(a_placing_decision(**_UNREAD_REVERSAL))),
        (
            "CSC-272",
            fails(
                a_child(
                    an_episode(
                        placed("2025-07-01", placement_type="A3"),
                        a_placing_decision(placed_adoption_decision_date=None),
                    )
                )
            ),
            passes(
                a_child(
                    an_episode(
                        placed("2025-07-01", placement_type="A3"),
                        a_placing_decision(
                            placed_adoption_decision_date=None, placed_adoption_decision_date_unread=True
                        ),
                    )
                )
            ),
        ),
        ("CSC-287", passes(_leaver_with_adopters()), fails(_leaver_with_adopters(matched_date_unread=True))),
        (
            "903-151",
            fails(the_adopters(ad1_decision_date=None)),
            passes(the_adopters(ad1_decision_date=None, ad1_decision_date_unread=True)),
        ),
        (
            "903-564",
            fails(a_missing_episode(start_date=None)),
            passes(a_missing_episode(**_UNREAD_START)),
        ),
        (
            "903-566",
            passes(a_missing_episode(end_date=None, missing_type=None)),
            fails(a_missing_episode(missing_type=None, **_UNREAD_END)),
        ),
        (
            "903-575",
            fails(a_child(an_episode(placed("2025-07-01", "2025-10-01")), a_missing_episode(end_date=None))),
            passes(a_child(an_episode(placed("2025-07-01", "2025-10-01")), a_missing_episode(**_UNREAD_END))),
        ),
        (
            "903-167",
            passes(a_review(review_date=None, participation=None)),
            fails(a_review(review_date=None, review_date_unread=True, participation=None)),
        ),
        ("903-611", fails(a_child(**_MOTHER)), passes(a_child(**_MOTHER, mother_child_date_of_birth_unread=True))),
        (
            "903-393",
            fails(a_child(an_episode(placed("2025-07-01")), sex="F")),
            passes(a_child(an_episode(placed("2025-07-01")), sex="F", is_mother_unread=True)),
        ),
        (
            "CSC-217",
            fails(placed("2025-07-01", end_reason="E8")),
            passes(placed("2025-07-01", None, end_reason="E8", end_date_unread=True)),
        ),
        (
            "CSC-326",
            passes(a_child(an_episode(placed("2025-07-01"), a_worker(end_date=None)))),
            fails(a_child(an_episode(placed("2025-07-01"), a_worker(**_UNREAD_END)))),
        ),
    ],
)
def test_what_could_not_be_read_counts_as_given(rule_id: str, blank: Any, unreadable: Any) -> None:
    for verdict in (blank, unreadable):
        in_return = type(verdict)(verdict.drawn, verdict.rows, "ssda903", None, verdict.options)
        assert judged(rule_id, in_return).findings["row"].to_list() == list(verdict.rows)


def test_attributes_that_may_be_unread_exist() -> None:
    assert [(e, a) for e, named in UNREAD.items() for a in named if a not in ALL_ENTITIES[e].attributes] == []


def _held(entity: str, **columns: list[Any]) -> pl.DataFrame:
    schema = ALL_ENTITIES[entity].polars_schema
    return pl.DataFrame(columns, schema={name: schema[name] for name in columns})


def test_faults_mark_the_rows_in_which_they_lie() -> None:
    frames = {
        "children": _held("children", child_key=["a", "b"], row_index=[0, 1]),
        "placements": _held("placements", child_key=["a", "a", "b"], row_index=[0, 1, 2], end_date=[None] * 3),
        "adoptions": _held("adoptions", child_key=["a", "b"], row_index=[0, 1]),
    }
    found = [
        ("a", 1, "placements", "end_date", "not_a_date"),
        ("b", 2, "placements", "end_date", "written_otherwise"),
        ("b", 7, "children", "uasc_end_date", "partly_known"),  # a row of UASC, not of Header
        ("b", 5, "adoptions", "matched_date", "not_a_date"),  # a row of AD1, not of PlacedAdoption
        ("b", 1, "adoptions", "decision_reversed_date", "not_a_date"),
        ("a", 0, "children", "sex", "not_a_code"),
    ]
    columns = ("child_key", "row_index", "entity", "field", "fault")
    faults = pl.DataFrame([dict(zip(columns, one, strict=True)) for one in found], schema=FAULTS)
    ready = with_subjects(frames | {"faults": faults}, date(2026, 3, 31), date(2025, 4, 1))
    assert ready["placements"][unread("end_date")].to_list() == [None, True, None]
    assert ready["children"][unread("uasc_end_date")].to_list() == [None, True]
    assert ready["adoptions"][unread("matched_date")].to_list() == [None, True]
    assert ready["adoptions"][unread("decision_reversed_date")].to_list() == [None, True]
    assert not {unread("sex"), unread("score")} & {name for frame in ready.values() for name in frame.columns}
