"""Which cells of a return held something that could not be read, as columns of the frames that the engine judges.

Such a cell is null in the frames, but it was not empty: a rule that asks whether something was given must know. Which
columns these are is in model.UNREAD. That the cell is wrong is a finding of its own (see faults.py).
"""

from collections.abc import Mapping

import polars as pl

from quality.rules.model import UNREAD, unread

# What a reader says of a cell that it had to leave null.
COULD_NOT_BE_READ = ("not_a_date", "partly_known", "not_a_number", "not_a_flag", "not_a_code")
# Entities put together from several tables of a return: a fault's row may be that of another table than the entity's.
# Of the other attributes, those of adoptions are of PlacedAdoption, which the entity's rows are numbered by.
_KNOWN_BY_CHILD = {
    "children": UNREAD["children"],
    "adoptions": ("ad1_decision_date", "matched_date"),
}
_ROW, _CHILD = ["child_key", "row_index"], ["child_key"]


def given(attribute: str, prefix: str = "") -> pl.Expr:
    """Whether the cell held anything at all, readable or not."""
    return pl.col(prefix + attribute).is_not_null() | pl.col(prefix + unread(attribute)).fill_null(False)


def with_unread(frames: Mapping[str, pl.DataFrame], faults: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    """The frames of one return, those of UNREAD with `<attribute>_unread` for each attribute that has such a cell."""
    marked = dict(frames)
    if faults is None:
        return marked
    found = faults.filter(pl.col("fault").is_in(COULD_NOT_BE_READ)).select("entity", "field", *_ROW).unique()
    for (entity, attribute), cells in found.partition_by("entity", "field", as_dict=True, include_key=False).items():
        if entity in frames and attribute in UNREAD.get(str(entity), ()):
            on = _CHILD if attribute in _KNOWN_BY_CHILD.get(str(entity), ()) else _ROW
            told = cells.select(on).unique().with_columns(pl.lit(True).alias(unread(str(attribute))))
            marked[str(entity)] = marked[str(entity)].join(told, on=on, how="left", maintain_order="left")
    return marked
