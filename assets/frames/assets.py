"""Asset checks on the shape of frames: one for each table that a stage writes, blocking.

The frames are proven while they are written (quality/schemas/frames.py), once; here what came of it is told to Dagster.
"""

from collections.abc import Iterable, Mapping

import dagster as dg

from quality.schemas.frames import FrameError


def shape_specs(asset: dg.AssetKey, tables: Iterable[str]) -> list[dg.AssetCheckSpec]:
    """One blocking check a table: nothing downstream is built on a frame that is not what its schema says."""
    return [
        dg.AssetCheckSpec(
            _name(table),
            asset=asset,
            blocking=True,
            description=f"Every frame of {table} has the columns, types and keys of its schema. A wrong one is a fault "
            "of the platform: it is not written, and nothing after it runs.",
        )
        for table in tables
    ]


def shape_results(
    asset: dg.AssetKey, tables: Iterable[str], rows: Mapping[str, int], errors: Iterable[FrameError]
) -> list[dg.AssetCheckResult]:
    """The checks' results. rows: written by table. errors: of the frames that were wrong; they repeat no value."""
    wrong: dict[str, list[str]] = {}
    for error in errors:
        wrong.setdefault(error.table, []).append(str(error))
    return [
        dg.AssetCheckResult(
            check_name=_name(table),
            asset_key=asset,
            passed=table not in wrong,
            metadata={"rows": rows.get(table, 0), "wrong_frames": sorted(set(wrong.get(table, [])))},
        )
        for table in tables
    ]


def _name(table: str) -> str:
    return f"{table}_shape"
