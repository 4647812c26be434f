"""Faults in assessments, enquiries, plans and workers of a record, and in an episode beside them."""

from planted_payload_children import assessed_and_closed, on_cin_plan, on_cp_plan, referred_only, unborn
from planted_payload_details import CLOSED_BECAUSE, FIRST_EPISODE, REFERRED
from planted_payload_items import assessment, cin_plan, cp_plan, enquiry, placement, worker
from planted_payload_structure import ASSESSMENTS, CIN_PLANS, CP_PLANS, ENQUIRIES, PLACEMENTS, WORKERS
from planted_places import PLACED
from planting import add, drop, plant, put

_EARLY_WORKERS = f"{FIRST_EPISODE}.care_worker_details"
_REQUIRED = {"icpc_required_flag": True}

ASSESSED = (
    plant("CSC-054", on_cin_plan, put(f"{ASSESSMENTS}.0.child_and_family_assessment_id", lambda r: _early_id(r))),
    plant("CSC-124", on_cin_plan, put(f"{ASSESSMENTS}.0.factors", ["99Z"])),
    plant("CSC-125", on_cin_plan, put(f"{ASSESSMENTS}.0.factors", ["18A"])),
    plant("CSC-126", on_cin_plan, put(f"{ASSESSMENTS}.0.factors", ["19A"])),
    plant("CSC-141", on_cin_plan, put(f"{ASSESSMENTS}.0.start_date", "2025-05-09")),
    plant("CSC-146", on_cin_plan, put(f"{ASSESSMENTS}.0.authorisation_date", "2025-05-13")),
    plant("CSC-147", on_cin_plan, drop(f"{ASSESSMENTS}.0.start_date")),
    plant(
        "CSC-148",
        on_cin_plan,
        put(f"{ASSESSMENTS}.-1.authorisation_date", "2026-04-02"),
        put(f"{ASSESSMENTS}.-1.factors", ["2A"]),
    ),
    plant("CSC-213", on_cin_plan, put(f"{ASSESSMENTS}.-1.factors", ["2A"])),
    plant("CSC-214", on_cin_plan, add(f"{ASSESSMENTS}.0.factors", "21")),
    plant("CSC-299", on_cin_plan, add(ASSESSMENTS, assessment("a9", "2025-06-09", "2025-06-30", ["3A"]))),
    plant("CSC-300", on_cin_plan, add(ASSESSMENTS, assessment("a9", "2026-02-16"))),
    plant("CSC-347", on_cin_plan, put(f"{ASSESSMENTS}.-1.start_date", "2025-12-01")),
)


def _early_id(record: dict) -> str:
    return record["social_care_episodes"][0]["child_and_family_assessments"][0]["child_and_family_assessment_id"]


ENQUIRED = (
    plant(
        "CSC-142",
        on_cin_plan,
        add(ENQUIRIES, enquiry("s9", "2025-05-05", "2025-05-09", "2025-05-09")),
        beside=("CSC-144",),
        note="an enquiry cannot start after its conference, so it too is before the referral",
    ),
    plant("CSC-144", on_cin_plan, put(f"{ENQUIRIES}.0.start_date", "2025-05-09")),
    plant(
        "CSC-156",
        on_cp_plan,
        put(f"{ENQUIRIES}.0.start_date", "2024-10-01"),
        put(f"{ENQUIRIES}.0.end_date", "2024-10-02"),
    ),
    plant("CSC-157", on_cin_plan, drop(f"{ENQUIRIES}.0.start_date")),
    plant("CSC-158", on_cin_plan, put(f"{ENQUIRIES}.0.end_date", "2025-05-19")),
    plant("CSC-159", on_cp_plan, put(f"{ENQUIRIES}.0.end_date", "2024-09-23")),
    plant("CSC-160", on_cin_plan, add(ENQUIRIES, enquiry("s9", "2026-03-25", None, "2026-04-08"))),
    plant("CSC-162", on_cin_plan, add(ENQUIRIES, enquiry("s9", "2025-06-09", "2025-06-23", "2025-06-21"))),
    plant("CSC-215", on_cin_plan, put(f"{ENQUIRIES}.0.icpc_date", "2025-06-02")),
    plant("CSC-216", on_cin_plan, drop(f"{ENQUIRIES}.0.icpc_required_flag")),
    plant("CSC-264", unborn, drop(ASSESSMENTS)),
    plant(
        "CSC-301",
        on_cin_plan,
        add(ENQUIRIES, enquiry("s8", "2026-03-20", **_REQUIRED), enquiry("s9", "2026-03-20", **_REQUIRED)),
    ),
    plant("CSC-302", on_cp_plan, add(ENQUIRIES, enquiry("s9", "2024-09-16", "2024-09-20"))),
    plant("CSC-348", on_cin_plan, add(ENQUIRIES, enquiry("s9", "2026-03-02", **_REQUIRED))),
    plant("CSC-353", on_cin_plan, drop(f"{ENQUIRIES}.0.end_date")),
)

IN_NEED = (
    plant("CSC-145", on_cin_plan, put(f"{CIN_PLANS}.0.start_date", "2025-05-09")),
    plant("CSC-151", on_cin_plan, drop(f"{CIN_PLANS}.0.start_date")),
    plant("CSC-152", on_cin_plan, put(f"{CIN_PLANS}.0.end_date", "2025-06-30")),
    plant("CSC-153", on_cin_plan, put(f"{CIN_PLANS}.0.end_date", "2025-07-01")),
    plant("CSC-154", on_cin_plan, put(f"{CIN_PLANS}.-1.end_date", "2026-04-02")),
    plant(
        "CSC-303",
        on_cin_plan,
        drop(f"{CIN_PLANS}.0.end_date"),
        beside=("CSC-304",),
        note="two that go on are two at once",
    ),
    plant("CSC-304", on_cin_plan, put(f"{CIN_PLANS}.0.end_date", "2025-11-10")),
    plant(
        "CSC-352",
        on_cin_plan,
        drop(FIRST_EPISODE),
        put(REFERRED, "2020-05-12"),
        put(f"{CIN_PLANS}.0.start_date", "2020-07-01"),
    ),
)

PROTECTED = (
    plant("CSC-143", on_cin_plan, add(CP_PLANS, cp_plan("p9", "2025-05-01", "2025-06-16"))),
    plant(
        "CSC-164",
        on_cp_plan,
        drop(f"{CP_PLANS}.-1.start_date"),
        beside=("CSC-367",),
        note="the plan is open, so that its id is all that is left",
    ),
    plant(
        "CSC-367",
        on_cin_plan,
        drop(f"{CIN_PLANS}.0.start_date", f"{CIN_PLANS}.0.end_date"),
        beside=("CSC-151", "CSC-303"),
        note="a plan of which nothing is known has no start either, and no end before the next",
    ),
    plant("CSC-165", on_cp_plan, put(f"{CP_PLANS}.0.end_date", "2024-09-20")),
    plant("CSC-166", on_cp_plan, put(f"{CP_PLANS}.0.end_date", "2024-09-24")),
    plant("CSC-167", on_cp_plan, put(f"{CP_PLANS}.-1.end_date", "2026-04-02")),
    plant("CSC-265", on_cp_plan, put(f"{CP_PLANS}.-1.start_date", "2025-08-28")),
    plant("CSC-266", on_cin_plan, drop(ENQUIRIES), add(CP_PLANS, cp_plan("p9", "2025-05-19", "2025-06-20"))),
    plant(
        "CSC-267",
        on_cp_plan,
        add(CIN_PLANS, cin_plan("n9", "2025-09-15")),
        beside=("CSC-268",),
        note="of two open plans the later started during the other",
    ),
    plant("CSC-268", on_cp_plan, put(f"{CIN_PLANS}.0.start_date", "2025-02-03")),
    plant("CSC-269", on_cp_plan, put(f"{CIN_PLANS}.0.end_date", "2025-09-01")),
    plant(
        "CSC-305",
        on_cp_plan,
        drop(f"{CP_PLANS}.0.end_date", CIN_PLANS),
        beside=("CSC-306",),
        note="two that go on are two at once",
    ),
    plant("CSC-306", on_cp_plan, drop(CIN_PLANS), put(f"{CP_PLANS}.0.end_date", "2025-09-01")),
    plant(
        "CSC-351",
        on_cp_plan,
        drop(f"{ENQUIRIES}.-1", f"{CP_PLANS}.-1", CIN_PLANS, f"{CP_PLANS}.0.end_date"),
        put(REFERRED, "2022-09-02"),
        put(f"{ENQUIRIES}.0", enquiry("s9", "2022-09-09", "2022-09-27", "2022-09-27")),
        put(f"{CP_PLANS}.0.start_date", "2022-09-27"),
    ),
)

CARE_WORKERS = (
    plant("CSC-052", on_cin_plan, drop(f"{WORKERS}.0.worker_id")),
    plant("CSC-111", on_cin_plan, put(f"{WORKERS}.0.worker_id", "AB12345")),
    plant(
        "CSC-188",
        on_cin_plan,
        put(f"{WORKERS}.0.end_date", "2026-03-31"),
        put(f"{WORKERS}.-1.start_date", "2026-04-02"),
    ),
    plant(
        "CSC-189",
        on_cin_plan,
        put(f"{WORKERS}.0.end_date", "2026-04-02"),
        put(f"{WORKERS}.-1.start_date", "2026-03-30"),
    ),
    plant("CSC-190", on_cin_plan, put(f"{_EARLY_WORKERS}.0.end_date", "2024-02-05")),
    plant("CSC-191", on_cin_plan, put(f"{_EARLY_WORKERS}.0.end_date", "2024-02-06")),
    plant("CSC-192", on_cin_plan, put(f"{_EARLY_WORKERS}.0", worker("SW900001", "2024-01-08", "2024-02-02"))),
    plant("CSC-324", on_cin_plan, drop(f"{WORKERS}.0.end_date")),
    plant("CSC-325", on_cin_plan, put(f"{WORKERS}.-1.start_date", "2025-09-15")),
    plant("CSC-326", on_cin_plan, put(f"{WORKERS}.-1.end_date", "2026-01-12")),
    plant("CSC-342", on_cin_plan, put(f"{_EARLY_WORKERS}.0.start_date", "1899-02-06")),
    plant("CSC-355", on_cin_plan, put(WORKERS, [worker("SW900002", "2025-09-01"), worker("SW900002", "2025-09-01")])),
)

_RECENT = "2026-03-16"
_CLOSED_OTHERWISE = put(CLOSED_BECAUSE, "RC3")
_FACTORS = f"{ASSESSMENTS}.0.factors"
_SOMETHING_FOUND = (_CLOSED_OTHERWISE, put(_FACTORS, ["2A"]))

EPISODES_BESIDE = (
    plant(
        "CSC-250",
        on_cin_plan,
        put(f"{FIRST_EPISODE}.closure_date", "2024-03-11"),
        put(f"{_EARLY_WORKERS}.0.end_date", "2024-03-11"),
    ),
    plant("CSC-251", assessed_and_closed, _CLOSED_OTHERWISE, drop(_FACTORS, f"{ASSESSMENTS}.0.authorisation_date")),
    plant("CSC-252", assessed_and_closed, *_SOMETHING_FOUND, add(ENQUIRIES, enquiry("s9", _RECENT, **_REQUIRED))),
    plant("CSC-253", assessed_and_closed, *_SOMETHING_FOUND, add(CIN_PLANS, cin_plan("n9", _RECENT))),
    plant(
        "CSC-254", assessed_and_closed, *_SOMETHING_FOUND, add(PLACEMENTS, placement("l9", _RECENT, "S", "U1", PLACED))
    ),
    plant("CSC-255", assessed_and_closed, drop(f"{WORKERS}.0.end_date")),
    plant("CSC-256", referred_only, add(ASSESSMENTS, assessment("a9", "2025-11-04", "2025-11-05", ["2A"]))),
    plant(
        "CSC-257",
        referred_only,
        add(CP_PLANS, cp_plan("p9", "2025-11-04", "2025-11-05")),
        beside=("CSC-266",),
        note="an enquiry would be a fault of its own after such a referral",
    ),
    plant("CSC-258", referred_only, add(CIN_PLANS, cin_plan("n9", "2025-11-04", "2025-11-05"))),
    plant(
        "CSC-259",
        referred_only,
        add(PLACEMENTS, placement("l9", "2025-11-03", "S", "U1", PLACED, ("2025-11-05", "E4A"))),
    ),
    plant("CSC-261", referred_only, put(CLOSED_BECAUSE, "RC8")),
    plant("CSC-262", assessed_and_closed, add(CIN_PLANS, cin_plan("n9", "2026-03-16", "2026-03-27"))),
    plant("CSC-263", assessed_and_closed, _CLOSED_OTHERWISE),
)

PLANTS = (*ASSESSED, *ENQUIRED, *IN_NEED, *PROTECTED, *CARE_WORKERS, *EPISODES_BESIDE)
