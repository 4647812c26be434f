"""Rules on the adopters, whom AD1 describes: complete, coded, and in keeping with each other."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.facts.adoption_decisions import HAS_AD1_ITEM, LACKS_AD1_ITEM
from quality.rules.model import Rule

FORMER_CARER = pl.col("foster_carer_adopter")
NUMBER = pl.col("adopter_number")
SEX = pl.col("adopter_sex")
STATUS = pl.col("adopter_legal_status")
ONE_ADOPTER = ("M1", "F1")
SAME_SEX = ("MM", "FF")
MAN_AND_WOMAN = ("MF",)
YES, NO = "1", "0"


def _status_of(rule_id: str, status: str, sexes: tuple[str, ...]) -> Rule:
    """Adopters of this legal status are of one of these codes; none at all is wrong too."""
    return rule(rule_id, on="adoptions", fails=~SEX.is_in(sexes).fill_null(False), when=STATUS == status)


RULES = (
    rule("903-114", on="adoptions", fails=~FORMER_CARER.is_in((NO, YES))),
    rule("903-151", on="adoptions", fails=LACKS_AD1_ITEM, when=HAS_AD1_ITEM),
    rule("903-175", on="adoptions", fails=~NUMBER.is_in(("1", "2"))),
    rule("903-176", on="adoptions", fails=~in_code_list("adopter_sex", "adopter_sex")),
    rule("903-177", on="adoptions", fails=~in_code_list("adopter_legal_status", "adopter_legal_status")),
    rule(
        "903-335",
        on="adoptions",
        fails=((FORMER_CARER == NO) & pl.col("child.adopted_from_carer"))
        | ((FORMER_CARER == YES) & pl.col("child.adopted_from_others")),
    ),
    rule("903-511", on="adoptions", fails=SEX.is_in(ONE_ADOPTER), when=NUMBER == "2"),
    _status_of("903-514", "L0", ONE_ADOPTER),
    _status_of("903-517", "L3", MAN_AND_WOMAN),
    _status_of("903-518", "L4", SAME_SEX),
    _status_of("903-519", "L2", (*SAME_SEX, *MAN_AND_WOMAN)),
    _status_of("903-520", "L11", MAN_AND_WOMAN),
    _status_of("903-524", "L12", SAME_SEX),
)
