"""In which file of a return each row and each fault stands, so that an LA finds it again.

A row's number is its place in that file; rows put together from several tables have the place in one of them.
"""

from collections.abc import Mapping

import polars as pl

from assets.returns.reader import ONE_FILE
from assets.returns.ssda903_layout import SSDA903_TABLES
from quality.rules.return_header import IN_HEADER

_FILE = "file"
# The table that says most of an entity, before others that say something of it too.
_FIRST = {"children": "Header"}


def with_files(frames: Mapping[str, pl.DataFrame], files: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """The frames with the column `file`; null where a row is of no one table."""
    if ONE_FILE in files:
        return {name: frame.with_columns(pl.lit(files[ONE_FILE]).alias(_FILE)) for name, frame in frames.items()}
    return {name: frame.with_columns(_file_of(name, files).alias(_FILE)) for name, frame in frames.items()}


def _file_of(name: str, files: Mapping[str, str]) -> pl.Expr:
    if name == "faults":
        return _file_of_fault(files)
    if name == "children":
        return pl.when(IN_HEADER).then(_named(files, "Header"))
    if name == "adoptions":
        placed = pl.when("in_placed_adoption").then(_named(files, "PlacedAdoption"))
        return placed.when("in_ad1").then(_named(files, "AD1")).otherwise(_named(files, "Episodes"))
    return _named(files, _only_table(name, None, files))


def _named(files: Mapping[str, str], table: str | None) -> pl.Expr:
    return pl.lit(files.get(table or ""), dtype=pl.String)


def _file_of_fault(files: Mapping[str, str]) -> pl.Expr:
    """By the table that the field is written with, such as OC2.DOB, else by the tables that the field is read from."""
    known = {
        (field.entity, field.attribute): _only_table(field.entity, field.attribute, files)
        for table in SSDA903_TABLES
        for field in table.fields
    }
    written = {f"{entity} {attribute}": files.get(table or "") for (entity, attribute), table in known.items()}
    of_entity = {table.entity: files.get(_only_table(table.entity, None, files) or "") for table in SSDA903_TABLES}
    return pl.coalesce(
        pl.col("field").str.extract(r"^(\w+)\.").replace_strict(files, default=None, return_dtype=pl.String),
        pl.format("{} {}", "entity", "field").replace_strict(written, default=None, return_dtype=pl.String),
        pl.when(~pl.format("{} {}", "entity", "field").is_in(list(written))).then(
            pl.col("entity").replace_strict(of_entity, default=None, return_dtype=pl.String)
        ),
    )


def _only_table(entity: str, attribute: str | None, files: Mapping[str, str]) -> str | None:
    """The one table given that rows of this entity come from, or this attribute of it; None where there are several."""
    holding = [
        table.name
        for table in SSDA903_TABLES
        if table.name in files
        and any(field.entity == entity and attribute in (None, field.attribute) for field in table.fields)
    ]
    if _FIRST.get(entity) in holding:
        return _FIRST[entity]
    return holding[0] if len(holding) == 1 else None
