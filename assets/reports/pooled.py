"""Adds the comparison's counts up by route. Every figure of the report that is not of one LA comes from here.

Counts are added and shares taken afterwards, so a large LA weighs as much as its rows.
"""

import polars as pl

from assets.reports.disclosure import SMALL_NUMBER, Sum, with_hidden

COVERAGE_COUNTS = ("n_both", "n_return_only", "n_return")
CURVE_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365)


def coverage_by_route(coverage: pl.DataFrame) -> pl.DataFrame:
    """One row a route, kind of return and entity."""
    return coverage.group_by("route", "kind", "entity", maintain_order=True).agg(
        pl.col("n_timely", "n_return", "n_both").sum()
    )


def coverage_cells(coverage: pl.DataFrame, small_number: int = SMALL_NUMBER) -> pl.DataFrame:
    """Rows of streams and, with null source_id, of whole routes, and which of their counts must not be shown.

    They are judged together: the total of a route less the streams shown would give a hidden stream away. An LA on two
    routes has one return, whose count is shown twice.
    """
    whole = coverage_by_route(coverage).with_columns(
        source_id=pl.lit(None, dtype=pl.String()), la_code=pl.lit(None, dtype=pl.String())
    )
    columns = ["route", "kind", "entity", "source_id", "la_code", "n_timely", "n_return", "n_both"]
    rows = pl.concat([coverage.select(columns), whole.select(columns)]).with_columns(
        n_return_only=pl.col("n_return") - pl.col("n_both"), n_timely_only=pl.col("n_timely") - pl.col("n_both")
    )
    if rows.is_empty():
        return with_hidden(rows, COVERAGE_COUNTS, [], small_number)
    blocks = rows.partition_by("kind", "entity", maintain_order=True)
    return pl.concat([with_hidden(block, COVERAGE_COUNTS, _sums(block), small_number) for block in blocks])


def _sums(block: pl.DataFrame) -> list[Sum]:
    """What adds up: both sides of a return, streams of a route, and one return shown under two routes."""
    width = len(COVERAGE_COUNTS)
    rows = block.select("route", "source_id", "la_code").rows()
    sums = [Sum(width * row + 2, (width * row, width * row + 1)) for row in range(len(rows))]
    for total, (route, source_id, _) in enumerate(rows):
        if source_id is None:
            parts = [row for row, other in enumerate(rows) if other[0] == route and other[1] is not None]
            sums += [Sum(width * total + k, tuple(width * part + k for part in parts)) for k in range(width)]
    seen: dict[str, int] = {}
    for row, (_, source_id, la_code) in enumerate(rows):
        if source_id is not None:
            first = seen.setdefault(la_code, row)
            if first != row:
                sums.append(Sum(width * row + 2, (width * first + 2,)))
    return sums


def agreement_by_route(agreement: pl.DataFrame) -> pl.DataFrame:
    """One row a route, kind of return, entity and field."""
    return agreement.group_by("route", "kind", "entity", "field", maintain_order=True).agg(
        pl.col("n_compared", "n_agree", "n_missing_timely", "n_missing_return").sum()
    )


def curve_points(curve: pl.DataFrame, small_number: int = SMALL_NUMBER) -> pl.DataFrame:
    """One row a route and lag day: n events known by then, of n_all. Days between which few events lie are left out.

    So no step of the curve, nor what remains after its last point, is a small number.
    """
    parts = [pl.DataFrame(schema={"route": pl.String(), "lag_days": pl.Int32(), "n": pl.Int64(), "n_all": pl.Int64()})]
    for (route,), lags in curve.group_by("route", maintain_order=True):
        n_all = int(lags["n"].sum())
        known = [int(lags.filter(pl.col("lag_days") <= days)["n"].sum()) for days in CURVE_DAYS]
        kept: list[tuple[object, int, int, int]] = []
        for days, n in zip(CURVE_DAYS, known, strict=True):
            step, rest = n - (kept[-1][2] if kept else 0), n_all - n
            if not (0 < step <= small_number or 0 < rest <= small_number):
                kept.append((route, days, n, n_all))
            if kept and kept[-1][2] == n_all:
                break
        parts.append(pl.DataFrame(kept, schema=parts[0].schema, orient="row"))
    return pl.concat(parts)


def validity_by_rule(validity: pl.DataFrame) -> pl.DataFrame:
    """One row a rule and side: the side is a route, or null for the returns."""
    return validity.group_by("rule_id", "route", maintain_order=True).agg(
        pl.col("severity", "entity").first(), pl.col("rows_checked", "rows_failed").sum()
    )


def indicators_shown(
    agreement: pl.DataFrame, indicators: pl.DataFrame, small_number: int = SMALL_NUMBER
) -> pl.DataFrame:
    """The values of LAs with names and units, and `hidden` where a small number lies behind either side's value.

    If a value of an LA's indicator is hidden on one route it is hidden on all: the sides are close to one another.
    """
    named = agreement.join(indicators, on="indicator_id", how="left")
    is_share = pl.col("unit") == "percent"
    rests_on_small = pl.lit(value=False)
    for side in ("timely", "return"):
        numerator, denominator = pl.col(f"{side}_numerator"), pl.col(f"{side}_denominator")
        counts_of_children = pl.col("unit") != "mean"  # the numerator of a mean is a sum of scores
        rests_on_small |= (counts_of_children & numerator.is_between(1, small_number)).fill_null(value=False)
        rests_on_small |= (is_share & (denominator - numerator).is_between(1, small_number)).fill_null(value=False)
        # Residents are published; every other denominator is a count of children.
        of_children = pl.col("unit") != "rate_per_10000"
        rests_on_small |= (of_children & denominator.is_between(1, small_number)).fill_null(value=False)
    return named.with_columns(hidden=rests_on_small.any().over("la_code", "indicator_id"))
