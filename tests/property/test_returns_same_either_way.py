"""A return reads the same in either form, in chunks of any size, and in any order of its children."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_returns import COLUMNS, Frames, Row, as_csv, as_xml, census, cin_child, read_files

SETTINGS = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
# Cells good and bad, blank and padded, with all that CSV and XML must quote.
CELLS = ("", "", " ", "01/04/2023", "2023-05-06", "31/02/2023", "1", "0", "2", "12.0", "K1", "A3", "E2", "X1", " U1 ",
         'a, "b" & <c>', "it's", "caf\u00e9")  # fmt: skip
REPEATING = ("Episodes", "Reviews", "OC2", "PlacedAdoption", "PrevPerm", "Missing", "SWEpisodes", "DoLo")

Child = Mapping[str, Sequence[Row]]


@st.composite
def rows(draw: st.DrawFn, table: str, child: str) -> Row:
    columns = [name for name in COLUMNS[table] if name != "CHILD" and not name.startswith("UASC")]
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=len(columns), max_size=len(columns)))
    return {"CHILD": child} | dict(zip(columns, cells, strict=True))


@st.composite
def children(draw: st.DrawFn) -> Child:
    child = draw(st.sampled_from(("C1", "C2", "C3", "C4")))
    found: dict[str, Sequence[Row]] = {"Header": [draw(rows("Header", child))]}
    for table in REPEATING:
        found[table] = draw(st.lists(rows(table, child), max_size=2))
    for table, always in (("UASC", {}), ("OC3", {"IN_TOUCH": "YES"}), ("AD1", {"NB_ADOPTR": "2"})):
        if draw(st.booleans()):
            found[table] = [{**draw(rows(table, child)), **always}]
    return found


def csv_files(some: Sequence[Child]) -> dict[str, str]:
    return {f"{table}.csv": as_csv(table, [row for child in some for row in child.get(table, ())]) for table in COLUMNS}


def read(kind: str, files: Mapping[str, str | bytes], **options: object) -> Frames:
    with tempfile.TemporaryDirectory() as folder:
        return read_files(kind, Path(folder), files, **options)


def same(one: Frames, other: Frames, drop: Sequence[str] = ()) -> None:
    for table, frame in one.items():
        left, right = (
            found.drop(name for name in drop if name in found.columns).sort(pl.all(), nulls_last=True)
            for found in (frame, other[table])
        )
        assert left.equals(right), table


@SETTINGS
@given(st.lists(children(), min_size=1, max_size=4))
def test_ssda903_is_the_same_in_csv_and_in_xml(some: list[Child]) -> None:
    """All but one thing: XML says a date of birth and a sex once, so that no other table can differ from Header."""
    in_csv = read("ssda903", csv_files(some))
    in_csv["faults"] = in_csv["faults"].filter(pl.col("fault") != "differs_from_header")
    only_in_csv = ("stated_date_of_birth", "uasc_date_of_birth", "content_hash")
    same(in_csv, read("ssda903", {"903.xml": as_xml(some)}), drop=only_in_csv)


@SETTINGS
@given(st.lists(children(), min_size=1, max_size=4), st.integers(1, 3))
def test_the_size_of_a_chunk_makes_no_difference_to_ssda903(some: list[Child], chunk_children: int) -> None:
    for files in (csv_files(some), {"903.xml": as_xml(some)}):
        same(read("ssda903", files), read("ssda903", files, chunk_children=chunk_children))


def _element(*names: str) -> st.SearchStrategy[str]:
    cell = st.sampled_from(("", "2023-05-06", "06/05/2023", "x", "1", "false", "N1"))
    return st.lists(st.tuples(st.sampled_from(names), cell), max_size=3).map(
        lambda cells: "".join(f"<{name}>{text}</{name}>" for name, text in dict(cells).items())
    )


def _within(name: str, inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inside, max_size=2).map(lambda found: "".join(f"<{name}>{text}</{name}>" for text in found))


DETAILS = st.tuples(
    _element("CINreferralDate", "ReferralSource", "ReferralNFA"),
    _within("Assessments", _within("FactorsIdentifiedAtAssessment", _within("AssessmentFactors", st.just("1A")))),
    _within("Section47", _element("S47ActualStartDate", "ICPCnotRequired")),
    _within("ChildProtectionPlans", _within("Reviews", _within("CPPreviewDate", st.just("2023-08-01")))),
).map("".join)
CENSUS = st.lists(
    st.builds(
        cin_child,
        st.sampled_from(("A1", "A2", "A3", "A4", "A5", "A6")),
        _element("UPN", "Sex", "PersonBirthDate"),
        st.just("<Disabilities><Disability>NONE</Disability></Disabilities>"),
        st.lists(DETAILS, max_size=3),
    ),
    min_size=1,
    max_size=6,
)


@SETTINGS
@given(CENSUS, st.integers(1, 3))
def test_the_size_of_a_chunk_makes_no_difference_to_the_census(some: list[str], chunk_children: int) -> None:
    files = {"census.xml": census(*some)}
    same(read("cin", files), read("cin", files, chunk_children=chunk_children))


@SETTINGS
@given(CENSUS)
def test_made_up_ids_name_one_row_of_a_child(some: list[str]) -> None:
    frames = read("cin", {"census.xml": census(*some)})
    for table, own_id in (
        ("episodes", "social_care_episode_id"),
        ("assessments", "child_and_family_assessment_id"),
        ("s47_enquiries", "section_47_assessment_id"),
        ("cp_plans", "child_protection_plan_id"),
    ):
        assert not frames[table].select("child_key", own_id).is_duplicated().any(), table


@SETTINGS
@given(st.lists(children(), min_size=2, max_size=4, unique_by=lambda child: child["Header"][0]["CHILD"]), st.randoms())
def test_the_order_of_children_makes_no_difference_but_to_their_places(some: list[Child], chance: object) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    same(read("ssda903", csv_files(some)), read("ssda903", csv_files(shuffled)), drop=("batch_index", "row_index"))
