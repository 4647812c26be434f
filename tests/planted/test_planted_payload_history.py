"""Faults that show only beside what was known before, or in the LA's feed as a whole: planted in the engine's frames.

`csc validate payload` knows nothing of either, so that its files cannot hold them.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from judged_answers import could_not_run
from payload_answers import RECEIVED, frames_beside_before
from planted_payload_children import CHILDREN, asylum_seeker, on_cin_plan
from planted_payload_details import UPN
from planted_payload_structure import CIN_PLANS, DETAILS
from planted_people import pupil_number
from planted_places import HOME, LA
from planting import Change, drop, put

from quality.rules.engine import run
from quality.rules.model import IDENTITIES, RECORDS, SUBMISSION, Judgement
from quality.rules.registry import rules_for

Frames = dict[str, pl.DataFrame]
Alter = Callable[[Frames], Frames]
CHILD = 31


def _judged(frames: Frames) -> Judgement:
    return run(frames, "payload", rules_for("payload"))


def _found(judgement: Judgement) -> dict[str | None, set[str]]:
    by_child = judgement.findings.group_by("child_key").agg(pl.col("rule_id").unique())
    return {child: set(rules) for child, rules in by_child.iter_rows()}


def _clean() -> list[dict[str, Any]]:
    return [draw(number + 1) for number, draw in enumerate(CHILDREN)]


def _set(frame: str, column: str, value: Any, child: str) -> Alter:
    """Another value for one child in a frame."""

    def alter(frames: Frames) -> Frames:
        held = frames[frame].get_column(column, default=pl.Series([None])).dtype
        rest = pl.col(column) if column in frames[frame].columns else pl.lit(None)
        told = pl.when(pl.col("child_key") == child).then(pl.lit(value)).otherwise(rest)
        return frames | {
            frame: frames[frame].with_columns(told.cast(held).alias(column) if held != pl.Null else told.alias(column))
        }

    return alter


def test_children_told_again_unchanged_break_no_rule(frames: Frames) -> None:
    judgement = _judged(frames)
    assert _found(judgement) == {}
    assert could_not_run(judgement.outcomes) == []


_NOT_SEEKING = (put(f"{DETAILS}.uasc_flag", False), put(f"{DETAILS}.postcode", HOME))
Told = tuple[str, Callable[[int], Any], tuple[Change, ...], tuple[Change, ...], set[str]]
# Rule, child, what was other before, what is other now, and what else that breaks.
CHANGED: tuple[Told, ...] = (
    ("CSC-327", on_cin_plan, (), (put(f"{DETAILS}.sex", "F"),), set()),
    ("CSC-328", on_cin_plan, (), (put(f"{DETAILS}.date_of_birth", "2014-08-05"),), set()),
    ("CSC-329", on_cin_plan, (), (put(f"{DETAILS}.ethnicity", "WIRI"),), set()),
    ("CSC-330", on_cin_plan, (), (put(UPN, pupil_number(777)),), set()),
    ("CSC-331", asylum_seeker, _NOT_SEEKING, (), set()),
    ("CSC-332", asylum_seeker, (), _NOT_SEEKING, set()),
    # an end date of a child who is not flagged
    ("CSC-334", on_cin_plan, (), (put(f"{DETAILS}.uasc_end_date", "2025-10-01"),), {"CSC-207"}),
    ("CSC-340", on_cin_plan, (), (put(f"{CIN_PLANS}.0.child_in_need_plan_id", "n9"),), set()),
)


def test_changes_that_should_not_be() -> None:
    now, before, expected = _clean(), _clean(), {}
    for number, (rule_id, draw, other_before, other_now, beside) in enumerate(CHANGED):
        was, child = draw(CHILD + number), draw(CHILD + number)
        for record, changes in ((was, other_before), (child, other_now)):
            for change in changes:
                change(record)
        now.append(child)
        before.append(was)
        expected[child["la_child_id"]] = {rule_id, *beside}
    assert _found(_judged(frames_beside_before(now, before))) == expected


def _counts(**told: int) -> Alter:
    """A feed as a whole, of 1,000 children, in which nothing is odd but what is told."""
    usual = {
        "children": 1000,
        "children_without_sex": 5,
        "disability_codes": 12,
        "most_disabilities_of_a_child": 3,
        "children_held_before": 1000,
        "children_purged": 2,
    }
    about = {"row": 0, "as_of": RECEIVED, "source_id": f"{LA}-d2i", "la_code": LA}
    frame = pl.DataFrame([about | usual | told]).with_columns(
        pl.lit(None, pl.UInt32).alias("subject"),
        pl.lit(None, pl.String).alias("child_key"),
        pl.col("row").cast(pl.UInt32),
    )
    return lambda frames: frames | {SUBMISSION: frame}


def _people(frames: Frames) -> Frames:
    """As if two of them had one name and birthday."""
    people = frames["children"].select("subject", "row", "as_of", "period_start", "source_id", "la_code", "child_key")
    hashes = people["child_key"].replace({"P00002": "P00001"}).alias("person_hash")
    return frames | {IDENTITIES: people.with_columns(hashes)}


def _ended(frames: Frames) -> Frames:
    return _set("children", "home_ended", date(2025, 3, 1), "P00001")(frames)


OF_THE_FEED: tuple[tuple[str, Alter, set[str | None]], ...] = (
    ("CSC-110", _ended, {"P00001"}),
    ("CSC-336", _counts(children_without_sex=21), {None}),
    ("CSC-337", _counts(disability_codes=7), {None}),
    ("CSC-338", _counts(most_disabilities_of_a_child=1), {None}),
    ("CSC-339", _people, {"P00001", "P00002"}),
    ("CSC-362", _set(RECORDS, "purges_nothing", True, "P00001"), {"P00001"}),
    ("CSC-363", _counts(children_purged=51), {None}),
    ("CSC-368", _set(RECORDS, "is_held_elsewhere", True, "P00001"), {"P00001"}),
    ("CSC-369", _set(RECORDS, "ends_unclear_spell", True, "P00001"), {"P00001"}),
)


@pytest.fixture(scope="module")
def frames() -> Frames:
    """Of clean children, told again unchanged."""
    return frames_beside_before(_clean(), _clean())


def test_a_feed_in_which_nothing_is_odd_breaks_no_rule(frames: Frames) -> None:
    assert _found(_judged(_counts()(frames))) == {}


@pytest.mark.parametrize(("rule_id", "alter", "concerned"), OF_THE_FEED)
def test_what_only_the_feed_as_a_whole_shows(
    frames: Frames, rule_id: str, alter: Alter, concerned: set[str | None]
) -> None:
    assert _found(_judged(alter(frames))) == dict.fromkeys(concerned, {rule_id})


OF_FIRST_RECORDS = "CSC-057"


def test_a_first_record_without_details() -> None:
    silent = on_cin_plan(CHILD)
    drop(DETAILS)(silent)
    frames = frames_beside_before([*_clean(), silent], _clean())
    judgement = _judged(_set(RECORDS, "is_first_of_child", True, silent["la_child_id"])(frames))
    # of a child without details nothing is known that must be
    assert _found(judgement) == {silent["la_child_id"]: {OF_FIRST_RECORDS, "CSC-115", "CSC-116", "CSC-195"}}
