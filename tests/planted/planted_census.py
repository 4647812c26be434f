"""Faults in a CIN census, one for each rule that it is asked."""

from planted_census_children import (
    assessed_and_closed,
    assessment,
    cin_plan,
    closed,
    cp_plan,
    details,
    died,
    enquiry,
    in_care,
    on_cin_plan,
    on_cp_plan,
    referred_only,
    unborn,
)
from planted_people import pupil_number
from planting import Change, add, drop, plant, put

FIRST, LAST = "CINdetails.0", "CINdetails.-1"
ASSESSMENTS, CIN_PLANS = f"{LAST}.Assessments", f"{LAST}.CINPlanDates"
ENQUIRIES, CP_PLANS = f"{LAST}.Section47", f"{LAST}.ChildProtectionPlans"
FACTORS = f"{ASSESSMENTS}.0.FactorsIdentifiedAtAssessment"
REFERRED, CLOSED, CLOSED_BECAUSE = (
    f"{LAST}.{name}" for name in ("CINreferralDate", "CINclosureDate", "ReasonForClosure")
)
BORN, DIED = "PersonBirthDate", "PersonDeathDate"
_NO_DAY = "2025-02-30"
_TO_BE_HELD = {"required": True}


def _number(change: object) -> object:
    return lambda child: change(child["UPN"])


def _conference(day: str) -> Change:
    return put(f"{LAST}.DateOfInitialCPC", day)


UNREADABLE = (
    *(
        plant(rule_id, child, put(path, _NO_DAY))
        for rule_id, child, path in (
            ("CSC-067", on_cin_plan, f"{ASSESSMENTS}.-1.AssessmentAuthorisationDate"),
            ("CSC-069", on_cin_plan, f"{CIN_PLANS}.-1.CINPlanEndDate"),
            ("CSC-071", on_cin_plan, f"{ENQUIRIES}.0.DateOfInitialCPC"),
            ("CSC-074", on_cp_plan, f"{CP_PLANS}.-1.CPPendDate"),
            ("RET-000", on_cin_plan, f"{ASSESSMENTS}.0.AssessmentInternalReviewDate"),
        )
    ),
    *(
        plant(rule_id, child, put(path, _NO_DAY), beside=beside, note="what cannot be read is not known")
        for rule_id, child, path, beside in (
            ("CSC-063", assessed_and_closed, CLOSED, ("CSC-212",)),
            ("CSC-058", on_cin_plan, BORN, ("CSC-195",)),
            ("CSC-059", unborn, "ExpectedPersonBirthDate", ("CSC-195",)),
            ("CSC-062", referred_only, REFERRED, ("CSC-136",)),
            ("CSC-066", on_cin_plan, f"{ASSESSMENTS}.-1.AssessmentActualStartDate", ("CSC-150",)),
            ("CSC-068", on_cin_plan, f"{CIN_PLANS}.0.CINPlanStartDate", ("CSC-151",)),
            ("CSC-070", in_care, f"{ENQUIRIES}.0.S47ActualStartDate", ("CSC-156",)),
            ("CSC-073", on_cp_plan, f"{CP_PLANS}.-1.CPPstartDate", ("CSC-164",)),
        )
    ),
)

CHILD = (
    plant("CSC-008", on_cin_plan, put("LAchildID", "P-1")),
    plant("CSC-009", on_cin_plan, put("LAchildID", "P" * 21)),
    plant("CSC-029", on_cin_plan, add("Disabilities", "AUT")),
    plant(
        "CSC-102",
        on_cin_plan,
        put("UPN", _number(lambda n: "I" + n[1:])),
        beside=("CSC-103",),
        note="no check letter is an I",
    ),
    plant("CSC-103", on_cin_plan, put("UPN", _number(lambda n: ("A" if n[0] != "A" else "B") + n[1:]))),
    plant("CSC-104", on_cin_plan, put("UPN", pupil_number(777, la="999"))),
    plant(
        "CSC-105",
        on_cin_plan,
        put("UPN", _number(lambda n: n[:6] + "X" + n[7:])),
        beside=("CSC-102",),
        note="no letter may be there",
    ),
    plant("CSC-106", on_cin_plan, put("UPN", _number(lambda n: n[:12] + "I"))),
    plant("CSC-107", on_cin_plan, put("FormerUPN", "1373000000001")),
    plant("CSC-115", on_cin_plan, put("Sex", "X")),
    plant("CSC-116", on_cin_plan, put("Ethnicity", "WHIT")),
    plant("CSC-117", on_cin_plan, drop("Disabilities")),
    plant("CSC-206", on_cin_plan, put("Disabilities", ["AUT", "NONE"])),
    plant("CSC-202", on_cin_plan, drop("UPN")),
    plant("CSC-205", in_care, put("UPNunknown", "UN7")),
    plant("CSC-135", referred_only, put(BORN, "2026-04-15")),
    plant("CSC-195", on_cin_plan, drop(BORN)),
    plant("CSC-196", unborn, put("ExpectedPersonBirthDate", "2026-02-20")),
    plant("CSC-197", unborn, put("Sex", "M")),
    plant("CSC-248", on_cin_plan, put(BORN, "2000-12-01")),
    plant(
        "CSC-343",
        referred_only,
        put(BORN, "1999-10-01"),
        beside=("CSC-248",),
        note="a case after the 26th birthday was not closed by the 25th",
    ),
    plant("CSC-249", on_cin_plan, put("CINdetails", [])),
    plant(
        "CSC-342",
        died,
        put(DIED, "1899-10-02"),
        beside=("CIN-8535Q", "CIN-8545Q", "CIN-8555Q", "CIN-4008", "CIN-4009Q"),
        note="no other date can be so early without more being wrong",
    ),
    plant("CIN-8535Q", died, drop(BORN), beside=("CSC-195",), note="a child without a day of birth lacks it"),
    plant("CIN-8545Q", died, put(DIED, "2026-04-02")),
    plant("CIN-8555Q", referred_only, put(DIED, "2025-11-02")),
    plant("CIN-8585Q", died, drop(DIED)),
    plant(
        "CIN-4008",
        died,
        put(f"{CIN_PLANS}.0.CINPlanStartDate", "2025-10-03"),
        put(f"{CIN_PLANS}.0.CINPlanEndDate", "2025-10-06"),
        beside=("CIN-4009Q",),
        note="a plan that starts after death ends after it",
    ),
    plant("CIN-4009Q", died, put(f"{CIN_PLANS}.0.CINPlanEndDate", "2025-10-03")),
    plant(
        "CIN-8915",
        died,
        _conference("2025-10-03"),
        add(CP_PLANS, cp_plan("2025-10-03")),
    ),
    plant(
        "CIN-8920", died, _conference("2025-05-13"), add(CP_PLANS, cp_plan("2025-05-13", "2025-10-03")), drop(CIN_PLANS)
    ),
)

REFERRALS = (
    plant("CSC-121", on_cin_plan, put(f"{LAST}.ReferralSource", "9Z")),
    plant("CSC-122", on_cin_plan, drop(f"{LAST}.ReferralNFA")),
    plant("CSC-123", on_cin_plan, put(f"{FIRST}.ReasonForClosure", "RC0")),
    plant("CSC-136", referred_only, drop(REFERRED)),
    plant("CSC-137", referred_only, put(BORN, "2026-03-01"), put(REFERRED, "2025-05-01"), put(CLOSED, "2025-05-02")),
    plant("CSC-138", referred_only, put(CLOSED, "2025-11-01")),
    plant("CSC-140", referred_only, put(CLOSED, "2026-04-02")),
    plant("CSC-211", referred_only, drop(CLOSED_BECAUSE)),
    plant("CSC-212", on_cin_plan, put(CLOSED_BECAUSE, "RC3")),
    plant("CSC-260", referred_only, put(REFERRED, "2025-03-28"), put(CLOSED, "2025-04-02")),
    plant(
        "CSC-295",
        on_cin_plan,
        add("CINdetails", details("2026-03-31", "8")),
        beside=("CSC-296",),
        note="the earlier of two open ones is not the latest",
    ),
    plant("CSC-296", on_cin_plan, add("CINdetails", details("2026-03-31", "8", **closed("2026-03-31", "RC7")))),
    plant("CSC-297", on_cin_plan, put(f"{FIRST}.CINclosureDate", "2025-06-02")),
    plant("CIN-8610", on_cin_plan, drop(f"{LAST}.PrimaryNeedCode")),
    plant("CIN-8650", on_cin_plan, put(f"{LAST}.PrimaryNeedCode", "N10")),
)

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
    plant("CIN-2884", in_care, _conference("2025-10-07")),
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
        _conference("2025-05-01"),
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
    plant("CSC-265", unborn, _conference("2026-02-25")),
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
        _conference("2025-11-04"),
        add(CP_PLANS, cp_plan("2025-11-04", "2025-11-05")),
        beside=("CSC-256",),
        note="a plan needs a conference, which would be a fault of its own after such a referral",
    ),
    plant("CSC-258", referred_only, add(CIN_PLANS, cin_plan("2025-11-04", "2025-11-05"))),
    plant("CSC-261", referred_only, put(CLOSED_BECAUSE, "RC8")),
    plant("CSC-262", assessed_and_closed, add(CIN_PLANS, cin_plan("2026-03-16", "2026-03-27"))),
    plant("CSC-263", assessed_and_closed, _CLOSED_OTHERWISE),
)

PLANTS = (*UNREADABLE, *CHILD, *REFERRALS, *ASSESSED, *ENQUIRED, *PLANNED, *PROTECTED, *BLOCKS)
