"""Rules on which tables of an SSDA903 return a child is in."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.model import Frames
from quality.rules.return_header import IN_HEADER
from quality.rules.spells import failing

# Tables that say something of a child in care, each of which a return may come without.
_OF_CHILDREN_IN_CARE = ("adoptions", "missing_episodes", "reviews", "previous_permanence", "cla_health")


def _without(frames: Frames, *tables: str) -> pl.LazyFrame:
    children = frames["children"]
    for table in tables:
        children = children.join(frames[table], on="subject", how="anti")
    return children


def _with_rows_but_no_episode(frames: Frames) -> pl.LazyFrame:
    told = pl.concat([frames[table].select("subject") for table in _OF_CHILDREN_IN_CARE]).unique()
    return failing(_without(frames, "placements").join(told, on="subject", how="semi"))


def _neither_in_care_nor_left_it(frames: Frames) -> pl.LazyFrame:
    return failing(_without(frames, "placements", "care_leavers").filter(IN_HEADER))


RULES = (
    rule("903-1012", on="children", fails=_with_rows_but_no_episode, reads=("placements",)),
    rule("903-EPI", on="children", fails=_neither_in_care_nor_left_it, when=IN_HEADER),
)
