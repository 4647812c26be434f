"""Running the csc command in tests, in this process, on a home of the test's own."""

import os
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result
from platform_home import environment_kept

from orchestration.cli import main


class Csc:
    """The command with its settings; `env` adds to them or replaces them."""

    def __init__(self, home: Path, env: Mapping[str, str] | None = None) -> None:
        self.home = home
        others = {name: None for name in os.environ if name.startswith("CSC_")}
        self.env: dict[str, str | None] = {**others, "CSC_HOME": str(home), **(env or {})}

    def __call__(self, *arguments: str | Path, said: str | None = None) -> Result:
        """Run it; an exception that is not an exit fails the test with its traceback. said: its standard input."""
        with environment_kept():
            result = CliRunner(env=self.env).invoke(main, [str(argument) for argument in arguments], input=said)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return result
