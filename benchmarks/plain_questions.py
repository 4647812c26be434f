"""The reference for judging: as many questions as there are rules, each as plain as a question of a child's row can be.

One after the other, with no thought of what two of them share: the child's date of birth joined to the rule's table,
and the rows with a date before it kept.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from quality.rules.model import Rule

_BORN = "date_of_birth"


def ask_plainly(frames: Mapping[str, pl.DataFrame], rules: Iterable[Rule]) -> int:
    """Ask one plain question for each rule whose table is there; how many rows were kept in all."""
    children = frames["children"].lazy().select("subject", born=_BORN)
    kept = 0
    for rule in rules:
        table = frames.get(rule.on)
        if table is not None:
            asked = pl.col(_a_date_of(table)) < pl.col("born")
            beside = table.lazy().join(children, on="subject", how="left")
            kept += beside.filter(asked).select("row", "subject", "source_id", "child_key").collect().height
    return kept


def _a_date_of(table: pl.DataFrame) -> str:
    own = [name for name, dtype in table.schema.items() if dtype == pl.Date and name not in (_BORN, "period_start")]
    return own[-1]
