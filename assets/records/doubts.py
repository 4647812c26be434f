"""What is doubtful about a record and can only be seen while it is read: it is stored all the same, and told as faults.

Blank text becomes null, an id sent twice leaves one row, and names and numbers leave as hashes: afterwards none of it
is to be seen. Which rule a fault breaks is in quality/rules/faults.py.
"""

import polars as pl

from assets.records.payload_columns import Rows
from assets.records.purges import RECORD
from quality.rules.reading import doubts
from quality.schemas.entities import ENTITIES, Column

BLANK, REPEATED, LIKE_HEX, DELETE_WITH_DATA = "blank", "repeated", "like_hex", "delete_with_data"
_SAID = {
    RECORD: pl.Int64(),
    "row_index": pl.Int32(),
    "entity": pl.String(),
    "field": pl.String(),
    "fault": pl.String(),
}
_NAMES = ("first_name", "surname")
_NUMBERS = ("unique_pupil_number", "former_unique_pupil_number")
# A firewall in front of DfE's service takes this for code and refuses the request.
_HEX = "0x"


class Doubts:
    """Faults of the records of one chunk, collected while their frames are made."""

    def __init__(self) -> None:
        self._found: list[pl.DataFrame] = []

    def at(self, rows: pl.DataFrame, entity: str, field: str, fault: str) -> None:
        """A fault of this kind at each of these rows (record, row_index)."""
        if rows.is_empty():
            return
        said = {"entity": entity, "field": field, "fault": fault}
        named = rows.select(RECORD, "row_index", *(pl.lit(text).alias(name) for name, text in said.items()))
        self._found.append(named.cast(_SAID))  # type: ignore[arg-type]

    def of_texts(self, entity: str, rows: pl.DataFrame) -> None:
        """Blank texts of these rows as sent, and ids that look like code."""
        texts = [column for column in ENTITIES[entity].columns if column.kind == "text" and column.name in rows.columns]
        if not texts or rows.is_empty():
            return
        asked = [_is_blank(column).alias(f"{column.name}~{BLANK}") for column in texts]
        asked += [_like_hex(c.name).alias(f"{c.name}~{LIKE_HEX}") for c in texts if c.name.endswith("_id")]
        found = rows.select(asked)
        for name, any_of_it in found.select(pl.all().any()).row(0, named=True).items():
            if any_of_it:
                field, fault = name.split("~")
                self.at(rows.filter(found[name].fill_null(False)), entity, field, fault)

    def of_people(self, top: Rows, details: Rows) -> None:
        """The rules on names and numbers, and blanks and code-like text in a record's own ids."""
        own = pl.DataFrame(
            {RECORD: top.record, **{name: pl.Series(top.columns[name]) for name in ("la_child_id", "mis_child_id")}}
        )
        told = pl.DataFrame(
            {RECORD: details.record}
            | {name: pl.Series(details.columns[name]) for name in (*_NAMES, *_NUMBERS, "date_of_birth")}
        )
        # a record without details has no names to ask about
        people = told.join(own, on=RECORD, how="left", maintain_order="left")
        found = doubts(people, "payload", (RECORD,))
        first = pl.lit(0, dtype=pl.Int32).alias("row_index")
        if not found.is_empty():
            self._found.append(found.with_columns(first).select(list(_SAID)).cast(_SAID))  # type: ignore[arg-type]
        numbered = own.with_columns(first)
        for name in ("la_child_id", "mis_child_id"):
            self.at(numbered.filter(_like_hex(name)), "children", name, LIKE_HEX)
        self.at(numbered.filter(pl.col("mis_child_id") == ""), "children", "mis_child_id", BLANK)
        for name in _NAMES:
            blank = told.with_columns(first).filter(pl.col(name).str.strip_chars() == "")
            self.at(blank, "children", name, BLANK)

    def of_deletions(self, top: Rows) -> None:
        """Records that ask for the child to be deleted and carry data as well."""
        deleted = top.flag("purge")
        if not deleted.any():
            return
        carrying = top.sent("child_details") | top.sent("health_and_wellbeing") | top.sent("social_care_episodes")
        rows = pl.DataFrame({RECORD: top.record[deleted & carrying]}).with_columns(
            pl.lit(0, dtype=pl.Int32).alias("row_index")
        )
        self.at(rows, "children", "purge", DELETE_WITH_DATA)

    def frame(self) -> pl.DataFrame:
        """Everything found, in the order of the records."""
        found = pl.concat(self._found) if self._found else pl.DataFrame(schema=_SAID)
        return found.sort(RECORD, maintain_order=True)


def _is_blank(column: Column) -> pl.Expr:
    text = pl.col(column.name)
    return (text == "") if column.name.endswith("_id") else (text.str.strip_chars() == "")


def _like_hex(name: str) -> pl.Expr:
    return pl.col(name).str.contains(f"(?i){_HEX}")
