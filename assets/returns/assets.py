"""The annual returns in the lake as an asset."""

from collections import Counter

import dagster as dg

from assets.frames.assets import shape_results, shape_specs
from assets.returns.errors import ReturnError
from assets.returns.landed import pending_returns, take_in
from assets.stores import Stores
from assets.submissions.assets import RETURNS as LANDED
from quality.schemas.entities import ALL_ENTITIES
from quality.schemas.frames import FrameError
from quality.schemas.logs import LOGS

GROUP = "returns"
RETURNS = dg.AssetKey(["lake", "returns"])
TABLES = (*ALL_ENTITIES, *LOGS)


class ReturnsFailedError(ExceptionGroup):
    """Returns that could not be read; the others are in the lake."""


def returns_assets() -> dg.AssetsDefinition:
    """The entity frames of every return whose latest landing is not in the lake yet."""

    @dg.asset(
        key=RETURNS,
        description="One folder per annual return of one LA and year: the same frames as the feed, those that only a "
        "return has, and the cells that could not be read.",
        deps=[LANDED],
        group_name=GROUP,
        kinds={"polars", "parquet"},
        check_specs=shape_specs(RETURNS, TABLES),
    )
    def returns(stores: dg.ResourceParam[Stores]) -> dg.MaterializeResult:
        children, faults, errors = 0, 0, []
        rows: Counter[str] = Counter()
        wrong: list[FrameError] = []
        pending = pending_returns(stores.returns_landing, stores.lake)
        for landed in pending:
            stores.progress(f"return {landed.return_id}")
            try:
                summary = take_in(stores.returns_landing, stores.lake, stores.pseudonyms, landed)
            except ReturnError as error:
                errors.append(error)
                continue
            except FrameError as error:
                wrong.append(error)
                continue
            rows += Counter(summary.rows)
            children += summary.children
            faults += sum(summary.faults.values())
        if errors:
            raise ReturnsFailedError(f"{len(errors)} of {len(pending)} returns could not be read", errors)
        return dg.MaterializeResult(
            metadata={"returns": len(pending), "children": children, "faults": faults},
            check_results=shape_results(RETURNS, TABLES, rows, wrong),
        )

    return returns
