"""Running rules over frames: one pass an entity for those on single rows, one plan each for the rest.

A rule that breaks says `could_not_run` and hides no other. What the rules ask is in logic/, how answers are counted in
tally.py.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from quality.rules import faults, registry
from quality.rules.context import tables_read
from quality.rules.model import BEFORE, HELD, IDENTITIES, PROVIDERS, RECORDS, Judgement, Kind, Rule
from quality.rules.tables import GROUP, KEYS, AnyFrame, Tables
from quality.rules.tally import Answer, combined, judgement_of

# polars reports a bug inside itself as a panic, which is not an Exception
_BREAKS = (Exception, pl.exceptions.PanicException)
_SOFT = "~softened"
_CAME_WITHOUT = {PROVIDERS: "no list of providers was given"}


@dataclass
class _Run:
    """One call of the engine: the tables, the answers so far, and the plans still to be collected."""

    tables: Tables
    answers: dict[str, Answer] = field(default_factory=dict)
    plans: list[tuple[pl.LazyFrame, Callable[[pl.DataFrame], None], list[Rule]]] = field(default_factory=list)

    def broke(self, rule: Rule, error: BaseException) -> None:
        self.answers[rule.id] = Answer.broken(rule, _where(rule, self.tables.kind, error))


def run(
    frames: Mapping[str, AnyFrame], kind: Kind, rules: Iterable[Rule] | None = None, year: int | None = None
) -> Judgement:
    """Judge these frames by these rules (default: all that have logic), as a source of this kind and collection year.

    frames: entity to frame with the columns of model.SUBJECT and its attributes; `records` where child records as
    received are judged too; `faults` where a return had cells that could not be read. Frames are never changed.
    """
    chosen = list(registry.all_rules() if rules is None else rules)
    work = _Run(Tables.of(frames, kind))
    wanted = []
    for rule in chosen:
        reason = _why_not(rule, kind, year, work.tables)
        if reason:
            work.answers[rule.id] = Answer.not_asked(rule, reason)
        else:
            wanted.append(rule)
    _plan_single_rows(work, wanted)
    for rule in wanted:
        if not isinstance(rule.logic_for(kind), pl.Expr):
            _plan_function(work, rule)
    _collect(work)
    judged = judgement_of([work.answers[rule.id] for rule in chosen], work.tables)
    if "faults" not in frames:
        return judged
    unread = faults.judged(frames["faults"].lazy().collect(), work.tables, year)
    return Judgement(pl.concat([judged.findings, unread.findings]), combined([judged.outcomes, unread.outcomes]))


def _why_not(rule: Rule, kind: Kind, year: int | None, tables: Tables) -> str | None:
    """Why a rule is not asked of these frames at all; None when it is."""
    if not rule.asked_of(kind, year):
        return f"not a rule for {kind}" if kind not in rule.sources else f"not a rule for {year}"
    reads = sorted({*rule.reads, *tables_read(_names(rule, kind))})
    lacking = [name for name in (rule.on, *reads) if name not in HELD[kind]]
    if lacking:
        return f"{kind} holds no {lacking[0]}"
    if rule.on in (RECORDS, IDENTITIES) and rule.on not in tables.with_rows:
        return "no records as received are among these frames"
    separate = [
        name for name in reads if kind == "ssda903" or name.startswith(BEFORE)
    ]  # any of which may not have come
    absent = [name for name in separate if name not in tables.with_rows]
    return _CAME_WITHOUT.get(absent[0], _without(absent[0])) if absent else None


def _without(table: str) -> str:
    if table.startswith(BEFORE):
        return f"nothing is held from before (last year's return, or an earlier day) in {table.removeprefix(BEFORE)}"
    return f"this return came without {table}"


def _names(rule: Rule, kind: Kind) -> set[str]:
    """The columns that the rule's expressions name."""
    fails = rule.logic_for(kind)
    expressions = [part for part in (fails, rule.when, rule.softened) if isinstance(part, pl.Expr)]
    return {name for part in expressions for name in part.meta.root_names()}


def _column(rule: Rule, kind: Kind) -> pl.Expr:
    """The rule's answer for each row: true fails, false passes, null was not checked."""
    fails = rule.logic_for(kind)
    if isinstance(fails, pl.Expr):
        asked = fails if rule.when is None else pl.when(rule.when).then(fails)
    else:  # judged by a function; here only which rows count as checked
        asked = pl.when(pl.lit(True) if rule.when is None else rule.when).then(pl.lit(False))
    return asked.cast(pl.Boolean).alias(rule.id)


def _columns(rule: Rule, kind: Kind) -> list[pl.Expr]:
    columns = [_column(rule, kind)]
    if rule.softened is not None and kind == "payload":
        columns.append(rule.softened.fill_null(False).alias(rule.id + _SOFT))
    return columns


def _single_row_plan(work: _Run, entity: str, rules: list[Rule]) -> pl.LazyFrame:
    columns = [column for rule in rules for column in _columns(rule, work.tables.kind)]
    names = {name for column in columns for name in column.meta.root_names()}
    return work.tables.context.beside(entity, names).select(*KEYS, *columns)


def _plan_single_rows(work: _Run, rules: list[Rule]) -> None:
    by_entity: dict[str, list[Rule]] = {}
    for rule in rules:
        by_entity.setdefault(rule.on, []).append(rule)
    for entity, all_of_it in by_entity.items():
        sound = _sound(work, entity, all_of_it)
        if sound:
            plan = _single_row_plan(work, entity, sound)
            work.plans.append((plan, _take_single_rows(work, sound), sound))


def _sound(work: _Run, entity: str, rules: list[Rule]) -> list[Rule]:
    """The rules whose expressions can be planned. They are tried together; only if that breaks, each alone."""
    try:
        _single_row_plan(work, entity, rules).collect_schema()
    except _BREAKS as error:
        if len(rules) > 1:
            return [rule for each in rules for rule in _sound(work, entity, [each])]
        work.broke(rules[0], error)
        return []
    return rules


def _take_single_rows(work: _Run, rules: list[Rule]) -> Callable[[pl.DataFrame], None]:
    def take(answered: pl.DataFrame) -> None:
        waiting = [rule for rule in rules if rule.id not in work.answers]
        counts = _counts(answered, [rule.id for rule in waiting])
        for rule in waiting:
            answer = Answer(rule, counts[rule.id])
            if isinstance(rule.logic_for(work.tables.kind), pl.Expr):
                answer = replace(answer, failed=_failed(rule, answered, counts[rule.id]))
            work.answers[rule.id] = answer

    return take


def _counts(answered: pl.DataFrame, ids: list[str]) -> dict[str, pl.DataFrame]:
    """By rule: rows checked and failed of each group, counted in one pass over all of them."""
    checked = answered.group_by(GROUP, maintain_order=True).agg(pl.col(ids).count().cast(pl.Int64))
    failed = answered.group_by(GROUP, maintain_order=True).agg(pl.col(ids).sum().cast(pl.Int64))
    return {
        rule_id: pl.DataFrame(
            [*keys, checked[rule_id].alias("rows_checked"), failed[rule_id].alias("rows_failed")],
        )
        for keys in [checked.select(GROUP).get_columns()]
        for rule_id in ids
    }


def _failed(rule: Rule, answered: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    rows = answered.filter(pl.col(rule.id)) if counts["rows_failed"].sum() else answered.clear()
    softened = pl.col(rule.id + _SOFT) if rule.id + _SOFT in answered.columns else pl.lit(False)
    return rows.select(*KEYS, softened.alias("softened"))


def _plan_function(work: _Run, rule: Rule) -> None:
    if rule.id in work.answers:  # its `when` is broken already
        return
    logic = rule.logic_for(work.tables.kind)
    if isinstance(logic, pl.Expr):
        raise TypeError(f"rule {rule.id} is an expression; it belongs in the single-row pass")
    try:
        rows = logic(work.tables.lazy())
        soft = "softened" in rows.collect_schema()
        failed = rows.select("row", pl.col("softened").fill_null(False) if soft else pl.lit(False).alias("softened"))
        keys = work.tables.frames[rule.on].lazy().select(KEYS)
        plan = keys.join(failed.group_by("row").agg(pl.col("softened").all()), on="row", how="inner")
        if work.tables.kind != "payload":
            plan = plan.with_columns(softened=pl.lit(False))
        work.plans.append((plan, _take_function(work, rule), [rule]))
    except _BREAKS as error:
        work.broke(rule, error)


def _take_function(work: _Run, rule: Rule) -> Callable[[pl.DataFrame], None]:
    def take(failed: pl.DataFrame) -> None:
        if rule.id in work.answers:
            work.answers[rule.id] = work.answers[rule.id].with_failing(failed)

    return take


def _collect(work: _Run) -> None:
    """Collect every plan at once; if that breaks, one by one, so that the broken rule stands alone."""
    try:
        frames = pl.collect_all([plan for plan, _, _ in work.plans])
    except _BREAKS:
        for plan, take, rules in work.plans:
            _collect_alone(work, plan, take, rules)
        return
    for (_, take, _), frame in zip(work.plans, frames, strict=True):
        take(frame)


def _collect_alone(work: _Run, plan: pl.LazyFrame, take: Callable[[pl.DataFrame], None], rules: list[Rule]) -> None:
    try:
        frame = plan.collect()
    except _BREAKS as error:
        if len(rules) == 1:
            work.broke(rules[0], error)
            return
        for rule in rules:
            alone = _single_row_plan(work, rule.on, [rule])
            _collect_alone(work, alone, _take_single_rows(work, [rule]), [rule])
        return
    take(frame)


def _where(rule: Rule, kind: Kind, error: BaseException) -> str:
    """The error's type and the place in the rules where it arose; its message is left out, for it may quote a value."""
    logic = rule.logic_for(kind)
    place = f"expression on {rule.on}" if isinstance(logic, pl.Expr) else getattr(logic, "__name__", "function")
    lines = [
        f"{Path(step.filename).name}:{step.lineno}"
        for step in traceback.extract_tb(error.__traceback__)
        if Path(step.filename).parent.name in ("logic", "facts")
    ]
    return f"{type(error).__name__} in {place}" + (f" ({lines[-1]})" if lines else "")
