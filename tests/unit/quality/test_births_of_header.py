"""A child who is not in Header has a date of birth only in the tables that state one, when an SSDA903 is judged."""

from datetime import date

import polars as pl

from quality.rules.return_header import with_births_of_header
from quality.schemas.entities import ALL_ENTITIES

DAY, OTHER_DAY = date(2010, 2, 1), date(2010, 2, 2)


def _frames(**ethnicities: str | None) -> dict[str, pl.DataFrame]:
    """Children by key, each with a review that states no date of birth of its own and one that states another."""
    schema = ALL_ENTITIES["children"].polars_schema
    children = [
        {"child_key": key, "date_of_birth": DAY, "ethnicity": ethnicity} for key, ethnicity in ethnicities.items()
    ]
    reviews = [
        {"child_key": key, "stated_date_of_birth": stated} for key in ethnicities for stated in (None, OTHER_DAY)
    ]
    return {
        "children": pl.DataFrame(children, schema=schema),
        "reviews": pl.DataFrame(reviews, schema=ALL_ENTITIES["reviews"].polars_schema),
    }


def test_what_other_tables_say_of_a_child_stays_with_them() -> None:
    told = with_births_of_header(_frames(there="WBRI", absent=None))
    assert told["children"].select("child_key", "date_of_birth", "uasc_date_of_birth").rows() == [
        ("there", DAY, None),
        ("absent", None, DAY),
    ]
    assert told["reviews"].select("child_key", "stated_date_of_birth").rows() == [
        ("there", None),
        ("there", OTHER_DAY),
        ("absent", DAY),
        ("absent", OTHER_DAY),
    ]
    assert told["reviews"].columns == list(ALL_ENTITIES["reviews"].polars_schema)


def test_a_return_without_header_stays_as_it_is() -> None:
    frames = _frames(one=None, two=None)
    assert all(told.equals(frames[name]) for name, told in with_births_of_header(frames).items())
    assert with_births_of_header({}) == {}
