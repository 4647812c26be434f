"""Faults of a record's shape, one for each rule on structure that `csc validate payload` answers record by record."""

from planted_payload_children import adopted, assessed_and_closed, care_leaver, looked_after, on_cin_plan, on_cp_plan
from planting import Plant, add, drop, instead, plant, put

DETAILS = "child_details"
EPISODE = "social_care_episodes.-1"
WORKERS = f"{EPISODE}.care_worker_details"
ASSESSMENTS = f"{EPISODE}.child_and_family_assessments"
CIN_PLANS = f"{EPISODE}.child_in_need_plans"
ENQUIRIES = f"{EPISODE}.section_47_assessments"
CP_PLANS = f"{EPISODE}.child_protection_plans"
PLACEMENTS = f"{EPISODE}.child_looked_after_placements"
ADOPTION = f"{EPISODE}.adoption"
LEAVER = f"{EPISODE}.care_leavers"
SCORES = "health_and_wellbeing.sdq_assessments"

_NO_DAY = "2025-02-30"

_WHOLE = (
    plant("CSC-006", on_cin_plan, instead("a child")),
    plant("CSC-007", on_cin_plan, drop("la_child_id")),
    plant("CSC-008", on_cin_plan, put("la_child_id", "P-1")),
    plant("CSC-009", on_cin_plan, put("la_child_id", "P" * 21)),
    plant("CSC-010", on_cin_plan, put("mis_child_id", "mis 1")),
    plant("CSC-011", on_cin_plan, put("mis_child_id", "m" * 37)),
    plant("CSC-012", on_cin_plan, put(f"{DETAILS}.nickname", "Ash")),
    plant("CSC-013", on_cin_plan, put(f"{DETAILS}.surname", None)),
    plant("CSC-014", on_cin_plan, put(f"{DETAILS}.surname", 5)),
    plant("CSC-015", on_cin_plan, put(f"{EPISODE}.purge", "no")),
    plant("CSC-053", on_cin_plan, put(f"{CIN_PLANS}.0.child_in_need_plan_id", lambda r: _last_plan(r))),
    plant("CSC-113", on_cin_plan, put("mis_child_id", "0x1234")),
    plant("CSC-114", on_cin_plan, put(f"{EPISODE}.closure_reason", " ")),
    plant("CSC-361", on_cin_plan, put("purge", True)),
)


def _last_plan(record: dict) -> str:
    return record["social_care_episodes"][-1]["child_in_need_plans"][-1]["child_in_need_plan_id"]


_BLOCKS = tuple(
    plant(rule_id, child, put(path, wrong))
    for rule_id, child, path, wrong in (
        ("CSC-016", on_cin_plan, DETAILS, []),
        ("CSC-017", on_cin_plan, "health_and_wellbeing", []),
        ("CSC-018", on_cin_plan, "social_care_episodes", {}),
        ("CSC-019", on_cin_plan, WORKERS, {}),
        ("CSC-020", on_cin_plan, ASSESSMENTS, {}),
        ("CSC-021", on_cin_plan, CIN_PLANS, {}),
        ("CSC-022", on_cin_plan, ENQUIRIES, {}),
        ("CSC-023", on_cp_plan, CP_PLANS, {}),
        ("CSC-024", looked_after, PLACEMENTS, {}),
        ("CSC-025", adopted, ADOPTION, []),
        ("CSC-026", care_leaver, LEAVER, []),
        ("CSC-027", on_cin_plan, f"{DETAILS}.disabilities", "AUT"),
        ("CSC-030", on_cin_plan, f"{ASSESSMENTS}.0.factors", "2A"),
    )
)

_LISTS = (
    plant("CSC-028", on_cin_plan, put(f"{DETAILS}.disabilities", [f"D{n}" for n in range(13)])),
    plant("CSC-029", on_cin_plan, add(f"{DETAILS}.disabilities", "AUT")),
    plant("CSC-031", on_cin_plan, put(f"{ASSESSMENTS}.0.factors", [f"{n}A" for n in range(42)])),
    plant("CSC-032", on_cin_plan, add(f"{ASSESSMENTS}.0.factors", "3A")),
)


def _ids() -> tuple[Plant, ...]:
    """Own ids: missing, malformed, empty."""
    ids = (
        (("CSC-033", "CSC-034", "CSC-035"), assessed_and_closed, f"{EPISODE}.social_care_episode_id"),
        (("CSC-036", "CSC-037", "CSC-038"), on_cin_plan, f"{ASSESSMENTS}.-1.child_and_family_assessment_id"),
        (("CSC-039", "CSC-040", "CSC-041"), on_cin_plan, f"{CIN_PLANS}.-1.child_in_need_plan_id"),
        (("CSC-042", "CSC-043", "CSC-044"), on_cin_plan, f"{ENQUIRIES}.-1.section_47_assessment_id"),
        (("CSC-045", "CSC-046", "CSC-047"), on_cp_plan, f"{CP_PLANS}.-1.child_protection_plan_id"),
        (("CSC-048", "CSC-049", "CSC-050"), looked_after, f"{PLACEMENTS}.-1.child_looked_after_placement_id"),
    )
    return tuple(
        plant(rule_id, child, change)
        for rules, child, path in ids
        for rule_id, change in zip(rules, (drop(path), put(path, "number 7"), put(path, "")), strict=True)
    )


_DATES = tuple(
    plant(rule_id, child, put(path, _NO_DAY))
    for rule_id, child, path in (
        ("CSC-058", on_cin_plan, f"{DETAILS}.date_of_birth"),
        ("CSC-059", on_cin_plan, f"{DETAILS}.expected_date_of_birth"),
        ("CSC-060", on_cin_plan, f"{DETAILS}.uasc_end_date"),
        ("CSC-061", looked_after, f"{SCORES}.0.date"),
        ("CSC-062", on_cin_plan, f"{EPISODE}.referral_date"),
        ("CSC-063", on_cin_plan, f"{EPISODE}.closure_date"),
        ("CSC-064", on_cin_plan, f"{WORKERS}.0.start_date"),
        ("CSC-065", on_cin_plan, f"{WORKERS}.0.end_date"),
        ("CSC-066", on_cin_plan, f"{ASSESSMENTS}.0.start_date"),
        ("CSC-067", on_cin_plan, f"{ASSESSMENTS}.0.authorisation_date"),
        ("CSC-068", on_cin_plan, f"{CIN_PLANS}.0.start_date"),
        ("CSC-069", on_cin_plan, f"{CIN_PLANS}.0.end_date"),
        ("CSC-070", on_cp_plan, f"{ENQUIRIES}.0.start_date"),
        ("CSC-071", on_cp_plan, f"{ENQUIRIES}.0.icpc_date"),
        ("CSC-072", on_cp_plan, f"{ENQUIRIES}.0.end_date"),
        ("CSC-073", on_cp_plan, f"{CP_PLANS}.0.start_date"),
        ("CSC-074", on_cp_plan, f"{CP_PLANS}.0.end_date"),
        ("CSC-075", looked_after, f"{PLACEMENTS}.0.start_date"),
        ("CSC-076", looked_after, f"{PLACEMENTS}.0.end_date"),
        ("CSC-077", adopted, f"{ADOPTION}.initial_decision_date"),
        ("CSC-078", adopted, f"{ADOPTION}.matched_date"),
        ("CSC-079", adopted, f"{ADOPTION}.placed_date"),
        ("CSC-080", care_leaver, f"{LEAVER}.contact_date"),
    )
)

_VALUES = tuple(
    plant(rule_id, child, put(path, wrong))
    for rule_id, child, path, wrong in (
        ("CSC-051", on_cin_plan, f"{WORKERS}.0.worker_id", "SW 12"),
        ("CSC-081", on_cin_plan, f"{DETAILS}.uasc_flag", "false"),
        ("CSC-082", on_cin_plan, f"{EPISODE}.referral_no_further_action_flag", 0),
        ("CSC-083", on_cin_plan, f"{ENQUIRIES}.0.icpc_required_flag", "N"),
        ("CSC-084", looked_after, f"{SCORES}.0.score", 14.5),
        ("CSC-085", on_cin_plan, f"{DETAILS}.unique_pupil_number", "A37300000001"),
        ("CSC-086", on_cin_plan, f"{DETAILS}.former_unique_pupil_number", "A37300000001"),
        ("CSC-087", adopted, f"{DETAILS}.unique_pupil_number_unknown_reason", "UN100"),
        ("CSC-088", on_cin_plan, f"{DETAILS}.sex", "MF"),
        ("CSC-089", on_cin_plan, f"{DETAILS}.ethnicity", "WBRIT"),
        ("CSC-090", on_cin_plan, f"{DETAILS}.disabilities.0", "AUTIS"),
        ("CSC-091", on_cin_plan, f"{DETAILS}.postcode", "S1 2HH, X"),
        ("CSC-092", on_cin_plan, f"{EPISODE}.referral_source", "1AB"),
        ("CSC-093", assessed_and_closed, f"{EPISODE}.closure_reason", "RC10"),
        ("CSC-094", on_cin_plan, f"{ASSESSMENTS}.0.factors.0", "103A"),
        ("CSC-095", looked_after, f"{PLACEMENTS}.0.start_reason", "SP"),
        ("CSC-096", looked_after, f"{PLACEMENTS}.0.placement_type", "U123"),
        ("CSC-097", looked_after, f"{PLACEMENTS}.0.postcode", "S10 2TN X"),
        ("CSC-098", looked_after, f"{PLACEMENTS}.0.end_reason", "E123"),
        ("CSC-099", looked_after, f"{PLACEMENTS}.0.change_reason", "PLACED2"),
        ("CSC-100", care_leaver, f"{LEAVER}.activity", "F22"),
        ("CSC-101", care_leaver, f"{LEAVER}.accommodation", "U1"),
    )
)

PLANTS = (*_WHOLE, *_BLOCKS, *_LISTS, *_ids(), *_DATES, *_VALUES)
