"""The evaluator's report: one page to read anywhere and one workbook of its tables.

The order of the sections and the writing of the two files. What each section says is in its own file.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import polars as pl

from assets.reports import words
from assets.reports.agreement_section import agreement_section
from assets.reports.cells import Table, said_day
from assets.reports.context_sections import caveats, compared_section, method, reading
from assets.reports.coverage_section import coverage_section
from assets.reports.disclosure import SMALL_NUMBER
from assets.reports.headlines import at_a_glance, sentences
from assets.reports.indicator_section import indicator_section
from assets.reports.section import Section
from assets.reports.tables import ReportTables
from assets.reports.timeliness_section import timeliness_section
from assets.reports.validity_section import validity_section
from assets.reports.workbook import write_workbook

TITLE = "Timely children's social care data compared with the annual returns"
_TEMPLATES = Path(__file__).parent / "templates"
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class ReportFiles:
    """Where the two files of a report are."""

    html: Path
    xlsx: Path


@dataclass(frozen=True)
class Terms:
    """What the figures were worked out with, so that the report can say so."""

    small_number: int = SMALL_NUMBER
    match_tolerance_days: int = 7
    indicator_tolerance_pct: float = 5.0
    is_synthetic: bool = False


def build_report(
    tables: ReportTables,
    out: Path,
    generated_at: datetime,
    terms: Terms = Terms(),  # noqa: B008 - Terms is frozen
) -> ReportFiles:
    """Write the report into the folder `out`, in place of an earlier one of that year, and say where it is."""
    out.mkdir(parents=True, exist_ok=True)
    stem = f"quality_comparison_{tables.year}" if tables.year else "quality_comparison"
    files = ReportFiles(out / f"{stem}.html", out / f"{stem}.xlsx")
    routes = words.in_order(tables.streams["route"].unique().to_list())
    sections = _sections(tables, routes, terms)
    glance = at_a_glance(tables, routes, terms.small_number, terms.indicator_tolerance_pct) if routes else None
    subject = _subject(tables)
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=TITLE,
            subject=subject,
            css=(_TEMPLATES / "report.css").read_text(encoding="utf-8"),
            generated=f"{said_day(generated_at.astimezone(_LONDON).date())}",
            facts=_facts(tables, routes),
            headlines=sentences(tables, routes, terms.small_number, terms.indicator_tolerance_pct),
            glance=glance,
            sections=sections,
            is_synthetic=terms.is_synthetic,
            workbook=files.xlsx.name,
        )
    )
    _write(files.html, page)
    sheets = [glance] if glance else []
    write_workbook(files.xlsx, TITLE, subject, _notes(sections), [*sheets, *_sheets(sections)])
    return files


def _sections(tables: ReportTables, routes: list[str], terms: Terms) -> list[Section]:
    small = terms.small_number
    return [
        compared_section(tables, routes, small),
        reading(small),
        coverage_section(tables, routes, small),
        agreement_section(tables, routes, small),
        timeliness_section(tables, routes, small),
        indicator_section(tables, routes, small, terms.indicator_tolerance_pct),
        validity_section(tables, routes, small),
        caveats(is_synthetic=terms.is_synthetic),
        method(small, terms.match_tolerance_days, terms.indicator_tolerance_pct),
    ]


def _subject(tables: ReportTables) -> str:
    if tables.year is None:
        return "No annual return loaded yet"
    return f"Year ending 31 March {tables.year}"


def _facts(tables: ReportTables, routes: list[str]) -> list[tuple[str, str]]:
    """What was compared, in a few lines at the top."""
    days = tables.streams.select(pl.col("first_day").min(), pl.col("last_day").max()).row(0)
    sent = f"{said_day(days[0])} to {said_day(days[1])}" if None not in days else "nothing yet"
    kinds = [
        words.counted(tables.returns.filter(pl.col("kind") == kind).height, f"{name} return")
        for kind, name in words.RETURNS_SHORT.items()
    ]
    authorities = tables.streams["la_code"].n_unique()
    streams = words.counted(tables.streams.height, "stream")
    return [
        ("Feed received", sent),
        ("Authorities", f"{authorities} ({streams})"),
        ("Routes", words.listed([words.route(code) for code in routes]) or "none"),
        ("Returns", words.listed(kinds)),
        ("Records accepted", f"{int(tables.submissions['records'].sum()):,}"),
    ]


def _sheets(sections: list[Section]) -> list[Table]:
    """The workbook has a section's sheets, and those of its tables that no sheet says more of."""
    return [
        table
        for section in sections
        for table in [
            *section.sheets,
            *(t for t in section.tables if not any(s.id in (t.id, f"{t.id}-sheet") for s in section.sheets)),
        ]
    ]


def _notes(sections: list[Section]) -> list[str]:
    return [
        text for section in sections if section.id in ("reading", "caveats", "method") for text in section.paragraphs
    ]


def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)


def _write(path: Path, page: str) -> None:
    """Write beside, then rename: a reader sees the old page or the new one."""
    temporary = path.with_suffix(".html.tmp")
    temporary.write_text(page, encoding="utf-8")
    temporary.replace(path)
