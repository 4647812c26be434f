"""The csc command: its groups, and nothing else. Each subcommand is in orchestration/commands/."""

import click

from orchestration.commands.demo import demo, synth
from orchestration.commands.landing import land, load_return
from orchestration.commands.processing import process, report
from orchestration.commands.reading import query
from orchestration.commands.serving import ui
from orchestration.commands.streams import stream
from orchestration.commands.validating import validate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="timely-csc-platform")
def main() -> None:
    """The timely children's social care data platform.

    Settings are CSC_* environment variables; the README lists them. Exit codes: 0 fine, 1 findings or refused input,
    2 wrong use.
    """


for command in (land, load_return, validate, process, report, query, stream, synth, demo, ui):
    main.add_command(command)


if __name__ == "__main__":
    main()
