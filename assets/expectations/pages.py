"""Data Docs: a page for each collection, made by Great Expectations' own renderer inside a page of ours.

Its own page fetches styles and scripts from six sites; ours carries its style and needs no script, so that a page can
be kept, mailed and read offline. The pages show measures of streams and authorities, never a child.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import polars as pl

from assets.files import FileStore
from quality.expectations.model import Suite

_TEMPLATES = Path(__file__).parent / "templates"
_LONDON = ZoneInfo("Europe/London")
INDEX = "index.html"
_IS_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def result_page(result: Any, suite: Suite, as_of: date) -> str:
    """What Great Expectations renders of one result, without the text of exceptions."""
    from great_expectations.render.renderer import ValidationResultsPageRenderer

    for each in result.results:
        _without_traceback(each.exception_info)
    document = ValidationResultsPageRenderer(run_info_at_end=True).render(result)
    del document.sections[0].content_blocks[0]  # its heading, with a link to a page that is not made; ours says it all
    page: str = _view().render(
        document, template="result_page.html.j2", css=_css(), title=suite.title, day=str(as_of), suite=suite
    )
    return page


@cache
def _view() -> Any:
    """Great Expectations' templates, and ours beside them; compiled once."""
    from great_expectations.render.view import DefaultJinjaPageView

    return DefaultJinjaPageView(custom_views_directory=str(_TEMPLATES))


def _without_traceback(info: Any) -> None:
    for value in info.values():
        if isinstance(value, dict):
            _without_traceback(value)
    if "exception_traceback" in info:
        info["exception_traceback"] = info["exception_message"] = ""


def write_pages(
    folder: Path,
    as_of: date,
    now: datetime,
    suites: Mapping[str, str],
    pages: Mapping[str, str],
    outcomes: pl.DataFrame,
) -> Path:
    """Write the pages of a day in the place of earlier ones of that day, and the lists that lead to them.

    suites: title by collection, in order. Gives the path of the day's first page.
    """
    day = str(as_of)
    store = FileStore(folder)
    store.delete(day)
    written = [(f"{day}/{collection}.html", page.encode()) for collection, page in pages.items()]
    rows = [_summary(collection, title, collection in pages, outcomes) for collection, title in suites.items()]
    at = f"{now.astimezone(_LONDON):%-d %B %Y, %H:%M}"
    store.write_all([*written, (f"{day}/{INDEX}", _page("day_page.html.j2", day=day, rows=rows, at=at))])
    days = sorted((name for name in store.names() if _IS_DAY.fullmatch(name)), reverse=True)
    store.write(INDEX, _page("days_page.html.j2", days=days))
    return folder / day / INDEX


def _summary(collection: str, title: str, has_page: bool, outcomes: pl.DataFrame) -> dict[str, Any]:
    mine = outcomes.filter(pl.col("collection") == collection)
    counts = dict(mine.group_by("outcome").len().iter_rows())
    reasons = mine.group_by("outcome", "reason").len("rows").drop_nulls("reason").sort("outcome", "reason")
    return {
        "title": title,
        "page": f"{collection}.html" if has_page else None,
        "counts": [counts.get(outcome, 0) for outcome in ("passed", "failed", "not_applicable", "could_not_run")],
        "reasons": reasons.rows(named=True),
        "failed": mine.filter(pl.col("outcome") == "failed").sort("source_id", "about").rows(named=True),
    }


def _page(template: str, **content: Any) -> bytes:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template).render(css=_css(), **content).encode()


def _css() -> str:
    return (_TEMPLATES / "data_docs.css").read_text(encoding="utf-8")
