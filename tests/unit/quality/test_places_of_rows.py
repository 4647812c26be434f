"""What postcodes tell about homes and placements stands beside the rows that rules judge."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from quality.reference.postcodes import PostcodeDirectory
from quality.rules.code_lists import codes
from quality.rules.model import PLACES, schema_of_frame
from quality.rules.places import OUTSIDE_ENGLAND, with_places

# Invented: no postcode begins with Q or X. Two are in Hackney, 3 and 4 km apart along the grid, one is in Cambridge.
HOME, NEAR, FAR = "QX1 1AA", "QX1 1AB", "QX2 1AA"
WALES, BELFAST, DERRY, ISLE, NO_PLACE = "XW1 1AA", "XN1 1AA", "XN2 1AA", "XM1 1AA", "XZ1 1AA"
UNKNOWN = "QX9 9ZZ"
_HELD = [
    (HOME, 500_000, 200_000, "E09000012"),
    (NEAR, 503_000, 204_000, "E09000012"),
    (FAR, 500_000, 900_000, "E07000008"),
    (WALES, 300_000, 200_000, "W06000015"),
    (BELFAST, 333_000, 374_000, "N09000003"),
    (DERRY, 333_000, 384_000, "N09000005"),
    (ISLE, None, None, "M99999999"),
    (NO_PLACE, None, None, None),
]
DIRECTORY = PostcodeDirectory.of(pl.DataFrame(_HELD, ["postcode", "easting", "northing", "ons_code"], orient="row"))


def _frame(entity: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    about = {"as_of": date(2026, 3, 31), "source_id": "s", "la_code": "204", "subject": 0}
    numbered = [about | row | {"row": number} for number, row in enumerate(rows)]
    known = {name: dtype for name, dtype in schema_of_frame(entity).items() if name not in PLACES[entity]}
    return pl.DataFrame(numbered, schema=known)


def _placement(home: str | None, placement: str | None) -> dict[str, Any]:
    frames = {"placements": _frame("placements", [{"home_postcode": home, "placement_postcode": placement}])}
    return with_places(frames, DIRECTORY)["placements"].row(0, named=True)


@pytest.mark.parametrize(
    ("home", "placement", "miles"),
    [
        (HOME, HOME, 0.0),
        (HOME, NEAR, 3.1),  # 5 km
        (NEAR, HOME, 3.1),
        (HOME, FAR, 435.0),  # 700 km
        (HOME, WALES, 124.3),  # 200 km
        (BELFAST, DERRY, 6.2),  # both on the Irish grid
        (HOME, BELFAST, None),  # on two grids
        (BELFAST, HOME, None),
        (HOME, ISLE, None),
        (HOME, NO_PLACE, None),
        (HOME, UNKNOWN, None),
        (None, HOME, None),
        (HOME, None, None),
    ],
)
def test_distance_is_taken_along_the_grid(home: str | None, placement: str | None, miles: float | None) -> None:
    assert _placement(home, placement)["distance_miles"] == miles


@pytest.mark.parametrize(
    ("placement", "found", "la", "in_la", "in_england"),
    [
        (NEAR, True, "204", True, True),
        (FAR, True, "873", False, True),
        (WALES, True, "WAL", False, False),
        (BELFAST, True, "NIR", False, False),
        (ISLE, True, "NUK", False, False),
        (NO_PLACE, True, None, None, None),
        (UNKNOWN, False, None, None, None),
        (None, None, None, None, None),
    ],
)
def test_where_a_placement_is(
    placement: str | None, found: bool | None, la: str | None, in_la: bool | None, in_england: bool | None
) -> None:
    told = _placement(HOME, placement)
    assert (told["placement_found"], told["placement_la"]) == (found, la)
    assert (told["placement_is_in_la"], told["placement_in_england"]) == (in_la, in_england)


def test_codes_of_countries_are_those_of_the_code_list() -> None:
    assert set(OUTSIDE_ENGLAND.values()) <= set(codes("placement_country"))


def test_a_feed_tells_the_home_with_the_child() -> None:
    frames = {
        "children": _frame("children", [{"subject": 1, "home_postcode": "qx11aa"}, {"subject": 2}]),
        "placements": _frame("placements", [{"subject": 2}, {"subject": 1}, {"subject": 3}, {"subject": 1}]),
    }
    told = with_places(frames, DIRECTORY)
    assert told["children"]["home_la"].to_list() == ["204", None]
    assert told["placements"]["subject"].to_list() == [2, 1, 3, 1]
    assert told["placements"]["home_postcode_of_episode"].to_list() == [None, "QX11AA", None, "QX11AA"]
    assert told["placements"]["home_found"].to_list() == [None, True, None, True]


def test_a_return_tells_the_home_with_the_episode_and_a_gap_stays_one() -> None:
    homes = [WALES, None, HOME]
    frames = {
        "children": _frame("children", [{"home_postcode": HOME}]),
        "placements": _frame("placements", [{"home_postcode": home} for home in homes]),
    }
    told = with_places(frames, DIRECTORY)["placements"]
    assert told["home_postcode_of_episode"].to_list() == ["XW11AA", None, "QX11AA"]
    assert told["home_la"].to_list() == ["WAL", None, "204"]


def test_what_was_held_before_has_its_own_homes() -> None:
    frames = {
        "children": _frame("children", [{"home_postcode": HOME}]),
        "before.children": _frame("children", [{"home_postcode": FAR}]),
        "before.placements": _frame("placements", [{"placement_postcode": FAR}]),
    }
    told = with_places(frames, DIRECTORY)
    assert told["before.children"]["home_la"].to_list() == ["873"]
    assert told["before.placements"]["distance_miles"].to_list() == [0.0]


def test_a_child_sent_twice_does_not_multiply_its_placements() -> None:
    frames = {
        "children": _frame("children", [{"home_postcode": HOME}, {"home_postcode": FAR}]),
        "placements": _frame("placements", [{}]),
    }
    assert with_places(frames, DIRECTORY)["placements"]["home_la"].to_list() == ["873"]


@pytest.mark.parametrize("directory", [None, DIRECTORY])
@pytest.mark.parametrize("rows", [0, 2])
def test_the_columns_are_there_whatever_is_known(directory: PostcodeDirectory | None, rows: int) -> None:
    frames = {entity: _frame(entity, [{"home_postcode": HOME}] * rows) for entity in PLACES}
    told = with_places(frames, directory)
    for entity, wanted in PLACES.items():
        assert told[entity].height == rows
        assert {name: told[entity].schema[name] for name in wanted} == wanted
        assert told[entity].select(frames[entity].columns).equals(frames[entity])
    if directory is None:
        known = told["placements"].select(*PLACES["placements"]).drop("home_postcode_of_episode")
        assert known.null_count().row(0) == (rows,) * known.width


def test_what_is_not_asked_of_a_postcode_is_left_as_it_is() -> None:
    episodes = pl.DataFrame({"row": [1]})
    without_postcodes = _frame("children", [{}]).drop("home_postcode")
    told = with_places({"episodes": episodes, "children": without_postcodes}, DIRECTORY)
    assert told["episodes"] is episodes
    assert told["children"]["home_found"].to_list() == [None]
    assert with_places({}, DIRECTORY) == {}


def test_asking_twice_changes_nothing() -> None:
    frames = {"placements": _frame("placements", [{"home_postcode": HOME, "placement_postcode": NEAR}])}
    once = with_places(frames, DIRECTORY)
    assert with_places(once, DIRECTORY)["placements"].equals(once["placements"])
