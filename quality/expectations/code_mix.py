"""Drift of the code mix: a stream uses the codes of a list in about the shares in which the LA's latest return does.

Whether a child has the same code on both sides is not asked here: that is the comparison's business.
"""

from dataclasses import dataclass

import polars as pl

from quality.expectations.model import ABOUT, LA, REASON, SOURCE, Between, Limits, Suite

COLLECTION = "code_mix"


@dataclass(frozen=True)
class Field:
    """A column of codes, and the kind of return whose children it is compared with."""

    entity: str
    column: str
    kind: str

    @property
    def name(self) -> str:
        """How the field is called in results."""
        return f"{self.entity}.{self.column}"


# Each from the return that holds it for the same children as the feed does. Reasons for starting and ending a placement
# are left out: a return splits placements where only the legal status changed.
FIELDS: tuple[Field, ...] = (
    Field("children", "sex", "cin"),
    Field("children", "ethnicity", "cin"),
    Field("disabilities", "disability_code", "cin"),
    Field("episodes", "referral_source", "cin"),
    Field("episodes", "closure_reason", "cin"),
    Field("assessment_factors", "factor", "cin"),
    Field("placements", "placement_type", "ssda903"),
    Field("care_leavers", "activity", "ssda903"),
    Field("care_leavers", "accommodation", "ssda903"),
)


def suite(limits: Limits) -> Suite:
    """The suite on frames made by `code_mix`."""
    return Suite(
        COLLECTION,
        "Shares of codes in each stream, beside the LA's latest annual return",
        (
            Between(
                "codes_used_as_in_the_return",
                f"At most {limits.code_mix_pct:g}% of a stream's rows would need another code for its shares of codes "
                "to be those of the return",
                measure="distance_pct",
                maximum=limits.code_mix_pct,
            ),
        ),
        nothing="no stream has sent anything",
    )


def code_mix(counts: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """The total variation distance between a stream's and a return's shares of codes, in per cent, for every field.

    counts: source_type, source_id, la_code, field, code, rows; the state of each stream and the LA's latest returns.
    """
    feed = counts.filter(pl.col("source_type") == "timely").drop("source_type")
    returned = counts.filter(pl.col("source_type") == "return").drop("source_type")
    streams = feed.select(SOURCE, LA).unique()
    asked = streams.join(pl.DataFrame({"field": [field.name for field in FIELDS]}), how="cross").join(
        returned.group_by(LA, "field").agg(pl.col(SOURCE).first().alias("return_id"), _rows("return_rows")),
        on=[LA, "field"],
        how="left",
    )
    measured = (
        asked.join(feed.group_by(SOURCE, "field").agg(_rows("feed_rows")), on=[SOURCE, "field"], how="left")
        .join(_distances(feed, returned), on=[SOURCE, "field"], how="left")
        .with_columns(pl.col("feed_rows").fill_null(0))
    )
    fewest = limits.fewest_coded_rows
    is_enough = (pl.col("feed_rows") >= fewest) & (pl.col("return_rows") >= fewest)
    return measured.select(
        SOURCE,
        LA,
        pl.col("field").alias(ABOUT),
        pl.when(is_enough).then("distance_pct").alias("distance_pct"),
        pl.when(pl.col("return_id").is_null())
        .then(pl.lit("no annual return of this LA holds it"))
        .when(~is_enough)
        .then(pl.lit(f"fewer than {fewest} rows with a code on one side"))
        .alias(REASON),
    ).sort(SOURCE, ABOUT)


def _rows(name: str) -> pl.Expr:
    return pl.col("rows").sum().cast(pl.Int64).alias(name)


def _distances(feed: pl.DataFrame, returned: pl.DataFrame) -> pl.DataFrame:
    """Half the sum of the differences between the shares of every code that either side uses."""
    theirs = returned.select(LA, "field", "code", (pl.col("rows") / pl.col("rows").sum().over(LA, "field")).alias("p"))
    ours = feed.select(
        SOURCE, LA, "field", "code", (pl.col("rows") / pl.col("rows").sum().over(SOURCE, "field")).alias("q")
    )
    sources = ours.select(SOURCE, LA, "field").unique()
    both = sources.join(theirs, on=[LA, "field"]).join(
        ours, on=[SOURCE, LA, "field", "code"], how="full", coalesce=True
    )
    difference = (pl.col("p").fill_null(0) - pl.col("q").fill_null(0)).abs()
    return both.group_by(SOURCE, "field").agg((50 * difference.sum()).alias("distance_pct"))
