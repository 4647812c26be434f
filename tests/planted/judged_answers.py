"""What stands in the answers of any `csc validate`, in the form in which tests compare it."""

from typing import Any

import polars as pl

from quality.rules.catalogue import catalogue
from quality.rules.model import Kind


def failed(answered: pl.DataFrame, by: str = "number") -> dict[Any, set[str]]:
    """The rules broken, by the number of the child or another column; None holds those broken by no one child."""
    broken = answered.filter(pl.col("outcome") == "failed").group_by(by).agg(pl.col("rule_id").unique())
    return {number: set(rules) for number, rules in broken.iter_rows()}


def could_not_run(answered: pl.DataFrame) -> list[str]:
    """The rules that broke."""
    return answered.filter(pl.col("outcome") == "could_not_run")["rule_id"].to_list()


def unanswered(answered: pl.DataFrame, kind: Kind) -> set[str]:
    """Rules for a source of this kind of which the answers say nothing at all, or say two things."""
    once = answered.group_by("rule_id").len().filter(pl.col("len") == 1)["rule_id"]
    return {entry.rule_id for entry in catalogue().values() if kind in entry.applies_to} - set(once)


def unlike(found: set[str], expected: set[str]) -> list[str]:
    """Which rules are broken beside those expected, and which are not."""
    return [*(f"also {rule_id}" for rule_id in found - expected), *(f"not {rule_id}" for rule_id in expected - found)]
