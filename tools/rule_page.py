"""docs/rules.md: the whole rule catalogue as a page, made from the seed `rule` and from where each rule's logic lies.

Which documents there are, and whether they are current, is in docs.py.
"""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from quality.rules import logic
from quality.rules.catalogue import Entry, catalogue
from quality.rules.model import IDENTITIES, KINDS, RECORDS, SUBMISSION, Kind, Rule, Severity
from quality.schemas.entities import ALL_ENTITIES

KIND_NAMES: dict[Kind, str] = {"payload": "payload", "cin": "CIN census", "ssda903": "SSDA903"}
SEVERITIES: tuple[Severity, ...] = ("reject", "error", "warning")
_ANY = "any"
_ABOUT = {
    SUBMISSION: "What was sent as a whole: one row per request, file or return.",
    RECORDS: "The child record as received, one row per record.",
    _ANY: "Whichever table the value is in.",
}
_HOW = {
    "structure": "while the source is read",
    "expectation": "on the collection as a whole (`quality/expectations/`)",
}
# Signs that Markdown would take for its own.
_MARKDOWN = re.compile(r"([\\*]|<(?=[A-Za-z/!]))")

_HEAD = """\
# The rules

Written by `make fix` from `dbt_project/seeds/rule.csv`; change the seed, not this page. {count} rules are asked of the
daily feed (the payload), of the CIN census and of the SSDA903. What each one asks of which rows is code in
`quality/rules/logic/`; whatever must hold for a record to be readable at all is judged while it is read.

## How many

| asked of | rules | reject | error | warning |
| --- | --- | --- | --- | --- |
{counts}

A **reject** sets the record aside (or refuses the request), and it is counted; an **error** is a value that cannot be
right or that DfE's collection would refuse; a **warning** is one to look at. In a return a rule may have another
severity than in the feed.

## What becomes of a rule

| outcome | meaning |
| --- | --- |
| `passed` | There were rows to ask, and none fails. |
| `failed` | One row at least fails; each is a finding. |
| `not_applicable` | The rule was not asked, or no row had the values to ask it of; the reason is told. |
| `could_not_run` | The rule broke off with an error of its own. It says nothing of the data, and is never a pass. |

A missing value does not fail a rule unless the rule says so. Dates are compared with the day on which a payload was
received, with 31 March (the reference date) in a census, and with 31 March in an SSDA903. The census year and the
collection year run from 1 April to 31 March and go by the year in which they end: 2026 is 2025/26.

## Departures from the public validators

For both returns validators are published that anyone can run. Where what they do is not what DfE's text of the rule
says (a comparison the wrong way round, a column that no file has, a list that is out of date), the rule here follows
the text, and its notes say what the public validator does instead. A note that names the public validator without a
difference says that its reading was followed where the text leaves room. *This project's own* is a rule, or a
threshold, that no DfE code stands behind; *inferred* is what no source states.

## How to read an entry

**Fails when** is the exact condition, in the fields of the [canonical tables](tables.md) or in the return's own
columns. AS_OF is the day that dates are compared with, PERIOD_START the first day of the year a return is about.
**Years** bind returns only; a payload is always asked.

| table | rules |
| --- | --- |
{contents}
"""


def rules_page() -> str:
    """The page: how many rules there are, what outcomes and departures mean, then every rule by table."""
    by_entity: dict[str, list[Entry]] = {name: [] for name in (SUBMISSION, RECORDS, *ALL_ENTITIES, _ANY)}
    for entry in catalogue().values():
        by_entity[entry.entity].append(entry)
    held = {entity: entries for entity, entries in by_entity.items() if entries}
    head = _HEAD.format(
        count=len(catalogue()),
        counts="\n".join(_counts(kind) for kind in KINDS),
        contents="\n".join(f"| [{entity}](#{entity}) | {len(entries)} |" for entity, entries in held.items()),
    )
    sections = [line for entity, entries in held.items() for line in _section(entity, entries)]
    return head + "\n".join(sections) + "\n"


def _counts(kind: Kind) -> str:
    severities = Counter(entry.severity_for(kind) for entry in catalogue().values() if kind in entry.applies_to)
    cells = (KIND_NAMES[kind], severities.total(), *(severities[severity] for severity in SEVERITIES))
    return f"| {' | '.join(map(str, cells))} |"


def _section(entity: str, entries: list[Entry]) -> list[str]:
    about = _ABOUT.get(entity)
    lines = ["", f"## {entity}"] + (["", about] if about else [])
    return lines + [line for entry in entries for line in _rule(entry)]


def _rule(entry: Entry) -> list[str]:
    codes = {"CIN": entry.dfe_code_cin, "SSDA903": entry.dfe_code_903}
    mirrored = "; ".join(f"{name} {found.replace(';', ', ')}" for name, found in codes.items() if found)
    facts = {
        "Severity": _severity(entry),
        "DfE codes": mirrored,
        "Asked of": ", ".join(KIND_NAMES[kind] for kind in KINDS if kind in entry.applies_to),
        "Years": _years(entry),
        "Fields": ", ".join(f"`{name}`" for name in entry.fields),
        "Fails when": _plain(entry.condition),
        "Judged": _judged(entry),
        "Notes": _plain(entry.notes),
    }
    told = [f"- {name}: {text}" for name, text in facts.items() if text]
    return ["", f"### {entry.rule_id}", "", f"**{_plain(entry.message)}**", "", *told]


def _severity(entry: Entry) -> str:
    severity: str = entry.severity
    if isinstance(entry.severity_return, Mapping):
        severity += "".join(f", in {KIND_NAMES[kind]} {word}" for kind, word in entry.severity_return.items())
    elif entry.severity_return and entry.applies_to != {"payload"}:
        severity += f", in a return {entry.severity_return}"
    found = _logic().get(entry.rule_id)
    if found and found[1].softened is not None:
        severity += "; in a payload some failing rows are only a warning"
    return severity


def _years(entry: Entry) -> str:
    first, last = (_year(year) if year else "" for year in (entry.first_year, entry.last_year))
    if entry.first_year and entry.last_year and entry.first_year > entry.last_year:
        return "none"
    if first and last:
        return f"{first} only" if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"up to {last}" if last else ""


def _year(ends: int) -> str:
    return f"{ends - 1}/{ends % 100:02}"


def _judged(entry: Entry) -> str:
    if entry.judged_by != "rule":
        return _HOW[entry.judged_by]
    module, rule = _logic()[entry.rule_id]
    judged = "the person behind each record" if rule.on == IDENTITIES else f"each row of `{rule.on}`"
    return f"on {judged}, [{module}](../quality/rules/logic/{module}.py)"


@cache
def _logic() -> dict[str, tuple[str, Rule]]:
    """By the rule's id: the module of its logic, and the rule."""
    return {
        rule.id: (module.name, rule)
        for module in pkgutil.iter_modules(logic.__path__)
        for rule in importlib.import_module(f"{logic.__name__}.{module.name}").RULES
    }


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
