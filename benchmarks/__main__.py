"""Every benchmark, each in a process of its own, and one table of what came out: `python -m benchmarks`.

Figures, not pass or fail: the exit code is 0 unless a benchmark broke off. A benchmark is a module of this package with
`run() -> dict`; those of its figures with `ratio` in the name go into the table, beside their aim where the module's
`AIMS` has one. What is measured, and how, is the modules' own business.
"""

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Outcome, measured

# Every benchmark there is. One that cannot be loaded counts as broken off, so none is left out in silence.
MODULES = (
    *("verdict_and_frames", "postcodes", "return_rules", "state_rules"),
    *("daily_growth", "daily_run", "national", "receiver"),
)


def main(arguments: list[str] | None = None) -> int:
    """Run every benchmark, print the table, write the figures when asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed, memory and growth.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(MODULES)} (default: all)")
    parser.add_argument("--out", type=Path, help="file for all figures as JSON (default: none is written)")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(MODULES):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(MODULES)}")
    console = Console()
    outcomes = []
    for name in given.names or MODULES:
        console.print(f"{name} ...")
        outcomes.append(measured(name))
        if outcomes[-1].error:
            console.print(outcomes[-1].error, markup=False, style="red")
    console.print(_table(outcomes))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(_document(outcomes), indent=2) + "\n")
        console.print(f"all figures are in {given.out}")
    return 1 if any(outcome.error for outcome in outcomes) else 0


def _table(outcomes: list[Outcome]) -> Table:
    table = Table(title="Benchmarks")
    for column in ("benchmark", "ratio of"):
        table.add_column(column, overflow="fold")
    for column in ("ratio", "aim", "peak memory", "took"):
        table.add_column(column, justify="right")
    for outcome in outcomes:
        whole = (f"{outcome.peak_memory_mb:,.0f} MB", f"{outcome.seconds:,.0f} s")
        ratios = {name: figure for name, figure in outcome.figures.items() if "ratio" in name}
        if outcome.error:
            table.add_row(outcome.name, "broke off", "", "", *whole, style="red")
        elif not ratios:
            table.add_row(outcome.name, "none measured", "", "", *whole)
        for row, (name, ratio) in enumerate(ratios.items()):
            aim = outcome.aims.get(name)
            told = "" if aim is None else f"{aim:g} {'met' if ratio <= aim else 'missed'}"
            table.add_row(
                *(("", name) if row else (outcome.name, name)), f"{ratio:.2f}", told, *(whole if not row else ())
            )
    return table


def _document(outcomes: list[Outcome]) -> dict[str, Any]:
    """All figures with what they were measured on, which they mean little without."""
    return {
        "machine": {
            "processors": os.cpu_count(),
            "load_average": os.getloadavg()[0],
            "system": platform.platform(),
            "python": platform.python_version(),
        },
        "benchmarks": {
            outcome.name: {
                "figures": outcome.figures,
                "aims": outcome.aims,
                "peak_memory_mb": outcome.peak_memory_mb,
                "seconds": outcome.seconds,
                "error": outcome.error,
            }
            for outcome in outcomes
        },
    }


if __name__ == "__main__":
    sys.exit(main())
