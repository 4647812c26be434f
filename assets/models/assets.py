"""The dbt models as assets: history first, then, once findings are in, the marts.

Two dbt commands a run, no more, because a dbt command is mostly start-up.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

from assets.models.translator import CscTranslator

# Unit tests of models prove the SQL, not the data: they run with the test suite.
BUILD = ["build", "--exclude-resource-type", "unit_test"]
# Seeds and staging views come with history, which is the first to need them.
SELECTIONS = {"dbt_history": "tag:history resource_type:seed", "dbt_marts": "tag:marts"}


def models_assets(name: str, project: DbtProject, pool: str, arguments: Sequence[str]) -> dg.AssetsDefinition:
    """The models of one of SELECTIONS, with their tests as checks. arguments: what every dbt command is given."""

    @dbt_assets(
        manifest=project.manifest_path,
        select=SELECTIONS[name],
        project=project,
        name=name,
        dagster_dbt_translator=CscTranslator(),
        pool=pool,
    )
    def models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        yield from dbt.cli([*BUILD, *arguments], context=context).stream()

    return models
