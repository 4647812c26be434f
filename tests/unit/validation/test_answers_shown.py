"""The table that an LA officer reads: by rule, the worst first, with the first places, and why rules were not asked."""

from typing import Any

import polars as pl
import pytest
from rich.console import Console

from assets.validation.answers import TOLD
from orchestration.commands import answers_shown
from orchestration.commands.answers_shown import Shown, show
from orchestration.commands.progress import Progress

WORDING = "Closed before it was referred"


def an_answer(**values: Any) -> dict[str, Any]:
    """A finding; what is not named is as it mostly is."""
    base = {"rule_id": "CSC-138", "dfe_code_cin": "8630", "dfe_code_903": "", "severity": "error", "outcome": "failed"}
    base |= {"entity": "episodes", "la_child_id": "A1", "record": 0, "row": 0, "fields": "closure_date;referral_date"}
    return {**base, "message": WORDING, "wording": WORDING, "reason": "", "file": "a.xml", **values}


def printed(capsys: pytest.CaptureFixture[str], *answers: dict[str, Any], kind: str = "cin", **options: Any) -> str:
    frame = pl.DataFrame([{name: answer[name] for name in TOLD} for answer in answers], schema=TOLD, orient="row")
    show(Shown(frame, kind, "7 children"), "table", everything=options.get("everything", False))  # type: ignore[arg-type]
    return capsys.readouterr().out


def in_one_line(text: str) -> str:
    """Without line ends and the blanks that make columns."""
    return " ".join(text.split())


def test_a_rule_is_told_once_with_its_first_places(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, *(an_answer(la_child_id=f"A{number // 2}", row=number) for number in range(1234)))
    assert shown.count(WORDING) == 1
    assert "CSC-138 1,234 617 Closed before it was referred" in in_one_line(shown)
    assert "DfE 8630; episodes: closure_date, referral_date" in shown
    assert "child A0, row 0; child A0, row 1; child A1, row 2; and 1,231 more" in shown
    assert "1,234 findings in 7 children: 1,234 errors, about 617 children." in shown
    assert "a.xml" not in shown, "there is one file only"


def test_the_worst_come_first_each_under_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(
        capsys,
        an_answer(rule_id="CSC-058", severity="reject", reason="child_details.sex must have at most 1 characters"),
        an_answer(),
        an_answer(rule_id="CSC-107", severity="warning"),
        an_answer(rule_id="CSC-108", outcome="could_not_run", reason="TypeError in expression on children"),
    )
    words = ["Refused", "CSC-058", "Errors", "CSC-138", "Warnings", "CSC-107", "Broken", "CSC-108", "TypeError"]
    places = [shown.index(word) for word in words]
    assert places == sorted(places)
    assert "child A1, row 0: child_details.sex must have at most 1 characters" in shown
    assert "3 findings in 7 children: 1 for which a record is refused, 1 error, 1 warning, about 1 child." in shown
    assert "1 rule could not run, so this is not all." in in_one_line(shown)


def test_of_several_files_each_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    both = printed(capsys, an_answer(file="a.csv"), an_answer(file="b.csv", row=5), kind="ssda903")
    assert "child A1, row 0, a.csv; child A1, row 5, b.csv" in both
    each = printed(capsys, an_answer(file="a.csv"), an_answer(file="b.csv", rule_id="CSC-139"), kind="ssda903")
    assert "referral_date; in a.csv" in each
    assert "referral_date; in b.csv" in each
    assert "row 0 of a CSV file is the line below the names of its columns" in each


def test_a_record_is_named_by_its_place_in_a_payload_or_where_no_child_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert "child A1, record 3, row 0" in printed(capsys, an_answer(record=3), kind="payload")
    assert "record 3, row 0" in printed(capsys, an_answer(record=3, la_child_id=None))


def test_what_a_file_holds_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, an_answer(la_child_id="[red]\x1b[2J\r\n[/b]"))
    assert "child [red]\ufffd[2J\ufffd\ufffd[/b], row 0" in shown
    assert "\x1b" not in shown


def test_no_finding_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, an_answer(outcome="passed"), an_answer(rule_id="CSC-139", outcome="passed"))
    assert shown.splitlines()[0] == "No findings in 7 children."
    assert "rules: 0 failed, 2 passed, 0 could not run, 0 not applicable" in shown


def test_why_rules_were_not_asked_is_told_once_with_what_would_help(capsys: pytest.CaptureFixture[str]) -> None:
    before = "nothing is held from before (last year's return) in"
    silent = [
        ("CSC-301", "no rows to check"),
        ("CSC-302", f"{before} placements"),
        ("CSC-303", f"{before} children"),
        ("CSC-304", f"{before} children"),
        ("CSC-305", "no list of providers was given"),
    ]
    answers = [an_answer(rule_id=rule_id, outcome="not_applicable", reason=reason) for rule_id, reason in silent]
    shown = in_one_line(printed(capsys, *answers, kind="ssda903"))
    assert "5 not applicable (--all names them), because" in shown
    assert f"3 {before} children, placements; give last year's with --previous" in shown
    assert "1 no list of providers was given; give --providers" in shown
    assert "CSC-303" not in shown
    every = in_one_line(printed(capsys, *answers, kind="ssda903", everything=True))
    assert "Not asked" in every
    assert "CSC-303" in every


def test_progress_is_a_line_now_and_then_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("orchestration.commands.progress.time.monotonic", lambda: now)
    console = Console(width=80, record=True, force_terminal=False)
    with Progress(console) as progress:
        for now, doing in ((0.1, "opening"), (2.5, "reading [b]"), (2.6, "reading more"), (9.0, "judging")):  # noqa: B007
            progress(doing)
        progress.note("done")
    assert console.export_text().splitlines() == ["reading [b]", "judging", "done"]


def test_progress_is_one_moving_line_in_a_terminal() -> None:
    console = Console(width=80, force_terminal=True, record=True)
    with Progress(console) as progress:
        progress("reading [/b]")
        assert answers_shown.console is not console
        progress.note("done")
    assert "done" in console.export_text()
