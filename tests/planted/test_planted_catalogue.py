"""Every rule of the catalogue is planted in each form that it is asked of, or it is said here why not."""

import pytest
import test_planted_census as census
import test_planted_payload as payload
import test_planted_payload_files as payload_files
import test_planted_payload_history as payload_history
import test_planted_return as ssda903

from quality.rules.catalogue import catalogue
from quality.rules.model import KINDS, Kind

PLANTED: dict[Kind, set[str]] = {
    "payload": {
        *(each.rule_id for each in payload.PLANTS),
        *(rule_id for rule_id, _ in (*payload_files.NO_BATCHES, *payload_files.OF_SEVERAL)),
        *(rule_id for rule_id, *_ in (*payload_history.CHANGED, *payload_history.OF_THE_FEED)),
        payload_history.OF_FIRST_RECORDS,
    },
    "cin": {
        *(each.rule_id for each in census.PLANTS),
        *(rule_id for rule_id, _ in census.OF_SEVERAL),
        census.OF_PLANS_AND_CONFERENCES,
        census.OF_HEADER,
    },
    "ssda903": {
        *(each.rule_id for each in (*ssda903.PLANTS, *(one for many in ssda903.BY_YEAR.values() for one in many))),
        *(rule_id for rule_id, _ in ssda903.OF_SEVERAL),
        *(*ssda903.OF_XML_ENDS, ssda903.OF_XML_FLAG, ssda903.OF_COLUMNS),
    },
}
_OF_REQUESTS = "of a request, which a file is not: tests/unit/submissions/test_land_batches.py"
_NEVER_ASKED = "its first year is after its last, so that no return is asked"
NOT_PLANTED: dict[Kind, dict[str, str]] = {
    "payload": {
        "CSC-004": _OF_REQUESTS,
        "CSC-005": _OF_REQUESTS,
        "CSC-364": "of a collection over time: tests/unit/expectations",
    },
    "cin": {},
    "ssda903": {
        "CSC-110": "of postcodes out of use, which the directory does not tell: tests/rules/cases_child_homes.py",
        "903-411": "IN and the LA of a placement are both worked out from its postcode, and agree",
        **dict.fromkeys(("903-SW15STG2", "903-SW16aSTG2", "903-SW16bSTG2", "903-SW16cSTG2"), _NEVER_ASKED),
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_is_planted_or_it_is_said_why_not(kind: Kind) -> None:
    asked = {entry.rule_id for entry in catalogue().values() if kind in entry.applies_to}
    assert PLANTED[kind] & set(NOT_PLANTED[kind]) == set()
    assert asked - PLANTED[kind] - set(NOT_PLANTED[kind]) == set(), "not planted"
    assert PLANTED[kind] | set(NOT_PLANTED[kind]) <= asked, "planted, and no rule of the catalogue"
