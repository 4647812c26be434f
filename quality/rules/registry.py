"""Every rule that has logic: gathered from the modules of logic/, each of which lists its own in RULES."""

import importlib
import pkgutil
from functools import cache

import polars as pl

from quality.rules import logic
from quality.rules.model import IDENTITIES, RECORDS, Kind, Rule


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


def rules_for(kind: Kind) -> tuple[Rule, ...]:
    """The rules that this kind of source is ever asked; the others would only say that they are not for it."""
    return tuple(rule for rule in all_rules() if kind in rule.sources)


def record_rules() -> tuple[Rule, ...]:
    """Rules on the child record of the feed as received."""
    return tuple(rule for rule in rules_for("payload") if rule.on == RECORDS)


def state_rules() -> tuple[Rule, ...]:
    """Rules on the merged state of the children of the feed; those on one person were asked while reading."""
    return tuple(
        rule
        for rule in rules_for("payload")
        if rule.on != RECORDS and not (rule.on == IDENTITIES and isinstance(rule.logic_for("payload"), pl.Expr))
    )
