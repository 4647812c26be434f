"""England's made-up feed in a landing store: streams registered, days landed. Measuring is in national.py."""

import json
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assets.stores import Stores
from assets.submissions.land import Landed, land
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from benchmarks.measuring import in_a_process_of_its_own
from orchestration.resources import stores_of
from orchestration.settings import Settings
from synthetic.national import Copies, Land, Templates, lands, templates

SEEDS = Path(__file__).resolve().parent.parent / "dbt_project" / "seeds"
FIRST_DAY = date(2024, 3, 5)  # two years on comes a day on which as much changes as on the middle one of weekdays
ENGLAND = 700_000  # children that all LAs together know in a year
_ROUTES = ("data_to_insight", "cms_supplier", "build_your_own")
_SUFFIX = {"data_to_insight": "d2i", "cms_supplier": "cms", "build_your_own": "byo"}
_BATCH = 100
_WORKERS = 2


@dataclass(frozen=True)
class Size:
    """How much of England, and for how long: as many LAs as together know that many children.

    opens: how many of the days are told and not sent; on the day after them everyone is sent whole. Two sizes that
    differ in that alone end with the same children, who change in the same way on the days that are measured.
    """

    children: int
    days: int
    opens: int = 0

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
        for begins, mode in ((size.opens, "delta"), (size.days + 1, "full")):
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


def generate(home: Path, size: Size) -> int:
    """Land every day of the history, LAs side by side, and make the two days that are measured; how many batches."""
    register(stores_at(home), size)
    known = in_a_process_of_its_own(_templates, size)
    with multiprocessing.get_context("spawn").Pool(_WORKERS, _remember, (home, size, known)) as pool:
        return sum(pool.imap_unordered(_land_la, range(len(size.lands))))


@dataclass
class _Remembered:
    """What each process that lands LAs has been told."""

    told: tuple[Path, Size, Templates] | None = None


_REMEMBERED = _Remembered()


def _remember(home: Path, size: Size, known: Templates) -> None:
    _REMEMBERED.told = (home, size, known)


def _land_la(place: int) -> int:
    if _REMEMBERED.told is None:
        raise RuntimeError("a process that lands LAs was told nothing")
    home, size, known = _REMEMBERED.told
    stores, each = stores_at(home), size.lands[place]
    copies, stream = Copies(each, known), stream_id(place, each.code)
    batches = 0
    for offset in range(size.opens, size.days):
        day = size.day(offset)
        pieces = known.whole[day] if size.opens and offset == size.opens else known.sent[day]
        for moment, body in _bodies(list(copies.records(pieces)), day, place):
            stores.landing.store(stream, moment, body)
            batches += 1
    for later, pieces in enumerate((known.sent[size.day(size.days)], known.last)):
        day = size.day(size.days + later)
        folder = _made(home, day) / stream
        folder.mkdir(parents=True, exist_ok=True)
        for moment, body in _bodies(list(copies.records(pieces)), day, place):
            (folder / f"{moment.isoformat()}.json").write_bytes(body)
    return batches


def _made(home: Path, day: date) -> Path:
    """Where the bodies of a day that is measured wait."""
    return home / "made" / day.isoformat()


def land_one_day(home: Path, size: Size, *, snapshot: bool) -> int:
    """Land the day after the history as the receiver would, log included: its changes, or everyone whole; records."""
    stores = stores_at(home)
    records = 0
    for path in sorted(_made(home, size.day(size.days + snapshot)).glob("*/*.json")):
        moment = datetime.fromisoformat(path.stem)
        landed = land(path.read_bytes(), path.parent.name, moment, stores.submissions)
        if not isinstance(landed, Landed):
            raise RuntimeError(f"a made-up batch was refused: {landed.text}")
        records += len(landed.receipts)
    return records


def _templates(size: Size) -> Templates:
    return templates(FIRST_DAY, size.days + 1, whole_on=[size.day(size.opens)])


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
