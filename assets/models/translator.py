"""How a dbt node looks in Dagster: keys mirror storage, groups are stages, descriptions begin with the grain."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings

# Every raw table is written by one asset, which loads a day whole; the findings tables likewise.
_WRITERS = {
    "raw": dg.AssetKey(["raw", "child_records"]),
    "control": dg.AssetKey(["raw", "child_records"]),
    "secure": dg.AssetKey(["raw", "child_records"]),
    "findings": dg.AssetKey(["findings", "rule_outcome"]),
}
_OF_THEIR_OWN = {dg.AssetKey(["raw", "published_values"])}
_GROUPS = {
    "reference": "reference",
    "staging": "history",
    "history": "history",
    "indicators": "marts",
    "findings": "findings",
    "marts": "marts",
}


class CscTranslator(DagsterDbtTranslator):
    """Names dbt models, seeds and sources after the schema and table they are stored in."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """[schema, table]; a source's key is that of the asset which writes it."""
        schema = dbt_resource_props["schema"]
        if dbt_resource_props["resource_type"] == "source":
            own = dg.AssetKey([schema, dbt_resource_props["identifier"]])
            return own if own in _OF_THEIR_OWN else _WRITERS.get(schema, own)
        return dg.AssetKey([schema, dbt_resource_props.get("alias") or dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The stage that the table belongs to."""
        return _GROUPS.get(dbt_resource_props["schema"], dbt_resource_props["schema"])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The model's own description, without the SQL that Dagster would add."""
        return dbt_resource_props.get("description") or dbt_resource_props["name"]
