"""From the SSDA903 tables to entity rows. Only what is particular to SSDA903 is here.

Most tables are one entity each; a child is put together from several tables, and so is an adoption.
"""

from dataclasses import replace

import polars as pl

from assets.returns.convert import Converted, at_rows, numbered, shaped, typed, with_upn_split, without_empty
from assets.returns.raw import ROW, SLOT, RawChunk
from assets.returns.ssda903_integrity import integrity_faults
from assets.returns.ssda903_layout import SSDA903_TABLES, TABLE
from assets.returns.values import cleaned, read_as
from quality.schemas.entities import ALL_ENTITIES

# Placed for adoption: with the current foster carer or not, with a placement order or with consent.
PLACED_FOR_ADOPTION = ("A3", "A4", "A5", "A6")
DIED = "E2"
_BIRTH = "DOB"
# Letters took the place of numbers with the 2024/25 return.
_SEX_IN_LETTERS_FROM = 2025
_SEXES_BEFORE, _SEXES = ("1", "2"), ("M", "F")
_TOGETHER = ("children", "adoptions")


def ssda903_entities(chunk: RawChunk, *, uasc_given: bool, year: int) -> Converted:
    """Every entity that SSDA903 holds, for the children of this chunk.

    uasc_given: whether the UASC table came with the return, so that a child not in it is not one.
    year: the one in which the collection ends.
    """
    converted = Converted({}, [*integrity_faults(chunk), *_codes_of_other_years(chunk, year)])
    for table in SSDA903_TABLES:
        raw = chunk.tables.get(table.name)
        if raw is None or raw.is_empty():
            continue
        for entity in dict.fromkeys(field.entity for field in table.fields if field.entity not in _TOGETHER):
            fields = [field for field in table.fields if field.entity == entity]
            rows = _with_score_or_reason(raw) if entity == "sdq_assessments" else raw
            converted.entities[entity] = typed(rows, fields, converted.faults)
    if "placements" in converted.entities:
        placements = converted.entities["placements"]
        converted.entities["placements"] = numbered(placements, "child_looked_after_placement_id")
    episodes = converted.entities.get("placements", _no_episodes())
    converted.entities["children"] = _children(chunk, episodes, uasc_given, converted)
    converted.entities["adoptions"] = _adoptions(chunk, episodes, converted)
    _state_births(converted.entities)
    converted.entities = {name: _in_capitals(shaped(name, rows)) for name, rows in converted.entities.items()}
    return converted


def _codes_of_other_years(chunk: RawChunk, year: int) -> list[pl.DataFrame]:
    """Sexes in Header that are understood, but are not written as the return of this year asks for."""
    header = chunk.tables.get("Header")
    if header is None or "SEX" not in header.columns:
        return []
    other = _SEXES_BEFORE if year >= _SEX_IN_LETTERS_FROM else _SEXES
    found = cleaned(header.select(SLOT, ROW, "SEX")).filter(pl.col("SEX").str.to_uppercase().is_in(other))
    return [at_rows(found.select(SLOT, ROW), "children", "sex", "not_of_this_year")] if len(found) else []


def _state_births(entities: dict[str, pl.DataFrame]) -> None:
    """To the rows of tables that repeat the date of birth, the one they state where it is not that in `children`."""
    for name, rows in entities.items():
        if "stated_date_of_birth" in ALL_ENTITIES[name].attributes:
            entities[name] = _with_stated_birth(rows, entities["children"], "stated_date_of_birth")


def _with_stated_birth(rows: pl.DataFrame, children: pl.DataFrame, name: str) -> pl.DataFrame:
    if _BIRTH not in rows.columns:
        return rows.with_columns(pl.lit(None, dtype=pl.Date).alias(name))
    stated = read_as("day_first", rows[_BIRTH])
    known = children.select(SLOT, "date_of_birth").unique(SLOT, keep="last")
    of_child = rows.select(SLOT).join(known, on=SLOT, how="left", maintain_order="left")["date_of_birth"]
    return rows.with_columns(stated.set(stated.eq_missing(of_child), None).alias(name))


def _in_capitals(rows: pl.DataFrame) -> pl.DataFrame:
    """Codes as DfE's lists write them: a return may hold them in small letters, and means the same by it."""
    return rows.with_columns(pl.selectors.string().str.to_uppercase())


def _with_score_or_reason(raw: pl.DataFrame) -> pl.DataFrame:
    """OC2 has a row for every child; one that says nothing of a score is no assessment."""
    return without_empty(cleaned(raw), [name for name in ("SDQ_SCORE", "SDQ_REASON") if name in raw.columns])


def _no_episodes() -> pl.DataFrame:
    text: dict[str, pl.DataType] = dict.fromkeys(("placement_type", "end_reason", "home_postcode"), pl.String())
    return pl.DataFrame(
        schema={SLOT: pl.Int32(), ROW: pl.Int32(), "start_date": pl.Date(), "end_date": pl.Date()} | text
    )


def _part(chunk: RawChunk, table: str, entity: str, faults: list[pl.DataFrame]) -> pl.DataFrame:
    """The columns of one table that go to an entity put together from several; no rows when it did not come.

    A date of birth is read from Header only: elsewhere it is a repeat, wanted when the child is not in Header.
    """
    repeat = "DOB" if table != "Header" else None
    fields = [field for field in TABLE[table].fields if field.entity == entity and field.column != repeat]
    raw = chunk.tables.get(table)
    if raw is None:
        raw = pl.DataFrame(schema={SLOT: pl.Int32(), ROW: pl.Int32()} | {field.column: pl.String() for field in fields})
    return typed(raw, fields, faults)


def _last(rows: pl.DataFrame, *attributes: str) -> pl.DataFrame:
    """One row a child: of its rows in this order, the last value there is of each attribute."""
    return rows.group_by(SLOT, maintain_order=True).agg(pl.col(name).drop_nulls().last() for name in attributes)


def _children(chunk: RawChunk, episodes: pl.DataFrame, uasc_given: bool, converted: Converted) -> pl.DataFrame:
    header = _part(chunk, "Header", "children", converted.faults)
    uasc = _part(chunk, "UASC", "children", converted.faults)
    absent = _absent_from(header, chunk, uasc, converted)
    children = with_upn_split(pl.concat([header, absent], how="diagonal"))
    ended = episodes.filter(pl.col("end_reason") == DIED).group_by(SLOT).agg(date_of_death=pl.col("end_date").max())
    home = episodes.sort(SLOT, "start_date", ROW, nulls_last=False).group_by(SLOT).agg(pl.col("home_postcode").last())
    uasc = _with_stated_birth(uasc, children, "uasc_date_of_birth").with_columns(in_table=pl.lit(True))
    seeking = _last(uasc, "uasc_end_date", "uasc_date_of_birth", "in_table")
    for more in (ended, home, seeking):
        children = children.join(more, on=SLOT, how="left", maintain_order="left")
    # what Header says counts, for an end date alone, which XML may give for any child, makes nobody an asylum seeker
    said = pl.coalesce(pl.col("uasc_flag", "uasc_status").max().over(SLOT), "in_table")
    return children.with_columns(uasc_flag=said.fill_null(False) if uasc_given else said)


def _absent_from(header: pl.DataFrame, chunk: RawChunk, uasc: pl.DataFrame, converted: Converted) -> pl.DataFrame:
    """Rows for children who are in other tables only, with the date of birth and the sex that those give."""
    slots = chunk.children.select(pl.int_range(pl.len()).cast(pl.Int32).alias(SLOT), pl.col("position").alias(ROW))
    absent = slots.join(header, on=SLOT, how="anti", maintain_order="left")
    if absent.is_empty():
        return absent
    births = [
        typed(
            raw.join(absent, on=SLOT, how="semi", maintain_order="left"),
            [replace(field, attribute=f"{table.name}.DOB") for field in table.fields if field.column == "DOB"],
            converted.faults,
        ).rename({f"{table.name}.DOB": "date_of_birth"})
        for table in SSDA903_TABLES
        if (raw := chunk.tables.get(table.name)) is not None and table.name != "Header" and "DOB" in raw.columns
    ]
    sexes = _last(uasc, "sex")
    with_sex = absent.join(sexes, on=SLOT, how="left", maintain_order="left")
    if not births:
        return with_sex
    known = pl.concat([rows.select(SLOT, "date_of_birth") for rows in births]).drop_nulls()
    first = known.unique(SLOT, keep="first", maintain_order=True)
    return with_sex.join(first, on=SLOT, how="left", maintain_order="left")


def _adoptions(chunk: RawChunk, episodes: pl.DataFrame, converted: Converted) -> pl.DataFrame:
    """Every row of PlacedAdoption and of AD1, counted from the last of the child, so that the last ones are one row.

    The first adoptive placement belongs to the last row too. The row's number is that of PlacedAdoption where there is
    one, else of AD1, else of the placement.
    """
    decided = _said_by(chunk, "PlacedAdoption", "placed_adoption", converted)
    adopted = _said_by(chunk, "AD1", "ad1", converted)
    placed = (
        episodes.filter(pl.col("placement_type").is_in(PLACED_FOR_ADOPTION))
        .sort(SLOT, "start_date", ROW, nulls_last=True)
        .group_by(SLOT, maintain_order=True)
        .agg(pl.col(ROW).first(), placed_date=pl.col("start_date").first())
        .with_columns(from_last=pl.lit(0, pl.UInt32))
    )
    keys = [SLOT, "from_last"]
    both = decided.join(adopted, on=keys, how="full", coalesce=True, suffix="_ad1")
    whole = both.join(placed, on=keys, how="full", coalesce=True, suffix="_episodes").with_columns(
        pl.coalesce(ROW, f"{ROW}_ad1", f"{ROW}_episodes").alias(ROW)
    )
    differs = whole.filter(pl.col("ad1_decision_date") != pl.col("placed_adoption_decision_date"))
    if not differs.is_empty():
        converted.faults.append(
            at_rows(differs.select(SLOT, ROW), "adoptions", "initial_decision_date", "tables_differ")
        )
    decision = pl.coalesce("ad1_decision_date", "placed_adoption_decision_date")
    return whole.with_columns(
        pl.col("in_ad1", "in_placed_adoption").fill_null(False), initial_decision_date=decision
    ).sort(SLOT, "from_last", descending=[False, True])


def _said_by(chunk: RawChunk, table: str, name: str, converted: Converted) -> pl.DataFrame:
    """The table's rows, numbered from the child's last one, which is 0."""
    rows = _part(chunk, table, "adoptions", converted.faults)
    return rows.with_columns(
        pl.lit(True).alias(f"in_{name}"),
        (pl.len() - 1 - pl.int_range(pl.len())).cast(pl.UInt32).over(SLOT).alias("from_last"),
    )
