"""What is erased is nowhere: not in landing, lake, warehouse or logs, not in free space, and nothing brings it back."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from byte_search import files_with, postgres_files_with
from erasure_world import ErasureWorld, a_child, texts_of

from assets.erasure.tombstones import PLACES
from orchestration.commands.erasing import tombstones_of_letter

FIRST, SECOND, LATE = "2026-03-02", "2026-03-04", "2026-03-03"
# Level to the mark of the child from whom it is purged.
MARKS = {
    "child": "Qaxbez",
    "child_details": "Vuzkyf",
    "health_and_wellbeing": "Wojqip",
    "episodes": "Xivgom",
    "assessments": "Zaqwub",
    "cin_plans": "Bykvex",
    "s47_enquiries": "Dufjoz",
    "cp_plans": "Gihxaw",
    "placements": "Jepzuq",
    "adoptions": "Kovwyd",
    "care_leavers": "Mubqix",
}
LETTER, STAYS, TWICE = "Nyfzap", "Pogvek", "Rixwud"
_ITEMS = {
    "assessments": ("child_and_family_assessments", "child_and_family_assessment_id", "AS"),
    "cin_plans": ("child_in_need_plans", "child_in_need_plan_id", "CN"),
    "s47_enquiries": ("section_47_assessments", "section_47_assessment_id", "SE"),
    "cp_plans": ("child_protection_plans", "child_protection_plan_id", "CP"),
    "placements": ("child_looked_after_placements", "child_looked_after_placement_id", "PL"),
}
_PREFIXES = ("EP", "AS", "CN", "SE", "CP", "PL")


def message(level: str, mark: str) -> dict[str, Any]:
    """A purge of that level of the child with the mark."""
    record: dict[str, Any] = {"la_child_id": f"ID{mark}"}
    if level == "child":
        return record | {"purge": True}
    if level in ("child_details", "health_and_wellbeing"):
        return record | {level: {"purge": True}}
    episode: dict[str, Any] = {"social_care_episode_id": f"EP{mark}"}
    if level == "episodes":
        episode["purge"] = True
    elif level in _ITEMS:
        array, own_id, prefix = _ITEMS[level]
        episode[array] = [{own_id: f"{prefix}{mark}", "purge": True}]
    else:
        episode["adoption" if level == "adoptions" else level] = {"purge": True}
    return record | {"social_care_episodes": [episode]}


def gone(level: str, mark: str) -> list[str]:
    """The texts of which not a byte may be left after that purge."""
    if level == "child":
        return texts_of(mark)
    if level == "child_details":
        return [f"First{mark}", f"Sur{mark}", texts_of(mark)[2]]
    if level == "episodes":
        return [f"{prefix}{mark}" for prefix in _PREFIXES]
    return [f"{_ITEMS[level][2]}{mark}"] if level in _ITEMS else []


ALL_GONE = [text for level, mark in MARKS.items() for text in gone(level, mark)] + texts_of(LETTER)


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ErasureWorld:
    """Everyone has been received and taken in; nothing is purged yet."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = ErasureWorld(tmp_path_factory.mktemp("erasure"), url)
    everyone = [a_child(mark) for mark in (*MARKS.values(), LETTER, STAYS)]
    malformed = a_child(LETTER, unknown_property=1)
    made.land(FIRST, [*everyone, malformed])
    made.land(FIRST, [a_child(LETTER), a_child(TWICE)], stream_id="204-byo")
    made.land_return("cin", [_census(made.folder.parent)])
    made.land_return("ssda903", _ssda903(made.folder.parent))
    made.process(FIRST)
    for name in ("landing", "lake"):
        shutil.copytree(made.folder / name, made.folder.parent / f"old-{name}")
    assert files_found(made, ALL_GONE)
    made.land(SECOND, [message(level, mark) for level, mark in MARKS.items()])
    letter = tombstones_of_letter(made.stores, "204", f"ID{LETTER}")
    made.stores.tombstones.add(letter, made.stores.now())
    made.process(SECOND)
    return made


def files_found(world: ErasureWorld, texts: list[str]) -> list[str]:
    """Where any of the texts stands: files of the home, and of the Postgres database where there is one."""
    found = files_with(world.folder, texts)
    return found + (postgres_files_with(world.url, texts) if world.url.startswith("postgresql") else [])


def test_the_search_finds_what_is_there(world: ErasureWorld) -> None:
    found = files_found(world, [f"ID{STAYS}"])
    assert {name.split("/")[0] for name in found} >= {"landing", "lake"}
    assert any(name == "warehouse.duckdb" or name.isdigit() for name in found)
    assert {name.split("/")[0] for name in files_found(world, [f"Sur{STAYS}"])} == {"landing"}
    assert any(name.startswith("landing/returns") for name in files_with(world.folder, [f"RT{STAYS}"]))


def test_not_a_byte_is_left_of_what_was_erased(world: ErasureWorld) -> None:
    assert files_found(world, ALL_GONE) == []


def test_everything_else_is_still_there(world: ErasureWorld) -> None:
    for level, mark in MARKS.items():
        if level != "child":
            assert files_with(world.folder, [f"ID{mark}"]), level
    with world.stores.warehouse(read_only=True) as warehouse:
        held = {
            name: warehouse.query(f"select count(*) as n from history.{name} where known_to is null")["n"][0]
            for name in ("children", "adoptions", "care_leavers", "sdq_assessments")
        }
        known = warehouse.query("select la_child_id from secure.child_identifiers where la_code = '204'")
        returned = warehouse.query("select source_id from raw.records where source_type = 'return' order by 1")
    streams = len(MARKS) - 1 + len([STAYS, TWICE])
    assert held["children"] == streams - 1 + 4  # one has no details any more; two are left in each of two returns
    assert held["adoptions"] == held["care_leavers"] == streams - 2
    assert held["sdq_assessments"] == streams - 1
    assert sorted(known["la_child_id"]) == sorted(
        [f"ID{m}" for level, m in MARKS.items() if level != "child"] + [f"ID{STAYS}", f"ID{TWICE}", f"RT{STAYS}"]
    )
    assert returned["source_id"].to_list() == ["204-cin-2025"] * 2 + ["204-ssda903-2025"] * 2


def test_the_log_says_what_was_asked_and_that_it_was_done(world: ErasureWorld) -> None:
    log = world.stores.tombstones.log()
    assert sorted(log.filter(log["asked_by"] == "purge")["level"]) == sorted(MARKS)
    assert set(log.filter(log["asked_by"] == "letter")["source_id"]) == {
        "204-byo", "204-cin-2025", "204-d2i", "204-ssda903-2025"
    }  # fmt: skip
    assert all(log[f"{place}_done_at"].null_count() == 0 for place in PLACES)
    assert log.filter(log["level"] == "child")["landing_changed"].to_list().count(0) == 0


def test_nothing_brings_it_back(world: ErasureWorld) -> None:
    if world.url.startswith("postgresql"):
        pytest.skip("the files are restored once, on DuckDB: what Postgres holds does not depend on them")
    for name in ("landing", "lake"):  # as a whole: what they have learnt since, tombstones among it, is lost
        shutil.rmtree(world.folder / name)
        shutil.copytree(world.folder.parent / f"old-{name}", world.folder / name)
    child, details = a_child(MARKS["child"]), a_child(MARKS["child_details"])
    world.land(LATE, [child, details, a_child(LETTER)], hour=23)
    world.process(FIRST, LATE, SECOND)
    assert files_with(world.folder, ALL_GONE) == []


def test_a_record_received_later_is_a_new_beginning(world: ErasureWorld) -> None:
    mark = MARKS["child"]
    world.land("2026-03-05", [{"la_child_id": f"ID{mark}", "child_details": {"sex": "M"}}])
    world.process("2026-03-05")
    with world.stores.warehouse(read_only=True) as warehouse:
        held = warehouse.query(
            "select h.sex, h.ethnicity from history.children as h join secure.child_identifiers as s"
            " on s.child_key = h.child_key where s.la_child_id = ? and known_to is null",
            (f"ID{mark}",),
        )
        episodes = warehouse.query(
            "select count(*) as n from history.episodes as h join secure.child_identifiers as s"
            " on s.child_key = h.child_key where s.la_child_id = ?",
            (f"ID{mark}",),
        )
    assert held.rows() == [("M", None)]
    assert episodes["n"][0] == 0


def _census(folder: Path) -> Path:
    """A census of the letter's child and two others."""
    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>{child_id}</LAchildID><PersonBirthDate>2015-05-05</PersonBirthDate>"
        "<Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        f"<CINdetails><CINreferralDate>2025-01-0{day}</CINreferralDate></CINdetails></Child>\n"
        for day, child_id in enumerate((f"RT{STAYS}", f"ID{LETTER}", f"ID{STAYS}"), 1)
    )
    path = folder / "census.xml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>'
        "<Year>2025</Year><ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails>"
        f"<Source><LEA>204</LEA></Source></Header><Children>{children}</Children></Message>"
    )
    return path


def _ssda903(folder: Path) -> list[Path]:
    """Header and episodes of the same children, in a zip and beside it."""
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n" + "".join(
        f"{child_id},F,05/05/2015,WBRI,{texts_of(child_id[2:])[2]},,\n"
        for child_id in (f"RT{STAYS}", f"ID{LETTER}", f"ID{STAYS}")
    )
    episodes = (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\r\n"
        f'"ID{LETTER}",01/05/2024,S,C2,N1,U1,PR1,,,,"{texts_of(LETTER)[1]}",,\r\n'
        f"ID{STAYS},01/05/2024,S,C2,N1,U1,PR1,,,,,,\r\n"
    )
    paths = [folder / "header.csv", folder / "episodes.csv"]
    paths[0].write_text(header)
    paths[1].write_bytes(episodes.encode())
    return paths
