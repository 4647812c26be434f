"""The csc command: its groups, and nothing else. Each subcommand is in orchestration/commands/."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

# Where each subcommand is. Its module is imported when it is asked for: those that need Dagster and dbt take seconds.
_MODULES = {
    "land": "landing",
    "load-return": "landing",
    "validate": "validating",
    "process": "processing",
    "report": "processing",
    "query": "reading",
    "checksum": "reading",
    "stream": "streams",
    "erase": "erasing",
    "erasures": "erasing",
    "retention": "retaining",
    "synth": "demo",
    "demo": "demo",
    "ui": "serving",
    "serve": "serving",
    "send": "sending",
}


class _LazyGroup(click.Group):
    """A group that imports a subcommand's module when the subcommand is asked for."""

    modules: Mapping[str, str] = _MODULES

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; a full disk, which any of them may meet, is said in words."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            from orchestration.full_disk import is_of_full_disk, words_of_full_disk

            home = Path(os.environ.get("CSC_HOME") or ".csc")
            if not is_of_full_disk(error, home):
                raise
            # a ledger or a cache may be on another disk than the home
            where = error.filename if isinstance(error, OSError) else None
            click.echo(f"error: {words_of_full_disk(Path(where or home))}", err=True)
            sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all subcommands; none is imported for that."""
        del ctx  # they are the same everywhere
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, or None."""
        del ctx
        if cmd_name not in self.modules:
            return None
        module = import_module(f"orchestration.commands.{self.modules[cmd_name]}")
        command = getattr(module, cmd_name.replace("-", "_"))
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__} has no command {cmd_name}")
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="timely-csc-platform")
def main() -> None:
    """The timely children's social care data platform.

    Settings are CSC_* environment variables; the README lists them. Exit codes: 0 fine, 1 findings or refused input,
    2 wrong use.
    """


if __name__ == "__main__":
    main()
