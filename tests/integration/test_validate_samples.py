"""csc validate on every sample: three forms that agree, the public columns, exit codes, and nothing left behind."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from validating import Validate, as_json_rows

from assets.validation.answers import ANSWERS

# Kind, path below data, further arguments, and the exit code.
SAMPLES = [
    ("payload", "payloads", ["--as-of", "2026-03-31"], 1),
    ("payload", "payloads/dfe_schema_example.json", ["--la", "204"], 1),
    ("cin", "returns/cin/CIN2rows.xml", [], 1),
    ("cin", "returns/cin/CIN_Census_2021.xml", ["--la", "201", "--year", "2021"], 1),
    ("cin", "returns/cin/CIN_Census_2024.xml", [], 1),
    ("ssda903", "returns/ssda903", ["--la", "204", "--year", "2018", "--previous", "returns/ssda903"], 1),
    ("ssda903", "returns/ssda903/oc3.csv", ["--year", "2018"], 1),
]
COLUMNS = [
    *("rule_id", "dfe_code_cin", "dfe_code_903", "severity", "outcome", "entity"),
    *("la_child_id", "record", "row", "fields", "message", "file"),
]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE_OF_A_RULE = re.compile(r"(\S+-\S+) +([0-9,]+) +[0-9,]+ ")
_RUN_EACH = """
import json, sys
from orchestration.cli import main
codes = []
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as end:
        codes.append(end.code)
print(json.dumps(codes), file=sys.stderr)
"""


@pytest.fixture
def validate(monkeypatch: pytest.MonkeyPatch, shared_dir: Path) -> Validate:
    monkeypatch.chdir(shared_dir / "data")
    return Validate(monkeypatch)


def test_every_sample_is_asked_about(shared_dir: Path) -> None:
    data = shared_dir / "data"
    asked = [data / path for _, path, _, _ in SAMPLES]
    samples = [path for kind in ("payloads", "returns") for path in (data / kind).rglob("*") if path.is_file()]
    assert [path.name for path in samples if path not in asked and path.parent not in asked] == []


@pytest.mark.parametrize(("kind", "path", "more", "code"), SAMPLES)
def test_the_forms_agree(validate: Validate, kind: str, path: str, more: list[str], code: int) -> None:
    arguments = [kind, path, *more, "--all"]
    every = validate.rows(*arguments)
    in_csv = validate(*arguments, "--format", "csv")
    table = validate(*arguments, terminal=80)
    assert (in_csv.exit_code, table.exit_code) == (code, code)
    assert in_csv.stdout.splitlines()[0] == ",".join(COLUMNS) == ",".join(ANSWERS)
    assert as_json_rows(in_csv.stdout) == every
    assert {row["outcome"] for row in every} == {"failed", "passed", "not_applicable"}
    failed = [row for row in every if row["outcome"] == "failed"]
    assert validate.rows(kind, path, *more) == failed
    assert [row for row in failed if not _says_where(kind, row)] == []
    assert all(row["message"] and row["severity"] in ("reject", "error", "warning") for row in every)
    # whoever reads the table finds each rule in it, and how often it failed
    lines = _ANSI.sub("", table.stdout).splitlines()
    assert max(map(len, lines)) <= 80
    assert _counted(lines) == Counter(row["rule_id"] for row in failed)
    assert f"{len(failed):,} finding{'' if len(failed) == 1 else 's'} in " in table.stdout


def _says_where(kind: str, row: dict[str, Any]) -> bool:
    """Whether a finding names child, record and file; one on the whole of a source has no row."""
    if row["entity"] == "submission" or row["row"] is None:
        return row["la_child_id"] is None
    # of a child who is not in Header, no one file says most
    has_file = row["file"] is not None or (kind, row["entity"]) == ("ssda903", "children")
    return has_file and row["record"] is not None and bool(row["la_child_id"])


def _counted(lines: list[str]) -> Counter[str]:
    """The findings of each rule in a table; a rule of two severities has two lines."""
    found: Counter[str] = Counter()
    for rule_id, findings in (line.groups() for line in map(_LINE_OF_A_RULE.match, lines) if line):
        found[rule_id] += int(findings.replace(",", ""))
    return found


def test_a_file_gets_a_table_that_does_not_depend_on_the_terminal(validate: Validate) -> None:
    shown = validate("cin", "returns/cin/CIN_Census_2021.xml").stdout
    assert "\x1b" not in shown
    assert max(len(line) for line in shown.splitlines()) == 100


def test_the_rows_of_a_csv_file_are_those_of_the_file(validate: Validate, shared_dir: Path) -> None:
    folder = shared_dir / "data" / "returns" / "ssda903"
    lines = {path.name: list(csv.DictReader(io.StringIO(path.read_text()))) for path in folder.iterdir()}
    found = validate.rows("ssda903", "returns/ssda903")
    placed = [row for row in found if row["file"] and row["la_child_id"]]
    assert len(placed) > 1000
    assert [row for row in placed if lines[row["file"]][row["row"]]["CHILD"] != row["la_child_id"]] == []


def test_nothing_is_written_but_the_cache(repository: Path, shared_dir: Path, tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CSC_")}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(work)}
    environment |= {"PYTHONPATH": str(repository), "PYTHONDONTWRITEBYTECODE": "1"}
    samples = [("payload", "payloads"), ("cin", "returns/cin/CIN_Census_2024.xml"), ("ssda903", "returns/ssda903")]
    asked = [["validate", kind, str(shared_dir / "data" / path)] for kind, path in samples]
    run = subprocess.run(
        [sys.executable, "-c", _RUN_EACH, json.dumps(asked)],
        cwd=work,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (run.returncode, json.loads(run.stderr.splitlines()[-1])) == (0, [1, 1, 1])
    left = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) == 1
    assert left[0].startswith("cache/csc/postcodes-")
