"""The CIN census, element by element and year by year."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import census, cin_child, faults, only, read_files

from quality.schemas.entities import ALL_ENTITIES


def read(folder: Path, *children: str, **options: object) -> dict[str, pl.DataFrame]:
    return read_files("cin", folder, {"census.xml": census(*children)}, **options)


def test_a_child_is_read_with_every_identifier(tmp_path: Path) -> None:
    identifiers = (
        "<UPN>A204123456008</UPN><FormerUPN>B123456789012</FormerUPN><UPNunknown>UN3</UPNunknown>"
        "<PersonBirthDate>2015-03-27</PersonBirthDate><ExpectedPersonBirthDate>2015-04-01</ExpectedPersonBirthDate>"
        "<Sex>F</Sex><PersonDeathDate>2024-01-02</PersonDeathDate>"
    )
    child = only(read(tmp_path, cin_child("A1", identifiers, "<Ethnicity>WBRI</Ethnicity>")), "children")
    said = {name: value for name, value in child.items() if name in ALL_ENTITIES["children"].attributes and value}
    assert said == {
        "unique_pupil_number": "hashed A204123456008",
        "former_unique_pupil_number": "hashed B123456789012",
        "unique_pupil_number_unknown_reason": "UN3",
        "date_of_birth": date(2015, 3, 27),
        "expected_date_of_birth": date(2015, 4, 1),
        "sex": "F",
        "date_of_death": date(2024, 1, 2),
        "ethnicity": "WBRI",
    }


OF_ANOTHER_YEAR = [("children", "sex", "not_of_this_year")]


@pytest.mark.parametrize(
    ("element", "year", "sex", "told"),
    [
        ("<GenderCurrent>1</GenderCurrent>", 2024, "M", []),
        ("<GenderCurrent>2</GenderCurrent>", 2024, "F", []),
        ("<GenderCurrent>0</GenderCurrent>", 2024, "U", []),
        ("<GenderCurrent>9</GenderCurrent>", 2024, "U", []),
        ("<GenderCurrent>F</GenderCurrent>", 2024, "F", OF_ANOTHER_YEAR),
        ("<GenderCurrent>f</GenderCurrent>", 2024, "f", []),
        ("<Sex>F</Sex>", 2024, "F", OF_ANOTHER_YEAR),
        ("<Sex>M</Sex>", 2025, "M", []),
        ("<Sex>F</Sex>", 2025, "F", []),
        ("<Sex>U</Sex>", 2025, "U", []),
        ("<Sex>u</Sex>", 2025, "u", []),
        ("<Sex>1</Sex>", 2025, "M", OF_ANOTHER_YEAR),
        ("<GenderCurrent>2</GenderCurrent>", 2025, "F", OF_ANOTHER_YEAR),
        ("<Sex> </Sex>", 2025, None, []),
        ("", 2025, None, []),
    ],
)
def test_sex_is_one_code_whatever_the_year_and_one_written_as_in_another_year_is_told(
    tmp_path: Path, element: str, year: int, sex: str | None, told: list[tuple[str, str, str]]
) -> None:
    reference = {"year": str(year), "reference_date": f"{year}-03-31"}
    frames = read_files("cin", tmp_path, {"census.xml": census(cin_child(identifiers=element), **reference)}, year=year)
    assert only(frames, "children")["sex"] == sex
    assert faults(frames) == told


@pytest.mark.parametrize(
    ("element", "year", "told"),
    [
        ("<GenderCurrent>0</GenderCurrent>", 2024, []),
        ("<GenderCurrent>9</GenderCurrent>", 2024, ["not_of_this_year_unborn"]),
        ("<Sex>U</Sex>", 2024, ["not_of_this_year", "not_of_this_year_unborn"]),
        ("<Sex>U</Sex>", 2025, []),
        ("<Sex>0</Sex>", 2025, ["not_of_this_year", "not_of_this_year_unborn"]),
        ("<Sex>1</Sex>", 2025, ["not_of_this_year"]),
        ("<Sex>0</Sex><PersonBirthDate>2024-01-01</PersonBirthDate>", 2025, ["not_of_this_year"]),
    ],
)
def test_an_unborn_childs_sex_is_the_years_own_code_for_unknown(
    tmp_path: Path, element: str, year: int, told: list[str]
) -> None:
    unborn = "<ExpectedPersonBirthDate>2024-06-01</ExpectedPersonBirthDate>" + element
    reference = {"year": str(year), "reference_date": f"{year}-03-31"}
    frames = read_files("cin", tmp_path, {"census.xml": census(cin_child(identifiers=unborn), **reference)}, year=year)
    assert [fault for *_, fault in faults(frames)] == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("A20412345600 ", ["blank_last_character"]),
        ("A2041234560 ", []),
        ("A204123456008 ", []),
        (" " * 13, []),
    ],
)
def test_a_pupil_number_that_ends_in_a_blank_is_told(tmp_path: Path, number: str, told: list[str]) -> None:
    frames = read(tmp_path, cin_child(identifiers=f"<UPN>{number}</UPN>"))
    blanks = [fault for _, field, fault in faults(frames) if (field, fault[:3]) != ("unique_pupil_number", "CSC")]
    assert blanks == told


def test_a_code_for_no_pupil_number_is_never_a_pupil_number(tmp_path: Path) -> None:
    child = only(read(tmp_path, cin_child(identifiers="<UPN>UN7</UPN>")), "children")
    assert (child["unique_pupil_number"], child["unique_pupil_number_unknown_reason"]) == (None, "UN7")


def test_an_episode_is_read_with_all_its_attributes(tmp_path: Path) -> None:
    details = (
        "<CINreferralDate>2023-05-01</CINreferralDate><ReferralSource>1A</ReferralSource>"
        "<PrimaryNeedCode>N4</PrimaryNeedCode><CINclosureDate>2024-02-02</CINclosureDate>"
        "<ReasonForClosure>RC7</ReasonForClosure><DateOfInitialCPC>2023-06-01</DateOfInitialCPC>"
        "<ReferralNFA>1</ReferralNFA>"
    )
    episode = only(read(tmp_path, cin_child(details=[details])), "episodes")
    assert {name: episode[name] for name in ALL_ENTITIES["episodes"].attributes} == {
        "social_care_episode_id": "1",
        "referral_date": date(2023, 5, 1),
        "referral_source": "1A",
        "referral_no_further_action_flag": True,
        "closure_date": date(2024, 2, 2),
        "closure_reason": "RC7",
        "primary_need": "N4",
        "icpc_date_episode_level": date(2023, 6, 1),
    }


ITEMS = {
    "assessments": (
        "<Assessments><AssessmentActualStartDate>2023-05-01</AssessmentActualStartDate>"
        "<AssessmentInternalReviewDate>2023-05-10</AssessmentInternalReviewDate>"
        "<AssessmentAuthorisationDate>2023-06-01</AssessmentAuthorisationDate></Assessments>",
        ("1", "1-1", date(2023, 5, 1), date(2023, 6, 1), date(2023, 5, 10), False),
    ),
    "cin_plans": (
        "<CINPlanDates><CINPlanStartDate>2023-05-01</CINPlanStartDate>"
        "<CINPlanEndDate>2023-06-01</CINPlanEndDate></CINPlanDates>",
        ("1", "1-1", date(2023, 5, 1), date(2023, 6, 1)),
    ),
    "s47_enquiries": (
        "<Section47><S47ActualStartDate>2023-05-01</S47ActualStartDate>"
        "<InitialCPCtarget>2023-05-22</InitialCPCtarget><DateOfInitialCPC>2023-05-20</DateOfInitialCPC>"
        "<ICPCnotRequired>false</ICPCnotRequired></Section47>",
        ("1", "1-1", date(2023, 5, 1), None, True, date(2023, 5, 20), date(2023, 5, 22)),
    ),
    "cp_plans": (
        "<ChildProtectionPlans><CPPstartDate>2023-05-01</CPPstartDate><CPPendDate>2023-06-01</CPPendDate>"
        "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse>"
        "<NumberOfPreviousCPP>2</NumberOfPreviousCPP></ChildProtectionPlans>",
        ("1", "1-1", date(2023, 5, 1), date(2023, 6, 1), "NEG", "PHY", 2),
    ),
    "cp_plan_reviews": (
        "<ChildProtectionPlans><Reviews><CPPreviewDate>2023-08-01</CPPreviewDate></Reviews></ChildProtectionPlans>",
        ("1", "1-1", date(2023, 8, 1)),
    ),
    "pre_proceedings": (
        "<PreProceedingsandFGDM><PPStartDate>2025-05-01</PPStartDate><LBPSentDate>2025-05-02</LBPSentDate>"
        "<FGDMMeetingOffer>1</FGDMMeetingOffer><FGDMMeetingFac>0</FGDMMeetingFac>"
        "<InitialPPMeetingDate>2025-05-03</InitialPPMeetingDate><ReviewMeetingsCount>3</ReviewMeetingsCount>"
        "<StepDecisionDate>2025-05-05</StepDecisionDate><PPOutcome>A</PPOutcome>"
        "<CourtAppDate>2025-05-04</CourtAppDate><LetterInitCPDate>2025-05-06</LetterInitCPDate></PreProceedingsandFGDM>",
        (
            "1",
            *(date(2025, 5, day) for day in range(1, 7)),
            "1",
            "0",
            "A",
            3,
        ),
    ),
}


@pytest.mark.parametrize("table", ITEMS)
def test_an_item_of_an_episode_is_read_with_all_its_attributes(tmp_path: Path, table: str) -> None:
    xml, expected = ITEMS[table]
    frames = read(tmp_path, cin_child(details=[xml]))
    assert frames[table].select(ALL_ENTITIES[table].attributes).rows() == [expected]
    assert faults(frames) == []


def test_factors_and_disabilities_are_lists_and_an_empty_element_is_not_one_of_them(tmp_path: Path) -> None:
    frames = read(
        tmp_path,
        cin_child(
            characteristics="<Disabilities><Disability>HAND</Disability><Disability/><Disability>LD</Disability></Disabilities>",
            details=[
                "<Assessments><FactorsIdentifiedAtAssessment><AssessmentFactors>1C</AssessmentFactors>"
                "<AssessmentFactors>2A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>"
                "<Assessments><FactorsIdentifiedAtAssessment/></Assessments><Assessments/>"
            ],
        ),
    )
    assert frames["disabilities"].select("disability_code", "row_index").rows() == [("HAND", 0), ("LD", 2)]
    assert frames["assessment_factors"].select("child_and_family_assessment_id", "factor").rows() == [
        ("1-1", "1C"),
        ("1-1", "2A"),
    ]
    assert frames["assessments"].select("child_and_family_assessment_id", "has_factors").rows() == [
        ("1-1", True),
        ("1-2", True),
        ("1-3", False),
    ]


def test_made_up_ids_are_unique_within_a_child_and_start_again_with_the_next(tmp_path: Path) -> None:
    plan = "<CINPlanDates/>"
    frames = read(tmp_path, cin_child("A1", details=[plan * 2, plan]), cin_child("A2", details=[plan]))
    ids = frames["cin_plans"].select("child_key", "social_care_episode_id", "child_in_need_plan_id", "row_index").rows()
    assert ids == [
        ("201:A1", "1", "1-1", 0),
        ("201:A1", "1", "1-2", 1),
        ("201:A1", "2", "2-1", 2),
        ("201:A2", "1", "1-1", 3),
    ]


def test_a_child_that_comes_twice_is_one_child_with_all_its_rows(tmp_path: Path) -> None:
    detail = "<CINreferralDate>{}</CINreferralDate>"
    children = [
        cin_child("A1", details=[detail.format("2023-05-01")]),
        cin_child("A2"),
        cin_child("A1", details=[detail.format("2023-06-01")]),
    ]
    frames = read(tmp_path, *children, chunk_children=1)
    assert frames["records"].select("child_key", "batch_index").sort("child_key").rows() == [
        ("201:A1", 0),
        ("201:A2", 1),
    ]
    twice = frames["episodes"].select("child_key", "social_care_episode_id", "row_index")
    assert twice.rows() == [("201:A1", "1", 0), ("201:A1", "2", 1)]
    assert frames["children"].filter(child_key="201:A1")["row_index"].to_list() == [0, 2]


def test_a_date_that_cannot_be_read_is_null_and_a_fault_at_its_place(tmp_path: Path) -> None:
    bad = "<CINreferralDate>last spring</CINreferralDate><ReferralNFA>perhaps</ReferralNFA>"
    frames = read(tmp_path, cin_child("A1"), cin_child("A2", details=["", bad]))
    assert frames["episodes"]["referral_date"].to_list() == [None, None]
    places = frames["faults"].select("child_key", "batch_index", "row_index", "entity", "field", "fault").rows()
    assert places == [
        ("201:A2", 1, 1, "episodes", "referral_date", "not_a_date"),
        ("201:A2", 1, 1, "episodes", "referral_no_further_action_flag", "not_a_flag"),
    ]


def test_a_review_without_a_date_is_still_a_review(tmp_path: Path) -> None:
    plan = "<ChildProtectionPlans><Reviews><CPPreviewDate/></Reviews></ChildProtectionPlans>"
    assert only(read(tmp_path, cin_child(details=[plan])), "cp_plan_reviews")["review_date"] is None


def test_an_element_that_should_come_once_keeps_its_first_value(tmp_path: Path) -> None:
    frames = read(tmp_path, cin_child(identifiers="<GenderCurrent>2</GenderCurrent><GenderCurrent>1</GenderCurrent>"))
    assert only(frames, "children")["sex"] == "F"
    assert faults(frames) == [("children", "gender_current", "repeated")]


def test_children_without_an_id_are_each_a_child_of_their_own(tmp_path: Path) -> None:
    plan = ["<CINPlanDates/>"]
    frames = read(tmp_path, cin_child(" ", details=plan), cin_child("A2", details=plan), cin_child("", details=plan))
    keys = frames["records"].sort("batch_index")["child_key"].to_list()
    assert len({*keys}) == 3
    assert keys[1] == "201:A2"
    assert [frames[name].sort("row_index")["child_key"].to_list() for name in ("children", "cin_plans")] == [keys] * 2
    assert frames["identifiers"]["la_child_id"].to_list() == ["A2"]
    told = frames["faults"].select("child_key", "batch_index", "row_index", "field", "fault")
    assert told.rows() == [(None, place, place, "la_child_id", "no_child_id") for place in (0, 2)]


def test_a_child_without_an_id_is_not_the_one_in_its_place_in_another_return(tmp_path: Path) -> None:
    keys = [
        read_files("cin", tmp_path / str(year), {"census.xml": census(cin_child(""))}, year=year)["records"]
        for year in (2024, 2025)
    ]
    assert keys[0]["child_key"].item() != keys[1]["child_key"].item()


@pytest.mark.parametrize("flag", ["no", "maybe", "1.0"])
def test_a_flag_is_what_xml_calls_one(tmp_path: Path, flag: str) -> None:
    details = f"<ReferralNFA>{flag}</ReferralNFA><Section47><ICPCnotRequired>{flag}</ICPCnotRequired></Section47>"
    frames = read(tmp_path, cin_child(details=[details]))
    assert only(frames, "episodes")["referral_no_further_action_flag"] is None
    assert faults(frames) == [
        ("episodes", "referral_no_further_action_flag", "not_a_flag"),
        ("s47_enquiries", "icpc_required_flag", "not_a_flag"),
    ]


def test_an_unknown_element_is_told_once(tmp_path: Path) -> None:
    frames = read(tmp_path, *(cin_child(f"A{n}", details=["<NewItem>x</NewItem>"]) for n in range(3)))
    assert faults(frames) == [("episodes", "newitem", "unknown_element")]


@pytest.mark.parametrize(
    ("header", "year", "expected"),
    [
        ({}, 2024, []),
        ({"year": "2023"}, 2024, [("return", "year", "differs")]),
        ({}, 2023, [("return", "reference_date", "differs"), ("return", "year", "differs")]),
        ({"year": "soon"}, 2024, [("return", "year", "not_a_number")]),
        ({"reference_date": ""}, 2024, [("return", "reference_date", "missing")]),
        ({"reference_date": "2024-03-30"}, 2024, [("return", "reference_date", "differs")]),
        ({"lea": ""}, 2024, [("return", "lea", "missing")]),
    ],
)
def test_a_header_of_another_year_is_told_and_loaded(
    tmp_path: Path, header: dict[str, str], year: int, expected: list[tuple[str, str, str]]
) -> None:
    frames = read_files("cin", tmp_path, {"census.xml": census(cin_child(), **header)}, year=year)
    assert sorted(faults(frames)) == expected


def test_namespaces_comments_and_other_encodings_make_no_difference(tmp_path: Path) -> None:
    plain = census(cin_child("A1", "<Sex>F</Sex>", "<Ethnicity>WBRI</Ethnicity>"))
    spaced = plain.replace("<Message>", '<Message xmlns="urn:example"><!-- made up -->')
    versions = [plain.encode(), spaced.encode(), b"\xef\xbb\xbf" + plain.encode(), spaced.encode("utf-16")]
    read_as = [
        read_files("cin", tmp_path / str(n), {"census.xml": content})["children"] for n, content in enumerate(versions)
    ]
    assert all(frame.equals(read_as[0]) for frame in read_as)
