"""Made-up returns as files, and a way to read them: for every test of the returns stage."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl

from assets.returns.reader import read_return
from assets.returns.ssda903_layout import SSDA903_TABLES
from quality.schemas.frames import checked

RECEIVED = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)  # already 2 July in London
COLUMNS = {table.name: ("CHILD", *table.columns) for table in SSDA903_TABLES}
# What XML calls the blocks of the tables that repeat.
BLOCKS = {
    "Reviews": "AREVIEW",
    "Missing": "AMISSING",
    "OC2": "OC2",
    "PrevPerm": "PERMANENCE",
    "PlacedAdoption": "AD_PLACED",
    "SWEpisodes": "SWEPISODE",
    "DoLo": "DOLO",
}
Row = Mapping[str, str]
Frames = dict[str, pl.DataFrame]


class PlainPseudonyms:
    """Keys that a test can read: what the real ones do, without a secret."""

    def child_keys(self, la_code: str, ids: pl.Series) -> pl.Series:
        return f"{la_code}:" + ids

    def hashed(self, values: pl.Series) -> pl.Series:
        return "hashed " + values

    def content_hash(self, raw: bytes) -> str:
        return sha256(raw).hexdigest()


def census(*children: str, year: str = "2024", reference_date: str = "2024-03-31", lea: str = "201") -> str:
    """A CIN census of these children."""
    return (
        f"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{reference_date}</ReferenceDate></CollectionDetails>"
        f"<Source><SourceLevel>L</SourceLevel><LEA>{lea}</LEA></Source></Header>"
        f"<Children>{''.join(children)}</Children></Message>"
    )


def cin_child(
    la_child_id: str = "A1", identifiers: str = "", characteristics: str = "", details: Sequence[str] = ()
) -> str:
    """One child of a census; each of `details` is the inside of one CINdetails."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{la_child_id}</LAchildID>{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics>{characteristics}</ChildCharacteristics>"
        + "".join(f"<CINdetails>{inside}</CINdetails>" for inside in details)
        + "</Child>"
    )


def as_csv(table: str, rows: Sequence[Row]) -> str:
    """An SSDA903 table as CSV with all its usual columns, quoted where need be."""
    columns = [name for name in COLUMNS[table] if not name.startswith("UASC")]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_xml(children: Sequence[Mapping[str, Sequence[Row]]]) -> str:
    """The same return as XML: each child is its rows by table."""
    return f"<EXPSSDA903>{''.join(_child_xml(child) for child in children)}</EXPSSDA903>"


def _child_xml(child: Mapping[str, Sequence[Row]]) -> str:
    header = dict(child["Header"][0])
    inside = _leaves({"CHILDID": header.pop("CHILD")} | header | {"UASC": "1" if child.get("UASC") else "0"})
    for table in ("UASC", "OC3", "AD1"):
        for row in child.get(table, ()):
            inside += _leaves({name: row[name] for name in row if name not in ("CHILD", "SEX", "DOB")})
    for table, block in BLOCKS.items():
        for row in child.get(table, ()):
            inside += f"<{block}>{_leaves({name: row[name] for name in row if name not in ('CHILD', 'DOB')})}</{block}>"
    episodes = ""
    for row in child.get("Episodes", ()):
        renamed = {"PL" if name == "PLACE" else name: row[name] for name in row if name != "CHILD"}
        episodes += f"<EPISODE>{_leaves(renamed)}</EPISODE>"
    return f"<CHILD><HEADER>{inside}</HEADER>{episodes}</CHILD>"


def _leaves(cells: Row) -> str:
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in cells.items())


def saved(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


# The years that the drawn rows are written for: sexes are numbers in returns up to 2024.
_YEARS = {"cin": 2024, "ssda903": 2026}


def read_paths(kind: str, *paths: Path, la: str = "201", year: int | None = None, chunk_children: int = 5000) -> Frames:
    """Every lake table of a return, all chunks together; each frame is checked as the lake would."""
    year = year or _YEARS[kind]
    chunks = list(
        read_return(
            kind,
            paths,
            return_id=f"{la}-{kind}-{year}",
            la_code=la,
            year=year,
            received_at=RECEIVED,
            pseudonyms=PlainPseudonyms(),
            chunk_children=chunk_children,
        )
    )
    frames = {name: pl.concat(chunk[name] for chunk in chunks) for name in chunks[0]}
    return {name: checked(name, frame) if len(frame) else frame for name, frame in frames.items()}


def read_files(kind: str, folder: Path, files: Mapping[str, str | bytes], **options: object) -> Frames:
    """The frames of a return made of these files, each given by name."""
    saved(folder, files)
    return read_paths(kind, *(folder / name for name in files), **options)  # type: ignore[arg-type]


def only(frames: Frames, table: str) -> dict[str, object]:
    """The one row of a table, as a dict."""
    return frames[table].row(0, named=True) if frames[table].height == 1 else {"rows": frames[table].height}


def faults(frames: Frames) -> list[tuple[str, str, str]]:
    """Every fault as (entity, field, fault)."""
    return list(frames["faults"].select("entity", "field", "fault").iter_rows())
