"""Great Expectations as the judge: our suites become its own, frames go in, verdicts and its own page come out.

Its import costs 4 CPU seconds and brings pandas along, so that it is only done inside the functions that need it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from assets.expectations.pages import result_page
from quality.expectations.model import ABOUT, SOURCE, Between, Expectation, NotBelow, Suite
from quality.expectations.outcomes import Verdict

_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [SOURCE, ABOUT],
    "return_unexpected_index_query": False,
}


@dataclass(frozen=True)
class Judged:
    """What Great Expectations said of one suite: by expectation, and as a page."""

    verdicts: dict[str, Verdict]
    page: str


def judge(collections: Sequence[tuple[Suite, pl.DataFrame]], as_of: date, now: datetime) -> dict[str, Judged]:
    """Run every suite on its frame; the results by collection."""
    if not collections:
        return {}
    with _context() as context:
        source = context.data_sources.add_pandas("warehouse")
        return {suite.collection: _judged(context, source, suite, frame, as_of, now) for suite, frame in collections}


@contextmanager
def _context() -> Iterator[Any]:
    """A context in memory: nothing on disk, nothing sent anywhere, no progress bars."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    yield context


def _judged(context: Any, source: Any, suite: Suite, frame: pl.DataFrame, as_of: date, now: datetime) -> Judged:
    import great_expectations as gx

    batches = source.add_dataframe_asset(suite.collection).add_batch_definition_whole_dataframe(str(as_of))
    theirs = context.suites.add(
        gx.ExpectationSuite(name=suite.collection, expectations=[_theirs(each) for each in suite.expectations])
    )
    definition = gx.ValidationDefinition(name=suite.collection, data=batches, suite=theirs)
    result = context.validation_definitions.add(definition).run(
        batch_parameters={"dataframe": frame.to_pandas()},
        result_format=_RESULT_FORMAT,
        run_id=gx.RunIdentifier(run_name=str(as_of), run_time=now),
    )
    verdicts = {each.expectation_config.meta["name"]: _verdict(each) for each in result.results}
    return Judged(verdicts, result_page(result, suite, as_of))


def _theirs(expectation: Expectation) -> Any:
    """One expectation of ours as one of Great Expectations'."""
    import great_expectations.expectations as gxe

    told: dict[str, Any] = {"meta": {"name": expectation.name}, "notes": expectation.says, "severity": "warning"}
    if isinstance(expectation, Between):
        return gxe.ExpectColumnValuesToBeBetween(
            column=expectation.measure, min_value=expectation.minimum, max_value=expectation.maximum, **told
        )
    pair = (expectation.measure, expectation.limit)
    larger, smaller = pair if isinstance(expectation, NotBelow) else pair[::-1]
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=larger, column_B=smaller, or_equal=True, ignore_row_if="either_value_is_missing", **told
    )


def _verdict(result: Any) -> Verdict:
    """A result looks like a failed expectation when it is an exception: exception_info tells them apart."""
    broken = _exceptions(result.exception_info)
    if broken:
        return Verdict(broken=f"Great Expectations raised {', '.join(broken)}")
    rows = result.result.get("unexpected_index_list") or []
    return Verdict(failed=tuple((row[SOURCE], row[ABOUT]) for row in rows))


def _exceptions(info: Mapping[str, Any]) -> list[str]:
    """Kinds of the exceptions in it: one mapping, or one for each metric that was asked for. Never their texts."""
    if info.get("raised_exception"):
        lines = str(info.get("exception_traceback") or "").strip().splitlines()
        return [lines[-1].split(":")[0].rsplit(".")[-1] if lines else "an exception"]
    nested = (value for value in info.values() if isinstance(value, Mapping))
    return sorted({kind for value in nested for kind in _exceptions(value)})
