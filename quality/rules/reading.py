"""Rules on the person behind a record, asked while the record is read: afterwards nothing knows names or numbers.

What they find leaves as faults, which hold the rule's id and a position, never the value.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from quality.rules.model import IDENTITIES, IDENTITY_ATTRIBUTES, Kind, Rule
from quality.rules.registry import all_rules


def identity_rules(kind: Kind) -> tuple[Rule, ...]:
    """The rules on identities that look at one person at a time and are asked of this kind of source."""
    return tuple(
        rule
        for rule in all_rules()
        if rule.on == IDENTITIES and kind in rule.sources and isinstance(rule.logic_for(kind), pl.Expr)
    )


def doubts(identities: pl.DataFrame, kind: Kind, keys: Sequence[str], as_of: date | None = None) -> pl.DataFrame:
    """What is doubtful about these people: the keys, then entity, field and fault, which is the id of the rule.

    identities: the keys that say where each row came from, and any of IDENTITY_ATTRIBUTES; those left out are null.
    as_of: the day that the source speaks of; None for today.
    """
    rules = identity_rules(kind)
    lacking = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in IDENTITY_ATTRIBUTES.items() if name not in identities
    ]
    day = pl.lit(as_of, dtype=pl.Date).alias("as_of")
    asked = identities.with_columns(*lacking, day).select(*keys, *(_fails(rule, kind) for rule in rules))
    found = [_found(asked, rule, keys) for rule in rules if asked[rule.id].any()]
    if found:
        return pl.concat(found)
    schema: dict[str, pl.DataType] = {key: identities.schema[key] for key in keys}
    return pl.DataFrame(schema=schema | {"entity": pl.String(), "field": pl.String(), "fault": pl.String()})


def _fails(rule: Rule, kind: Kind) -> pl.Expr:
    fails = rule.logic_for(kind)
    if not isinstance(fails, pl.Expr):
        raise TypeError(f"rule {rule.id} is no expression, so it cannot be asked of one person")
    return (fails if rule.when is None else rule.when & fails).fill_null(False).alias(rule.id)


def _found(asked: pl.DataFrame, rule: Rule, keys: Sequence[str]) -> pl.DataFrame:
    said = {"entity": "children", "field": rule.fields[0], "fault": rule.id}
    return asked.filter(rule.id).select(*keys, *(pl.lit(value).alias(name) for name, value in said.items()))
