"""Takes days from landing to history in a process of its own, and kills itself with SIGKILL at a given point.

    python tests/crash_driver.py HOME DBT_WORK POINT DAY...

POINT: `none`; `STEP` (killed when that step is done); `NAME:N` (killed at the N-th call of that kind, before it is
made); `after-NAME:N` (just after); `replace:N:PLACE` (only files whose path has that in it are counted); `dbt:SECONDS`
(so long after dbt began, dbt with it).
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from erasure_world import ErasureWorld

from assets.erasure.finishing import finish
from assets.erasure.steps import erase
from assets.files import FileStore
from assets.records.taking_in import take_in_days
from assets.warehouse.duck import DuckWarehouse
from assets.warehouse.loading import load

STEPS = ("lake", "erasure", "load", "history", "free_space")


def die() -> None:
    """The end, without any goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


def killing(function: Callable[..., Any], point: str, name: str, counts: Callable[..., bool]) -> Callable[..., Any]:
    """The function, deadly at the call that the point names."""
    kind, number, *_ = [*point.split(":", 2), ""]
    if kind.removeprefix("after-") != name:
        return function
    left = [int(number)]

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if counts(*args, **kwargs):
            left[0] -= 1
        deadly = left[0] == 0 and counts(*args, **kwargs)
        if deadly and not kind.startswith("after-"):
            die()
        result = function(*args, **kwargs)
        if deadly:
            die()
        return result

    return wrapped


def arm(point: str) -> None:
    """Put the kill points in place."""
    place = [*point.split(":", 2), "", ""][2]
    os.replace = killing(os.replace, point, "replace", lambda _, target: place in str(target))
    os.fsync = killing(os.fsync, point, "fsync", lambda *_: True)
    FileStore.delete = killing(FileStore.delete, point, "delete", lambda *_: True)  # type: ignore[method-assign]
    execute = DuckWarehouse.execute
    DuckWarehouse.execute = killing(execute, point, "commit", lambda _, sql, *__: sql == "commit")  # type: ignore[method-assign]
    DuckWarehouse.execute = killing(  # type: ignore[method-assign]
        DuckWarehouse.execute, point, "insert", lambda _, sql, *__: sql.strip().startswith("insert into raw.")
    )
    if point.startswith("dbt:"):
        start = subprocess.Popen.__init__

        def timed(process: Any, *args: Any, **kwargs: Any) -> None:
            start(process, *args, **kwargs)
            threading.Timer(float(point.partition(":")[2]), lambda: (process.kill(), die())).start()

        subprocess.Popen.__init__ = timed  # type: ignore[method-assign]


def main(home: str, dbt_work: str, point: str, *days: str) -> None:
    """Every step in turn."""
    world = ErasureWorld(Path(home), os.environ.get("CRASH_DRIVER_WAREHOUSE"), Path(dbt_work))
    stores = world.stores
    arm(point)
    steps: dict[str, Callable[[], object]] = {
        "lake": lambda: take_in_days(stores, list(days), frozenset()).raise_failures(),
        "erasure": lambda: erase(stores, list(days)),
        "load": lambda: load(stores, list(days)),
        "history": world.build,
        "free_space": lambda: finish(stores),
    }
    for name in STEPS:
        steps[name]()
        if point == name:
            die()


if __name__ == "__main__":
    main(*sys.argv[1:])
