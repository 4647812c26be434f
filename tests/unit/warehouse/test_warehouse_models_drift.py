"""dbt's staging and history say the same columns as the canonical entities, from which the raw tables are made."""

import re
from pathlib import Path

import pytest

from assets.warehouse.tables import LOG, all_tables, content_schema
from quality.schemas.entities import ALL_ENTITIES

STAGED = {
    "records": LOG,
    **{name: all_tables()[f"raw.{name}"] for name in ("purges", "streams", "returns", "submissions", "bank_holidays")},
    **{name: content_schema(name) for name in ALL_ENTITIES},
}


@pytest.mark.parametrize("table", STAGED)
def test_staging_takes_every_column_of_its_table(table: str, repository: Path) -> None:
    sql = (repository / f"dbt_project/models/staging/stg_csc__{table}.sql").read_text()
    body = sql.split("renamed as", 1)[1].split("from source", 1)[0]
    found = re.findall(r"^\s+(\w+),?$", re.sub(r"--.*", "", body), re.MULTILINE)
    assert sorted(name for name in found if name != "select") == sorted(STAGED[table])


@pytest.mark.parametrize("name", ALL_ENTITIES)
def test_history_has_every_attribute_of_its_entity(name: str, repository: Path) -> None:
    sql = (repository / f"dbt_project/models/intermediate/int_{name}__versions.sql").read_text()
    listed = {word: re.findall(r"'(\w+)'", found) for word, found in re.findall(r"set (\w+) = \[(.*?)\] -%", sql, re.S)}
    assert listed["key"] == list(ALL_ENTITIES[name].key)
    assert listed["key"] + listed["attributes"] == [
        *ALL_ENTITIES[name].key,
        *(a for a in ALL_ENTITIES[name].attributes if a not in ALL_ENTITIES[name].key),
    ]


def test_every_model_of_these_folders_has_a_page_of_its_own(repository: Path) -> None:
    for folder in ("staging", "intermediate"):
        models = repository / "dbt_project/models" / folder
        assert {path.stem for path in models.glob("*.sql")} == {path.stem for path in models.glob("*.yml")}


def test_every_description_ends_in_the_grain(repository: Path) -> None:
    for folder in ("staging", "intermediate"):
        for page in (repository / "dbt_project/models" / folder).glob("*.yml"):
            described = page.read_text().split("description: >", 1)[1].split("\n    ", 1)[1]
            text = re.split(r"\n    \w|\n\n", described, maxsplit=1)[0]
            assert text.strip().splitlines()[-1].strip().startswith("One row per"), page.name
