"""Made-up child records for measuring: schema-valid, all different, about 3 KB each. No child is behind any of them."""

import json
import random
from datetime import date, timedelta
from typing import Any

_FACTORS = [f"{number}{letter}" for number in range(1, 9) for letter in "ABC"]
_FIRST_DAY = date(2023, 4, 1)


def batches(records: int, per_batch: int = 100, seed: int = 1) -> list[bytes]:
    """Request bodies holding this many records in all."""
    made = [record(index, random.Random(f"{seed}:{index}")) for index in range(records)]  # noqa: S311
    return [json.dumps(made[start : start + per_batch]).encode() for start in range(0, records, per_batch)]


def record(index: int, dice: random.Random) -> dict[str, Any]:
    """One child: details, questionnaires and one to three episodes, spaced as most senders write them."""
    return {
        "la_child_id": f"C{index:09d}",
        "mis_child_id": f"mis-{index:09d}",
        "child_details": _details(index, dice),
        "health_and_wellbeing": {
            "sdq_assessments": [
                {"date": _day(dice, year * 365), "score": dice.randint(0, 40)} for year in range(dice.randint(0, 3))
            ],
            "purge": False,
        },
        "social_care_episodes": [_episode(index, number, dice) for number in range(dice.randint(1, 3))],
        "purge": False,
    }


def _details(index: int, dice: random.Random) -> dict[str, Any]:
    return {
        "unique_pupil_number": f"A{index:012d}",
        "first_name": dice.choice(["Zoë", "Sam", "Ola", 'J "J"']) + str(dice.randint(0, 999)),
        "surname": f"Invented-{dice.randint(0, 99999)}",
        "date_of_birth": _day(dice, -dice.randint(0, 6000)),
        "sex": dice.choice("MFU"),
        "ethnicity": dice.choice(["WBRI", "ABAN", "MOTH", "NOBT"]),
        "disabilities": dice.sample(["NONE", "MOB", "HAND", "VIS", "AUT"], dice.randint(1, 3)),
        "postcode": f"ZZ{dice.randint(1, 99)} {dice.randint(1, 9)}XX",
        "uasc_flag": dice.random() < 0.05,
        "purge": False,
    }


def _episode(index: int, number: int, dice: random.Random) -> dict[str, Any]:
    episode = f"{index}-{number}"
    start = number * 300
    return {
        "social_care_episode_id": f"E{episode}",
        "referral_date": _day(dice, start),
        "referral_source": dice.choice(["1A", "2B", "5A"]),
        "referral_no_further_action_flag": False,
        "closure_date": _day(dice, start + 250),
        "closure_reason": dice.choice(["RC1", "RC7", "RC8"]),
        "care_worker_details": [
            {"worker_id": f"SW{dice.randint(1, 9999)}", "start_date": _day(dice, start), "end_date": _day(dice, start)}
        ],
        "child_and_family_assessments": [
            {
                **_dated("child_and_family_assessment_id", f"A{episode}-{each}", dice, start, "authorisation_date"),
                "factors": dice.sample(_FACTORS, dice.randint(1, 5)),
            }
            for each in range(dice.randint(1, 2))
        ],
        "child_in_need_plans": _several("child_in_need_plan_id", f"P{episode}", dice, start),
        "section_47_assessments": [
            {**enquiry, "icpc_required_flag": True, "icpc_date": _day(dice, start)}
            for enquiry in _several("section_47_assessment_id", f"S{episode}", dice, start)
        ],
        "child_protection_plans": _several("child_protection_plan_id", f"C{episode}", dice, start),
        "child_looked_after_placements": [
            {**placement, "start_reason": "S", "placement_type": "U1", "postcode": "ZZ1 1XX", "end_reason": "X1"}
            for placement in _several("child_looked_after_placement_id", f"L{episode}", dice, start)
        ],
        "care_leavers": {"contact_date": _day(dice, start), "activity": "F2", "accommodation": "D", "purge": False},
        "purge": False,
    }


def _several(own_id: str, stem: str, dice: random.Random, start: int) -> list[dict[str, Any]]:
    return [_dated(own_id, f"{stem}-{each}", dice, start, "end_date") for each in range(dice.randint(0, 2))]


def _dated(own_id: str, value: str, dice: random.Random, start: int, end: str) -> dict[str, Any]:
    return {own_id: value, "start_date": _day(dice, start), end: _day(dice, start + 40), "purge": False}


def _day(dice: random.Random, after: int) -> str:
    return (_FIRST_DAY + timedelta(days=after + dice.randint(0, 200))).isoformat()
