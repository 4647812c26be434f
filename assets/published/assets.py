"""The statistics that a user has downloaded, as an asset."""

import dagster as dg
import polars as pl

from assets.published.indicator_values import indicator_values
from assets.stores import Stores
from assets.warehouse.tables import ensure_tables

GROUP = "published"
VALUES = dg.AssetKey(["raw", "published_values"])


def published_assets(pool: str) -> dg.AssetsDefinition:
    """Published indicator values, beside which the feed's and the returns' are shown."""

    @dg.asset(
        key=VALUES,
        description="One row per published file, area, indicator and year, from the DfE and ONS files under "
        "CSC_REFERENCE/published; empty where there are none.",
        group_name=GROUP,
        kinds={"csv", "polars"},
        pool=pool,
    )
    def published_values(stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        values = read_published(stores)
        with stores.warehouse() as warehouse:
            ensure_tables(warehouse)
            rows = warehouse.replace("raw.published_values", values)
        return dg.MaterializeResult(metadata={"rows": rows, "files": values["source_id"].n_unique()})

    return published_values


def read_published(stores: Stores) -> pl.DataFrame:
    """What the published files say about current LAs and regions."""
    deployment = stores.deployment
    return indicator_values(deployment.reference_dir / "published", deployment.la_codes, deployment.regions)
