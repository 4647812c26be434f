"""From the stores of a deployment to the report's files: what is read, with which terms. The report itself is pure."""

from pathlib import Path

from assets.reports.report import ReportFiles, Terms, build_report
from assets.reports.tables import report_tables
from assets.stores import Stores


def write_report(stores: Stores, year: int | None, out: Path) -> ReportFiles:
    """Write the report of a year (default: the latest for which a return was loaded) into a folder.

    Where made-up authorities were generated in this deployment, the report carries the notice that figures are made up.
    """
    terms = Terms(
        small_number=stores.deployment.small_number,
        match_tolerance_days=stores.deployment.match_tolerance_days,
        indicator_tolerance_pct=stores.deployment.indicator_tolerance_pct,
        is_synthetic=(stores.deployment.home / "synthetic").is_dir(),
    )
    with stores.warehouse(read_only=True) as warehouse:
        tables = report_tables(warehouse, year)
    return build_report(tables, out, stores.now(), terms)
