"""A frame of the wrong shape fails its table's check, and nothing after it runs."""

import dagster as dg
import polars as pl
import pytest

from assets.frames.assets import shape_results, shape_specs
from quality.schemas.frames import FrameError, checked

UPSTREAM, DOWNSTREAM = dg.AssetKey("frames"), dg.AssetKey("after")
TABLES = ("children", "episodes")


def _run(errors: list[FrameError]) -> dg.ExecuteInProcessResult:
    @dg.asset(key=UPSTREAM, check_specs=shape_specs(UPSTREAM, TABLES))
    def frames() -> dg.MaterializeResult:
        return dg.MaterializeResult(check_results=shape_results(UPSTREAM, TABLES, {"children": 3}, errors))

    @dg.asset(key=DOWNSTREAM, deps=[UPSTREAM])
    def after() -> None: ...

    return dg.materialize([frames, after], instance=dg.DagsterInstance.ephemeral(), raise_on_error=False)


def _wrong() -> FrameError:
    with pytest.raises(FrameError) as caught:
        checked("children", pl.DataFrame({"date_of_birth": ["2015-06-15"]}))
    return caught.value


def test_sound_frames_pass_every_check_and_what_follows_runs() -> None:
    result = _run([])
    assert result.success
    told = {
        check.check_name: (check.passed, check.metadata["rows"].value) for check in result.get_asset_check_evaluations()
    }
    assert told == {"children_shape": (True, 3), "episodes_shape": (True, 0)}
    assert result.asset_materializations_for_node("after")


def test_a_wrong_frame_fails_its_check_and_stops_what_follows() -> None:
    result = _run([_wrong()])
    assert not result.success
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert [check.check_name for check in failed] == ["children_shape"]
    assert "2015" not in str(failed[0].metadata)
    assert not [e for e in result.all_events if e.is_step_success and e.step_key == "after"]
