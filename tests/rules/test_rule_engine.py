"""The engine itself: four outcomes, one broken rule beside sound ones, and frames left as they were."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from rule_building import a_child, a_disability, a_placement, an_adoption, an_episode, an_sdq, frames_of

from quality.rules.catalogue import rule
from quality.rules.engine import run
from quality.rules.model import FINDINGS, OUTCOMES, Rule
from quality.rules.registry import all_rules, state_rules
from quality.rules.subjects import with_subjects

DEFAULT = {rule.id: rule for rule in all_rules()}


def _a_rule(fails, **changes) -> Rule:
    return replace(DEFAULT["CSC-138"], fails=fails, **changes)


def _raises(frames):
    raise RuntimeError("2015-06-15 is a value that must not be repeated")


def _breaks_when_collected(frames):
    return frames["episodes"].select(pl.col("social_care_episode_id").str.to_date("%Y", strict=True).alias("row"))


BROKEN = {
    "function that raises": _raises,
    "function that breaks when collected": _breaks_when_collected,
    "expression on a column that is not there": pl.col("no_such_column") > 1,
    "expression that breaks when evaluated": pl.col("social_care_episode_id").str.to_date("%Y", strict=True).is_null(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_says_so_and_hides_no_other(name: str) -> None:
    drawn = frames_of(an_episode(closure_date="2025-01-01"))
    judgement = run(drawn, "payload", [_a_rule(BROKEN[name], id="CSC-000"), DEFAULT["CSC-138"], DEFAULT["CSC-211"]])
    said = {row["rule_id"]: row for row in judgement.outcomes.to_dicts()}
    assert {rule_id: row["outcome"] for rule_id, row in said.items()} == {
        "CSC-000": "could_not_run",
        "CSC-138": "failed",
        "CSC-211": "failed",
    }
    assert "2015" not in said["CSC-000"]["reason"]
    assert "E1" not in said["CSC-000"]["reason"]
    assert "Error" in said["CSC-000"]["reason"]


def _outcome(rule_id: str, *drawn, kind="payload", year=None, **changes) -> tuple[str, str | None]:
    asked = replace(DEFAULT[rule_id], **changes)
    (row,) = run(frames_of(*drawn), kind, [asked], year).outcomes.to_dicts()
    return row["outcome"], row["reason"]


def test_four_outcomes_are_told_apart() -> None:
    assert _outcome("CSC-172", a_placement(end_date="2026-01-01")) == ("passed", None)
    assert _outcome("CSC-172", a_placement(end_date="2020-01-01")) == ("failed", None)
    assert _outcome("CSC-172", a_child()) == ("not_applicable", "no rows to check")
    assert _outcome("CSC-172", a_placement(end_date=None)) == ("not_applicable", "no rows to check")
    assert _outcome("CSC-172", a_child(), kind="cin") == ("not_applicable", "not a rule for cin")
    assert _outcome("CSC-172", a_child(), fails=pl.col("nothing"))[0] == "could_not_run"


def test_a_file_that_did_not_come_makes_a_rule_not_applicable() -> None:
    assert _outcome("CSC-284", a_child(an_sdq()), kind="ssda903") == (
        "not_applicable",
        "this return came without placements",
    )


def test_a_rule_is_asked_in_its_collection_years_only() -> None:
    placed = a_placement(end_date="2020-01-01")
    bounds = {"first_year": 2024, "last_year": 2025}
    asked = {year: _outcome("CSC-172", placed, kind="ssda903", year=year, **bounds)[0] for year in range(2023, 2027)}
    assert asked == {2023: "not_applicable", 2024: "failed", 2025: "failed", 2026: "not_applicable"}


def test_outcomes_are_told_apart_by_source_and_day() -> None:
    monday = frames_of(an_episode(closure_date="2025-01-01"), as_of="2026-03-02")["episodes"]
    tuesday = frames_of(an_episode(closure_date="2025-12-01"), as_of="2026-03-03")["episodes"]
    both = pl.concat([monday, tuesday.with_columns(pl.col("row") + 1, pl.col("subject") + 1)])
    elsewhere = both.with_columns(pl.col("row", "subject") + 2, source_id=pl.lit("205-byo"), la_code=pl.lit("205"))
    judgement = run({"episodes": pl.concat([both, elsewhere])}, "payload", [DEFAULT["CSC-138"]])
    assert judgement.outcomes.sort("source_id", "as_of")["rows_failed"].to_list() == [1, 0, 1, 0]
    assert judgement.findings.sort("row")["row"].to_list() == [0, 2]


def test_frames_are_left_as_they_were() -> None:
    drawn = frames_of(a_child(a_disability("MOB"), an_sdq(), an_episode(a_placement(), an_adoption())))
    before = {name: frame.clone() for name, frame in drawn.items()}
    run(drawn, "payload")
    assert set(before) == set(drawn)
    assert all(before[name].equals(drawn[name]) for name in drawn)


def test_lazy_frames_give_the_same_judgement() -> None:
    drawn = frames_of(an_episode(closure_date="2025-01-01"))
    eager, lazy = run(drawn, "payload"), run({name: frame.lazy() for name, frame in drawn.items()}, "payload")
    assert eager.findings.equals(lazy.findings)
    assert eager.outcomes.equals(lazy.outcomes)


def test_shapes_are_as_promised_even_of_nothing() -> None:
    for judgement in (run({}, "payload"), run(frames_of(a_child()), "payload"), run({}, "cin", [])):
        assert dict(judgement.findings.schema) == FINDINGS
        assert dict(judgement.outcomes.schema) == OUTCOMES


@pytest.mark.parametrize("kind", ["payload", "cin", "ssda903"])
def test_no_rule_is_broken_on_any_kind_of_source(kind) -> None:
    full = frames_of(a_child(a_disability("MOB"), an_sdq(), an_episode(a_placement(), an_adoption())))
    for frames in (full, frames_of(a_child()), {}):
        said = run(frames, kind, state_rules()).outcomes.filter(pl.col("outcome") == "could_not_run")
        assert said["rule_id"].to_list() == []


def test_logic_without_a_catalogue_row_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="CSC-999"):
        rule("CSC-999", on="episodes", fails=pl.lit(True))


def test_faults_of_a_return_become_findings() -> None:
    drawn = frames_of(a_child(an_sdq(score=12)), an_episode())
    faults = pl.DataFrame(
        [
            ("204-d2i", "204", "k0", 0, 7, "sdq_assessments", "score", "not_a_number"),
            ("204-d2i", "204", "k0", 0, 3, "children", "date_of_birth", "not_a_date"),
            ("204-d2i", "204", "k0", 0, 2, "children", "sex", "not_a_code"),
            ("204-d2i", "204", "k0", 0, 1, "adoptions", "decision_reversed_date", "not_a_date"),
        ],
        schema=["source_id", "la_code", "child_key", "batch_index", "row_index", "entity", "field", "fault"],
        orient="row",
    )
    judgement = run({**drawn, "faults": faults}, "ssda903", [DEFAULT["CSC-133"]])
    found = judgement.findings.select("rule_id", "row", "fields", "severity").sort("rule_id").rows()
    assert found == [
        ("903-116", 1, "decision_reversed_date", "error"),
        ("CSC-058", 3, "date_of_birth", "error"),
        ("CSC-133", 7, "score", "error"),
        ("RET-000", 2, "sex", "error"),
    ]
    counts = {row["rule_id"]: (row["rows_checked"], row["rows_failed"]) for row in judgement.outcomes.to_dicts()}
    assert counts["CSC-133"] == (2, 1)
    assert counts["CSC-058"] == (2, 1)
    assert counts["CSC-060"] == (2, 0)


@pytest.mark.parametrize(
    ("found", "outcome", "rows_failed"),
    [
        ([], "passed", 0),
        ([("reference_date", "differs")], "failed", 1),
        ([("reference_date", "missing")], "failed", 1),
        ([("reference_date", "not_a_date"), ("year", "not_a_number")], "failed", 1),
        ([("year", "differs")], "failed", 1),
        ([("lea", "missing")], "passed", 0),
    ],
)
def test_a_census_header_that_names_another_day_breaks_a_rule(found, outcome: str, rows_failed: int) -> None:
    drawn = frames_of(an_episode(), period_start="2025-04-01")
    schema = {"source_id": pl.String, "la_code": pl.String, "child_key": pl.String, "batch_index": pl.Int32}
    schema |= {"row_index": pl.Int32, "entity": pl.String, "field": pl.String, "fault": pl.String}
    faults = [("204-d2i", "204", None, None, None, "return", *fault) for fault in found]
    judgement = run({**drawn, "faults": pl.DataFrame(faults, schema, orient="row")}, "cin", [DEFAULT["CSC-136"]], 2026)
    (said,) = judgement.outcomes.filter(pl.col("rule_id") == "CIN-100").to_dicts()
    assert (said["outcome"], said["rows_checked"], said["rows_failed"]) == (outcome, 1, rows_failed)
    assert said["entity"] == "submission"
    of_it = judgement.findings.filter(pl.col("rule_id") == "CIN-100")
    broken = [("submission", field) for field, _ in found if field != "lea"]
    assert sorted(of_it.select("entity", "fields").rows()) == broken


def test_frames_of_a_stage_become_subjects_of_the_engine() -> None:
    lineage = ["subject", "row", "as_of", "period_start"]
    drawn = {name: frame.drop(lineage) for name, frame in frames_of(a_child(an_sdq()), a_child(an_sdq())).items()}
    ready = with_subjects(drawn | {"purges": drawn["children"]}, date(2026, 3, 31), date(2025, 4, 1))
    assert sorted(ready) == ["children", "sdq_assessments"]
    assert ready["sdq_assessments"].select("subject", "row", "child_key").rows() == [(0, 0, "k0"), (1, 1, "k1")]
    assert with_subjects({}, date(2026, 3, 31)) == {}
