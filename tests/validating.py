"""Running csc validate in tests, in this process, with a few made-up postcodes in the place of the whole directory."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from assets.validation.answers import ANSWERS
from orchestration.cli import main
from orchestration.commands import validating
from quality.reference.postcodes import PostcodeDirectory

# Invented: no postcode begins with Q or X.
_PLACES = [("QX1 1AA", 500_000, 200_000, "E09000012"), ("QX1 1AB", 501_000, 200_000, "E09000012")]


def few_postcodes() -> PostcodeDirectory:
    """A directory of two postcodes."""
    columns = ["postcode", "easting", "northing", "ons_code"]
    return PostcodeDirectory.of(pl.DataFrame(_PLACES, columns, orient="row"))


class Validate:
    """The command; an exception that is not an exit fails the test, and so does an error that is no single line."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(validating, "users_directory", few_postcodes)

    def __call__(self, *arguments: str | Path, terminal: int | None = None) -> Result:
        """terminal: the width of the one that it prints to; otherwise it prints to a file."""
        command = ["validate", *(str(argument) for argument in arguments)]
        env = {"COLUMNS": str(terminal), "TTY_COMPATIBLE": "1"} if terminal else {}
        result = CliRunner(env=env).invoke(main, command)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code in (0, 1, 2)
        assert "Traceback" not in result.output
        return result

    def rows(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """The answers as the json form has them."""
        result = self(*arguments, "--format", "json")
        assert result.stdout, result.stderr
        found = json.loads(result.stdout)
        assert all(list(row) == list(ANSWERS) for row in found)
        assert result.exit_code == int(any(row["outcome"] in ("failed", "could_not_run") for row in found))
        return found

    def refused(self, *arguments: str | Path, code: int = 1) -> str:
        """The one line that says why the input was not judged at all."""
        result = self(*arguments)
        assert (result.exit_code, result.stdout) == (code, "")
        lines = [line for line in result.stderr.splitlines() if line.lower().startswith("error: ")]
        assert len(lines) == 1, result.stderr
        return lines[0][len("error: ") :]


def as_json_rows(text: str) -> list[dict[str, Any]]:
    """The csv form read as json would be: empty is null, positions are numbers."""
    rows: list[dict[str, Any]] = [dict(row) for row in csv.DictReader(io.StringIO(text))]
    for row in rows:
        for name, value in row.items():
            if value == "" and name not in ("dfe_code_cin", "dfe_code_903", "fields"):
                row[name] = None
            elif ANSWERS[name] == pl.Int64():
                row[name] = int(value)
    return rows
