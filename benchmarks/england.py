"""England's made-up feed in a landing store: streams registered, days landed. Measuring is in national.py."""

import json
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from assets.stores import Stores
from assets.submissions.land import Landed, land
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from orchestration.resources import stores_of
from orchestration.settings import Settings
from synthetic.national import Copies, Land, Templates, lands, templates

SEEDS = Path(__file__).resolve().parent.parent / "dbt_project" / "seeds"
FIRST_DAY = date(2024, 4, 2)
ENGLAND = 700_000  # children that all LAs together know in a year
_ROUTES = ("data_to_insight", "cms_supplier", "build_your_own")
_SUFFIX = {"data_to_insight": "d2i", "cms_supplier": "cms", "build_your_own": "byo"}
_BATCH = 100
_WORKERS = 2


@dataclass(frozen=True)
class Size:
    """How much of England, and for how long: as many LAs as together know that many children."""

    children: int
    days: int

    def day(self, offset: int) -> date:
        """The submission day after that many days; `days` itself is the one that is measured."""
        return FIRST_DAY + timedelta(days=offset)

    @property
    def lands(self) -> list[Land]:
        """The LAs, in the order of their codes."""
        every = lands(SEEDS / "local_authority.csv", SEEDS / "local_authority_population.csv", ENGLAND)
        chosen: list[Land] = []
        for each in every:
            if sum(one.children for one in chosen) >= self.children:
                break
            chosen.append(each)
        return chosen


def stores_at(home: Path) -> Stores:
    """The stores of a platform under that folder."""
    return stores_of(Settings(home=home, first_day=FIRST_DAY.isoformat()))


def stream_id(place: int, code: str) -> str:
    """The LA's one stream; the routes take turns."""
    return f"{code}-{_SUFFIX[_ROUTES[place % len(_ROUTES)]]}"


def register(stores: Stores, size: Size) -> None:
    """One live delta stream an LA, which sends full records on the second day after the history."""
    for place, each in enumerate(size.lands):
        route = _ROUTES[place % len(_ROUTES)]
        for begins, mode in ((0, "delta"), (size.days + 1, "full")):
            row = Stream(
                stream_id(place, each.code),
                each.code,
                route,
                "live",
                mode,
                size.day(begins),
                None,
                "made up",
                True,  # type: ignore[arg-type]
            )
            if row not in stores.register.rows and not _ended(stores, row):
                add_stream(stores.register_path, row)


def _ended(stores: Stores, row: Stream) -> bool:
    return any((known.stream_id, known.start_date) == (row.stream_id, row.start_date) for known in stores.register.rows)


def land_history(home: Path, size: Size) -> int:
    """Land every day of the history, LAs side by side; how many batches."""
    stores = stores_at(home)
    register(stores, size)
    work = [(str(home), size, place) for place in range(len(size.lands))]
    with multiprocessing.get_context("spawn").Pool(_WORKERS) as pool:
        return sum(pool.imap_unordered(_land_la, work))


def _land_la(work: tuple[str, Size, int]) -> int:
    home, size, place = work
    stores, known = stores_at(Path(home)), _templates(size)
    each = size.lands[place]
    copies = Copies(each, known)
    batches = 0
    for offset in range(size.days):
        day = size.day(offset)
        for moment, body in _bodies(list(copies.records(known.sent[day])), day, place):
            stores.landing.store(stream_id(place, each.code), moment, body)
            batches += 1
    return batches


def land_one_day(home: Path, size: Size, *, snapshot: bool) -> int:
    """Land the day after the history as the receiver would, log included: its changes, or everyone whole; records."""
    stores, known = stores_at(home), _templates(size)
    day = size.day(size.days + snapshot)
    pieces = known.last if snapshot else known.sent[day]
    records = 0
    for place, each in enumerate(size.lands):
        for moment, body in _bodies(list(Copies(each, known).records(pieces)), day, place):
            landed = land(body, stream_id(place, each.code), moment, stores.submissions)
            if not isinstance(landed, Landed):
                raise RuntimeError(f"a made-up batch was refused: {landed.text}")
            records += len(landed.receipts)
    return records


@cache
def _templates(size: Size) -> Templates:
    return templates(FIRST_DAY, size.days + 1)


def _bodies(records: Sequence[bytes], day: date, place: int) -> Iterator[tuple[datetime, bytes]]:
    """Bodies of a hundred, a second apart, each LA beginning at a time of its own."""
    start = datetime(day.year, day.month, day.day, 5, tzinfo=UTC) + timedelta(minutes=place)
    for number in range(0, len(records), _BATCH):
        yield start + timedelta(seconds=number // _BATCH), b"[" + b",".join(records[number : number + _BATCH]) + b"]"


def kept_size(home: Path) -> Size | None:
    """The size of the history landed under that folder; None where none was landed to its end."""
    path = home / "england.json"
    return Size(**json.loads(path.read_text())) if path.exists() else None


def keep_size(home: Path, size: Size) -> None:
    """Write down that the history of that size has been landed."""
    (home / "england.json").write_text(json.dumps(vars(size)))
