"""The LA that a name means, however it is written: "Bristol", "Bristol, City of" and "Bristol City Council" are one."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import polars as pl

from quality.rules.catalogue import SEEDS

# Words that say what kind of council it is, or nothing.
_IDLE = frozenset(["the", "and", "of", "city", "county", "council", "borough", "royal", "metropolitan", "district"])
# London alone is a name, in front of another it is not.
_IN_LONDON = ("london borough of ", "royal borough of ")


def _key(name: str) -> str:
    plain = name.casefold().strip()
    for prefix in _IN_LONDON:
        plain = plain.removeprefix(prefix)
    words = re.findall(r"[a-z]+", plain.replace("'", ""))
    return " ".join(sorted(word for word in words if word not in _IDLE))


@cache
def _codes() -> Mapping[str, str]:
    """Three digit code by plain name: of the LAs of today, and of the districts and former ones within them."""
    known: dict[str, str] = {}
    for table, column in (("local_authority_ons_code", "area_name"), ("local_authority", "la_name")):
        with (SEEDS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            known |= {_key(row[column]): row["la_code"] for row in csv.DictReader(file)}
    return MappingProxyType(known)


def la_codes_of(names: pl.Series) -> pl.Series:
    """The three digit code of each name; null where it is null or means no LA of England."""
    distinct = names.drop_nulls().unique()
    found = {name: _codes().get(_key(name)) for name in distinct}
    return names.replace_strict(found, default=None, return_dtype=pl.String)
