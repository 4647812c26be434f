"""Faults in assessments, enquiries and plans of a census, and in a CINdetails block beside them."""

from planted_census import (
    ASSESSMENTS,
    CIN_PLANS,
    CLOSED_BECAUSE,
    CP_PLANS,
    ENQUIRIES,
    FACTORS,
    FIRST,
    REFERRED,
    conference,
)
from planted_census_children import (
    assessed_and_closed,
    assessment,
    cin_plan,
    cp_plan,
    enquiry,
    in_care,
    on_cin_plan,
    on_cp_plan,
    referred_only,
    unborn,
)
from planting import add, drop, plant, put

_TO_BE_HELD = {"required": True}

ASSESSED = (
    plant("CSC-032", on_cin_plan, add(FACTORS, "3A")),
    plant("CSC-124", on_cin_plan, put(FACTORS, ["99Z"])),
    plant("CSC-125", on_cin_plan, put(FACTORS, ["18A"])),
    plant("CSC-126", on_cin_plan, put(FACTORS, ["19A"])),
    plant("CSC-141", on_cin_plan, put(f"{ASSESSMENTS}.0.AssessmentActualStartDate", "2025-05-09")),
    plant("CSC-146", on_cin_plan, put(f"{ASSESSMENTS}.0.AssessmentAuthorisationDate", "2025-05-13")),
    plant("CSC-149", on_cin_plan, put(f"{FIRST}.Assessments.0.AssessmentAuthorisationDate", "2025-03-28")),
    plant("CSC-150", on_cin_plan, drop(f"{ASSESSMENTS}.-1.AssessmentActualStartDate")),
    plant("CSC-213", on_cin_plan, put(f"{ASSESSMENTS}.-1.FactorsIdentifiedAtAssessment", ["2A"])),
    plant("CSC-214", on_cin_plan, add(FACTORS, "21")),
    plant("CSC-299", on_cin_plan, add(ASSESSMENTS, assessment("2025-06-09", "2025-06-30", ("3A",)))),
    plant("CSC-300", on_cin_plan, add(ASSESSMENTS, assessment("2026-02-16"))),
    plant("CSC-347", on_cin_plan, put(f"{ASSESSMENTS}.-1.AssessmentActualStartDate", "2025-12-01")),
)

ENQUIRED = (
    plant(
        "CSC-142",
        on_cin_plan,
        add(ENQUIRIES, enquiry("2025-05-05", "2025-05-27", "2025-05-09")),
        beside=("CSC-144",),
        note="an enquiry cannot start after its conference, so it too is before the referral",
    ),
    plant("CSC-144", on_cin_plan, put(f"{ENQUIRIES}.0.S47ActualStartDate", "2025-05-09")),
    plant("CSC-156", on_cp_plan, put(f"{ENQUIRIES}.0.S47ActualStartDate", "2025-05-06")),
    plant("CSC-161", on_cin_plan, put(f"{FIRST}.Section47", [enquiry("2025-03-03", "2025-03-24", "2025-03-25")])),
    plant("CSC-162", on_cin_plan, add(ENQUIRIES, enquiry("2025-06-09", "2025-06-30", "2025-06-21"))),
    plant(
        "CSC-163",
        on_cin_plan,
        put(REFERRED, "2024-05-13"),
        drop(FIRST),
        put(f"{ENQUIRIES}.0", enquiry("2025-03-24", "2025-04-14", **_TO_BE_HELD)),
        beside=("CSC-348",),
        note="an enquiry of last year has waited for a year",
    ),
    plant("CSC-264", in_care, drop(ASSESSMENTS)),
    plant(
        "CSC-301",
        on_cin_plan,
        add(ENQUIRIES, *[enquiry("2026-03-20", "2026-04-13", **_TO_BE_HELD)] * 2),
    ),
    plant("CSC-302", on_cp_plan, add(ENQUIRIES, enquiry("2025-04-21", "2025-05-13"))),
    plant("CSC-348", on_cin_plan, add(ENQUIRIES, enquiry("2026-03-02", "2026-03-23", **_TO_BE_HELD))),
    plant("CIN-2884", in_care, conference("2025-10-07")),
    plant("CIN-8870Q", on_cin_plan, put(f"{ENQUIRIES}.0.InitialCPCtarget", "2025-06-14")),
)

PLANNED = (
    plant("CSC-145", on_cin_plan, put(f"{CIN_PLANS}.0.CINPlanStartDate", "2025-05-09")),
    plant("CSC-151", on_cin_plan, drop(f"{CIN_PLANS}.0.CINPlanStartDate")),
    plant("CSC-152", on_cin_plan, put(f"{CIN_PLANS}.0.CINPlanEndDate", "2025-06-30")),
    plant("CSC-153", on_cin_plan, put(f"{CIN_PLANS}.0.CINPlanEndDate", "2025-07-01")),
    plant("CSC-155", on_cin_plan, put(f"{CIN_PLANS}.-1.CINPlanEndDate", "2026-04-02")),
    plant(
        "CSC-303",
        on_cin_plan,
        drop(f"{CIN_PLANS}.0.CINPlanEndDate"),
        beside=("CSC-304",),
        note="two that go on are two at once",
    ),
    plant("CSC-304", on_cin_plan, put(f"{CIN_PLANS}.0.CINPlanEndDate", "2025-11-10")),
)

PROTECTED = (
    plant(
        "CSC-143",
        on_cin_plan,
        conference("2025-05-01"),
        add(CP_PLANS, cp_plan("2025-05-01", "2025-06-16")),
    ),
    plant("CSC-164", on_cp_plan, drop(f"{CP_PLANS}.-1.CPPstartDate")),
    plant(
        "CSC-165",
        on_cp_plan,
        put(f"{CP_PLANS}.0.CPPendDate", "2025-04-28"),
        put(f"{CP_PLANS}.0.Reviews", []),
    ),
    plant("CSC-166", on_cp_plan, put(f"{CP_PLANS}.0.CPPendDate", "2025-04-29"), put(f"{CP_PLANS}.0.Reviews", [])),
    plant("CSC-168", on_cp_plan, put(f"{CP_PLANS}.-1.CPPendDate", "2026-04-02")),
    plant("CSC-265", unborn, conference("2026-02-25")),
    plant(
        "CSC-267",
        on_cp_plan,
        add(CIN_PLANS, cin_plan("2026-02-02")),
        beside=("CSC-268",),
        note="of two open plans the later started during the other",
    ),
    plant("CSC-268", on_cp_plan, put(f"{CIN_PLANS}.0.CINPlanStartDate", "2025-09-08"), drop(f"{CP_PLANS}.0.Reviews")),
    plant("CSC-269", on_cp_plan, put(f"{CIN_PLANS}.0.CINPlanEndDate", "2026-02-02")),
    plant(
        "CSC-305",
        on_cp_plan,
        drop(f"{CP_PLANS}.0.CPPendDate", CIN_PLANS),
        beside=("CSC-306",),
        note="two that go on are two at once",
    ),
    plant("CSC-306", on_cp_plan, drop(CIN_PLANS), put(f"{CP_PLANS}.0.CPPendDate", "2026-02-02")),
    plant("CIN-4003", on_cp_plan, put(f"{CP_PLANS}.0.Reviews.-1", "2025-09-17")),
    plant("CIN-8730", on_cp_plan, drop(f"{CP_PLANS}.-1.NumberOfPreviousCPP")),
    plant("CIN-8841", on_cp_plan, put(f"{CP_PLANS}.0.Reviews.0", "2025-04-29")),
    plant("CIN-8842Q", on_cp_plan, put(f"{CP_PLANS}.0.Reviews.0", "")),
    plant("CIN-8905", on_cp_plan, put(f"{CP_PLANS}.0.InitialCategoryOfAbuse", "BAD")),
    plant("CIN-8910", on_cp_plan, put(f"{CP_PLANS}.0.LatestCategoryOfAbuse", "BAD")),
)

_CLOSED_OTHERWISE = put(CLOSED_BECAUSE, "RC3")
_SOMETHING_FOUND = (_CLOSED_OTHERWISE, put(FACTORS, ["2A"]))

BLOCKS = (
    plant("CSC-250", on_cin_plan, put(f"{FIRST}.CINclosureDate", "2025-04-02")),
    plant(
        "CSC-251",
        assessed_and_closed,
        _CLOSED_OTHERWISE,
        drop(FACTORS, f"{ASSESSMENTS}.0.AssessmentAuthorisationDate"),
    ),
    plant(
        "CSC-252",
        assessed_and_closed,
        *_SOMETHING_FOUND,
        add(ENQUIRIES, enquiry("2026-03-16", "2026-04-08", **_TO_BE_HELD)),
    ),
    plant("CSC-256", referred_only, add(ASSESSMENTS, assessment("2025-11-04", "2025-11-05", ("2A",)))),
    plant(
        "CSC-257",
        referred_only,
        conference("2025-11-04"),
        add(CP_PLANS, cp_plan("2025-11-04", "2025-11-05")),
        beside=("CSC-256",),
        note="a plan needs a conference, which would be a fault of its own after such a referral",
    ),
    plant("CSC-258", referred_only, add(CIN_PLANS, cin_plan("2025-11-04", "2025-11-05"))),
    plant("CSC-261", referred_only, put(CLOSED_BECAUSE, "RC8")),
    plant("CSC-262", assessed_and_closed, add(CIN_PLANS, cin_plan("2026-03-16", "2026-03-27"))),
    plant("CSC-263", assessed_and_closed, _CLOSED_OTHERWISE),
)

PLANTS = (*ASSESSED, *ENQUIRED, *PLANNED, *PROTECTED, *BLOCKS)
