"""England's feed at its real size, made fast: some thousand lives, each told again for many children.

The fullest lives of one large made-up LA, and the records that its sender writes of them (synthetic/feed.py), are the
templates. Every child of England is a copy of one, with ids and pupil number of its own; its records are the
template's, day by day. A copy costs the joining of a few pieces of text, so a day of England takes a second. Where the
records are landed is not decided here.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import orjson
import polars as pl

from synthetic.draws import as_date, generator
from synthetic.facts import recorded
from synthetic.faults import FaultBook
from synthetic.feed import FeedWriter
from synthetic.lifecycle import live
from synthetic.payloads import Child
from synthetic.people import upn_of
from synthetic.postcodes import homes
from synthetic.scenario import HACKNEY, NO_FAULTS, Scenario, StreamPlan
from synthetic.streams import sent_by

# Of the children an LA knows, how many change on a day.
SHARE_CHANGED = 0.015
# Templates, and the residents of the made-up LA for each: of the children it comes to know, those of fullest lives.
_TEMPLATES = 2_000
_RESIDENTS_A_TEMPLATE = 180
_ID_LETTERS = 27  # the LA's code and the number of the copy come after them, and an id has 36 letters at most
# What makes a record its own child's: the ids of child and case system, pupil numbers, ids of episodes and items.
_OWN = re.compile(
    rb'"(?P<child>204C\d{6})"|"(?P<mis>MIS-\d{6})"|"(?P<former>[A-Z]204005\d{6})"|"(?P<upn>[A-Z]204\d{9})"'
    rb'|"(?P<item>D[EACSPL]\d+)"'
)
_FORMER = 5_000_000  # what the serial number of a former pupil number is ahead of the present one's, as in people.py


@dataclass(frozen=True)
class Piece:
    """A record cut where the child's own ids stand: what lies between them, and which id each gap is."""

    between: tuple[bytes, ...]
    gaps: tuple[bytes, ...]  # b"child", b"mis", b"upn", b"former", or what the ids of an item begin with


@dataclass
class Templates:
    """The lives of one LA as records: for each day the templates that send something, and what; and everyone whole.

    whole: everyone known, as on the evening of the days asked for, and of the last day.
    """

    days: list[date]
    sent: dict[date, dict[int, Piece]]
    whole: dict[date, dict[int, Piece]]

    @property
    def last(self) -> dict[int, Piece]:
        """Everyone whole, as on the evening of the last day."""
        return self.whole[self.days[-1]]


@dataclass(frozen=True)
class Land:
    """One LA of England: its code and how many children it knows."""

    code: str
    children: int


def lands(local_authorities: Path, populations: Path, children: int) -> list[Land]:
    """Every LA of the seed files, with its part of that many children by its population; at least one each."""
    residents = pl.read_csv(populations, schema_overrides={"la_code": pl.String})
    latest = residents.sort("mid_year").group_by("la_code").last()
    named = pl.read_csv(local_authorities, schema_overrides={"la_code": pl.String}).join(latest, on="la_code")
    shares = named.sort("la_code").select(
        "la_code", pl.col("population_0_17").cum_sum() / pl.col("population_0_17").sum() * children
    )
    ends = shares["population_0_17"].round().cast(pl.Int64).to_list()
    starts = [0, *ends[:-1]]
    return [Land(code, max(end - start, 1)) for code, start, end in zip(shares["la_code"], starts, ends, strict=True)]


def templates(
    first_day: date, days: int, seed: int = 20260331, children: int = _TEMPLATES, whole_on: Iterable[date] = ()
) -> Templates:
    """The records of one LA's children over that many days, the first of which brings everyone known by then.

    whole_on: days on whose evening everyone is wanted whole; on that of the last day they always are.
    """
    last_day = first_day + timedelta(days=days - 1)
    plan = StreamPlan("204", "data_to_insight", "delta", sends_at_weekends=True)
    authority = replace(HACKNEY, population=children * _RESIDENTS_A_TEMPLATE, streams=(plan,))
    scenario = Scenario("national", (authority,), first_day, last_day, first_day.year + 1, seed, faults=NO_FAULTS)
    truth, book = live(authority, scenario), FaultBook()
    log, _ = recorded(truth, scenario)
    nothing = pl.DataFrame(schema={"entity": log.schema["entity"], "row": pl.UInt32, "child": pl.UInt32})
    collected = _Collected(sent_by(plan, truth, log, nothing, scenario, book), truth, scenario, Path(), book)
    collected.wanted = {*whole_on, last_day}
    collected.write()
    return _Told(collected, first_day, days, seed, _fullest(collected, children)).templates(
        authority.postcode_districts
    )


def _fullest(collected: "_Collected", children: int) -> set[int]:
    """The children of whom most is known in the end."""
    sizes = {child: len(whole) for child, whole in collected.whole[max(collected.whole)].items()}
    return set(sorted(sizes, key=lambda child: (-sizes[child], child))[:children])


class _Collected(FeedWriter):
    """Keeps what would be written: the records of each day, by child; and on wanted days everyone whole."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.records: dict[date, dict[int, bytes]] = {}
        self.wanted: set[date] = set()
        self.whole: dict[date, dict[int, bytes]] = {}

    def _changes(self, child: Child) -> dict:
        """Names as they are: with this sender's doubled apostrophes a full record would contradict the deltas."""
        return child.changed_properties() | {"child_details": child.whole()["child_details"]}

    def _write_day(self, day: int, records: list[bytes], children: list[int], *, repeat: bool) -> None:
        del repeat  # nothing is sent twice here
        self.records[as_date(day)] = dict(zip(children, records, strict=True))
        if as_date(day) in self.wanted:
            self.whole[as_date(day)] = {number: orjson.dumps(child.whole()) for number, child in self.children.items()}


@dataclass
class _Told:
    """Adds moves of home until the wanted share of the children changes every day, and cuts the records to pieces."""

    collected: _Collected
    first_day: date
    number_of_days: int
    seed: int
    wanted: set[int]
    details: dict[int, dict] = field(default_factory=dict)
    moved: dict[int, str] = field(default_factory=dict)

    def templates(self, districts: tuple[str, ...]) -> Templates:
        rng = generator(self.seed, "national")
        addresses = homes(districts)
        days = [self.first_day + timedelta(days=offset) for offset in range(self.number_of_days)]
        sent: dict[date, dict[int, Piece]] = {}
        whole: dict[date, dict[int, Piece]] = {}
        known: list[int] = []
        for day in days:
            raw = self.collected.records.get(day, {})
            records = {child: orjson.loads(raw[child]) for child in raw.keys() & self.wanted}
            if day != self.first_day:
                for child in self._movers(rng, known, records):
                    self.moved[child] = str(addresses[int(rng.integers(len(addresses)))])
                    records[child] = self._move(child)
            known += sorted(records.keys() - self.details.keys())
            for child, record in records.items():
                self._settle(child, record)
            sent[day] = {child: _cut(orjson.dumps(record)) for child, record in records.items()}
            if day in self.collected.whole:
                whole[day] = {child: _cut(self._whole(day, child)) for child in self.details}
        return Templates(days, sent, whole)

    def _settle(self, child: int, record: dict) -> None:
        details = record["child_details"] | self._address(child)
        record["child_details"] = self.details[child] = details

    def _movers(self, rng: np.random.Generator, known: list[int], records: dict) -> list[int]:
        """Children who move home, so many that the wanted share of all changes."""
        lacking = max(round(len(self.wanted) * SHARE_CHANGED) - len(records), 0)
        still = [child for child in known if child not in records]
        return [still[int(place)] for place in rng.choice(len(still), min(lacking, len(still)), replace=False)]

    def _move(self, child: int) -> dict:
        record = self.collected.children[child].record
        ids = {"la_child_id": record["la_child_id"], "mis_child_id": record["mis_child_id"]}
        return ids | {"child_details": self.details[child]}

    def _whole(self, day: date, child: int) -> bytes:
        whole = orjson.loads(self.collected.whole[day][child])
        return orjson.dumps(whole | {"child_details": whole["child_details"] | self._address(child)})

    def _address(self, child: int) -> dict:
        return {"postcode": self.moved[child]} if child in self.moved else {}


def _cut(record: bytes) -> Piece:
    between, gaps, start = [], [], 0
    for found in _OWN.finditer(record):
        between.append(record[start : found.start()])
        gaps.append(_id(found["item"]) if found["item"] else str(found.lastgroup).encode())
        start = found.end()
    return Piece((*between, record[start:]), tuple(gaps))


def _id(short: bytes) -> bytes:
    """An id as long as case systems have them."""
    return hashlib.blake2b(short).hexdigest()[:_ID_LETTERS].encode()


class Copies:
    """The children of one LA: copies of the templates, as often as it takes."""

    def __init__(self, land: Land, templates: Templates) -> None:
        self.land, self.templates = land, templates
        self.order = sorted(templates.last)
        self.place = {child: place for place, child in enumerate(self.order)}
        self.numbers = upn_of(land.code, np.arange(land.children)).to_list()
        self.former = upn_of(land.code, np.arange(land.children) + _FORMER).to_list()

    def records(self, pieces: dict[int, Piece]) -> Iterator[bytes]:
        """Each template's record again for every copy of it that the LA has."""
        size = len(self.order)
        for child in sorted(pieces):
            for number in range(self.place[child], self.land.children, size):
                yield self._record(pieces[child], number, number // size)

    def _record(self, piece: Piece, number: int, turn: int) -> bytes:
        own = {
            b"child": b'"%bC%06d"' % (self.land.code.encode(), number),
            b"mis": b'"MIS-%06d"' % number,
            b"upn": b'"%b"' % self.numbers[number].encode(),
            b"former": b'"%b"' % self.former[number].encode(),
        }
        turned = b'%b%02d"' % (self.land.code.encode(), turn)
        parts = [piece.between[0]]
        for gap, after in zip(piece.gaps, piece.between[1:], strict=True):
            parts += (own[gap] if gap in own else b'"' + gap + turned, after)
        return b"".join(parts)
