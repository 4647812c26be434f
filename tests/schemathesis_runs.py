"""Schemathesis over an OpenAPI document, in this process: what it sent, what came back, and what it found wrong.

Its own engine runs the boundaries of every schema and then drawn examples; its pytest plugin would draw the boundaries
while tests are collected, which takes longer than all other collecting. Everything is the same at every run.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from schemathesis import BaseSchema, Config
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder


@dataclass(frozen=True)
class Exchange:
    """A request that was sent and its answer.

    fits: whether the request is what the document asks for; None where it was sent by a check, such as without a token.
    """

    what: str
    method: str
    fits: bool | None
    has_misfit_body: bool
    body: bytes
    status: int
    headers: dict[str, list[str]]
    content: bytes

    @property
    def text(self) -> str:
        """The answer's body."""
        return self.content.decode()

    def json(self) -> Any:
        """The same, parsed."""
        return json.loads(self.content)


@dataclass
class Run:
    """All exchanges of a run and, in words, everything that was found wrong."""

    exchanges: list[Exchange] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, recorder: ScenarioRecorder) -> None:
        """What a part of the run has recorded."""
        self.exchanges += _exchanges(recorder)
        for case_id, checks in recorder.checks.items():
            self.wrong += [
                f"{_what(recorder, case_id)}: {check.name}: {check.failure_info.failure.message}"
                for check in checks
                if check.failure_info is not None
            ]


def phases(**more: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The boundaries and the drawn examples, neither of which learns from answers, since those hold times and uuids."""
    unlearned = {"extra-data-sources": {"responses": False}}
    said = {
        "stateful": {"enabled": False},
        "coverage": unlearned,
        "fuzzing": unlearned | {"error-feedback": {"enabled": False}},
    }
    return {name: said.get(name, {}) | more.get(name, {}) for name in said | more}


def config(*, examples: int, **more: Any) -> Config:
    """Settings under which a run sends the same every time, and keeps nothing on disk; more: other ones."""
    said = {
        "seed": 20_250_401,
        "continue-on-failure": True,
        "workers": 1,
        "cache": {"enabled": False},
        # else it looks for texts to send in the source of the application
        "analysis": {"constants": {"enabled": False}},
        "phases": phases(),
        "generation": {"deterministic": True, "max-examples": examples, "database": "none"},
    }
    return Config.from_dict(said | more)


def run(schema: BaseSchema) -> Run:
    """Everything that schemathesis does with that document."""
    result = Run()
    for event in from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                result.add(event.recorder)
                if event.status in (Status.ERROR, Status.INTERRUPTED):
                    result.wrong.append(f"{event.label}: the run of it ended as {event.status}")
            case events.NonFatalError():
                result.wrong.append(f"{event.label}: {event.value!r}")
            case events.FatalError():
                raise event.exception
    return result


def _exchanges(recorder: ScenarioRecorder) -> Iterator[Exchange]:
    for case_id, node in recorder.cases.items():
        interaction = recorder.interactions.get(case_id)
        assert interaction is not None, f"{recorder.label}: a request got no answer"
        assert interaction.response is not None, f"{recorder.label}: a request got no answer"
        meta = node.value.meta if node.parent_id is None else None
        yield Exchange(
            _what(recorder, case_id),
            interaction.request.method,
            meta.generation.mode.is_positive if meta else None,
            bool(meta and meta.is_negative_at(ParameterLocation.BODY)),
            interaction.request.body or b"",
            interaction.response.status_code,
            interaction.response.headers,
            interaction.response.content,
        )


def _what(recorder: ScenarioRecorder, case_id: str) -> str:
    """Which request it was, for whoever reads that it failed."""
    case = recorder.cases[case_id].value
    told = getattr(case.meta.phase.data, "description", None) if case.meta else None
    return f"{recorder.label} ({told or 'drawn'})"
