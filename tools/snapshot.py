"""The list of what Dagster is offered: jobs, schedule, sensor and assets by group. Names only, since the rest churns.

`python -m tools.snapshot` writes it to tests/definitions/expected_assets.txt; the tests hold the definitions to it, so
that a renamed or lost asset is a decision, seen in review.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

FILE = Path(__file__).resolve().parent.parent / "tests" / "definitions" / "expected_assets.txt"


def snapshot(definitions: dg.Definitions) -> str:
    """One name a line, under headings, in alphabetical order."""
    return "".join(f"{line}\n" for line in _lines(definitions))


def _lines(definitions: dg.Definitions) -> Iterator[str]:
    repository = definitions.get_repository_def()
    yield from _section("jobs", {job.name for job in repository.get_all_jobs() if not job.name.startswith("__")})
    yield from _section("schedules", {each.name for each in repository.schedule_defs})
    yield from _section("sensors", {each.name for each in repository.sensor_defs})
    graph = definitions.resolve_asset_graph()
    groups: dict[str, set[str]] = {}
    for key in graph.get_all_asset_keys():
        groups.setdefault(graph.get(key).group_name, set()).add(key.to_user_string())
    for group in sorted(groups):
        yield from _section(f"assets of group {group}", groups[group])


def _section(heading: str, names: set[str]) -> Iterator[str]:
    yield f"{heading}:"
    yield from (f"  {name}" for name in sorted(names))


def main() -> int:
    """Write the file anew."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CSC_HOME"] = scratch
        from orchestration.definitions import defs

        FILE.write_text(snapshot(defs), encoding="utf-8")
    sys.stdout.write(f"wrote {FILE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
