"""Cases of the rules on a looked after child who is a mother."""

from rule_building import Drawn, a_care_leaver, a_child, a_review, placed
from rule_cases import Verdict, cases, fails, passes

IN_CARE = placed("2025-07-01", legal_status="C2")
SHORT_BREAK = placed("2025-07-01", legal_status="V3")
EARLIER = placed("2024-07-01", "2025-01-01", legal_status="C2", end_reason="E4A")
LEAVER = a_care_leaver()
# The table of asylum seekers tells a sex too.
NOT_IN_HEADER = {"ethnicity": None, "uasc_flag": True}


def a_girl(*beneath: Drawn, **values) -> Drawn:
    """Sixteen, with nothing said of whether she is a mother."""
    return a_child(*beneath, **({"date_of_birth": "2009-06-15"} | values))


def a_mother(*beneath: Drawn, born: str | None = "2025-12-01", **values) -> Drawn:
    return a_girl(*beneath, **({"is_mother": True, "mother_child_date_of_birth": born} | values))


def ok(*drawn: Drawn, **options) -> Verdict:
    return passes(*drawn, kind="ssda903", **options)


def bad(*drawn: Drawn, **options) -> Verdict:
    return fails(*drawn, kind="ssda903", **options)


def left(day: str, reason: str | None = "E4A", status: str | None = "C2") -> Drawn:
    return placed("2024-07-01", day, end_reason=reason, legal_status=status)


# Another child, so that the return came with the table.
AND_OC3 = a_child(LEAVER, is_mother=None, sex="U")
AND_REVIEWS = a_child(a_review(), placed("2025-07-01", legal_status="C2"))

CASES = (
    cases(
        "903-165",
        passing=(ok(a_girl(IN_CARE, is_mother=False), AND_OC3), ok(a_child(IN_CARE, sex="M"), AND_OC3)),
        failing=(
            bad(a_child(IN_CARE, sex="M", is_mother=False), AND_OC3),
            bad(a_girl(IN_CARE), AND_OC3),
            bad(a_mother(EARLIER, LEAVER)),
        ),
        boundary=(
            ok(a_girl(SHORT_BREAK), AND_OC3),
            ok(a_girl(EARLIER), AND_OC3),
            ok(a_mother(EARLIER), AND_OC3),
            ok(a_mother(IN_CARE, LEAVER)),
            bad(a_girl(placed("2025-01-01", "2025-04-01", legal_status="C2")), AND_OC3),
            ok(a_girl(placed("2025-01-01", "2025-03-31", legal_status="C2")), AND_OC3),
            ok(a_girl(IN_CARE, **NOT_IN_HEADER), AND_OC3),
            ok(a_child(IN_CARE, sex="M", is_mother=False)),  # came without OC3
        ),
        null=(
            ok(a_mother(IN_CARE, sex=None), AND_OC3),
            bad(a_girl(placed("2025-07-01", legal_status=None)), AND_OC3),
            ok(a_mother(EARLIER, a_care_leaver(contact_date=None, activity=None, accommodation=None))),
        ),
    ),
    cases(
        "903-174",
        passing=ok(a_mother()),
        failing=bad(a_mother(sex="M")),
        boundary=(ok(a_mother(sex="U")), ok(a_mother(sex="M", born=None))),
        null=ok(a_mother(sex=None)),
    ),
    cases(
        "903-207",
        passing=ok(a_mother(IN_CARE), before=(a_mother(),)),
        failing=bad(a_mother(IN_CARE, is_mother=False), before=(a_mother(),)),
        boundary=(
            ok(a_girl(LEAVER), a_girl(IN_CARE), before=(a_mother(),)),
            ok(a_girl(IN_CARE, **NOT_IN_HEADER), before=(a_mother(),)),
            ok(a_mother(IN_CARE), before=(a_mother(is_mother=False),)),
            ok(a_girl(IN_CARE), a_girl(IN_CARE), before=(a_mother(is_mother=False),)),
        ),
        null=(bad(a_girl(IN_CARE), before=(a_mother(),)), ok(a_girl(IN_CARE), before=(a_girl(),))),
    ),
    cases(
        "903-393",
        passing=ok(a_girl(IN_CARE, is_mother=False)),
        failing=bad(a_girl(IN_CARE)),
        boundary=(ok(a_girl(SHORT_BREAK)), ok(a_girl(IN_CARE, sex="M")), bad(a_girl(EARLIER)), ok(a_girl(LEAVER))),
        null=(bad(a_girl(placed("2025-07-01", legal_status=None))), ok(a_girl(IN_CARE, sex=None))),
    ),
    cases(
        "903-399",
        passing=ok(a_girl(SHORT_BREAK), AND_REVIEWS),
        failing=(bad(a_mother(SHORT_BREAK), AND_REVIEWS), bad(a_girl(SHORT_BREAK, a_review()))),
        boundary=(
            ok(a_mother(SHORT_BREAK, IN_CARE, a_review())),
            bad(a_girl(SHORT_BREAK, is_mother=False), AND_REVIEWS),
            bad(a_girl(SHORT_BREAK, a_review(review_date=None))),
            ok(a_mother(SHORT_BREAK)),  # came without Reviews
        ),
        null=(
            ok(a_girl(SHORT_BREAK, a_review(review_date=None, participation=None))),
            ok(a_mother(placed("2025-07-01", legal_status=None), a_review())),
        ),
    ),
    cases(
        "903-607",
        passing=ok(a_girl(left("2025-09-01"), is_mother=False)),
        failing=bad(a_girl(left("2025-09-01"))),
        boundary=(
            bad(a_girl(left("2025-04-01"))),
            ok(a_girl(left("2025-03-31"))),
            bad(a_girl(left("2026-03-31"))),
            ok(a_girl(left("2026-04-01"))),
            ok(a_girl(left("2025-09-01", "X1"))),
            ok(a_girl(left("2025-09-01", status="V4"))),
            ok(a_girl(left("2025-09-01"), sex="M")),
        ),
        null=(
            ok(a_girl(left("2025-09-01", None))),
            bad(a_girl(left("2025-09-01", status=None))),
            ok(a_girl(IN_CARE)),
        ),
    ),
    cases(
        "903-611",
        passing=ok(a_mother()),
        failing=bad(a_mother(born=None)),
        boundary=ok(a_girl(is_mother=False)),
        null=ok(a_girl()),
    ),
    cases(
        "903-612",
        passing=ok(a_mother()),
        failing=bad(a_mother(is_mother=False)),
        boundary=(ok(a_mother(is_mother=False, sex="M")), ok(a_girl(is_mother=False))),
        null=(bad(a_mother(is_mother=None)), ok(a_mother(is_mother=False, sex=None))),
    ),
    cases(
        "903-620",
        passing=ok(a_mother()),
        failing=bad(a_mother(date_of_birth="2016-01-01")),
        boundary=(
            ok(a_mother(date_of_birth="2014-04-01")),
            bad(a_mother(date_of_birth="2014-04-02")),
            ok(a_girl(date_of_birth="2016-01-01", is_mother=False)),
        ),
        null=(ok(a_mother(date_of_birth=None)), ok(a_girl(date_of_birth="2016-01-01"))),
    ),
    cases(
        "903-621",
        passing=ok(a_mother()),
        failing=bad(a_mother(born="2001-01-01")),
        boundary=(bad(a_mother(born="2009-06-15")), ok(a_mother(born="2009-06-16"))),
        null=(bad(a_mother(date_of_birth=None)), ok(a_mother(born=None))),
    ),
    cases(
        "903-624",
        passing=ok(a_mother(), before=(a_mother(),)),
        failing=bad(a_mother(), before=(a_mother(born="2024-12-01"),)),
        boundary=(
            ok(a_mother(), a_mother(), before=(a_mother(),)),
            ok(a_mother()),
            ok(a_girl(**NOT_IN_HEADER), before=(a_mother(),)),
        ),
        null=(bad(a_mother(born=None), before=(a_mother(),)), ok(a_mother(), before=(a_mother(born=None),))),
    ),
    cases(
        "903-625",
        passing=ok(a_mother(left("2026-01-01"))),
        failing=(bad(a_mother(left("2025-09-01"))), bad(a_mother(left("2027-01-01"), born="2026-05-01"))),
        boundary=(
            ok(a_mother(left("2025-12-01"))),
            bad(a_mother(left("2025-11-30"))),
            ok(a_mother(left("2025-09-01"), left("2026-01-01", "X1"))),
            ok(a_mother(IN_CARE, born="2026-03-31")),
            bad(a_mother(IN_CARE, born="2026-04-01")),
        ),
        null=(ok(a_mother(left("2025-09-01"), born=None)), ok(a_mother(IN_CARE))),
    ),
    cases(
        "903-626",
        passing=ok(a_mother(), before=(a_girl(is_mother=False),)),
        failing=bad(a_mother(born="2024-12-01"), before=(a_girl(is_mother=False),)),
        boundary=(
            ok(a_mother(born="2025-04-01"), before=(a_girl(is_mother=False),)),
            bad(a_mother(born="2025-03-31"), before=(a_girl(is_mother=False),)),
            ok(a_mother(born="2024-12-01"), before=(a_mother(),)),
        ),
        null=(
            ok(a_mother(born="2024-12-01"), before=(a_girl(),)),
            ok(a_mother(born=None), before=(a_girl(is_mother=False),)),
        ),
    ),
    cases(
        "903-628",
        passing=ok(a_girl(LEAVER), a_child(IN_CARE)),
        failing=bad(a_mother(LEAVER), a_child(IN_CARE)),
        boundary=(
            ok(a_mother(LEAVER, EARLIER)),
            bad(a_girl(LEAVER, is_mother=False), a_child(IN_CARE)),
            ok(a_mother(LEAVER)),  # came without Episodes
        ),
        null=ok(a_mother(a_care_leaver(contact_date=None, activity=None, accommodation=None)), a_child(IN_CARE)),
    ),
)
