"""Plain names for routes, returns, entities, fields and events. Nothing is measured here."""

ROUTES = {
    "build_your_own": "Build your own",
    "data_to_insight": "Data to Insight",
    "cms_supplier": "CMS supplier",
}
RETURNS = {"cin": "Children in need census", "ssda903": "Children looked after return (SSDA903)"}
RETURNS_SHORT = {"cin": "CIN census", "ssda903": "SSDA903"}
ENTITIES = {
    "children": "Children",
    "disabilities": "Disabilities",
    "episodes": "Social care episodes",
    "assessments": "Assessments",
    "assessment_factors": "Assessment factors",
    "cin_plans": "Child in need plans",
    "s47_enquiries": "Section 47 enquiries",
    "cp_plans": "Child protection plans",
    "placements": "Placements",
    "adoptions": "Adoptions",
    "care_leavers": "Care leavers",
    "sdq_assessments": "SDQ scores",
    "care_workers": "Social workers",
}
_FIELDS = {
    "unique_pupil_number": "Unique pupil number",
    "former_unique_pupil_number": "Former unique pupil number",
    "unique_pupil_number_unknown_reason": "Reason for no pupil number",
    "date_of_birth": "Date of birth",
    "expected_date_of_birth": "Expected date of birth",
    "uasc_flag": "Unaccompanied asylum seeking child",
    "uasc_end_date": "End of that status",
    "referral_no_further_action_flag": "No further action",
    "icpc_required_flag": "Conference required",
    "icpc_date": "Initial conference date",
}
_EVENTS = {
    ("episodes", "referral_date"): "Referral",
    ("episodes", "closure_date"): "Case closure",
    ("assessments", "start_date"): "Assessment start",
    ("assessments", "authorisation_date"): "Assessment authorised",
    ("cin_plans", "start_date"): "Child in need plan start",
    ("cin_plans", "end_date"): "Child in need plan end",
    ("s47_enquiries", "start_date"): "Section 47 enquiry start",
    ("s47_enquiries", "end_date"): "Section 47 enquiry end",
    ("s47_enquiries", "icpc_date"): "Initial conference",
    ("cp_plans", "start_date"): "Protection plan start",
    ("cp_plans", "end_date"): "Protection plan end",
    ("placements", "start_date"): "Placement start",
    ("placements", "end_date"): "Placement end",
    ("adoptions", "initial_decision_date"): "Adoption decision",
    ("adoptions", "matched_date"): "Adoption match",
    ("adoptions", "placed_date"): "Placed for adoption",
    ("care_leavers", "contact_date"): "Care leaver contact",
    ("sdq_assessments", "date"): "SDQ completed",
    ("care_workers", "start_date"): "Social worker start",
    ("care_workers", "end_date"): "Social worker end",
}


def route(code: str) -> str:
    """A route's name."""
    return ROUTES.get(code, code)


def entity(code: str) -> str:
    """An entity's name in the plural."""
    return ENTITIES.get(code, code.replace("_", " ").capitalize())


def field(code: str) -> str:
    """A field's name."""
    return _FIELDS.get(code, code.replace("_", " ").capitalize())


def event(entity_code: str, field_code: str) -> str:
    """What happened on the date that a field holds."""
    return _EVENTS.get((entity_code, field_code), f"{entity(entity_code)}: {field(field_code).lower()}")


def in_order(codes: list[str]) -> list[str]:
    """Routes in the order in which they are always shown."""
    known = [code for code in ROUTES if code in codes]
    return known + sorted(set(codes) - set(ROUTES))


def listed(items: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def counted(n: int, one: str, many: str | None = None) -> str:
    """'1 return', '2 returns', '1,000 records'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
