"""What each rule costs by itself: the engine asked for it alone, less what any rule on those rows would cost.

A column that stands beside the row, such as a fact of the child, is worked out once for all rules that read it; its
cost is shared out among them. What is left is what the run of all rules would save without the rule.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import polars as pl

from benchmarks.measuring import least_cpu_seconds
from quality.rules.engine import run
from quality.rules.model import Kind, Rule

SHOWN = 15
# A rule that costs more than this share of the whole is worth a look.
LARGEST_SHARE = 0.03
_REPEATS = 2


def dearest_rules(
    frames: Mapping[str, pl.DataFrame], kind: Kind, rules: Iterable[Rule], year: int | None = None
) -> dict[str, Any]:
    """CPU seconds of the run of all rules, and the rules that cost most, the dearest first.

    share_of_dearest: of what all rules cost. over_their_share: rules that cost more than LARGEST_SHARE of the run.
    """
    costs = _Costs(frames, kind, list(rules), year)
    whole = costs.of(costs.rules)
    own = {rule.id: costs.of_rule(rule) for rule in costs.rules}
    first = sorted(own, key=lambda rule_id: own[rule_id], reverse=True)[:SHOWN]
    return {
        "rules": len(own),
        "whole_s": round(whole, 3),
        "dearest_rules": [f"{name}: {own[name]:.3f} s, {own[name] / whole:.1%} of the run" for name in first],
        "share_of_dearest": round(sum(own[name] for name in first) / sum(own.values()), 3),
        "over_their_share": [name for name in first if own[name] / whole > LARGEST_SHARE],
    }


@dataclass
class _Costs:
    """CPU seconds of runs on the same frames, each measured once."""

    frames: Mapping[str, pl.DataFrame]
    kind: Kind
    rules: list[Rule]
    year: int | None
    _known: dict[tuple[str, frozenset[str]], float] = field(default_factory=dict)

    def of(self, rules: list[Rule]) -> float:
        """Of one run of these rules."""
        return least_cpu_seconds(lambda: run(self.frames, self.kind, rules, self.year), _REPEATS)

    def of_rule(self, rule: Rule) -> float:
        """Of this rule among the others: what it adds by itself, and its part of the columns that it shares."""
        beside = self._beside(rule)
        prefixes = {_row_of(name) for name in beside}
        base = self._of_reading(rule, prefixes)
        shared = {name: max(0.0, self._of_reading(rule, {_row_of(name), name}) - base) for name in beside}
        alone = max(0.0, self.of([rule]) - base - sum(shared.values()))
        return alone + sum(cost / self._readers[name] for name, cost in shared.items())

    @cached_property
    def _readers(self) -> Counter[str]:
        """How many rules read each column that stands beside a row."""
        return Counter(name for rule in self.rules for name in self._beside(rule))

    def _beside(self, rule: Rule) -> set[str]:
        parts = [part for part in (rule.logic_for(self.kind), rule.when, rule.softened) if isinstance(part, pl.Expr)]
        return {name for part in parts for name in part.meta.root_names() if "." in name}

    def _of_reading(self, rule: Rule, names: set[str]) -> float:
        """Of a rule on the same table that reads these columns and that no row fails."""
        key = (rule.on, frozenset(names))
        if key not in self._known:
            never = pl.all_horizontal(pl.lit(False), *(pl.col(name).is_null() for name in sorted(names)))
            self._known[key] = self.of([replace(rule, id="nothing", fails=never, when=None, softened=None, reads=())])
        return self._known[key]


def _row_of(name: str) -> str:
    """The column that tells which row stands beside, such as child.row of child.date_of_birth."""
    return f"{name.split('.')[0]}.row"
