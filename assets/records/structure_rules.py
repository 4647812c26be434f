"""Which of our reject rules a breach of the payload's shape is: by field and by JSON Schema keyword.

Data only, with the one lookup over it. Fields are written as dotted paths, `#` standing for a position in an array.
Rules on the request as a whole (size, LA, credential) are the receiver's and are not here, but for CSC-001.
"""

UNREADABLE_BATCH = "CSC-001"
NOT_AN_OBJECT = "CSC-006"
UNKNOWN_PROPERTY = "CSC-012"
NULL = "CSC-013"
NOT_TEXT = "CSC-014"
PURGE_NOT_A_FLAG = "CSC-015"

_EPISODE = "social_care_episodes.#"
_DETAILS = "child_details"

# What each whole block must be; the rule covers the block and the items in it.
_BLOCKS = {
    "": NOT_AN_OBJECT,
    "child_details": "CSC-016",
    "health_and_wellbeing": "CSC-017",
    "health_and_wellbeing.sdq_assessments": "CSC-017",
    "social_care_episodes": "CSC-018",
    f"{_EPISODE}.care_worker_details": "CSC-019",
    f"{_EPISODE}.child_and_family_assessments": "CSC-020",
    f"{_EPISODE}.child_in_need_plans": "CSC-021",
    f"{_EPISODE}.section_47_assessments": "CSC-022",
    f"{_EPISODE}.child_protection_plans": "CSC-023",
    f"{_EPISODE}.child_looked_after_placements": "CSC-024",
    f"{_EPISODE}.adoption": "CSC-025",
    f"{_EPISODE}.care_leavers": "CSC-026",
    f"{_DETAILS}.disabilities": "CSC-027",
    f"{_EPISODE}.child_and_family_assessments.#.factors": "CSC-030",
}

# Own ids: (rule when it is missing, rule when it is not text of the right letters and length).
_IDS = {
    f"{_EPISODE}.social_care_episode_id": ("CSC-033", "CSC-034"),
    f"{_EPISODE}.child_and_family_assessments.#.child_and_family_assessment_id": ("CSC-036", "CSC-037"),
    f"{_EPISODE}.child_in_need_plans.#.child_in_need_plan_id": ("CSC-039", "CSC-040"),
    f"{_EPISODE}.section_47_assessments.#.section_47_assessment_id": ("CSC-042", "CSC-043"),
    f"{_EPISODE}.child_protection_plans.#.child_protection_plan_id": ("CSC-045", "CSC-046"),
    f"{_EPISODE}.child_looked_after_placements.#.child_looked_after_placement_id": ("CSC-048", "CSC-049"),
}

DATES = {
    f"{_DETAILS}.date_of_birth": "CSC-058",
    f"{_DETAILS}.expected_date_of_birth": "CSC-059",
    f"{_DETAILS}.uasc_end_date": "CSC-060",
    "health_and_wellbeing.sdq_assessments.#.date": "CSC-061",
    f"{_EPISODE}.referral_date": "CSC-062",
    f"{_EPISODE}.closure_date": "CSC-063",
    f"{_EPISODE}.care_worker_details.#.start_date": "CSC-064",
    f"{_EPISODE}.care_worker_details.#.end_date": "CSC-065",
    f"{_EPISODE}.child_and_family_assessments.#.start_date": "CSC-066",
    f"{_EPISODE}.child_and_family_assessments.#.authorisation_date": "CSC-067",
    f"{_EPISODE}.child_in_need_plans.#.start_date": "CSC-068",
    f"{_EPISODE}.child_in_need_plans.#.end_date": "CSC-069",
    f"{_EPISODE}.section_47_assessments.#.start_date": "CSC-070",
    f"{_EPISODE}.section_47_assessments.#.icpc_date": "CSC-071",
    f"{_EPISODE}.section_47_assessments.#.end_date": "CSC-072",
    f"{_EPISODE}.child_protection_plans.#.start_date": "CSC-073",
    f"{_EPISODE}.child_protection_plans.#.end_date": "CSC-074",
    f"{_EPISODE}.child_looked_after_placements.#.start_date": "CSC-075",
    f"{_EPISODE}.child_looked_after_placements.#.end_date": "CSC-076",
    f"{_EPISODE}.adoption.initial_decision_date": "CSC-077",
    f"{_EPISODE}.adoption.matched_date": "CSC-078",
    f"{_EPISODE}.adoption.placed_date": "CSC-079",
    f"{_EPISODE}.care_leavers.contact_date": "CSC-080",
}

_LENGTHS = {
    f"{_DETAILS}.unique_pupil_number": "CSC-085",
    f"{_DETAILS}.former_unique_pupil_number": "CSC-086",
    f"{_DETAILS}.unique_pupil_number_unknown_reason": "CSC-087",
    f"{_DETAILS}.sex": "CSC-088",
    f"{_DETAILS}.ethnicity": "CSC-089",
    f"{_DETAILS}.disabilities.#": "CSC-090",
    f"{_DETAILS}.postcode": "CSC-091",
    f"{_EPISODE}.referral_source": "CSC-092",
    f"{_EPISODE}.closure_reason": "CSC-093",
    f"{_EPISODE}.child_and_family_assessments.#.factors.#": "CSC-094",
    f"{_EPISODE}.child_looked_after_placements.#.start_reason": "CSC-095",
    f"{_EPISODE}.child_looked_after_placements.#.placement_type": "CSC-096",
    f"{_EPISODE}.child_looked_after_placements.#.postcode": "CSC-097",
    f"{_EPISODE}.child_looked_after_placements.#.end_reason": "CSC-098",
    f"{_EPISODE}.child_looked_after_placements.#.change_reason": "CSC-099",
    f"{_EPISODE}.care_leavers.activity": "CSC-100",
    f"{_EPISODE}.care_leavers.accommodation": "CSC-101",
}

_ONLY_TYPE = {
    f"{_DETAILS}.uasc_flag": "CSC-081",
    f"{_EPISODE}.referral_no_further_action_flag": "CSC-082",
    f"{_EPISODE}.section_47_assessments.#.icpc_required_flag": "CSC-083",
    "health_and_wellbeing.sdq_assessments.#.score": "CSC-084",
    "purge": PURGE_NOT_A_FLAG,
    "child_details.purge": PURGE_NOT_A_FLAG,
    "health_and_wellbeing.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.child_and_family_assessments.#.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.child_in_need_plans.#.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.section_47_assessments.#.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.child_protection_plans.#.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.child_looked_after_placements.#.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.adoption.purge": PURGE_NOT_A_FLAG,
    f"{_EPISODE}.care_leavers.purge": PURGE_NOT_A_FLAG,
    f"{_DETAILS}.first_name": NOT_TEXT,
    f"{_DETAILS}.surname": NOT_TEXT,
}


def _by_field() -> dict[tuple[str, str], str]:
    """(field, keyword) -> rule id, for every keyword that the payload's schema uses on that field."""
    rules = {(field, "type"): rule for field, rule in {**_BLOCKS, **_ONLY_TYPE}.items()}
    rules |= {(f"{field}.#" if field else "#", "type"): rule for field, rule in _BLOCKS.items()}
    for field, (missing, malformed) in _IDS.items():
        rules[field, "required"] = missing
        rules |= {(field, keyword): malformed for keyword in ("type", "pattern", "maxLength")}
    rules |= {(field, keyword): rule for field, rule in DATES.items() for keyword in ("type", "format", "pattern")}
    rules |= {(field, keyword): rule for field, rule in _LENGTHS.items() for keyword in ("minLength", "maxLength")}
    # an array item that is no text is a fault of the array, whose rule is already there
    rules |= {(field, "type"): NOT_TEXT for field in _LENGTHS if not field.endswith("#")}
    factors = f"{_EPISODE}.child_and_family_assessments.#.factors"
    worker = f"{_EPISODE}.care_worker_details.#.worker_id"
    return rules | {
        ("la_child_id", "required"): "CSC-007",
        ("la_child_id", "type"): NOT_TEXT,
        ("la_child_id", "pattern"): "CSC-008",
        ("la_child_id", "maxLength"): "CSC-009",
        ("mis_child_id", "type"): "CSC-010",
        ("mis_child_id", "pattern"): "CSC-010",
        ("mis_child_id", "maxLength"): "CSC-011",
        (f"{_DETAILS}.disabilities", "maxItems"): "CSC-028",
        (f"{_DETAILS}.disabilities", "uniqueItems"): "CSC-029",
        (factors, "maxItems"): "CSC-031",
        (factors, "uniqueItems"): "CSC-032",
        (worker, "type"): "CSC-051",
        (worker, "pattern"): "CSC-051",
        (worker, "maxLength"): "CSC-051",
    }


RULES: dict[tuple[str, str], str] = _by_field()


def rules_of(field: str, keyword: str, value: object) -> tuple[str, ...]:
    """The rules that a breach is, most telling first. Raises KeyError for a breach the payload's schema cannot make.

    field: for `required`, the field that is missing. value: what was there; it decides between rules and is not kept.
    """
    if keyword == "type" and value is None and not field.endswith("#") and field:
        return (NULL,)
    if (field, keyword, value) == ("la_child_id", "pattern", ""):
        return (RULES["la_child_id", "required"],)
    rule = RULES[field, keyword]
    if keyword == "type" and rule != NOT_TEXT and (field in DATES or field in _TEXT_WITH_OWN_RULE):
        return (rule, NOT_TEXT)
    return (rule,)


_TEXT_WITH_OWN_RULE = {*_IDS, "mis_child_id", f"{_EPISODE}.care_worker_details.#.worker_id"}
