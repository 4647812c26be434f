"""What senders put in the landing store, as Dagster sees it: data from outside, observed and never made here."""

import dagster as dg

GROUP = "submissions"

BATCHES = dg.AssetKey(["landing", "batches"])
RETURNS = dg.AssetKey(["landing", "returns"])


def submissions_assets() -> list[dg.AssetSpec]:
    """The landed batches and returns."""
    return [
        dg.AssetSpec(
            BATCHES,
            description="One file per batch of at most 100 child records, exactly as received, by day and stream.",
            group_name=GROUP,
            kinds={"json"},
        ),
        dg.AssetSpec(
            RETURNS,
            description="One file per landing of an annual return (CIN census or SSDA903), exactly as given.",
            group_name=GROUP,
            kinds={"xml", "csv"},
        ),
    ]
