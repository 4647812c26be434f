"""From the stores of a deployment to the report's files: what is read, with which terms. The report itself is pure."""

from pathlib import Path

from assets.reports.report import ReportFiles, Terms, build_report
from assets.reports.tables import report_tables
from assets.stores import Stores


def write_report(stores: Stores, year: int | None, out: Path, *, is_synthetic: bool = False) -> ReportFiles:
    """Write the report of a year (default: the latest for which a return was loaded) into a folder.

    is_synthetic puts the notice on it that every figure is made up.
    """
    terms = Terms(
        small_number=stores.deployment.small_number,
        match_tolerance_days=stores.deployment.match_tolerance_days,
        indicator_tolerance_pct=stores.deployment.indicator_tolerance_pct,
        is_synthetic=is_synthetic,
    )
    with stores.warehouse(read_only=True) as warehouse:
        tables = report_tables(warehouse, year)
    return build_report(tables, out, stores.now(), terms)
