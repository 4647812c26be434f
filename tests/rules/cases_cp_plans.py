"""Cases of the rules on a child protection plan."""

from date_cases import in_order, in_the_future, not_on_one_day, outside_the_year
from rule_building import Drawn, a_child, a_cp_plan, a_cp_review, an_enquiry, an_episode
from rule_cases import Cases, cases, fails, passes

_STARTED = "2025-05-20"


def _after_conferences(*held: str | None, required: bool | None = True, outside: str | None = None) -> Drawn:
    """A plan that began on 20 May 2025, with an enquiry for each of these conferences, or one beside the episode."""
    enquiries = (
        an_enquiry(section_47_assessment_id=f"S{n}", icpc_date=day, icpc_required_flag=required)
        for n, day in enumerate(held)
    )
    return an_episode(a_cp_plan(start_date=_STARTED), *enquiries, icpc_date_episode_level=outside)


def _started(day: str) -> Drawn:
    """A plan without any conference."""
    return an_episode(a_cp_plan(start_date=day))


def _reviewed(*days: str | None) -> Drawn:
    return an_episode(a_cp_plan(start_date=_STARTED), *(a_cp_review(review_date=day) for day in days))


def _category(rule_id: str, column: str) -> Cases:
    return cases(
        rule_id,
        passing=passes(a_cp_plan(**{column: "NEG"}), kind="cin"),
        failing=fails(a_cp_plan(**{column: "BAD"}), kind="cin"),
        boundary=(passes(a_cp_plan(**{column: "MUL"}), kind="cin"), fails(a_cp_plan(**{column: "neg"}), kind="cin")),
        null=fails(a_cp_plan(**{column: None}), kind="cin"),
    )


CASES = (
    cases(
        "CSC-165",
        passing=a_cp_plan(start_date="2025-06-02", end_date="2025-12-02"),
        failing=a_cp_plan(start_date="2025-06-02", end_date="2025-01-02"),
        boundary=(
            passes(a_cp_plan(start_date="2025-06-02", end_date="2025-06-02")),
            fails(a_cp_plan(start_date="2025-06-02", end_date="2025-06-01")),
        ),
        null=(a_cp_plan(end_date=None), a_cp_plan(start_date=None, end_date="2025-06-01")),
    ),
    in_order("CSC-143", lambda referred, start: an_episode(a_cp_plan(start_date=start), referral_date=referred)),
    in_the_future("CSC-164", lambda start: a_cp_plan(start_date=start), null_fails=True),
    not_on_one_day("CSC-166", lambda start, end: a_cp_plan(start_date=start, end_date=end)),
    in_the_future("CSC-167", lambda end: a_cp_plan(end_date=end)),
    outside_the_year("CSC-168", lambda end: a_cp_plan(end_date=end)),
    cases(
        "CSC-265",
        passing=_after_conferences("2025-05-20"),
        failing=fails(_after_conferences("2025-05-21"), severity="warning"),
        boundary=(
            passes(_after_conferences("2025-04-20", "2025-05-20")),
            fails(_after_conferences(None), kind="cin", severity="error"),
            # of an enquiry without need of a conference nothing is compared
            passes(_after_conferences("2025-05-21", required=False)),
            fails(_after_conferences("2025-05-20", required=False), kind="cin"),
            passes(_after_conferences("2025-05-20", required=None), kind="cin"),
            passes(_after_conferences(outside="2025-05-20"), kind="cin"),
            fails(_after_conferences(outside="2025-05-21"), kind="cin"),
            fails(_after_conferences("2025-05-21", outside="2025-05-20"), kind="cin"),
            fails(_started("2025-04-01"), kind="cin"),
            passes(_started("2025-03-31"), kind="cin"),
            fails(_started("2026-03-31"), kind="cin"),
            passes(_started("2026-04-01"), kind="cin"),
        ),
        null=(
            passes(a_cp_plan()),
            passes(an_episode(a_cp_plan(start_date=None), an_enquiry()), kind="cin"),
        ),
    ),
    cases(
        "CSC-266",
        passing=an_episode(a_cp_plan(), an_enquiry()),
        failing=a_cp_plan(),
        boundary=(
            passes(a_child(an_episode(a_cp_plan()), an_episode(an_enquiry(), social_care_episode_id="E2"))),
            fails(a_cp_plan(start_date="2023-04-01")),
            passes(a_cp_plan(start_date="2023-03-31")),
        ),
        null=a_cp_plan(start_date=None),
    ),
    cases(
        "CSC-335",
        passing=passes(_after_conferences("2025-05-21"), kind="cin"),
        failing=fails(_started("2025-05-20"), kind="cin"),
        boundary=(
            fails(_started("2025-04-01"), kind="cin"),
            passes(_started("2025-03-31"), kind="cin"),
            passes(_after_conferences(outside="2025-05-21"), kind="cin"),
            fails(_after_conferences("2025-03-31"), kind="cin"),
            # the whole return is counted, whoever the children are
            passes(_started("2025-05-20"), an_enquiry(icpc_date="2025-05-21"), kind="cin"),
            fails(_started("2025-05-20"), _after_conferences("2025-05-21"), kind="cin"),
        ),
        null=(passes(a_cp_plan(start_date=None), kind="cin"), fails(_after_conferences(None), kind="cin")),
    ),
    cases(
        "CSC-351",
        passing=a_cp_plan(start_date="2023-06-01", end_date="2025-06-01"),
        failing=a_cp_plan(start_date="2020-06-01", end_date="2025-06-01"),
        boundary=(
            passes(a_cp_plan(start_date="2022-06-01", end_date="2025-06-01")),
            fails(a_cp_plan(start_date="2022-06-01", end_date="2025-06-02")),
            passes(a_cp_plan(start_date="2023-03-31")),
            fails(a_cp_plan(start_date="2023-03-30")),
        ),
        null=a_cp_plan(start_date=None, end_date="2025-06-01"),
    ),
    cases(
        "CIN-8730",
        passing=passes(a_cp_plan(number_of_previous_plans=2), kind="cin"),
        failing=fails(a_cp_plan(number_of_previous_plans=-1), kind="cin"),
        boundary=passes(a_cp_plan(number_of_previous_plans=0), kind="cin"),
        null=fails(a_cp_plan(number_of_previous_plans=None), kind="cin"),
    ),
    cases(
        "CIN-8841",
        passing=passes(_reviewed("2025-09-01"), kind="cin"),
        failing=fails(_reviewed("2025-09-01", "2025-01-01"), kind="cin"),
        boundary=(
            fails(_reviewed("2025-05-20"), kind="cin"),
            passes(_reviewed("2025-05-21"), kind="cin"),
            passes(
                an_episode(a_cp_plan(), a_cp_review(child_protection_plan_id="P2", review_date="2020-01-01")),
                kind="cin",
            ),
        ),
        null=(
            passes(_reviewed(None), kind="cin"),
            passes(an_episode(a_cp_plan(start_date=None), a_cp_review()), kind="cin"),
        ),
    ),
    cases(
        "CIN-8842Q",
        passing=passes(a_cp_review(review_date="2025-09-01"), kind="cin"),
        failing=fails(a_cp_review(review_date=None), kind="cin"),
        boundary=fails(_reviewed("2025-09-01", None), rows=(1,), kind="cin"),
        null=passes(a_cp_plan(), kind="cin"),
    ),
    _category("CIN-8905", "initial_category_of_abuse"),
    _category("CIN-8910", "latest_category_of_abuse"),
    in_order(
        "CIN-8915", lambda start, died: a_child(an_episode(a_cp_plan(start_date=start)), date_of_death=died), kind="cin"
    ),
    in_order(
        "CIN-8920", lambda end, died: a_child(an_episode(a_cp_plan(end_date=end)), date_of_death=died), kind="cin"
    ),
)
