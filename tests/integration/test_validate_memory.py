"""csc validate given files far larger than any return or batch: refused, in little memory and little time.

The files have holes, so that they take no room; what is read of them is really there.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from made_up_returns import census, cin_child

FILE_BYTES = 500 * 1024**2
# What Python, polars and the rules take by themselves is some 150 MB.
MOST_MEGABYTES = 450
# More than enough to start, and too little for a file of this size in memory some times over.
_ADDRESS_SPACE = 8 * 1024**3
# Runs each command in turn, and says the exit code, the last line of stderr and the peak of memory so far.
_RUN = """
import contextlib, io, json, sys
from orchestration.cli import main
for arguments in json.loads(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()):
        sys.stderr = said
        try:
            main(["validate", *arguments])
        except SystemExit as end:
            code = end.code
        sys.stderr = sys.__stderr__
    # of this program alone: ru_maxrss would begin at the size of the process that was forked to start it
    status = open("/proc/self/status", encoding="ascii").read()
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    print(json.dumps([code, said.getvalue().strip().splitlines()[-1:], peak]))
"""
_CENSUS = census(cin_child(characteristics="<Ethnicity>HERE</Ethnicity>")).partition("HERE")
_COLUMNS = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
_MEGABYTE = 1024**2


def _large(path: Path, start: str, filling: str) -> Path:
    """A file that begins so, goes on with some 8 MB of the filling, and has nothing but a hole after that."""
    with path.open("w") as file:
        file.write(start)
        for _ in range(8):
            file.write(filling * (_MEGABYTE // len(filling)))
        file.truncate(FILE_BYTES)
    return path


def _cases(folder: Path) -> list[tuple[str, Path, str]]:
    """Kind, file, and the reason for which it must be refused."""
    return [
        ("cin", _large(folder / "text.xml", _CENSUS[0], "x"), "without the end of a child"),
        ("cin", _large(folder / "elements.xml", _CENSUS[0], "<x/>"), "without the end of a child"),
        (
            "cin",
            _large(folder / "children.xml", f"{_CENSUS[0]}</Ethnicity>", "<Child/>"),
            "more than 250,000 children",
        ),
        ("cin", _large(folder / "comments.xml", "", "<!-- -->"), "does not begin with an XML element"),
        ("ssda903", _large(folder / "line.csv", "", "x"), "first line does not name the columns"),
        ("ssda903", _large(folder / "row.csv", f"{_COLUMNS}1,F,", "x"), "has 500 MB; expected an SSDA903 table"),
        ("payload", _large(folder / "text.json", '[{"la_child_id":"', "x"), "has 500 MB; a batch holds at most"),
    ]


@pytest.fixture(scope="module")
def answers(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int, str, int]]:
    """Of each case: what was expected, the exit code, what was said last, and the peak of memory up to there."""
    folder = tmp_path_factory.mktemp("large")
    small = folder / "small.json"
    small.write_text('[{"la_child_id":"A1","child_details":{"postcode":"SW1A 1AA"}}]')
    cases = _cases(folder)
    # The first to need postcodes on a machine packs them, once and in more memory; that is not what is measured here.
    _answered([["payload", str(small)]], repository)
    answered = _answered([[kind, str(path)] for kind, path, _ in cases], repository)
    return [
        (reason, code, " ".join(said), peak) for (_, _, reason), (code, said, peak) in zip(cases, answered, strict=True)
    ]


def _answered(asked: list[list[str]], repository: Path) -> list[tuple[int, list[str], int]]:
    run = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(asked)],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE)),
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_each_is_refused_with_its_reason(answers: list[tuple[str, int, str, int]]) -> None:
    wrong = [(reason, code, said) for reason, code, said, _ in answers if code != 1 or reason not in said]
    assert wrong == []


def test_the_memory_stays_bounded(answers: list[tuple[str, int, str, int]]) -> None:
    assert max(peak for *_, peak in answers) < MOST_MEGABYTES
