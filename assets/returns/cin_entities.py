"""From the census's raw tables to entity rows. Only what is particular to the census is here."""

import polars as pl

from assets.returns.cin import CIN_FIELDS
from assets.returns.convert import Converted, at_rows, shaped, typed, with_upn_split, without_empty
from assets.returns.raw import ROW, SLOT, RawChunk
from assets.returns.values import cleaned

# Tables that are lists of codes: an empty element says nothing and is no row. A review without a date is still one.
_LISTS = {
    table: fields[0].column for table, fields in CIN_FIELDS.items() if len(fields) == 1 and table != "cp_plan_reviews"
}
# Sex took the place of GenderCurrent with the 2024/25 census. What each code of then is now.
_SEX_FROM = 2025
_SEX_OF_GENDER = {"1": "M", "2": "F", "0": "U", "9": "U"}
_UNKNOWN = "U"
_SEXES = ("M", "F", _UNKNOWN)
_UPN_LENGTH = 13
# The census's form of a child's id.
_ID_LETTERS = r"^[A-Za-z0-9]*$"
_LONGEST_ID = 20


def cin_entities(chunk: RawChunk, *, year: int) -> Converted:
    """Every entity that the census holds, for the children of this chunk. year: the one in which it ends."""
    converted = Converted({}, _doubtful_ids(chunk))
    for table, fields in CIN_FIELDS.items():
        raw = chunk.tables.get(table)
        if raw is None or raw.is_empty():
            continue
        if table in _LISTS:
            raw = without_empty(cleaned(raw), [_LISTS[table]])
            converted.faults += _twice(raw, table, CIN_FIELDS[table][0].attribute)
        rows = typed(raw, fields, converted.faults)
        if table == "children":
            converted.faults += [*_codes_of_other_years(rows, year), *_blank_last_characters(raw)]
        converted.entities[table] = shaped(table, _PARTICULARS.get(table, _as_is)(rows))
    return converted


def _doubtful_ids(chunk: RawChunk) -> list[pl.DataFrame]:
    """Children who come more than once, and those whose id has another form than the census asks for."""
    rows = chunk.tables.get("children")
    if rows is None:
        return []
    ids = chunk.children["la_child_id"].gather(rows[SLOT])
    doubts = {
        "repeated": rows[SLOT].is_duplicated(),
        "not_letters_or_digits": ~ids.str.contains(_ID_LETTERS),
        "too_long": ids.str.len_chars() > _LONGEST_ID,
    }
    places = rows.select(SLOT, ROW)
    return [at_rows(places.filter(bad), "children", "la_child_id", fault) for fault, bad in doubts.items() if bad.any()]


def _twice(codes: pl.DataFrame, table: str, attribute: str) -> list[pl.DataFrame]:
    """The codes that one list holds more than once."""
    again = codes.drop(ROW).is_duplicated()
    return [at_rows(codes.select(SLOT, ROW).filter(again), table, attribute, "repeated")] if again.any() else []


def _as_is(rows: pl.DataFrame) -> pl.DataFrame:
    return rows


def _children(rows: pl.DataFrame) -> pl.DataFrame:
    return with_upn_split(rows.with_columns(_SEX))


_SAID = pl.coalesce("sex", "gender_current")
# One code whatever the year; anything else is left as it came, for the rules to say.
_SEX = _SAID.replace(_SEX_OF_GENDER).alias("sex")


def _codes_of_other_years(rows: pl.DataFrame, year: int) -> list[pl.DataFrame]:
    """Sexes that are understood, but are not written as the census of this year asks for."""
    own, codes, unknown = (
        ("sex", _SEXES, _UNKNOWN) if year >= _SEX_FROM else ("gender_current", (*_SEX_OF_GENDER,), "0")
    )
    unborn = pl.col("date_of_birth").is_null() & pl.col("expected_date_of_birth").is_not_null()
    doubts = {
        "not_of_this_year": _SEX.is_in(_SEXES) & ~pl.col(own).is_in(codes).fill_null(False),
        "not_of_this_year_unborn": unborn & (_SEX == _UNKNOWN) & pl.col(own).ne_missing(unknown),
    }
    return [
        at_rows(rows.filter(bad).select(SLOT, ROW), "children", "sex", fault)
        for fault, bad in doubts.items()
        if rows.select(bad.any()).item()
    ]


def _blank_last_characters(raw: pl.DataFrame) -> list[pl.DataFrame]:
    """Pupil numbers of full length whose last character is a blank: without it they are only too short."""
    number = pl.col("UPN")
    blank = (number.str.len_chars() == _UPN_LENGTH) & number.str.contains(r"\S\s$")
    found = raw.filter(blank).select(SLOT, ROW)
    return [at_rows(found, "children", "unique_pupil_number", "blank_last_character")] if len(found) else []


def _assessments(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("has_factors").fill_null(False))


_PARTICULARS = {"children": _children, "assessments": _assessments}
