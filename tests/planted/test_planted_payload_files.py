"""Faults of a whole file, and of several children of one: found, and found of those children only."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from judged_answers import could_not_run, failed
from payload_answers import answers, said
from planted_payload_children import CHILDREN, on_cin_plan, on_cp_plan, referred_only
from planted_payload_structure import CIN_PLANS, DETAILS, WORKERS
from planting import put

from assets.records.payload_model import MAX_RECORDS_PER_BATCH

Records = list[Any]
_SAME_DAY = "2014-10-09"
_MANY_EPISODES = 101


def _clean(how_many: int) -> Records:
    return [CHILDREN[number % len(CHILDREN)](number + 1) for number in range(how_many)]


NO_BATCHES = (
    ("CSC-001", "{"),
    ("CSC-001", '{"la_child_id": "P1"}'),
    ("CSC-002", json.dumps(_clean(MAX_RECORDS_PER_BATCH + 1))),
    ("CSC-003", "[]"),
)


@pytest.mark.parametrize(("rule_id", "body"), NO_BATCHES, ids=["no JSON", "no array", "too many", "none"])
def test_a_file_that_is_no_batch(tmp_path: Path, rule_id: str, body: str) -> None:
    (tmp_path / "0.json").write_text(body, encoding="utf-8")
    assert failed(answers(tmp_path)) == {None: {rule_id}}


def _with(changed: Sequence[int], *changes: Callable[[Any], None]) -> Callable[[Records], set[int]]:
    """These records are changed alike."""

    def change(records: Records) -> set[int]:
        for number in changed:
            for each in changes:
                each(records[number])
        return set(changed)

    return change


def _sent_twice(records: Records) -> set[int]:
    records[3] = records[2]
    return {2, 3}


def _one_number(records: Records) -> set[int]:
    number = records[0]["child_details"]["unique_pupil_number"]
    return _with([0, 1], put(f"{DETAILS}.unique_pupil_number", number))(records)


def _one_plan(records: Records) -> set[int]:
    return _with([0, 10], put(f"{CIN_PLANS}.0.child_in_need_plan_id", "plan-7"))(records)


def _born_on_one_day(records: Records) -> set[int]:
    records[:] = [on_cin_plan(number + 1) for number in range(8)] + [
        referred_only(number + 101) for number in range(92)
    ]
    return _with(range(6), put(f"{DETAILS}.date_of_birth", _SAME_DAY))(records)


def _of_one_worker(records: Records) -> set[int]:
    records[:] = [on_cp_plan(number + 1) for number in range(_MANY_EPISODES)] + records
    return _with(range(_MANY_EPISODES), put(f"{WORKERS}.-1.worker_id", "SW7"))(records)


OF_SEVERAL = (
    ("CSC-055", _sent_twice),
    ("CSC-294", _one_number),
    ("CSC-341", _one_plan),
    ("CSC-344", _born_on_one_day),
    ("CSC-356", _of_one_worker),
)


@pytest.mark.parametrize(("rule_id", "change"), OF_SEVERAL)
def test_a_fault_of_several_children(tmp_path: Path, rule_id: str, change: Callable[[Records], set[int]]) -> None:
    records = [CHILDREN[number % len(CHILDREN)](number + 201) for number in range(20)]
    concerned = change(records)
    answered = said(tmp_path, records)
    assert failed(answered) == dict.fromkeys(concerned, {rule_id})
    assert could_not_run(answered) == []
