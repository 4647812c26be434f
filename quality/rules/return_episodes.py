"""What rules say of an SSDA903 episode in the same words: its columns, groups of codes, what is known of its place.

No rules are here; they are in logic/.
"""

import polars as pl

from quality.rules.dates import AS_OF

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
START_REASON = pl.col("start_reason")
LEGAL_STATUS = pl.col("legal_status")
PLACEMENT_TYPE = pl.col("placement_type")
PROVIDER = pl.col("placement_provider")
URN = pl.col("urn")
HOME_POSTCODE = pl.col("home_postcode")
POSTCODE = pl.col("placement_postcode")
LA_OF_PLACEMENT = pl.col("placement_la")
DISTANCE = pl.col("distance_miles")

# The collection year: 2026 is 2025/26.
YEAR = AS_OF.dt.year()
# The day up to which an episode goes: the last of the year for one still open.
UNTIL = pl.coalesce(ENDED, AS_OF)

SHORT_BREAKS = ("V3", "V4")
IN_SHORT_BREAK = LEGAL_STATUS.is_in(SHORT_BREAKS).fill_null(False)

PLACED_FOR_ADOPTION = ("A3", "A4", "A5", "A6")
FOSTERED = ("U1", "U2", "U3", "U4", "U5", "U6")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
WITH_PARENTS = "P1"
# Other placements were one code, Z1, until the 2025/26 collection split it in four.
OTHER = ("Z1",)
OTHER_SPLIT = ("Z11", "Z12", "Z13", "Z14")
SPLIT_IN = 2026

# Entered where the provider has no number with Ofsted.
NO_NUMBER = "XXXXXXX"
HAS_NUMBER = URN.is_not_null() & (URN != NO_NUMBER)
WITHOUT_URN = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY)

# Nothing was looked up where there is a postcode, and neither yes nor no whether it exists.
PLACE_LOOKED_UP = POSTCODE.is_null() | pl.col("placement_found").is_not_null()
HOME_LOOKED_UP = pl.col("home_postcode_of_episode").is_null() | pl.col("home_found").is_not_null()


def type_in(until_2025: tuple[str, ...], from_2026: tuple[str, ...]) -> pl.Expr:
    """Whether the placement type is in the list of the collection year; a missing one is in none."""
    lately = PLACEMENT_TYPE.is_in(from_2026)
    return pl.when(YEAR >= SPLIT_IN).then(lately).otherwise(PLACEMENT_TYPE.is_in(until_2025)).fill_null(False)


def does_without_urn(*, h5_until: int, p2_until: int) -> pl.Expr:
    """Whether a placement of this type needs no URN; H5 and P2 needed none up to these collection years."""
    always = type_in((*WITHOUT_URN, *OTHER), (*WITHOUT_URN, *OTHER_SPLIT))
    h5 = PLACEMENT_TYPE.eq_missing("H5") & (h5_until >= YEAR)
    return always | h5 | (PLACEMENT_TYPE.eq_missing("P2") & (p2_until >= YEAR))
