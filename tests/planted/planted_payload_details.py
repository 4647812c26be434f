"""Faults in what a record says of the child, and in the referral and closing of episodes."""

from planted_payload_children import (
    adopted,
    assessed_and_closed,
    asylum_seeker,
    care_leaver,
    on_cin_plan,
    referred_only,
    unborn,
)
from planted_payload_items import episode
from planted_payload_structure import ASSESSMENTS, DETAILS, EPISODE, PLACEMENTS, WORKERS
from planted_people import pupil_number
from planted_places import IN_OTHER_LA, UNKNOWN
from planting import add, drop, plant, put

FIRST_EPISODE = "social_care_episodes.0"
EPISODES = "social_care_episodes"
UPN = f"{DETAILS}.unique_pupil_number"
REASON = f"{DETAILS}.unique_pupil_number_unknown_reason"
BORN = f"{DETAILS}.date_of_birth"
EXPECTED = f"{DETAILS}.expected_date_of_birth"
UASC_ENDED = f"{DETAILS}.uasc_end_date"
REFERRED, CLOSED = f"{EPISODE}.referral_date", f"{EPISODE}.closure_date"
CLOSED_BECAUSE = f"{EPISODE}.closure_reason"
STOPPED = f"{EPISODE}.referral_no_further_action_flag"


def _own_number(record: dict) -> str:
    return record["child_details"]["unique_pupil_number"]


def _number(change: object) -> object:
    return lambda record: change(_own_number(record))


PUPIL_NUMBERS = (
    plant(
        "CSC-102",
        on_cin_plan,
        put(UPN, _number(lambda n: "I" + n[1:])),
        beside=("CSC-103",),
        note="no check letter is an I",
    ),
    plant("CSC-103", on_cin_plan, put(UPN, _number(lambda n: ("A" if n[0] != "A" else "B") + n[1:]))),
    plant("CSC-104", on_cin_plan, put(UPN, pupil_number(777, la="999"))),
    plant(
        "CSC-105",
        on_cin_plan,
        put(UPN, _number(lambda n: n[:6] + "X" + n[7:])),
        beside=("CSC-102",),
        note="no letter may be there",
    ),
    plant("CSC-106", on_cin_plan, put(UPN, _number(lambda n: n[:12] + "I"))),
    plant("CSC-107", on_cin_plan, put(f"{DETAILS}.former_unique_pupil_number", "1373000000001")),
    plant("CSC-119", adopted, put(REASON, "UN99")),
    plant("CSC-120", asylum_seeker, put(REASON, "UN8")),
    plant("CSC-199", on_cin_plan, put(REASON, "UN2")),
    plant("CSC-200", adopted, drop(REASON)),
    plant("CSC-201", on_cin_plan, put(f"{DETAILS}.former_unique_pupil_number", _own_number)),
    plant("CSC-202", on_cin_plan, drop(UPN)),
    plant("CSC-203", asylum_seeker, put(REASON, "UN1"), beside=("CSC-202",), note="both ask for a child of school age"),
    plant("CSC-204", asylum_seeker, put(REASON, "UN4")),
    plant("CSC-205", adopted, put(REASON, "UN7")),
)

CHILD = (
    plant(
        "CSC-056",
        on_cin_plan,
        drop(DETAILS, EPISODES, "health_and_wellbeing"),
        beside=("CSC-115", "CSC-116", "CSC-195", "CSC-249"),
        note="a file is judged as if it were all that is known, and then nothing is",
    ),
    plant("CSC-108", on_cin_plan, put(f"{DETAILS}.postcode", UNKNOWN)),
    plant("CSC-112", on_cin_plan, put(f"{DETAILS}.surname", "O''Brien Lane")),
    plant("CSC-115", on_cin_plan, put(f"{DETAILS}.sex", "X")),
    plant("CSC-116", on_cin_plan, put(f"{DETAILS}.ethnicity", "WHIT")),
    plant("CSC-117", on_cin_plan, drop(f"{DETAILS}.disabilities")),
    plant("CSC-118", referred_only, put(f"{DETAILS}.disabilities", ["SEEN"])),
    plant("CSC-206", on_cin_plan, put(f"{DETAILS}.disabilities", ["AUT", "NONE"])),
    plant("CSC-346", on_cin_plan, put(f"{DETAILS}.first_name", "Baby")),
    plant("CSC-366", on_cin_plan, put(f"{DETAILS}.postcode", IN_OTHER_LA)),
)

BIRTHDAYS = (
    plant("CSC-135", referred_only, put(BORN, "2026-04-15")),
    plant("CSC-195", on_cin_plan, put(EXPECTED, "2014-10-10")),
    plant("CSC-196", unborn, put(EXPECTED, "2026-02-20")),
    plant("CSC-197", unborn, put(f"{DETAILS}.sex", "M")),
    plant("CSC-198", on_cin_plan, put(f"{DETAILS}.sex", "U")),
    plant(
        "CSC-247",
        referred_only,
        put(BORN, "1997-06-01"),
        put(REFERRED, "2022-04-01"),
        put(CLOSED, "2022-05-01"),
        beside=("CSC-365",),
        note="a case closed by the 25th birthday is as far back as the person is old",
    ),
    plant("CSC-248", on_cin_plan, put(BORN, "2000-12-01")),
    plant(
        "CSC-343",
        referred_only,
        put(BORN, "1999-10-01"),
        beside=("CSC-248",),
        note="a case after the 26th birthday was not closed by the 25th",
    ),
    plant("CSC-344", on_cin_plan, put(BORN, "2015-01-01")),
    plant("CSC-345", unborn, put(EXPECTED, "2026-01-20"), beside=("CSC-196",), note="60 days late is 30 days late"),
)

ASYLUM = (
    plant(
        "CSC-176",
        asylum_seeker,
        put(BORN, "2008-09-01"),
        put(UASC_ENDED, "2026-09-10"),
        beside=("CSC-177",),
        note="an end date in the past would be one of a child still flagged",
    ),
    plant("CSC-177", asylum_seeker, put(UASC_ENDED, "2026-05-01")),
    plant(
        "CSC-178",
        asylum_seeker,
        put(UASC_ENDED, "2009-01-01"),
        beside=("CSC-208",),
        note="a status that ended before birth has ended",
    ),
    plant("CSC-207", on_cin_plan, put(UASC_ENDED, "2025-10-01")),
    plant("CSC-208", asylum_seeker, put(UASC_ENDED, "2025-12-01")),
    plant("CSC-209", asylum_seeker, put(BORN, "2015-05-18")),
    plant(
        "CSC-210",
        asylum_seeker,
        put(BORN, "2008-03-20"),
        put(f"{PLACEMENTS}.-1.end_date", "2026-03-20"),
        put(f"{PLACEMENTS}.-1.end_reason", "E8"),
    ),
    plant(
        "CSC-288",
        care_leaver,
        put(f"{DETAILS}.uasc_flag", True),
        beside=("CSC-210",),
        note="an end date would be one of a child still flagged",
    ),
)

_NOTHING_DONE = (drop(ASSESSMENTS, CLOSED, CLOSED_BECAUSE, f"{WORKERS}.0.end_date"), put(REFERRED, "2026-01-05"))


def _another(referral: str, closed: str | None = None, *, stopped: bool = True) -> object:
    """A second referral."""
    said = {"referral_no_further_action_flag": stopped}
    return add(EPISODES, episode("again", referral, "8", (closed, "RC7") if closed else None, **said))


REFERRALS = (
    plant("CSC-121", on_cin_plan, put(f"{EPISODE}.referral_source", "9Z")),
    plant("CSC-122", on_cin_plan, drop(STOPPED)),
    plant("CSC-123", on_cin_plan, put(f"{FIRST_EPISODE}.closure_reason", "RC0")),
    plant("CSC-136", referred_only, drop(REFERRED)),
    plant("CSC-137", referred_only, put(BORN, "2026-03-01"), put(REFERRED, "2025-05-01"), put(CLOSED, "2025-05-02")),
    plant("CSC-138", referred_only, put(CLOSED, "2025-11-01")),
    plant("CSC-139", referred_only, put(CLOSED, "2026-04-02")),
    plant("CSC-211", referred_only, drop(CLOSED_BECAUSE)),
    plant("CSC-212", on_cin_plan, put(CLOSED_BECAUSE, "RC3")),
    plant("CSC-249", on_cin_plan, drop(EPISODES)),
    plant("CSC-349", assessed_and_closed, *_NOTHING_DONE),
    plant("CSC-350", care_leaver, put(REFERRED, "2008-02-01")),
    plant("CSC-365", referred_only, put(REFERRED, "2023-01-10"), put(CLOSED, "2023-01-12")),
    plant(
        "CSC-295",
        on_cin_plan,
        _another("2026-03-31", stopped=False),
        beside=("CSC-296",),
        note="the earlier of two open ones is not the latest",
    ),
    plant("CSC-296", on_cin_plan, _another("2026-03-31", "2026-03-31")),
    plant("CSC-297", on_cin_plan, put(f"{FIRST_EPISODE}.closure_date", "2025-06-02")),
    plant("CSC-298", referred_only, put(CLOSED, "2025-11-03"), _another("2025-11-03", "2025-11-03")),
)

PLANTS = (*PUPIL_NUMBERS, *CHILD, *BIRTHDAYS, *ASYLUM, *REFERRALS)
