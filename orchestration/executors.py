"""How the steps of a run are executed."""

from collections.abc import Iterator
from typing import Any, cast

import dagster as dg

from orchestration.at_work import at_work_until_exit


class _HeldAtWork(dg.Executor):
    """Another executor, in a process that is known to be at work on the run."""

    def __init__(self, inner: dg.Executor) -> None:
        self._inner = inner

    @property
    def retries(self) -> Any:
        return self._inner.retries

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[dg.DagsterEvent]:
        at_work_until_exit(plan_context.instance, plan_context.run_id)
        yield from self._inner.execute(plan_context, execution_plan)


@dg.executor(name="in_process", config_schema=cast("Any", dg.in_process_executor.config_schema))
def in_one_process(context: dg.InitExecutorContext) -> dg.Executor:
    """All steps of a run in its one process: they are few and long, and DuckDB takes one writing process."""
    create = dg.in_process_executor.executor_creation_fn
    if create is None:
        raise TypeError("Dagster's in_process_executor cannot be created; its version is pinned in constraints.txt")
    return _HeldAtWork(create(context))
