"""The dbt models as assets: history first, then, once findings are in, the marts. Two dbt commands a run, no more,

because a dbt command is mostly start-up.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

from assets.models.translator import CscTranslator

# Unit tests of models prove the SQL, not the data: they run with the test suite.
BUILD = ["build", "--exclude-resource-type", "unit_test"]


def history_assets(project: DbtProject, pool: str, arguments: Sequence[str]) -> dg.AssetsDefinition:
    """Seeds, staging views and the history of every entity."""

    @dbt_assets(
        manifest=project.manifest_path,
        select="tag:history resource_type:seed",
        project=project,
        name="dbt_history",
        dagster_dbt_translator=CscTranslator(),
        pool=pool,
    )
    def dbt_history(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        yield from dbt.cli([*BUILD, *arguments], context=context).stream()

    return dbt_history


def marts_assets(project: DbtProject, pool: str, arguments: Sequence[str]) -> dg.AssetsDefinition:
    """Dimensions, indicators, benchmarks and finding summaries."""

    @dbt_assets(
        manifest=project.manifest_path,
        select="tag:marts",
        project=project,
        name="dbt_marts",
        dagster_dbt_translator=CscTranslator(),
        pool=pool,
    )
    def dbt_marts(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        yield from dbt.cli([*BUILD, *arguments], context=context).stream()

    return dbt_marts
