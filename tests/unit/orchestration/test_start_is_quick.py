"""A subcommand imports what it needs itself: csc validate starts without the machinery of a deployment."""

import subprocess
import sys
from pathlib import Path

_HEAVY = ("dagster", "dbt", "duckdb", "pandera", "great_expectations", "matplotlib", "sqlalchemy", "pydantic_settings")
_IMPORTED = "import sys; {}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"


def _imported_by(repository: Path, statement: str) -> set[str]:
    asked = subprocess.run(
        [sys.executable, "-c", _IMPORTED.format(statement)], cwd=repository, capture_output=True, text=True, check=True
    )
    return set(asked.stdout.split())


def test_the_command_itself_imports_no_subcommand(repository: Path) -> None:
    assert not _imported_by(repository, "import orchestration.cli") & {*_HEAVY, "polars"}


def test_validate_imports_nothing_of_a_deployment(repository: Path) -> None:
    # the commands are looked up as click does, so that help and completion stay as quick
    looked_up = "from orchestration.cli import main; main.get_command(None, 'validate')"
    imported = _imported_by(repository, looked_up)
    assert "polars" in imported
    assert imported & {*_HEAVY} == set()
