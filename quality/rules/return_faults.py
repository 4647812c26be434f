"""What each fault met while reading an annual return means as a rule: data, with the one lookup over it.

Unreadable dates whose rule says no more than that are found by the catalogue's wording (see faults.py).
"""

Fault = tuple[str, str, str]  # entity, field, fault

# The entity that the rows of an SSDA903 table become.
ENTITY_OF_TABLE = {
    "AD1": "adoptions",
    "PlacedAdoption": "adoptions",
    "Episodes": "placements",
    "Missing": "missing_episodes",
    "OC2": "cla_health",
    "OC3": "care_leavers",
    "PrevPerm": "previous_permanence",
    "Reviews": "reviews",
    "UASC": "children",
}

# SSDA903: whether its tables agree with Header, by the table's column and the fault.
INTEGRITY = {
    ("AD1.CHILD", "not_in_header"): "903-INT01",
    ("PlacedAdoption.CHILD", "not_in_header"): "903-INT02",
    ("Episodes.CHILD", "not_in_header"): "903-INT03",
    ("Missing.CHILD", "not_in_header"): "903-INT04",
    ("OC2.CHILD", "not_in_header"): "903-INT05",
    ("OC3.CHILD", "not_in_header"): "903-INT06",
    ("PrevPerm.CHILD", "not_in_header"): "903-INT07",
    ("Reviews.CHILD", "not_in_header"): "903-INT08",
    ("UASC.CHILD", "not_in_header"): "903-INT09",
    ("AD1.DOB", "differs_from_header"): "903-INT11",
    ("PlacedAdoption.DOB", "differs_from_header"): "903-INT12",
    ("Missing.DOB", "differs_from_header"): "903-INT13",
    ("OC2.DOB", "differs_from_header"): "903-INT14",
    ("OC3.DOB", "differs_from_header"): "903-INT15",
    ("PrevPerm.DOB", "differs_from_header"): "903-INT16",
    ("Reviews.DOB", "differs_from_header"): "903-INT17",
    ("UASC.DOB", "differs_from_header"): "903-INT18",
    ("UASC.SEX", "differs_from_header"): "903-INT21",
    ("AD1.CHILD", "repeated"): "903-INT31",
    ("OC2.CHILD", "repeated"): "903-INT33",
    ("OC3.CHILD", "repeated"): "903-INT34",
    ("PrevPerm.CHILD", "repeated"): "903-INT35",
    ("UASC.CHILD", "repeated"): "903-INT36",
}
_TABLE_OF_RULE = {rule_id: field.partition(".")[0] for (field, _), rule_id in INTEGRITY.items()}

_BY_FAULT: dict[Fault, str] = {
    ("children", "la_child_id", "repeated"): "CSC-055",
    ("children", "la_child_id", "not_letters_or_digits"): "CSC-008",
    ("children", "la_child_id", "too_long"): "CSC-009",
    ("children", "unique_pupil_number", "blank_last_character"): "CSC-106",
    ("children", "sex", "not_of_this_year"): "CSC-115",
    ("children", "sex", "not_of_this_year_unborn"): "CSC-197",
    ("disabilities", "disability_code", "repeated"): "CSC-029",
    ("assessment_factors", "factor", "repeated"): "CSC-032",
    ("episodes", "referral_no_further_action_flag", "not_a_flag"): "CSC-122",
    ("missing_episodes", "start_date", "not_a_date"): "903-1004",
    ("reviews", "review_date", "not_a_date"): "903-166",
    ("dolo", "start_date", "not_a_date"): "903-700",
    ("adoptions", "ad1_decision_date", "not_a_date"): "CSC-077",
    ("adoptions", "placed_adoption_decision_date", "not_a_date"): "CSC-077",
    ("adoptions", "initial_decision_date", "tables_differ"): "903-523",
}
# SSDA903: a date of which not all is known, such as ZZ/05/2024, could be given up to this collection year.
PARTLY_KNOWN_UNTIL = 2025
# Wherever the row is: without the id nobody knows whose it is.
_WITHOUT_CHILD = ("la_child_id", "no_child_id")
NO_CHILD_ID = "CSC-007"

# Rules that a cell not filled in fails too: one that cannot be read is null in the frames, and found there. So are
# decisions that differ, since the frames keep those of both tables.
FOUND_IN_FRAMES = ("CSC-122", "903-1004", "903-166", "903-523", "903-700")


def rule_of_return_fault(entity: str, field: str, fault: str) -> str | None:
    """The id of the rule that this fault of a return breaks, where one is known for it."""
    if (field, fault) == _WITHOUT_CHILD:
        return NO_CHILD_ID
    return _BY_FAULT.get((entity, field, fault)) or INTEGRITY.get((field, fault))


def table_of_rule(rule_id: str) -> str | None:
    """The SSDA903 table that an integrity rule holds against Header; None for any other rule."""
    return _TABLE_OF_RULE.get(rule_id)
