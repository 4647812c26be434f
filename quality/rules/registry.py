"""Every rule that has logic: gathered from the modules of logic/, each of which lists its own in RULES."""

import importlib
import pkgutil
from functools import cache

from quality.rules import logic
from quality.rules.model import RECORDS, Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids. The same id twice is an error."""
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(logic.__path__):
        for rule in importlib.import_module(f"{logic.__name__}.{module.name}").RULES:
            if rule.id in found:
                raise ValueError(f"rule {rule.id} has logic twice")
            found[rule.id] = rule
    return tuple(found[rule_id] for rule_id in sorted(found))


def record_rules() -> tuple[Rule, ...]:
    """Rules on the child record as received."""
    return tuple(rule for rule in all_rules() if rule.on == RECORDS)


def state_rules() -> tuple[Rule, ...]:
    """Rules on the merged state of children, and on returns."""
    return tuple(rule for rule in all_rules() if rule.on != RECORDS)
