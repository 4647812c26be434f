"""What the postcodes of a child's placements say: homes that do not exist, places that no longer did."""

import polars as pl

from quality.rules.facts.looked_after import STARTED, of_child

# Letters and digits of a postcode, in upper case and without spaces.
POSTCODE_PATTERN = r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"


def looks_unknown(postcode: str, found: str) -> pl.Expr:
    """True where the directory does not have the postcode or, with no directory at hand, where it is not like one."""
    written = pl.col(postcode).str.replace_all(r"\s", "").str.to_uppercase()
    return pl.when(pl.col(postcode).is_not_null()).then(
        pl.coalesce(~pl.col(found), ~written.str.contains(POSTCODE_PATTERN))
    )


FACTS = (
    of_child("an_unknown_home_postcode", looks_unknown("home_postcode", "home_found").any()),
    of_child("placed_at_ended_postcode", (pl.col("placement_ended") < STARTED).any()),
)
