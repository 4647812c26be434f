"""The catalogue of rules: id, wording, severity, fields and DfE codes, read from the dbt seed `rule`.

What a rule asks is not here but in logic/, one `rule(...)` call each.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast, get_args

import polars as pl

from quality.rules.model import KINDS, Kind, Logic, Rule, Severity, SeverityReturn, in_years, severity_in

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"


@dataclass(frozen=True)
class Entry:
    """One row of the catalogue."""

    rule_id: str
    category: str
    severity: Severity
    severity_return: SeverityReturn
    entity: str
    fields: tuple[str, ...]
    applies_to: frozenset[Kind]
    judged_by: str
    dfe_code_cin: str
    dfe_code_903: str
    first_year: int | None
    last_year: int | None
    message: str
    condition: str
    notes: str

    def severity_for(self, kind: Kind) -> Severity:
        """The weight of a finding in a source of this kind."""
        return severity_in(kind, self.severity, self.severity_return)

    def asked_in(self, year: int | None) -> bool:
        """Whether the rule is asked in this collection year; a source without one is always asked."""
        return in_years(year, self.first_year, self.last_year)


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every rule by id, in the order of the seed."""
    with (SEEDS / "rule.csv").open(encoding="utf-8", newline="") as file:
        entries = [entry_of(row) for row in csv.DictReader(file)]
    return {entry.rule_id: entry for entry in entries}


def rule(
    rule_id: str,
    on: str,
    fails: Logic | Mapping[Kind, Logic],
    *,
    when: pl.Expr | None = None,
    softened: pl.Expr | None = None,
    reads: tuple[str, ...] = (),
) -> Rule:
    """The rule of that id: what the catalogue says of it, with this logic. An id not in the catalogue is an error."""
    try:
        entry = catalogue()[rule_id]
    except KeyError:
        raise KeyError(f"rule {rule_id} has logic but no row in dbt_project/seeds/rule.csv; add one") from None
    return Rule(
        id=rule_id,
        on=on,
        fails=fails,
        fields=entry.fields,
        severity=entry.severity,
        severity_return=entry.severity_return,
        sources=entry.applies_to,
        first_year=entry.first_year,
        last_year=entry.last_year,
        when=when,
        softened=softened,
        reads=reads,
    )


def _severity(rule_id: str, word: str) -> Severity:
    if word not in get_args(Severity):
        raise ValueError(f"rule {rule_id}: {word!r} is no severity; expected one of {get_args(Severity)}")
    return cast(Severity, word)


def _severity_return(rule_id: str, text: str) -> SeverityReturn:
    """One word for both returns, or `kind:word` for each kind that differs, joined by semicolons."""
    if ":" not in text:
        return _severity(rule_id, text) if text else None
    by_kind = [part.split(":", 1) for part in text.split(";")]
    unknown = {kind for kind, *_ in by_kind} - (set(KINDS) - {"payload"})
    if unknown:
        raise ValueError(f"rule {rule_id}: severity_return has {sorted(unknown)}; expected cin or ssda903")
    return {cast(Kind, kind): _severity(rule_id, "".join(word)) for kind, *word in by_kind}


def entry_of(row: Mapping[str, str]) -> Entry:
    """The entry of a row of the seed; ValueError, naming the rule, where it says something that cannot be."""
    kinds = frozenset(row["applies_to"].split(";"))
    unknown = kinds - set(KINDS)
    if unknown:
        raise ValueError(f"rule {row['rule_id']}: applies_to has {sorted(unknown)}; expected of {KINDS}")
    return Entry(
        rule_id=row["rule_id"],
        category=row["category"],
        severity=_severity(row["rule_id"], row["severity"]),
        severity_return=_severity_return(row["rule_id"], row["severity_return"]),
        entity=row["entity"],
        fields=tuple(row["fields"].split(";")),
        applies_to=cast(frozenset[Kind], kinds),
        judged_by=row["judged_by"],
        dfe_code_cin=row["dfe_code_cin"],
        dfe_code_903=row["dfe_code_903"],
        first_year=int(row["first_year"]) if row["first_year"] else None,
        last_year=int(row["last_year"]) if row["last_year"] else None,
        message=row["message"],
        condition=row["condition"],
        notes=row["notes"],
    )
