"""Which upper-tier LA an ONS area code means: its own code, a district's within it, or one that either had before."""

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from quality.rules.catalogue import SEEDS

_TABLES = ("local_authority", "local_authority_ons_code")


@cache
def la_codes() -> Mapping[str, str]:
    """Three digit DfE code by ONS code, read from the dbt seeds."""
    known: dict[str, str] = {}
    for table in _TABLES:
        with (SEEDS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            known |= {row["ons_code"]: row["la_code"] for row in csv.DictReader(file)}
    return MappingProxyType(known)
