"""Cases of a rule: one that passes, one that fails, the two sides of its boundary, and one with a null."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rule_building import TODAY, YEAR_START, Drawn, frames_of

from quality.rules.engine import run
from quality.rules.model import Judgement, Kind, in_years
from quality.rules.registry import all_rules


@dataclass(frozen=True)
class Verdict:
    """What was drawn, and which rows of the rule's entity must fail."""

    drawn: tuple[Drawn, ...]
    rows: tuple[int, ...] = ()
    kind: Kind = "payload"
    severity: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


def passes(*drawn: Drawn, kind: Kind = "payload", **options: Any) -> Verdict:
    """No row fails. options: as_of and period_start (for a return they are those of 2025/26), before."""
    return Verdict(drawn, (), kind, None, options)


def fails(
    *drawn: Drawn, rows: tuple[int, ...] = (0,), kind: Kind = "payload", severity: str | None = None, **options: Any
) -> Verdict:
    """These rows fail (default the first), with this severity where one is named."""
    return Verdict(drawn, rows, kind, severity, options)


@dataclass(frozen=True)
class Cases:
    """The cases of one rule."""

    rule_id: str
    passing: tuple[Verdict, ...]
    failing: tuple[Verdict, ...]
    boundary: tuple[Verdict, ...]
    null: tuple[Verdict, ...]

    def each(self) -> Iterator[tuple[str, Verdict]]:
        """Every verdict with a name."""
        for aspect in ("passing", "failing", "boundary", "null"):
            for number, verdict in enumerate(getattr(self, aspect)):
                yield f"{self.rule_id}-{aspect}-{number}", verdict


def cases(rule_id: str, *, passing: Any, failing: Any, boundary: Any, null: Any) -> Cases:
    """Cases of a rule; a drawing that is not inside passes() or fails() does what its name says, a null one passes."""
    return Cases(rule_id, _all(passing, passes), _all(failing, fails), _all(boundary, passes), _all(null, passes))


def _all(given: Any, otherwise: Any) -> tuple[Verdict, ...]:
    several = given if isinstance(given, tuple) else (given,)
    return tuple(one if isinstance(one, Verdict) else otherwise(one) for one in several)


def judged(rule_id: str, verdict: Verdict) -> Judgement:
    """The engine's judgement of one drawing by one rule."""
    rules = [rule for rule in all_rules() if rule.id == rule_id]
    of_return = {} if verdict.kind == "payload" else {"period_start": YEAR_START}
    frames = frames_of(*verdict.drawn, **(of_return | verdict.options))
    as_of = verdict.options.get("as_of", TODAY)
    never_asked = any(in_years(rule.first_year, None, rule.last_year) is False for rule in rules)
    return run(frames, verdict.kind, rules, None if verdict.kind == "payload" or never_asked else int(as_of[:4]))
