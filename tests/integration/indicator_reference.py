"""The indicators once more, in plain Python straight from their definitions: slow and obvious.

Each function takes the children of one source and the period, and gives numerator and denominator.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]


@dataclass
class Child:
    """What one source says about one child now."""

    born: date | None = None
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, entity: str) -> list[Row]:
        """The child's rows of one entity."""
        return self.tables.get(entity, [])


@dataclass(frozen=True)
class Period:
    """First and last day, the source's last day covered, and the days on which England does not work."""

    start: date
    end: date
    coverage_end: date
    holidays: frozenset[date]
    is_return: bool


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def is_open(start: date | None, end: date | None, day: date) -> bool:
    """Begun on or before the day, and not ended on or before it."""
    return start is not None and start <= day and (end is None or end > day)


def is_aged(child: Child, lowest: int, below: int, day: date) -> bool:
    """Whether the child is at least so old and has not reached the other birthday."""
    return child.born is not None and months_before(day, 12 * below) < child.born <= months_before(day, 12 * lowest)


def _referrals(child: Child) -> set[date]:
    return {row["referral_date"] for row in child.rows("episodes") if row["referral_date"]}


def referrals_count(children: list[Child], period: Period) -> tuple[int, int]:
    """Referrals in the period, one per child and date."""
    return sum(period.start <= day <= period.end for child in children for day in _referrals(child)), 0


def rereferral_pct(children: list[Child], period: Period) -> tuple[int, int]:
    """Those with an earlier one in the 12 months before, of all referrals."""
    again = total = 0
    for child in children:
        days = _referrals(child)
        for day in days:
            if period.start <= day <= period.end:
                total += 1
                again += any(months_before(day, 12) <= earlier < day for earlier in days)
    return again, total


def _is_in_need(child: Child, day: date) -> bool:
    for episode in child.rows("episodes"):
        if not is_open(episode["referral_date"], episode["closure_date"], day):
            continue
        if episode["referral_no_further_action_flag"]:
            continue
        own = {
            entity
            for entity in ("assessments", "cin_plans", "cp_plans", "s47_enquiries", "placements")
            if any(row["social_care_episode_id"] == episode["social_care_episode_id"] for row in child.rows(entity))
        }
        if episode["closure_reason"] in ("RC8", "RC9") and own == {"assessments"}:
            continue
        return True
    return False


def cin_rate(children: list[Child], period: Period) -> tuple[int, int]:
    """Children with an episode of need open on the last day."""
    return sum(_is_in_need(child, period.end) for child in children), 0


def cpp_2yrs_pct(children: list[Child], period: Period) -> tuple[int, int]:
    """Plans open on the last day that began two years before, of all open."""
    plans = [
        row["start_date"]
        for child in children
        for row in child.rows("cp_plans")
        if is_open(row["start_date"], row["end_date"], period.end)
    ]
    return sum(start <= months_before(period.end, 24) for start in plans), len(plans)


def assessments_45wd_pct(children: list[Child], period: Period) -> tuple[int, int]:
    """Authorised within 45 working days of the start, of those authorised in the period with dates in order."""
    within = total = 0
    for child in children:
        for row in child.rows("assessments"):
            start, end = row["start_date"], row["authorisation_date"]
            if start and end and start <= end and period.start <= end <= period.end:
                days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
                total += 1
                within += sum(day.weekday() < 5 and day not in period.holidays for day in days) <= 45
    return within, total


def _lasting(child: Child) -> list[Row]:
    rows = [
        row
        for row in child.rows("placements")
        if row["start_date"] and (row["end_date"] is None or row["end_date"] > row["start_date"])
    ]
    last = date(9999, 12, 31)
    return sorted(
        rows, key=lambda row: (row["start_date"], row["end_date"] or last, row["child_looked_after_placement_id"])
    )


def periods_of_care(child: Child) -> list[list[Row]]:
    """Placements in order, a new list where none of those before reaches the next one's start."""
    care: list[list[Row]] = []
    for row in _lasting(child):
        if care and any(before["end_date"] is None or before["end_date"] >= row["start_date"] for before in care[-1]):
            care[-1].append(row)
        else:
            care.append([row])
    return care


def is_looked_after(child: Child, day: date) -> bool:
    """A placement open on the day, and not known to be 18 or over."""
    is_adult = child.born is not None and child.born <= months_before(day, 18 * 12)
    return not is_adult and any(is_open(row["start_date"], row["end_date"], day) for row in child.rows("placements"))


def cla_rate(children: list[Child], period: Period) -> tuple[int, int]:
    """Children looked after on the last day."""
    return sum(is_looked_after(child, period.end) for child in children), 0


def _placements(care: list[Row]) -> list[list[Row]]:
    placements: list[list[Row]] = []
    for row in (row for row in care if row["placement_type"] not in ("T0", "T1", "T2", "T3", "T4")):
        before = placements[-1][-1] if placements else None
        same = before is not None and (
            (row["placement_type"], row["placement_postcode"])
            == (before["placement_type"], before["placement_postcode"])
            or row["placement_type"] in ("A3", "A5")
            or row["start_reason"] in ("T", "U")
            or before["change_reason"] == "PLACE"
        )
        if same:
            placements[-1].append(row)
        else:
            placements.append([row])
    return placements


def cla_3plus_placements_pct(children: list[Child], period: Period) -> tuple[int, int]:
    """Three or more placements open in the 12 months to the last day, of all looked after on it."""
    looked_after = [child for child in children if is_looked_after(child, period.end)]
    earliest = months_before(period.end, 12)
    moved = 0
    for child in looked_after:
        placements = [rows for care in periods_of_care(child) for rows in _placements(care)]
        in_year = [
            rows
            for rows in placements
            if min(row["start_date"] for row in rows) <= period.end
            and any(row["end_date"] is None or row["end_date"] > earliest for row in rows)
        ]
        moved += len(in_year) >= 3
    return moved, len(looked_after)


def _score(child: Child, period: Period) -> int | None:
    dated = [
        (row["date"] or (period.coverage_end if period.is_return else None), row["score"])
        for row in child.rows("sdq_assessments")
    ]
    valid = [
        (day, score)
        for day, score in dated
        if day and score is not None and 0 <= score <= 40 and months_before(period.end, 12) < day <= period.end
    ]
    return max(valid)[1] if valid else None


def sdq_average_score(children: list[Child], period: Period) -> tuple[int, int]:
    """Latest scores of the 12 months to the last day of children aged 5 to 16 looked after for 12 months."""
    scores = []
    for child in children:
        begun = [
            care[0]["start_date"]
            for care in periods_of_care(child)
            if any(is_open(row["start_date"], row["end_date"], period.end) for row in care)
        ]
        score = _score(child, period)
        if begun and begun[0] <= months_before(period.end, 12) and is_aged(child, 5, 17, period.end):
            scores += [score] if score is not None else []
    return sum(scores), len(scores)


REFERENCE: dict[str, Callable[[list[Child], Period], tuple[int, int]]] = {
    function.__name__: function
    for function in (
        cin_rate,
        rereferral_pct,
        cpp_2yrs_pct,
        cla_rate,
        assessments_45wd_pct,
        referrals_count,
        cla_3plus_placements_pct,
        sdq_average_score,
    )
}
