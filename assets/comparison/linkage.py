"""Which child of the feed is which child of the return. Rows within a child are the business of matching.py.

Tier 1 is the pseudonym made from the LA's own child id. Tier 2, for children left over on both sides, is the hashed
unique pupil number with the date of birth, taken only where the pair is unique on each side: two children whose
details agree by mistake must not be made one.
"""

import polars as pl

TIER_CHILD_KEY = "child_key"
TIER_PUPIL_NUMBER = "pupil_number_and_birth_date"

_LINK = {"timely_child_key": pl.String(), "child_key": pl.String(), "tier": pl.String()}
_PUPIL = ("unique_pupil_number", "date_of_birth")


def link_children(
    timely_keys: pl.Series, return_keys: pl.Series, timely_children: pl.DataFrame, return_children: pl.DataFrame
) -> pl.DataFrame:
    """One row a linked child: timely_child_key, child_key (the return's) and tier.

    The series hold every child key of each source; the frames hold the details of those whose details are known.
    """
    timely = pl.DataFrame({"child_key": timely_keys.unique()}, schema={"child_key": pl.String()})
    returned = pl.DataFrame({"child_key": return_keys.unique()}, schema={"child_key": pl.String()})
    same = timely.join(returned, on="child_key", how="semi").sort("child_key")
    first = same.select(pl.col("child_key").alias("timely_child_key"), "child_key", tier=pl.lit(TIER_CHILD_KEY))
    left_timely = _identified(timely_children.join(returned, on="child_key", how="anti"))
    left_return = _identified(return_children.join(timely, on="child_key", how="anti"))
    second = (
        left_timely.rename({"child_key": "timely_child_key"})
        .join(left_return, on=list(_PUPIL), how="inner")
        .select("timely_child_key", "child_key", tier=pl.lit(TIER_PUPIL_NUMBER))
        .sort("child_key")
    )
    return pl.concat([first, second]).cast(pl.Schema(_LINK))


def relabelled(frame: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """A feed frame under the return's child keys; the feed's own key stays in timely_child_key."""
    renamed = links.filter(pl.col("tier") != TIER_CHILD_KEY).select("timely_child_key", linked_key="child_key")
    return (
        frame.rename({"child_key": "timely_child_key"})
        .join(renamed, on="timely_child_key", how="left")
        .with_columns(pl.coalesce("linked_key", "timely_child_key").alias("child_key"))
        .drop("linked_key")
    )


def _identified(children: pl.DataFrame) -> pl.DataFrame:
    """Children whose pupil number and date of birth are known and, together, theirs alone."""
    known = children.select("child_key", *_PUPIL).drop_nulls()
    return known.filter(~pl.struct(_PUPIL).is_duplicated())
