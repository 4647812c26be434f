"""What csc validate prints: a table for people, csv and json for programs.

The table has a line for each rule that says what is wrong and where the first findings are, then how many there are
and which rules were not asked. csv and json have a row for each finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
import polars as pl
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.validation.answers import ANSWERS, SHOWN
from orchestration.commands.shared import console
from quality.rules.model import RECORDS, Kind

_PLACES_SHOWN = 3
_NARROWEST, _WIDTH_OF_A_FILE = 60, 100
_OF_A_RULE = ["rule_id", "severity", "outcome"]
_UNPRINTABLE = r"\p{C}"
_SECTIONS = {
    ("failed", "reject"): ("Refused", "bold red"),
    ("failed", "error"): ("Errors", "red"),
    ("failed", "warning"): ("Warnings", "yellow"),
    ("could_not_run", None): ("Broken", "bold magenta"),
    ("passed", None): ("Passed", "green"),
    ("not_applicable", None): ("Not asked", "dim"),
}
_HEADLINE = {
    "reject": ("for which a record is refused",) * 2,
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
}
_COUNTED_FROM = "Records and rows are counted from 0"
_OF_CSV = ": row 0 of a CSV file is the line below the names of its columns"
# What the engine calls by its own name.
_PLAINLY = {"no records as received are among these frames": "names are compared with those of the whole LA only"}
# A reason that names a table is told once for all tables.
_TABLE = r"^(.* (?:in|without|holds no)) (\w+)$"
_HELP = {
    "ssda903": {"nothing is held from before": "give last year's with --previous", "no list of": "give --providers"},
    "payload": {"nothing is held from before": "only who receives the feed knows that"},
}


@dataclass(frozen=True)
class Shown:
    """The answers (columns TOLD) to a file of this kind, and how much was judged, in words."""

    answers: pl.DataFrame
    kind: Kind
    judged: str


def show(shown: Shown, form: str, *, everything: bool) -> None:
    """Print the answers: those that failed and could not be given, or every one; the count of them too."""
    rows = shown.answers if everything else shown.answers.filter(pl.col("outcome").is_in(SHOWN))
    if form == "table":
        _show_table(rows, shown)
        return
    chosen = rows.select(list(ANSWERS))
    text: str = chosen.write_csv() if form == "csv" else f"{chosen.write_json()}\n"
    # as bytes, so that it is UTF-8 whatever the terminal is set to
    click.echo(text.encode(), nl=False)
    console.print(_headline(shown), markup=False)


def _show_table(rows: pl.DataFrame, shown: Shown) -> None:
    terminal = Console(highlight=False)
    terminal.width = max(terminal.width, _NARROWEST if terminal.is_terminal else _WIDTH_OF_A_FILE)
    if not rows.is_empty():
        terminal.print(_by_rule(rows, shown.kind))
        terminal.print(f"{_COUNTED_FROM}{_OF_CSV if shown.kind == 'ssda903' else ''}.", style="dim")
    terminal.print(_headline(shown), markup=False)
    terminal.print(_of_rules(shown))


def _headline(shown: Shown) -> str:
    found = shown.answers.filter(pl.col("outcome") == "failed")
    broken = shown.answers.filter(pl.col("outcome") == "could_not_run")["rule_id"].n_unique()
    also = f" {_counted(broken, 'rule', 'rules')} could not run, so this is not all." if broken else ""
    if found.is_empty():
        return f"No findings in {shown.judged}.{also}"
    counts = dict(found.group_by("severity").len().iter_rows())
    said = [
        _counted(counts[severity], one, many) for severity, (one, many) in _HEADLINE.items() if counts.get(severity)
    ]
    children = found["la_child_id"].drop_nulls().n_unique()
    about = f", about {_counted(children, 'child', 'children')}" if children else ""
    return f"{_counted(found.height, 'finding', 'findings')} in {shown.judged}: {', '.join(said)}{about}.{also}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _of_rules(shown: Shown) -> Table:
    """How many rules were answered in which way, and why some were not asked."""
    counts = dict(shown.answers.group_by("outcome").agg(pl.col("rule_id").n_unique()).iter_rows())
    said = [
        f"{counts.get(outcome, 0)} {outcome.replace('_', ' ')}" for outcome in ("failed", "passed", "could_not_run")
    ]
    silent = counts.get("not_applicable", 0)
    table = Table.grid(padding=(0, 1))
    because = " (--all names them), because" if silent else ""
    table.add_row("rules:", Text(f"{', '.join(said)}, {silent} not applicable{because}"))
    for reason, rules in _reasons(shown.answers).iter_rows():
        hint = next((hint for start, hint in _HELP.get(shown.kind, {}).items() if reason.startswith(start)), "")
        table.add_row(Text(str(rules), justify="right"), Text(f"{reason}{'; ' if hint else ''}{hint}"))
    return table


def _reasons(answered: pl.DataFrame) -> pl.DataFrame:
    """Why rules were not asked, and of how many that is true: reason, rules."""
    silent = answered.filter(pl.col("outcome") == "not_applicable").unique("rule_id", maintain_order=True)
    silent = silent.with_columns(pl.col("reason").replace(_PLAINLY))
    parts = pl.col("reason").str.extract_groups(_TABLE).struct
    split = silent.select(pl.coalesce(parts.field("1"), "reason").alias("head"), parts.field("2").alias("table"))
    told = split.group_by("head", maintain_order=True).agg(
        pl.col("table").drop_nulls().unique().sort().str.join(", ").alias("tables"), pl.len().alias("rules")
    )
    reason = pl.concat_str("head", "tables", separator=" ").str.strip_chars()
    return told.sort("rules", descending=True, maintain_order=True).select(reason.alias("reason"), "rules")


def _by_rule(rows: pl.DataFrame, kind: Kind) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("rule", no_wrap=True)
    table.add_column("findings", justify="right", no_wrap=True)
    table.add_column("children", justify="right", no_wrap=True)
    table.add_column("what is wrong, and where the first are", overflow="fold")
    if rows["file"].drop_nulls().n_unique() == 1:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias("file"))
    for (outcome, severity), (title, style) in _SECTIONS.items():
        wanted = pl.col("outcome") == outcome
        some = rows.filter(wanted if severity is None else wanted & (pl.col("severity") == severity))
        if some.is_empty():
            continue
        rules = _counted(some["rule_id"].n_unique(), "rule", "rules")
        table.add_row(Text(title, style), "", "", Text(rules, style))
        for rule in _rules(some, kind):
            table.add_row(*_line(rule, failed=outcome == "failed"))
        table.add_section()
    return table


def _rules(rows: pl.DataFrame, kind: Kind) -> Iterator[dict[str, Any]]:
    """One row a rule with what there is to say of it, in the order of the answers."""
    return (
        rows.with_columns(pl.col("file").n_unique().over(_OF_A_RULE).alias("files"))
        .with_columns(_place(kind).str.replace_all(_UNPRINTABLE, "\ufffd").alias("place"))
        .group_by(_OF_A_RULE, maintain_order=True)
        .agg(
            pl.concat_str("dfe_code_cin", "dfe_code_903", separator=";").first().str.strip_chars(";").alias("codes"),
            pl.col("wording", "entity").first(),
            pl.col("fields", "file").unique(maintain_order=True),
            pl.len().alias("findings"),
            pl.col("la_child_id").drop_nulls().n_unique().alias("children"),
            pl.col("place").head(_PLACES_SHOWN),
            (pl.col("reason") != "").any().alias("explained"),
        )
        .iter_rows(named=True)
    )


def _place(kind: Kind) -> pl.Expr:
    """Which child, which record, which row, of which file if the rule's findings are in several, and why if it says."""
    record = pl.format("record {}", "record")
    if kind != "payload":  # where children have no positions that anyone would count
        record = pl.when(pl.col("la_child_id").is_null()).then(record)
    row = pl.when(pl.col("entity") != RECORDS).then(pl.format("row {}", "row"))
    file = pl.when(pl.col("files") > 1).then("file")
    parts = [pl.format("child {}", "la_child_id"), record, row, file]
    place = pl.concat_list(parts).list.drop_nulls().list.join(", ")
    return pl.concat_list(place, "reason").list.filter(pl.element() != "").list.join(": ")


def _line(rule: dict[str, Any], *, failed: bool) -> tuple[str, str, str, Text]:
    text = Text(rule["wording"] or rule["rule_id"])
    about = "; ".join(_about(rule, failed=failed))
    if about:
        text.append(f"\n{about}", "dim")
    between = "\n" if rule["explained"] else "; "
    places = [place for place in rule["place"] if place]
    more = rule["findings"] - len(rule["place"])
    if failed and more:
        places.append(f"and {more:,} more")
    if places:
        text.append(f"\n{between.join(places)}")
    numbers = (f"{rule['findings']:,}", f"{rule['children']:,}") if failed else ("", "")
    return (rule["rule_id"], *numbers, text)


def _about(rule: dict[str, Any], *, failed: bool) -> Iterator[str]:
    """DfE's codes of the rule and, where its findings have them in common, the fields and the file they are in."""
    if rule["codes"]:
        yield f"DfE {rule['codes'].replace(';', ', ')}"
    if failed and len(rule["fields"]) == 1 and rule["fields"][0] and not rule["explained"]:
        yield f"{rule['entity']}: {rule['fields'][0].replace(';', ', ')}"
    if failed and len(rule["file"]) == 1 and rule["file"][0]:
        yield f"in {rule['file'][0]}"
