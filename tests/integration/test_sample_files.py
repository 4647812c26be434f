"""The sample files of senders and returns through the csc command, from landing to report, and files with oddities."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Csc

STREAM = "204-d2i"
# Files of data/payloads and how many children each holds.
BATCHES = {
    "dfe_schema_example.json": 1,
    "ssd_sample_batch.json": 20,
    "varied_batch_000.json": 100,
    "varied_batch_001.json": 100,
    "varied_batch_002.json": 100,
}
# The byte order mark that some editors put first, and the children of the batch that is landed with it.
MARK, MARKED = b"\xef\xbb\xbf", 1
# Exit code 1: one cell of its header says another year than the return it is loaded as.
RETURNS = [
    ("cin", "201", 2023, "cin/CIN2rows.xml", 1, 1),
    ("cin", "201", 2023, "cin/CIN_Census_2021.xml", 0, 1),
    ("cin", "201", 2024, "cin/CIN_Census_2024.xml", 1, 2),
    ("ssda903", "204", 2018, "ssda903", 0, 71),
]
RETURNS_HELD = {"201-cin-2023": 1, "201-cin-2024": 2, "204-ssda903-2018": 71}


@pytest.fixture(scope="module")
def samples(shared_dir: Path) -> Path:
    return shared_dir / "data"


@pytest.fixture(scope="module")
def csc(tmp_path_factory: pytest.TempPathFactory) -> Csc:
    command = Csc(tmp_path_factory.mktemp("samples") / "home")
    registered = command(
        "stream", "add", STREAM, "--cms-supplier", "System C", "--mode", "delta", "--start-date", "2026-03-01"
    )
    assert registered.exit_code == 0
    return command


@pytest.fixture(scope="module")
def processed(csc: Csc, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Csc:
    """Every sample landed, loaded, processed, in the order of the lists above; one batch twice, once marked."""
    names = {path.name for path in (samples / "payloads").iterdir()}
    assert names == BATCHES.keys(), "a sample came or went: say what is expected of it"
    for minute, (name, children) in enumerate(BATCHES.items()):
        received = f"2026-03-31T08:{minute:02d}:00Z"
        landed = csc("land", "--stream", STREAM, "--received-at", received, samples / "payloads" / name)
        assert (landed.exit_code, len(landed.stdout.splitlines())) == (0, children), name
    marked = tmp_path_factory.mktemp("marked") / "batch.json"
    marked.write_bytes(MARK + (samples / "payloads" / "dfe_schema_example.json").read_bytes())
    landed = csc("land", "--stream", STREAM, "--received-at", "2026-03-31T09:00:00Z", marked)
    assert (landed.exit_code, len(landed.stdout.splitlines())) == (0, MARKED)
    for kind, la_code, year, path, exit_code, children in RETURNS:
        loaded = csc("load-return", kind, "--la", la_code, "--year", str(year), samples / "returns" / path)
        assert loaded.exit_code == exit_code, path
        assert f"{la_code}-{kind}-{year}: {children:,} children" in loaded.stderr
    done = csc("process")
    assert done.exit_code == 0, done.output
    return csc


def test_every_record_and_return_is_in_the_warehouse(processed: Csc) -> None:
    found = _rows(processed, "select source_id, count(*) as n from raw.records group by source_id")
    rejected = _rows(processed, "select count(*) as n from raw.rejected")
    assert {row["source_id"]: int(row["n"]) for row in found} == RETURNS_HELD | {STREAM: sum(BATCHES.values()) + MARKED}
    assert [int(row["n"]) for row in rejected] == [0]


def test_no_rule_breaks_on_them(processed: Csc) -> None:
    sql = "select distinct rule_id, reason from findings.rule_outcome where outcome = 'could_not_run'"
    assert _rows(processed, sql) == []


def test_the_report_is_written_for_the_year_asked_for(processed: Csc, tmp_path: Path) -> None:
    newest = processed("report")
    assert newest.exit_code == 0
    page, workbook = (Path(line) for line in newest.stdout.splitlines())
    assert page.name == "quality_comparison_2024.html"
    assert workbook.stat().st_size > 0
    chosen = processed("report", "--year", "2018", "--out", tmp_path)
    assert chosen.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "quality_comparison_2018.html",
        "quality_comparison_2018.xlsx",
    }


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("csv", lambda text: [dict(row) for row in csv.DictReader(io.StringIO(text))]),
        ("json", lambda text: [{name: str(value) for name, value in row.items()} for row in json.loads(text)]),
    ],
)
def test_query_in_forms_for_programs(processed: Csc, form: str, read: Callable[[str], list[dict[str, str]]]) -> None:
    asked = processed("query", "--format", form, "select return_id, year from raw.returns order by return_id")
    assert asked.exit_code == 0
    assert read(asked.stdout) == [{"return_id": name, "year": name[-4:]} for name in sorted(RETURNS_HELD)]


def test_query_as_a_table_for_people(processed: Csc) -> None:
    asked = processed("query", "select return_id from raw.returns")
    assert asked.exit_code == 0
    assert all(name in asked.stdout for name in RETURNS_HELD)


def test_query_reads_only(processed: Csc) -> None:
    assert processed("query", "delete from raw.returns").exit_code != 0
    assert len(_rows(processed, "select * from raw.returns")) == len(RETURNS_HELD)


def test_old_codes_of_sex_are_read_as_todays(processed: Csc) -> None:
    sql = "select distinct sex from history.children where source_id = '204-ssda903-2018' and sex is not null"
    assert {row["sex"] for row in _rows(processed, sql)} <= {"M", "F"}
    assert len(_rows(processed, sql)) == 2


class TestOddFiles:
    """Copies of a sample with an oddity each, loaded in a home of their own."""

    @pytest.fixture
    def odd(self, tmp_path_factory: pytest.TempPathFactory) -> Csc:
        return Csc(tmp_path_factory.mktemp("odd") / "home")

    def test_a_byte_order_mark_changes_nothing(self, odd: Csc, samples: Path, tmp_path: Path) -> None:
        folder = _copy(samples, tmp_path)
        for path in folder.iterdir():
            path.write_bytes(MARK + path.read_bytes())
        loaded = _load(odd, folder)
        assert (loaded.exit_code, "71 children" in loaded.stderr) == (0, True)
        census = tmp_path / "census.xml"
        census.write_bytes(MARK + (samples / "returns" / "cin" / "CIN_Census_2021.xml").read_bytes())
        assert odd("load-return", "cin", "--la", "201", "--year", "2023", census).exit_code == 0

    def test_a_table_of_headings_alone_has_no_rows(self, odd: Csc, samples: Path, tmp_path: Path) -> None:
        folder = _copy(samples, tmp_path)
        reviews = folder / "reviews.csv"
        reviews.write_text(reviews.read_text().splitlines()[0] + "\n")
        loaded = _load(odd, folder)
        assert loaded.exit_code == 0
        assert "71 children" in loaded.stderr
        assert "reviews" not in loaded.stderr.split("rows:")[1]

    def test_a_table_of_no_bytes_is_refused_in_words(self, odd: Csc, samples: Path, tmp_path: Path) -> None:
        folder = _copy(samples, tmp_path)
        (folder / "reviews.csv").write_bytes(b"")
        loaded = _load(odd, folder)
        assert loaded.exit_code == 1
        assert "reviews.csv: is empty" in loaded.stderr

    def test_dates_that_never_were_are_set_aside_and_counted(self, odd: Csc, samples: Path, tmp_path: Path) -> None:
        folder = _copy(samples, tmp_path)
        episodes = folder / "episodes.csv"
        lines = episodes.read_text().splitlines()
        column = lines[0].split(",").index("DECOM")
        for number, wrong in ((1, "31/02/2016"), (2, "yesterday")):
            cells = lines[number].split(",")
            cells[column] = wrong
            lines[number] = ",".join(cells)
        episodes.write_text("\n".join(lines) + "\n")
        loaded = _load(odd, folder)
        assert loaded.exit_code == 1
        assert "2 cells set aside: " in loaded.stderr
        assert "yesterday" not in loaded.output
        assert "71 children" in loaded.stderr

    def test_a_folder_that_is_no_return_is_refused(self, odd: Csc, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("not a return")
        refused = _load(odd, tmp_path)
        assert refused.exit_code == 1
        assert refused.stderr.startswith("error: ")


def _copy(samples: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "ssda903"
    shutil.copytree(samples / "returns" / "ssda903", folder, copy_function=shutil.copyfile)
    folder.chmod(0o700)
    return folder


def _load(csc: Csc, folder: Path):
    return csc("load-return", "ssda903", "--la", "351", "--year", "2018", folder)


def _rows(csc: Csc, sql: str) -> list[dict[str, object]]:
    asked = csc("query", "--format", "json", sql)
    assert asked.exit_code == 0, asked.output
    return json.loads(asked.stdout)
