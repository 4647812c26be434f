"""Faults in a CIN census, one for each rule that it is asked."""

from planted_census_children import (
    assessed_and_closed,
    closed,
    cp_plan,
    details,
    died,
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


def _number(change: object) -> object:
    return lambda child: change(child["UPN"])


def conference(day: str) -> Change:
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
        conference("2025-10-03"),
        add(CP_PLANS, cp_plan("2025-10-03")),
    ),
    plant(
        "CIN-8920", died, conference("2025-05-13"), add(CP_PLANS, cp_plan("2025-05-13", "2025-10-03")), drop(CIN_PLANS)
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

PLANTS = (*UNREADABLE, *CHILD, *REFERRALS)
