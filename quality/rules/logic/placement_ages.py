"""Rules on how old a child is when a placement starts or ends, by its codes."""

from collections.abc import Mapping, Sequence

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, years_after
from quality.rules.facts.looked_after import ADOPTED, NEW_PERIOD_OF_CARE
from quality.rules.model import Kind, Logic, Rule
from quality.rules.return_episodes import ENDED, PLACEMENT_TYPE, START_REASON, STARTED, YEAR
from quality.rules.unread import given

BORN = pl.col("child.date_of_birth")
END_REASON = pl.col("end_reason")

ADULT = 18
INDEPENDENT_LIVING, INDEPENDENT_FROM = "P2", 16
SUPPORTED_FROM = 16
SEMI_INDEPENDENT, SUPPORTED_ACCOMMODATION = "H5", "K3"
YOUNG_OFFENDER_INSTITUTION, CRIMINAL_RESPONSIBILITY = "R5", 10
RESIDENTIAL_SCHOOL, SCHOOL_FROM = "S1", 4
RESIDENTIAL_EMPLOYMENT, EMPLOYED_FROM = "P3", 14
CHILDRENS_HOME, SINGLE_PERIOD_ACCOMMODATED = "K2", "V2"

MOVED_TO_INDEPENDENT_LIVING, MOVED_FROM = ("E5", "E6"), 14
MOVED_TO_ADULT_SERVICES, ADULT_SERVICES_FROM = ("E7",), 16
GUARDIANSHIP = ("E45", "E46", "E47", "E48")
STAYED_WITH_CARERS = ("E17",)
CUSTODY = "CUSTOD"

# Collection years in which returns were asked with another age or code than now.
YOUNGER_UNTIL = 2023
YOUNGER_INDEPENDENT_FROM, YOUNGER_SEMI_INDEPENDENT_FROM = 15, 14
SUPPORTED_ACCOMMODATION_SINCE = 2025


def _starts_before(years: int) -> pl.Expr:
    return years_after(BORN, years) > STARTED


def _ends_before(years: int) -> pl.Expr:
    return years_after(BORN, years) > ENDED


def _type_from(rule_id: str, placement_type: str, years: int) -> Rule:
    return rule(rule_id, on="placements", fails=_starts_before(years), when=PLACEMENT_TYPE == placement_type)


def _reason_from(rule_id: str, reasons: Sequence[str], years: int, checked_in_return: pl.Expr) -> Rule:
    """In a return an age that cannot be told is not old enough."""
    too_young = _ends_before(years)
    in_return = pl.when(checked_in_return).then(too_young.fill_null(True))
    fails: Mapping[Kind, Logic] = {"payload": too_young, "ssda903": in_return}
    return rule(rule_id, on="placements", fails=fails, when=END_REASON.is_in(reasons))


_IN_SEMI_INDEPENDENT = PLACEMENT_TYPE == SEMI_INDEPENDENT
_IN_SUPPORTED = PLACEMENT_TYPE == SUPPORTED_ACCOMMODATION
_SUPPORTED_IN_RETURN = (
    pl.when(YEAR >= SUPPORTED_ACCOMMODATION_SINCE)
    .then(_IN_SUPPORTED & _starts_before(SUPPORTED_FROM))
    .when(YEAR > YOUNGER_UNTIL)
    .then(_IN_SEMI_INDEPENDENT & _starts_before(SUPPORTED_FROM))
    .otherwise(_IN_SEMI_INDEPENDENT & _starts_before(YOUNGER_SEMI_INDEPENDENT_FROM))
)

_PAST_18 = ~given("end_date") & (years_after(BORN, ADULT) < AS_OF)
_IN_CHILDRENS_HOME = PLACEMENT_TYPE.eq_missing(CHILDRENS_HOME)

RULES = (
    rule(
        "CSC-234",
        on="placements",
        fails={
            "payload": _starts_before(INDEPENDENT_FROM),
            "ssda903": pl.when(YEAR > YOUNGER_UNTIL)
            .then(_starts_before(INDEPENDENT_FROM))
            .otherwise(_starts_before(YOUNGER_INDEPENDENT_FROM)),
        },
        when=PLACEMENT_TYPE == INDEPENDENT_LIVING,
    ),
    rule(
        "CSC-235",
        on="placements",
        fails={"payload": _starts_before(SUPPORTED_FROM), "ssda903": _SUPPORTED_IN_RETURN},
        when=_IN_SEMI_INDEPENDENT | _IN_SUPPORTED,
    ),
    _type_from("CSC-236", YOUNG_OFFENDER_INSTITUTION, CRIMINAL_RESPONSIBILITY),
    _type_from("CSC-237", RESIDENTIAL_SCHOOL, SCHOOL_FROM),
    _type_from("CSC-238", RESIDENTIAL_EMPLOYMENT, EMPLOYED_FROM),
    rule(
        "CSC-239", on="placements", fails=years_after(BORN, ADULT) <= STARTED, when=START_REASON == NEW_PERIOD_OF_CARE
    ),
    rule("CSC-240", on="placements", fails=years_after(BORN, ADULT) <= ENDED, when=END_REASON.is_in(ADOPTED)),
    _reason_from("CSC-241", MOVED_TO_INDEPENDENT_LIVING, MOVED_FROM, checked_in_return=ENDED.is_not_null()),
    _reason_from("CSC-242", MOVED_TO_ADULT_SERVICES, ADULT_SERVICES_FROM, checked_in_return=pl.lit(True)),
    rule("CSC-243", on="placements", fails=years_after(BORN, ADULT) < ENDED, when=END_REASON.is_in(GUARDIANSHIP)),
    rule("CSC-244", on="placements", fails=_ends_before(ADULT), when=END_REASON.is_in(STAYED_WITH_CARERS)),
    # the reason for a move stands on the placement that ends with it
    rule(
        "CSC-245",
        on="placements",
        fails=_starts_before(CRIMINAL_RESPONSIBILITY),
        when=pl.col("previous.change_reason") == CUSTODY,
    ),
    rule(
        "CSC-246",
        on="placements",
        fails={
            "payload": _PAST_18 & ~_IN_CHILDRENS_HOME,
            "ssda903": _PAST_18 & ~(_IN_CHILDRENS_HOME & pl.col("legal_status").eq_missing(SINGLE_PERIOD_ACCOMMODATED)),
        },
    ),
)
