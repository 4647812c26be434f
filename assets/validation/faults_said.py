"""Faults met on reading a file, each with its place in it and, where the rule does not say it, what was wrong."""

import polars as pl

from quality.rules.faults import ANY_OTHER, rule_of_fault
from quality.rules.model import SUBMISSION, Kind

# What tells a fault from all others but its equals.
_SAME = ("rule_id", "entity", "row", "child_key", "fields")
_WORDS = {
    "not_a_date": "it is not a date",
    "partly_known": "not all of the date is known",
    "written_otherwise": "it is a date written in another form",
    "not_a_number": "it is not a whole number",
    "not_a_flag": "it is neither yes nor no",
    "not_a_code": "it is not a code",
    "repeated": "it is there more than once",
    "tables_differ": "tables say different things of it",
    "not_letters_or_digits": "it has a character that is neither a letter nor a digit",
    "too_long": "it is too long",
    "no_child_id": "the child's id is missing",
    "too_many_cells": "the row has more cells than there are columns",
    "column_names_again": "the row is the names of the columns once more; were two exports put in one file?",
    "missing_column": "the column is missing, and read as empty",
    "unknown_column": "the column is not one of this table, and left out",
    "unknown_element": "the element is not one of this return, and left out",
    "missing_table": "the table is missing",
    "ignored_file": "a file beside the return is no part of it",
    "missing": "it is missing",
    "differs": "it is not that of the year asked about",
}


def faults_said(faults: pl.DataFrame, kind: Kind, year: int | None) -> pl.DataFrame:
    """Each fault as its finding names it (rule_id, entity, row, child_key, fields), with record, file and reason.

    faults: as read, with `file` where it is known. reason: empty where the rule's wording says it all.
    """
    return _with_rules(faults, kind, year).select(
        "rule_id",
        pl.col("entity").replace("return", SUBMISSION),
        pl.col("row_index").cast(pl.UInt32).alias("row"),
        "child_key",
        pl.col("field").alias("fields"),
        pl.col("batch_index").cast(pl.Int64).alias("record"),
        pl.col("file") if "file" in faults.columns else pl.lit(None, dtype=pl.String).alias("file"),
        _reason(),
    )


def placed(found: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Findings (columns FINDINGS) with record, file and reason of their faults; of equal ones, each has one of them."""
    return (
        found.with_columns(_number())
        .join(said.with_columns(_number()), on=[*_SAME, "nth"], how="left", nulls_equal=True, maintain_order="left")
        .drop("nth")
    )


def _number() -> pl.Expr:
    return pl.int_range(pl.len()).over(_SAME).alias("nth")


def _reason() -> pl.Expr:
    words = pl.col("fault").replace_strict(_WORDS, default=pl.col("fault").str.replace_all("_", " "))
    return pl.when(pl.col("rule_id") == ANY_OTHER).then(words).otherwise(pl.lit("")).alias("reason")


def _with_rules(faults: pl.DataFrame, kind: Kind, year: int | None) -> pl.DataFrame:
    kinds = faults.select("entity", "field", "fault").unique()
    rules = [rule_of_fault(kind, entity, field, fault, year) for entity, field, fault in kinds.iter_rows()]
    return faults.join(
        kinds.with_columns(pl.Series("rule_id", rules, dtype=pl.String)),
        on=["entity", "field", "fault"],
        maintain_order="left",
    )
