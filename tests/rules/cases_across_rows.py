"""Cases of the rules that look at several rows or several entities, and of those on records as received."""

from rule_building import (
    YEAR_START,
    Drawn,
    a_care_leaver,
    a_child,
    a_cin_plan,
    a_cp_plan,
    a_disability,
    a_placement,
    a_record,
    a_worker,
    an_assessment,
    an_enquiry,
    an_episode,
    an_sdq,
)
from rule_cases import Cases, cases, fails, passes


def _closed(*beneath: Drawn, **values: str | None) -> Drawn:
    """An episode referred on 1 May 2025 and closed on 1 September."""
    return an_episode(*beneath, **({"closure_date": "2025-09-01", "closure_reason": "RC7"} | values))


def _two(first: dict[str, object], second: dict[str, object]) -> Drawn:
    """A child with two episodes."""
    return a_child(an_episode(**first), an_episode(social_care_episode_id="E2", **second))


def _plans(plan, *spans: tuple[str | None, str | None]) -> Drawn:
    """A child with plans of one sort over these spans, in one episode."""
    ids = "child_in_need_plan_id" if plan is a_cin_plan else "child_protection_plan_id"
    return a_child(
        an_episode(*(plan(**{ids: f"P{n}"}, start_date=start, end_date=end) for n, (start, end) in enumerate(spans)))
    )


def _cin_and_cp(cin: tuple[str | None, str | None], cp: tuple[str | None, str | None]) -> Drawn:
    """A child with one plan of need and one of protection, in one episode."""
    return a_child(
        an_episode(a_cin_plan(start_date=cin[0], end_date=cin[1]), a_cp_plan(start_date=cp[0], end_date=cp[1]))
    )


def _placed(*spans: tuple[str | None, str | None]) -> Drawn:
    return a_child(
        an_episode(
            *(
                a_placement(child_looked_after_placement_id=f"L{n}", start_date=start, end_date=end)
                for n, (start, end) in enumerate(spans)
            )
        )
    )


def _overlaps(rule_id: str, plan) -> Cases:
    """Plans of one sort may not overlap, the last day included."""
    return cases(
        rule_id,
        passing=_plans(plan, ("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_plans(plan, ("2025-05-01", "2025-09-01"), ("2025-07-01", None)), rows=(1,)),
        boundary=(
            fails(_plans(plan, ("2025-05-01", "2025-07-01"), ("2025-07-01", None)), rows=(1,)),
            passes(_plans(plan, ("2025-05-01", "2025-06-30"), ("2025-07-01", None))),
            fails(_plans(plan, ("2025-05-01", None), ("2025-05-01", None)), rows=(0, 1)),
            passes(_plans(plan, ("2025-05-01", None), ("2026-04-01", None))),  # starts after as_of
        ),
        null=(
            passes(_plans(plan, ("2025-05-01", None), (None, "2025-06-01"))),
            fails(_plans(plan, ("2025-05-01", None), ("2025-07-01", None)), rows=(1,)),
        ),
    )


CHILDREN = (
    cases(
        "CSC-117",
        passing=a_child(a_disability("NONE"), an_episode()),
        failing=a_child(an_episode()),
        boundary=(
            fails(a_child(a_disability("MOB"), a_disability("OTHER"), an_episode())),
            passes(a_child(an_episode(referral_no_further_action_flag=True))),
            passes(a_child()),
        ),
        null=(
            passes(a_child(an_episode(referral_no_further_action_flag=None))),
            passes(a_child(an_episode(), date_of_birth=None)),
        ),
    ),
    cases(
        "CSC-294",
        passing=(passes(a_child(unique_pupil_number="h1"), a_child(unique_pupil_number="h2"))),
        failing=fails(a_child(unique_pupil_number="h1"), a_child(unique_pupil_number="h1"), rows=(0, 1)),
        boundary=passes(a_child(unique_pupil_number="h1")),
        null=passes(a_child(unique_pupil_number=None), a_child(unique_pupil_number=None)),
    ),
    cases(
        "CSC-342",
        passing=a_child(an_episode()),
        failing=a_child(an_episode(a_placement(end_date="1753-01-01"))),
        boundary=(
            fails(a_child(date_of_birth="1899-12-31")),
            passes(a_child(date_of_birth="1900-01-01")),
            fails(a_child(an_sdq(date="1899-12-30")), kind="ssda903"),
        ),
        null=a_child(an_episode(referral_date=None), date_of_birth=None),
    ),
    cases(
        "CSC-343",
        passing=a_child(an_episode(referral_date="2025-05-01"), date_of_birth="2015-06-15"),
        failing=a_child(an_episode(referral_date="2025-05-01"), date_of_birth="1999-01-01"),
        boundary=(
            passes(a_child(an_episode(referral_date="2025-05-01"), date_of_birth="1999-05-02")),
            fails(a_child(an_episode(referral_date="2025-05-01"), date_of_birth="1999-05-01")),
            passes(a_child(date_of_birth="1996-03-31")),
            fails(a_child(date_of_birth="1996-03-30")),
        ),
        null=(a_child(an_episode(), date_of_birth=None), a_child(an_episode(referral_date=None))),
    ),
    cases(
        "CSC-206",
        passing=a_child(a_disability("MOB"), a_disability("AUT")),
        failing=a_child(a_disability("NONE"), a_disability("MOB")),
        boundary=(
            passes(a_child(a_disability("NONE")), a_child(a_disability("MOB"))),
            fails(a_child(a_disability("MOB"), a_disability("none")), rows=(1,)),
        ),
        null=a_child(a_disability("NONE"), a_disability(None)),
    ),
)

EPISODES = (
    cases(
        "CSC-250",
        passing=_closed(an_assessment(authorisation_date="2025-08-01")),
        failing=_closed(an_assessment(authorisation_date="2025-10-01")),
        boundary=(
            passes(_closed(an_enquiry(icpc_date="2025-09-01"))),
            fails(_closed(an_enquiry(icpc_date="2025-09-02"))),
            fails(_closed(a_cp_plan(end_date="2025-09-02"))),
            passes(_closed(a_cp_plan(start_date="2025-09-02"))),
            fails(_closed(icpc_date_episode_level="2025-09-02"), kind="cin"),
            passes(_closed(icpc_date_episode_level="2025-09-02")),
            passes(
                a_child(
                    _closed(),
                    an_episode(
                        a_cin_plan(start_date="2025-12-01"),
                        social_care_episode_id="E2",
                        referral_date="2025-11-01",
                    ),
                )
            ),
        ),
        null=(an_episode(a_cin_plan(start_date="2025-12-01")), _closed(a_cin_plan(start_date=None))),
    ),
    cases(
        "CSC-251",
        passing=_closed(an_assessment(authorisation_date="2025-08-01")),
        failing=_closed(an_assessment(authorisation_date=None)),
        boundary=_closed(),
        null=an_episode(an_assessment(authorisation_date=None)),
    ),
    cases(
        "CSC-257",
        passing=an_episode(referral_no_further_action_flag=True),
        failing=an_episode(a_cp_plan(), referral_no_further_action_flag=True),
        boundary=(
            passes(an_episode(a_cp_plan(), referral_no_further_action_flag=False)),
            fails(an_episode(a_cp_plan(start_date=None), referral_no_further_action_flag=True)),
        ),
        null=an_episode(a_cp_plan(), referral_no_further_action_flag=None),
    ),
    cases(
        "CSC-261",
        passing=_closed(an_assessment(), closure_reason="RC8"),
        failing=_closed(closure_reason="RC8"),
        boundary=(fails(_closed(closure_reason="RC9")), passes(_closed(closure_reason="RC7"))),
        null=_closed(closure_reason=None),
    ),
    cases(
        "CSC-295",
        passing=_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-09-01"}),
        failing=fails(_two({}, {"referral_date": "2025-09-01"}), rows=(0, 1)),
        boundary=(
            passes(_two({"referral_no_further_action_flag": True}, {})),
            passes(a_child(an_episode()), a_child(an_episode())),
        ),
        null=_two({"referral_no_further_action_flag": None}, {}),
    ),
    cases(
        "CSC-296",
        passing=_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-09-01"}),
        failing=_two({}, {"referral_date": "2025-09-01", "closure_date": "2025-10-01"}),
        boundary=_two({}, {"closure_date": "2025-10-01"}),
        null=(
            _two({"referral_no_further_action_flag": None}, {"referral_date": "2025-09-01"}),
            _two({"referral_date": None}, {"closure_date": "2025-10-01"}),
        ),
    ),
    cases(
        "CSC-297",
        passing=_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-09-01"}),
        failing=fails(_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-07-01"}), rows=(1,)),
        boundary=(
            passes(_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-08-01"})),
            fails(_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-07-31"}), rows=(1,)),
            passes(_two({}, {"referral_date": "2026-03-31"})),
            fails(_two({}, {"referral_date": "2026-03-30"}), rows=(1,)),
            fails(_two({}, {}), rows=(0, 1)),
        ),
        null=(
            _two({"referral_no_further_action_flag": None}, {"referral_date": "2025-09-01"}),
            _two({"referral_date": None}, {"referral_date": None}),
        ),
    ),
)

ASSESSMENTS = (
    cases(
        "CSC-124",
        passing=an_assessment("1A", "18B", authorisation_date="2025-08-01"),
        failing=fails(an_assessment("1A", "ZZ", authorisation_date="2025-08-01"), severity="error"),
        boundary=(
            passes(an_assessment("18A", authorisation_date="2025-08-01")),
            fails(an_assessment(authorisation_date="2025-08-01"), severity="warning"),
            fails(an_assessment(authorisation_date=YEAR_START), kind="cin", period_start=YEAR_START),
            passes(an_assessment(authorisation_date="2025-03-31"), kind="cin", period_start=YEAR_START),
        ),
        null=an_assessment(authorisation_date=None),
    ),
    cases(
        "CSC-214",
        passing=an_assessment("1A", "2B"),
        failing=fails(an_assessment("1A", "21"), rows=(1,)),
        boundary=(
            passes(an_assessment("21")),
            passes(an_episode(an_assessment("21"), an_assessment("1A", child_and_family_assessment_id="A2"))),
        ),
        null=an_assessment(),
    ),
)

PLANS = (
    cases(
        "CSC-268",
        passing=_cin_and_cp(("2025-10-01", None), ("2025-05-01", "2025-09-01")),
        failing=_cin_and_cp(("2025-08-01", None), ("2025-05-01", "2025-09-01")),
        boundary=(
            passes(_cin_and_cp(("2025-09-01", None), ("2025-05-01", "2025-09-01"))),
            fails(_cin_and_cp(("2025-08-31", None), ("2025-05-01", "2025-09-01"))),
            fails(_cin_and_cp(("2025-05-01", None), ("2025-05-01", None))),
            passes(_cin_and_cp(("2025-04-30", None), ("2025-05-01", None))),
        ),
        null=(
            passes(_cin_and_cp((None, None), ("2025-05-01", None))),
            fails(_cin_and_cp(("2025-08-01", None), ("2025-05-01", None))),
        ),
    ),
    _overlaps("CSC-304", a_cin_plan),
    _overlaps("CSC-306", a_cp_plan),
)

PLACEMENTS = (
    cases(
        "CSC-308",
        passing=_placed(("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_placed(("2025-05-01", "2025-08-01"), ("2025-07-01", None)), rows=(1,)),
        boundary=(
            passes(_placed(("2025-05-01", "2025-07-01"), ("2025-07-01", None))),
            fails(_placed(("2025-07-01", None), ("2025-05-01", "2025-07-02")), rows=(0,)),
            passes(_placed(("2025-05-01", "2025-08-01")), _placed(("2025-07-01", None))),
        ),
        null=(
            _placed(("2025-05-01", None), ("2025-07-01", None)),
            _placed((None, "2025-08-01"), (None, None)),
        ),
    ),
)

CARE_LEAVERS = (
    cases(
        "CSC-284",
        # 17 on 1 January 2026
        passing=a_child(an_episode(a_care_leaver(), a_placement(end_date="2025-12-01")), date_of_birth="2009-01-01"),
        failing=a_child(an_episode(a_care_leaver(), a_placement(end_date="2026-02-01")), date_of_birth="2009-01-01"),
        boundary=(
            passes(
                a_child(an_episode(a_care_leaver(), a_placement(end_date="2026-01-01")), date_of_birth="2009-01-01")
            ),
            fails(a_child(an_episode(a_care_leaver(), a_placement(end_date="2026-01-02")), date_of_birth="2009-01-01")),
            fails(
                a_child(an_episode(a_care_leaver(), a_placement(start_date="2026-01-01")), date_of_birth="2009-01-01")
            ),
            passes(
                a_child(an_episode(a_care_leaver(), a_placement(start_date="2024-07-01")), date_of_birth="2007-03-31")
            ),
            fails(
                a_child(an_episode(a_care_leaver(), a_placement(start_date="2024-07-01")), date_of_birth="2007-04-01")
            ),
        ),
        null=(
            passes(a_child(an_episode(a_care_leaver(), a_placement()), date_of_birth=None)),
            fails(a_child(an_episode(a_care_leaver(), a_placement(end_date=None)), date_of_birth="2009-01-01")),
        ),
    ),
    cases(
        "CSC-359",
        passing=a_child(
            an_episode(a_care_leaver()),
            an_episode(a_care_leaver(), social_care_episode_id="E2"),
        ),
        failing=fails(
            a_child(
                an_episode(a_care_leaver()),
                an_episode(a_care_leaver(activity="G4"), social_care_episode_id="E2"),
            ),
            rows=(0, 1),
        ),
        boundary=passes(a_child(an_episode(a_care_leaver())), a_child(an_episode(a_care_leaver(activity="G4")))),
        null=fails(
            a_child(
                an_episode(a_care_leaver()),
                an_episode(a_care_leaver(activity=None), social_care_episode_id="E2"),
            ),
            rows=(0, 1),
        ),
    ),
)


def _workers(many: int) -> Drawn:
    return an_episode(*(a_worker(worker_id=f"SW{n}") for n in range(many)))


def _sdqs(*dates: str) -> Drawn:
    return a_child(*(an_sdq(date=day) for day in dates))


OTHERS = (
    cases(
        "CSC-355",
        passing=_workers(3),
        failing=fails(_workers(16), rows=tuple(range(16))),
        boundary=(
            passes(_workers(15)),
            fails(an_episode(a_worker(), a_worker()), rows=(0, 1)),
            passes(an_episode(a_worker(), a_worker(start_date="2025-06-01"))),
        ),
        null=an_episode(a_worker(worker_id=None)),
    ),
    cases(
        "CSC-357",
        passing=_sdqs("2025-01-01", "2025-06-01"),
        failing=fails(a_child(an_sdq(score=10), an_sdq(score=11)), rows=(0, 1)),
        boundary=(
            passes(a_child(an_sdq(score=10), an_sdq(score=10))),
            passes(_sdqs("2025-01-01", *(f"2025-0{month}-01" for month in range(3, 8)), "2026-01-01")),
            fails(_sdqs("2025-01-02", *(f"2025-0{month}-01" for month in range(3, 8)), "2026-01-01"), rows=(6,)),
        ),
        null=(a_child(an_sdq(score=None), an_sdq(score=11)), a_child(an_sdq(date=None, score=1), an_sdq(date=None))),
    ),
)

RECORDS = (
    cases(
        "CSC-053",
        passing=a_child(a_record(), an_episode(a_cin_plan(), a_cin_plan(child_in_need_plan_id="N2"))),
        failing=a_child(a_record(), an_episode(a_cin_plan(), a_cin_plan())),
        boundary=(
            passes(
                a_child(a_record(), an_episode(a_cin_plan()), an_episode(a_cin_plan(), social_care_episode_id="E2"))
            ),
            fails(a_child(a_record(), an_episode(), an_episode())),
        ),
        null=passes(a_child(a_record(), an_episode(a_cin_plan(child_in_need_plan_id=None)))),
    ),
    cases(
        "CSC-055",
        passing=passes(a_child(a_record()), a_child(a_record())),
        failing=fails(a_child(a_record(), child_key="k"), a_child(a_record(child_key="k"), child_key="k"), rows=(0, 1)),
        boundary=passes(a_child(a_record()), a_child(a_record(batch_id="B2"))),
        null=passes(a_child(a_record())),
    ),
    cases(
        "CSC-056",
        passing=a_child(a_record(has_child_details=True)),
        failing=a_record(has_child_details=False),
        boundary=(
            passes(a_child(a_record(has_child_details=False, is_purge_message=True))),
            passes(a_child(a_record(has_child_details=False), an_episode())),
        ),
        null=(passes(a_child(a_record(has_child_details=None), an_episode())), fails(a_record(has_child_details=None))),
    ),
)

CASES = (*CHILDREN, *EPISODES, *ASSESSMENTS, *PLANS, *PLACEMENTS, *CARE_LEAVERS, *OTHERS, *RECORDS)
