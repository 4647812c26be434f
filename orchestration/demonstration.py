"""The main job on made-up authorities, from nothing to the report. Each step is harmless when repeated.

What made-up authorities look like is decided in synthetic/.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.returns.landed import land_return
from assets.stores import Stores
from assets.submissions.land import Landed, land
from assets.submissions.register_file import add_stream, read_register
from synthetic.generate import generate, iter_feed
from synthetic.scenario import Scenario

# Written when every file of a scenario is there, with the seed it was made from.
COMPLETE = "complete.txt"
# By which the annual returns of the year are in.
DEADLINE = (7, 31, 12)


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
    complete = folder / COMPLETE
    if not complete.exists() or complete.read_text() != str(scenario.seed):
        stores.progress(f"making up {len(scenario.authorities)} local authorities (seed {scenario.seed})")
        generate(scenario, folder, stores.progress)
        complete.write_text(str(scenario.seed))
    return folder


def register_streams(stores: Stores, folder: Path) -> None:
    """Add the made-up streams to the register, where they are not in it yet."""
    for row in read_register(folder / "streams.csv").rows:
        if row not in stores.register.rows:
            add_stream(stores.register_path, row, stores.deployment.la_codes)


def land_feed(stores: Stores, folder: Path) -> Arrived:
    """Land every batch at the moment at which it was sent."""
    places = stores.submissions
    landed, records = 0, 0
    for stream_id, received_at, path in iter_feed(folder):
        result = land(path.read_bytes(), stream_id, received_at, places)
        if not isinstance(result, Landed):
            raise RuntimeError(f"{path.name} of {stream_id}: a made-up batch was refused:\n{result.text}")
        landed, records = landed + 1, records + len(result.receipts)
        if landed % 500 == 0:
            stores.progress(f"landed {landed:,} batches, {records:,} records")
    days = [str(day) for day in stores.landing.days()]
    return Arrived(landed, records, days[0], days[-1])


def land_returns(stores: Stores, folder: Path, year: int) -> int:
    """Land every annual return; how many there were."""
    month, day, hour = DEADLINE
    received_at = datetime(year, month, day, hour, tzinfo=UTC)
    found = sorted((folder / "returns").glob("*/*"))
    for path in found:
        land_return(
            stores.returns_landing,
            stores.pseudonyms,
            kind=path.stem.split("-")[0],
            la_code=path.parent.name,
            year=year,
            received_at=received_at,
            paths=[path],
        )
    return len(found)


def arrive(stores: Stores, scenario: Scenario) -> Arrived:
    """Generate, register and land everything of a scenario."""
    folder = made_up(stores, scenario)
    register_streams(stores, folder)
    arrived = land_feed(stores, folder)
    count = land_returns(stores, folder, scenario.return_year)
    stores.progress(f"landed {arrived.batches:,} batches ({arrived.records:,} records) and {count} annual returns")
    return arrived
