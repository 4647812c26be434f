"""Whether the tables of an SSDA903 agree on who its children are: in Header, once, born then, of that sex.

Asked of the raw tables of a chunk, where a child is complete, and only when Header came. What each fault means as a
rule is in quality/rules.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.returns.convert import at_rows
from assets.returns.layout import Reading
from assets.returns.raw import ROW, SLOT, RawChunk
from assets.returns.ssda903_layout import CHILD_COLUMN
from assets.returns.values import cleaned, read_as

NOT_IN_HEADER, DIFFERS, REPEATED = "not_in_header", "differs_from_header", "repeated"

# Tables whose children must be in Header, with their dates of birth and sexes as there; and those with one row a child.
OF_HEADER_CHILDREN = ("AD1", "PlacedAdoption", "Episodes", "Missing", "OC2", "OC3", "PrevPerm", "Reviews", "UASC")
WITH_BIRTH = ("AD1", "PlacedAdoption", "Missing", "OC2", "OC3", "PrevPerm", "Reviews", "UASC")
WITH_SEX = ("UASC",)
ONE_ROW_A_CHILD = ("AD1", "OC2", "OC3", "PrevPerm", "UASC")


def integrity_faults(chunk: RawChunk) -> list[pl.DataFrame]:
    """A fault at each row that disagrees with Header, and at each row of a child whom its table has more than once."""
    header = chunk.tables.get("Header")
    if header is None:
        return []
    found = [_repeated("la_child_id", header)]
    found += [_repeated(f"{name}.{CHILD_COLUMN}", chunk.tables.get(name)) for name in ONE_ROW_A_CHILD]
    if header[SLOT].n_unique() < len(chunk.children):
        found += [_absent(f"{name}.{CHILD_COLUMN}", chunk.tables.get(name), header) for name in OF_HEADER_CHILDREN]
    differing = [*_differing(chunk, "DOB", "date", WITH_BIRTH), *_differing(chunk, "SEX", "sex", WITH_SEX)]
    return [*(faults for faults in found if faults is not None), *differing]


def _repeated(field: str, rows: pl.DataFrame | None) -> pl.DataFrame | None:
    if rows is None or rows[SLOT].n_unique() == len(rows):
        return None
    return at_rows(rows.select(SLOT, ROW).filter(pl.col(SLOT).is_duplicated()), "children", field, REPEATED)


def _absent(field: str, rows: pl.DataFrame | None, header: pl.DataFrame) -> pl.DataFrame | None:
    if rows is None:
        return None
    return at_rows(rows.select(SLOT, ROW).join(header, on=SLOT, how="anti"), "children", field, NOT_IN_HEADER)


def _differing(chunk: RawChunk, column: str, reading: Reading, tables: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Rows that say something else than a row of Header, where both can be read.

    Nearly all are the same text as there, which one look at a column tells; those are never read.
    """
    of_header = _by_slot(chunk, column)
    for name in tables:
        rows = chunk.tables.get(name)
        if rows is None or column not in rows.columns:
            continue
        pairs = [(rows[column], said.gather(rows[SLOT])) for said in of_header]
        doubtful = [(stated, said) for stated, said in pairs if (stated != said).any()]
        differs = [_read(reading, stated) != _read(reading, said) for stated, said in doubtful]
        if differs:
            rows = rows.select(SLOT, ROW).filter(pl.any_horizontal(each.fill_null(False) for each in differs))
            yield at_rows(rows, "children", f"{name}.{column}", DIFFERS)


def _by_slot(chunk: RawChunk, column: str) -> list[pl.Series]:
    """What Header says of each child of the chunk; several such columns where it has a child more than once."""
    header = chunk.tables["Header"]
    if column not in header.columns or header.is_empty():
        return []
    slots = pl.DataFrame({SLOT: pl.int_range(len(chunk.children), dtype=pl.Int32, eager=True)})
    once = header[SLOT].n_unique() == len(header)
    nth = pl.lit(0) if once else pl.int_range(pl.len()).over(SLOT)
    layers = header.select(SLOT, column, nth.alias("nth")).partition_by("nth", include_key=False)
    return [slots.join(layer, on=SLOT, how="left", maintain_order="left")[column] for layer in layers]


def _read(reading: Reading, text: pl.Series) -> pl.Series:
    return read_as(reading, cleaned(text.to_frame())[text.name])
