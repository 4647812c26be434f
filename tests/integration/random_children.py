"""Random children for tests of the marts: few dates and codes, so that edges, ties and contradictions are common."""

from datetime import date, timedelta
from random import Random
from typing import Any

from indicator_reference import Child

Row = dict[str, Any]


def _day(random: Random, first: date, last: date, missing: float = 0.0) -> date | None:
    if random.random() < missing:
        return None
    # the edges of months and years are where definitions differ
    day = first + timedelta(days=random.randrange((last - first).days))
    return random.choice([day, day.replace(day=1), day.replace(day=28), date(2024, 2, 29), date(2025, 3, 31)])


def _end(random: Random, start: date | None, days: int) -> date | None:
    if start is None or random.random() < 0.3:
        return None
    return start + timedelta(days=random.choice([0, 1, 62, 63, 64, 65, 365, 366, 730, -3, random.randrange(days)]))


def _episodes(random: Random, first: date, last: date) -> list[Row]:
    rows = []
    for number in range(random.randrange(4)):
        referral = _day(random, first, last, missing=0.05)
        if rows and rows[-1]["referral_date"] and random.random() < 0.3:
            referral = rows[-1]["referral_date"] + timedelta(days=random.choice([365, 366, 367]))
        closure = _end(random, referral, 500)
        rows.append(
            {
                "social_care_episode_id": str(number),
                "referral_date": referral,
                "closure_date": closure,
                "closure_reason": random.choice(["RC1", "RC8", "RC9", None]) if closure else None,
                "referral_no_further_action_flag": random.choice([True, False, False, None]),
            }
        )
    return rows


def _items(random: Random, entity_id: str, end: str, first: date, last: date, days: int) -> list[Row]:
    rows = []
    for number in range(random.randrange(3)):
        start = _day(random, first, last, missing=0.05)
        episode = str(random.randrange(4))
        ids = {"social_care_episode_id": episode, entity_id: str(number)}
        rows.append(ids | {"start_date": start, end: _end(random, start, days)})
    return rows


def _placements(random: Random, first: date, last: date) -> list[Row]:
    rows = []
    start = _day(random, first, last)
    for number in range(random.choice([0, 0, 1, 2, 3, 4, 6])):
        end = _end(random, start, 150) if random.random() < 0.8 else start + timedelta(days=random.randrange(1, 60))
        rows.append(
            {
                "social_care_episode_id": str(random.randrange(4)),
                "child_looked_after_placement_id": str(number),
                "start_date": start,
                "end_date": end,
                "placement_type": random.choice(["U1", "U1", "U4", "K2", "T0", "A3", "A5", None]),
                "placement_postcode": random.choice(["P1", "P2", None]),
                "start_reason": random.choice(["S", "P", "P", "L", "B", "T", "U", None]),
                "change_reason": random.choice([None, None, "PLACE", "CARPL"]),
            }
        )
        start = (end or start) + timedelta(days=random.choice([0, 0, 0, 1, 20]))
    return rows


def _scores(random: Random, first: date, last: date, is_return: bool) -> list[Row]:
    days = {None} if is_return else {_day(random, first, last, missing=0.05) for _ in range(random.randrange(5))}
    return [{"date": day, "score": random.choice([0, 5, 13, 40, 41, None])} for day in days]


def a_child(random: Random, first: date, last: date, is_return: bool) -> Child:
    """One random child with rows of every entity that an indicator reads."""
    born = _day(random, date(2004, 1, 1), date(2022, 1, 1), missing=0.1)
    tables = {
        "episodes": _episodes(random, first, last),
        "assessments": _items(random, "child_and_family_assessment_id", "authorisation_date", first, last, 90),
        "cin_plans": _items(random, "child_in_need_plan_id", "end_date", first, last, 300)[:1],
        "cp_plans": _items(random, "child_protection_plan_id", "end_date", first, last, 900),
        "s47_enquiries": _items(random, "section_47_assessment_id", "end_date", first, last, 30)[:1],
        "placements": _placements(random, first, last),
        "sdq_assessments": _scores(random, first, last, is_return),
    }
    return Child(born, tables)
