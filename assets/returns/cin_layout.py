"""The CIN census as nested blocks of elements, and what each element becomes. Definitions only, no reading."""

from dataclasses import dataclass

from assets.returns.layout import Field, fields_of


@dataclass(frozen=True)
class Block:
    """One CIN census element that holds others.

    table: the entity that gets a row for each such element; None when its content belongs to the element around it.
    items: elements without children of their own that are each a row of another entity.
    own_id: the id attribute made up for each row, since the census has none.
    present: the flag that says that the element was there at all, for one without a row of its own.
    """

    table: str | None
    fields: tuple[Field, ...] = ()
    blocks: tuple[tuple[str, "Block"], ...] = ()
    items: tuple[Field, ...] = ()
    own_id: str | None = None
    present: Field | None = None


_IDENTIFIERS = Block(
    None,
    fields_of(
        "children",
        ("LAchildID", "la_child_id"),
        ("UPN", "unique_pupil_number"),
        ("FormerUPN", "former_unique_pupil_number"),
        ("UPNunknown", "unique_pupil_number_unknown_reason"),
        ("PersonBirthDate", "date_of_birth", "date"),
        ("ExpectedPersonBirthDate", "expected_date_of_birth", "date"),
        ("GenderCurrent", "gender_current"),  # the name of Sex up to the 2023/24 census, with other codes
        ("Sex", "sex"),
        ("PersonDeathDate", "date_of_death", "date"),
    ),
)
_DISABILITY = Field("Disability", "disabilities", "disability_code")
_CHARACTERISTICS = Block(
    None,
    fields_of("children", ("Ethnicity", "ethnicity")),
    blocks=(("Disabilities", Block(None, items=(_DISABILITY,))),),
)
_FACTOR = Field("AssessmentFactors", "assessment_factors", "factor")
_HAS_FACTORS = Field("FactorsIdentifiedAtAssessment", "assessments", "has_factors", "boolean")
_ASSESSMENTS = Block(
    "assessments",
    fields_of(
        "assessments",
        ("AssessmentActualStartDate", "start_date", "date"),
        ("AssessmentInternalReviewDate", "internal_review_date", "date"),
        ("AssessmentAuthorisationDate", "authorisation_date", "date"),
    ),
    blocks=(("FactorsIdentifiedAtAssessment", Block(None, items=(_FACTOR,), present=_HAS_FACTORS)),),
    own_id="child_and_family_assessment_id",
)
_CIN_PLAN_DATES = Block(
    "cin_plans",
    fields_of("cin_plans", ("CINPlanStartDate", "start_date", "date"), ("CINPlanEndDate", "end_date", "date")),
    own_id="child_in_need_plan_id",
)
_SECTION_47 = Block(
    "s47_enquiries",
    fields_of(
        "s47_enquiries",
        ("S47ActualStartDate", "start_date", "date"),
        ("InitialCPCtarget", "icpc_target_date", "date"),
        ("DateOfInitialCPC", "icpc_date", "date"),
        ("ICPCnotRequired", "icpc_required_flag", "not_boolean"),
    ),
    own_id="section_47_assessment_id",
)
_REVIEW_DATE = Field("CPPreviewDate", "cp_plan_reviews", "review_date", "date")
_CHILD_PROTECTION_PLANS = Block(
    "cp_plans",
    fields_of(
        "cp_plans",
        ("CPPstartDate", "start_date", "date"),
        ("CPPendDate", "end_date", "date"),
        ("InitialCategoryOfAbuse", "initial_category_of_abuse"),
        ("LatestCategoryOfAbuse", "latest_category_of_abuse"),
        ("NumberOfPreviousCPP", "number_of_previous_plans", "number"),
    ),
    blocks=(("Reviews", Block(None, items=(_REVIEW_DATE,))),),
    own_id="child_protection_plan_id",
)
_PRE_PROCEEDINGS = Block(
    "pre_proceedings",
    fields_of(
        "pre_proceedings",
        ("PPStartDate", "start_date", "date"),
        ("LBPSentDate", "letter_sent_date", "date"),
        ("FGDMMeetingOffer", "family_group_meeting_offered"),
        ("FGDMMeetingFac", "family_group_meeting_held"),
        ("InitialPPMeetingDate", "initial_meeting_date", "date"),
        ("ReviewMeetingsCount", "review_meetings", "number"),
        ("StepDecisionDate", "step_decision_date", "date"),
        ("PPOutcome", "outcome"),
        ("CourtAppDate", "court_application_date", "date"),
        ("LetterInitCPDate", "initial_care_letter_date", "date"),
    ),
)
_CIN_DETAILS = Block(
    "episodes",
    fields_of(
        "episodes",
        ("CINreferralDate", "referral_date", "date"),
        ("ReferralSource", "referral_source"),
        ("PrimaryNeedCode", "primary_need"),
        ("CINclosureDate", "closure_date", "date"),
        ("ReasonForClosure", "closure_reason"),
        ("DateOfInitialCPC", "icpc_date_episode_level", "date"),
        ("ReferralNFA", "referral_no_further_action_flag", "boolean"),
    ),
    blocks=(
        ("Assessments", _ASSESSMENTS),
        ("CINPlanDates", _CIN_PLAN_DATES),
        ("Section47", _SECTION_47),
        ("ChildProtectionPlans", _CHILD_PROTECTION_PLANS),
        ("PreProceedingsandFGDM", _PRE_PROCEEDINGS),
    ),
    own_id="social_care_episode_id",
)
CIN_CHILD = Block(
    "children",
    blocks=(
        ("ChildIdentifiers", _IDENTIFIERS),
        ("ChildCharacteristics", _CHARACTERISTICS),
        ("CINdetails", _CIN_DETAILS),
    ),
)
