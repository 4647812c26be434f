"""One deployment of the whole platform in a folder of its own, for tests: made-up senders, real jobs, real stores.

What has to come out of it is in whole_platform.py.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl
import pytest

from assets.stores import Stores
from orchestration.demonstration import COMPLETE, Arrived, arrive
from orchestration.jobs import DAILY_JOB
from orchestration.resources import stores_of
from orchestration.running import RunOutcome, run_job
from orchestration.settings import Settings, load_settings
from quality.schemas.entities import ALL_ENTITIES
from synthetic.generate import generate
from synthetic.scenario import SMALL

# All routes, both modes, one LA on two routes, six weeks around the year end; few children, so that a run is quick.
_CHILDREN = {"857": 1200, "805": 2000, "204": 2600}
SCENARIO = replace(
    SMALL,
    name="whole",
    authorities=tuple(replace(each, population=_CHILDREN[each.code]) for each in SMALL.authorities),
    first_day=date(2026, 3, 9),
    last_day=date(2026, 4, 19),
)
# Every home has the same secret, so that the same child is the same child in each.
PSEUDONYM_KEY = "an-invented-secret-for-tests-only"


class PlatformHome:
    """A home folder with its settings, stores and jobs."""

    def __init__(self, folder: Path, warehouse_url: str | None = None) -> None:
        self.folder = folder
        given = {"CSC_HOME": str(folder), "CSC_PSEUDONYM_KEY": PSEUDONYM_KEY}
        if warehouse_url:
            given["CSC_WAREHOUSE_URL"] = warehouse_url
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("CSC_")]:
                patch.delenv(name)
            for name, value in given.items():
                patch.setenv(name, value)
            self.settings: Settings = load_settings()

    @cached_property
    def stores(self) -> Stores:
        """The stores that a command would open."""
        return stores_of(self.settings)

    @property
    def made_up(self) -> Path:
        """The folder of the senders' files and of what is known about them."""
        return self.folder / "synthetic" / SCENARIO.name

    def receive(self, files: Path) -> Arrived:
        """Land everything of the scenario, whose files were generated before."""
        shutil.copytree(files, self.made_up)
        return arrive(self.stores, SCENARIO)

    def run(self, first_day: date, last_day: date) -> RunOutcome:
        """The daily job over a range of days; fails the test with the log when the run fails."""
        with environment_kept():
            outcome = run_job(self.settings, DAILY_JOB, first_day.isoformat(), last_day.isoformat())
        assert outcome.success, f"{outcome.failed_steps} failed:\n{outcome.log.read_text()[-4000:]}"
        return outcome

    def run_all(self) -> RunOutcome:
        """The daily job over every day of the scenario."""
        return self.run(SCENARIO.first_day, SCENARIO.last_day)

    def query(self, sql: str) -> pl.DataFrame:
        """Rows of one select."""
        with self.stores.warehouse(read_only=True) as warehouse:
            return warehouse.query(sql)

    def results(self) -> dict[str, pl.DataFrame]:
        """Every table that others read (marts, comparison, history), in an order and in types of its own content."""
        with self.stores.warehouse(read_only=True) as warehouse:
            names = [f"{schema}.{name}" for schema in ("marts", "comparison") for name in warehouse.tables(schema)]
            names += [f"history.{entity}" for entity in ALL_ENTITIES]
            return {name: in_order(warehouse.query(f"select * from {name}")) for name in names}

    def expected(self, name: str) -> pl.DataFrame:
        """A table of the scenario's manifest."""
        return pl.read_csv(
            self.made_up / "manifest" / f"{name}.csv",
            infer_schema_length=None,
            try_parse_dates=True,
            schema_overrides={"la_code": pl.String, "field": pl.String},
        )


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows however an engine counts, stores or sorts: one whole-number type, sorted columns and rows."""
    whole, broken = pl.selectors.integer(), pl.selectors.float() | pl.selectors.decimal()
    same_types = frame.with_columns(
        whole.cast(pl.Int64), broken.cast(pl.Float64), pl.selectors.datetime().dt.convert_time_zone("UTC")
    )
    nothing = [name for name, dtype in same_types.schema.items() if dtype == pl.Null]
    columns = same_types.with_columns(pl.col(nothing).cast(pl.String)).select(sorted(frame.columns))
    return columns.sort(pl.all(), nulls_last=True)


@contextmanager
def environment_kept() -> Iterator[None]:
    """Put the environment back afterwards: a job tells dbt and Dagster there where things are."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made by the first worker of a test run that asks; the others wait for it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = folder.with_name(f"{folder.name}.done")
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def make_files(folder: Path) -> None:
    """Generate the scenario's files."""
    generate(SCENARIO, folder)
    (folder / COMPLETE).write_text(str(SCENARIO.seed))


def save(results: dict[str, pl.DataFrame], folder: Path) -> None:
    """Keep tables as parquet, for another worker."""
    folder.mkdir()
    for name, frame in results.items():
        frame.write_parquet(folder / f"{name}.parquet")


def saved(folder: Path) -> dict[str, pl.DataFrame]:
    """Tables kept by save()."""
    return {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
