"""The two files of the report: complete, self-contained, sensible with little to say, free of small numbers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from assets.reports.report import ReportFiles, Terms, build_report
from assets.reports.tables import ReportTables

MADE = datetime(2026, 7, 1, 9, tzinfo=UTC)
SECTIONS = ["compared", "reading", "coverage", "agreement", "timeliness", "indicators", "validity", "caveats", "method"]


class Outline(HTMLParser):
    """What a page is made of: tags with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, *names: str) -> list[dict[str, str | None]]:
        """Attributes of every tag of those names."""
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def full(tables: ReportTables, tmp_path_factory: pytest.TempPathFactory) -> ReportFiles:
    """The report of all the made-up tables."""
    return build_report(tables, tmp_path_factory.mktemp("report"), MADE, Terms(is_synthetic=True))


@pytest.fixture(scope="module")
def page(full: ReportFiles) -> str:
    """Its page."""
    return full.html.read_text(encoding="utf-8")


def test_the_page_needs_nothing_from_outside(page):
    outline = Outline(page)
    assert not outline.of("script", "link", "iframe", "object")
    for attributes in outline.of("img", "a"):
        address = attributes.get("src") or attributes.get("href") or ""
        assert address.startswith(("data:image/svg+xml;base64,", "#"))
    assert "@import" not in page
    assert "url(" not in page


def test_every_section_is_there_and_listed(page):
    outline = Outline(page)
    ids = [attributes["id"] for attributes in outline.of("section")]
    assert ids == ["findings", *SECTIONS]
    listed = {attributes["href"] for attributes in outline.of("a")}
    assert {f"#{name}" for name in (*SECTIONS, "main")} <= listed


def test_tables_and_pictures_can_be_read_without_seeing_them(page):
    outline = Outline(page)
    assert page.count("<caption") == page.count("<table")
    assert all(attributes.get("scope") in ("col", "row", "colgroup") for attributes in outline.of("th"))
    assert all(attributes["alt"] for attributes in outline.of("img"))
    assert outline.of("html")[0]["lang"] == "en-GB"
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_findings_are_said_by_route_with_intervals(page):
    findings = re.search(r'<ul class="findings">(.*?)</ul>', page, re.S).group(1)
    for route in ("Build your own (2 authorities)", "Data to Insight (3 authorities)", "CMS supplier (1 authority)"):
        assert route in findings
    assert findings.count("95% interval") == 9


def test_made_up_data_and_the_purpose_are_marked(page):
    assert "Made-up data" in page
    assert "Not a measure of how well a local authority performs" in page


def test_no_count_from_one_to_five_is_in_a_table_of_children(page):
    hidden = 0
    for name in ("coverage-entity", "agreement-field", "timeliness-event", "validity-rules"):
        table = re.search(rf'<figure class="table" id="{name}".*?</table>', page, re.S).group(0)
        cells = re.findall(r'<td class="figures">([^<]*)<', table)
        assert not [cell for cell in cells if re.fullmatch("[1-5]", cell)], name
        hidden += cells.count("c")
    assert hidden


def test_the_workbook_has_contents_notes_and_every_table(full):
    with ZipFile(full.xlsx) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        first = book.read("xl/worksheets/sheet3.xml").decode()
    assert names[:2] == ["Contents", "Notes"]
    assert len(names) > 12
    assert 'state="frozen"' in first


def test_the_same_tables_give_the_same_page(tables, full, tmp_path: Path):
    again = build_report(tables, tmp_path, MADE, Terms(is_synthetic=True))
    assert again.html.read_bytes() == full.html.read_bytes()


def written(tables: ReportTables, folder: Path) -> str:
    return build_report(tables, folder, MADE).html.read_text(encoding="utf-8")


def test_nothing_loaded_at_all(tables_of: Callable[..., ReportTables], tmp_path: Path):
    said = written(tables_of(None), tmp_path)
    assert "No live stream has sent anything yet" in said
    assert "No annual return has been loaded" in said
    assert "Made-up data" not in said


def test_streams_without_returns(tables_of, tmp_path: Path):
    said = written(tables_of(None, "streams", "submissions", "timeliness_curve", "local_authorities"), tmp_path)
    assert "No annual return has been loaded" in said
    assert "There is no return to hold the feed against" in said
    assert "half of all events were known within" in said


def test_one_route_only(given_tables, tmp_path: Path):
    import polars as pl

    only = {
        name: frame.filter((pl.col("route") == "cms_supplier") | pl.col("route").is_null())
        if "route" in frame.columns
        else frame
        for name, frame in given_tables.items()
    }
    said = written(ReportTables.of(2026, only), tmp_path)
    assert "No authority is sending by this route: Build your own and Data to Insight." in said


def test_returns_without_streams(tables_of, tmp_path: Path):
    said = written(tables_of(2026, "returns", "validity", "rules"), tmp_path)
    assert "No authority is sending live data yet" in said


def test_unknown_tables_are_refused():
    with pytest.raises(ValueError, match="no tables called"):
        ReportTables.of(2026, {"nonsense": None})
