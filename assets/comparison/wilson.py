"""The Wilson score interval, the one way in which this project says how sure it is of a share.

Chosen because it stays inside 0 to 1 and behaves at shares near 100%, where most of ours lie. It takes rows as
independent; rows of one local authority are not quite, so pooled intervals are a little too narrow.
"""

import math

import polars as pl

Z_95 = 1.959963984540054  # two-sided 95%


def interval(successes: int, n: int) -> tuple[float, float] | None:
    """The 95% interval of successes out of n; None when there is nothing to take a share of."""
    if n == 0:
        return None
    share, z2 = successes / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(successes: str, n: str) -> pl.Expr:
    """successes / n, null where n is 0."""
    return pl.when(pl.col(n) > 0).then(pl.col(successes) / pl.col(n))


def with_share(frame: pl.DataFrame, successes: str, n: str, name: str, prefix: str = "") -> pl.DataFrame:
    """Add the share under `name` and its interval as `<prefix>low` and `<prefix>high`; null where n is 0."""
    z2 = Z_95**2
    count = pl.col(n).cast(pl.Float64)
    ratio = pl.col(name)
    middle = (ratio + z2 / (2 * count)) / (1 + z2 / count)
    half = Z_95 / (1 + z2 / count) * (ratio * (1 - ratio) / count + z2 / (4 * count * count)).sqrt()
    return frame.with_columns(share(successes, n).cast(pl.Float64).alias(name)).with_columns(
        (middle - half).clip(0.0, 1.0).alias(f"{prefix}low"), (middle + half).clip(0.0, 1.0).alias(f"{prefix}high")
    )
