"""The main job on made-up authorities, from nothing to the report. Each step is harmless when repeated.

What made-up authorities look like is decided in synthetic/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets.returns.landed import land_return
from assets.stores import Stores
from assets.submissions.land import Landed, land
from assets.submissions.register_file import add_stream, read_register
from synthetic.generate import FeedFile, ReturnFiles, generate, iter_feed, iter_returns
from synthetic.scenario import Scenario

COMPLETE = "manifest/complete.json"


@dataclass(frozen=True)
class Arrived:
    """What landing the made-up feed and returns came to."""

    batches: int
    records: int
    first_day: str
    last_day: str


def made_up(stores: Stores, scenario: Scenario) -> Path:
    """The folder of the scenario's files, generated if it is not there yet."""
    folder = stores.deployment.home / "synthetic" / scenario.name
    if not (folder / COMPLETE).exists():
        stores.progress(f"making up {len(scenario.authorities)} local authorities (seed {scenario.seed})")
        generate(scenario, folder, stores.progress)
    return folder


def register_streams(stores: Stores, folder: Path) -> None:
    """Add the made-up streams to the register, where they are not in it yet."""
    for row in read_register(folder / "streams.csv").rows:
        if row not in stores.register.rows:
            add_stream(stores.register_path, row, stores.deployment.la_codes)


def land_feed(stores: Stores, batches: Iterable[FeedFile]) -> Arrived:
    """Land every batch at the moment at which it was sent."""
    places = stores.submissions
    landed, records = 0, 0
    first: datetime | None = None
    last: datetime | None = None
    for batch in batches:
        result = land(batch.path.read_bytes(), batch.stream_id, batch.received_at, places)
        if not isinstance(result, Landed):
            raise RuntimeError(f"{batch.path.name}: a made-up batch was refused:\n{result.text}")
        landed, records = landed + 1, records + len(result.receipts)
        first, last = first or batch.received_at, batch.received_at
        if landed % 500 == 0:
            stores.progress(f"landed {landed:,} batches, {records:,} records")
    days = [str(day) for day in stores.landing.days()]
    return Arrived(landed, records, days[0], days[-1])


def land_returns(stores: Stores, returns: Iterable[ReturnFiles]) -> int:
    """Land every annual return; how many there were."""
    count = 0
    for files in returns:
        land_return(
            stores.returns_landing,
            stores.pseudonyms,
            kind=files.kind,
            la_code=files.la_code,
            year=files.year,
            received_at=files.received_at,
            paths=files.paths,
        )
        count += 1
    return count


def arrive(stores: Stores, scenario: Scenario) -> Arrived:
    """Generate, register and land everything of a scenario."""
    folder = made_up(stores, scenario)
    register_streams(stores, folder)
    arrived = land_feed(stores, iter_feed(folder))
    count = land_returns(stores, iter_returns(folder))
    stores.progress(f"landed {arrived.batches:,} batches ({arrived.records:,} records) and {count} annual returns")
    return arrived
