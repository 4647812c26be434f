"""Postcodes that exist, so that distances can be measured and rules on places have something to say.

Taken evenly from the ONS postcode directory (Open Government Licence v3.0), without regard to what is there; who lives
in them plays no part. Which child or placement gets which is decided in people.py and placements.py.
"""

import numpy as np
import polars as pl

from synthetic.draws import Days, first_of

# By district, and only those of a district that lie in the LA for which scenario.py names it.
_INSIDE = {
    "LE15": "0DF 0SH 6EZ 6LL 6RW 6ZR 7FB 7LU 7SJ 7ZJ 8GD 8QB 8ZG 9EZ 9PS 9UA",
    "LE16": "8FJ 8GH 8RL 8RN 8RR 8RS 8RU 8RW 8RX 8RY 8RZ 8TE",
    "PE9": "3FN 3RE 3RW 3SN 3TE 3UF 3UX 4AL 4BB 4DP 4EU 4HG 4HZ 4JR 4LJ 4UP",
    "TS24": "0BZ 0JF 0PY 0TR 0YU 4EN 4SB 7DZ 7LW 7RS 8BH 8HN 8PF 9AT 9LB 9RA",
    "TS25": "1BZ 1HY 1PU 1TS 2BB 2HG 2PJ 3AP 3HL 3PL 4BG 4HY 4RD 5EJ 5ND 5SH",
    "TS26": "0BG 0EX 0JA 0PG 0RW 0UJ 0XY 8AU 8EJ 8LB 8PZ 8YF 9BY 9HL 9NA 9QT",
    "BL8": "1DL 1JG 1RD 1WZ 2DZ 2LF 2SB 3AZ 3HB 3PY 4DZ 4LX 9BT 9HS 9QR 9WQ",
    "BL9": "0DR 0LN 0SX 5EE 5PD 6DF 6JW 6SD 7DT 7PR 8AD 8HE 8QN 9DZ 9LR 9SY",
    "M25": "0EP 0PR 1ES 1PR 2UD 3JQ 5FY 5SD 6GE 6WZ 7JR 7UF 8HD 8SW 9NN 9WL",
    "M26": "0DX 0LQ 0SS 1DF 1PN 1YT 2QN 2WZ 3GQ 3TE 4BD 4HN 4UG 9BP 9NS 9UP",
    "E5": "0BX 0HP 0PT 0TT 0YJ 5EF 8AY 8FZ 8NL 8SB 8WT 9BA 9FT 9LN 9RG 9WD",
    "E8": "1BP 1GA 1LZ 2AL 2ER 2LB 2QT 3DA 3GH 3LN 3QZ 3XA 4DE 4HN 4NU 4SQ",
    "E9": "5BG 5FE 5LB 5PU 5SF 6AF 6DT 6HE 6LW 6QL 6XQ 7DQ 7HT 7NG 7QZ 7TS",
    "N16": "0ED 0RN 1BA 1JS 5GZ 5QW 5XS 6GZ 6SN 6ZH 7LZ 7UY 8DJ 8RZ 8ZA 9NH",
}
# Peterborough, Northampton, Doncaster, Thanet and Walsall: where children from elsewhere are placed too.
_OUTSIDE = {
    "PE1": "1GY 1WG 2LZ 3BG 3SP 4LR 5AT 5QY 9EL 9SY",
    "NN3": "1FZ 1YJ 3AH 3WH 4QZ 5NB 6TF 7UT 8RX 9SH",
    "DN4": "0FN 0TB 5GH 6AF 6NR 6ZA 7PS 8FJ 8WB 9NN",
    "CT9": "1FY 1SY 2FW 2ST 3GQ 3UH 4HB 5FB 5SN 9HH",
    "WS2": "0DQ 0NQ 7EX 7PU 8DZ 8NE 8TL 9EB 9PJ 9UN",
}


def homes(districts: tuple[str, ...]) -> np.ndarray:
    """Every other postcode inside the LA: where its children live with their families."""
    return _of(_INSIDE, districts)[::2]


def placements_inside(districts: tuple[str, ...]) -> np.ndarray:
    """The others, where children are placed: nobody is placed at home by chance."""
    return _of(_INSIDE, districts)[1::2]


def placements_outside() -> np.ndarray:
    """Postcodes far from every LA of the scenarios."""
    return _of(_OUTSIDE, tuple(_OUTSIDE))


def _of(units: dict[str, str], districts: tuple[str, ...]) -> np.ndarray:
    return np.array([f"{district} {unit}" for district in districts for unit in units[district].split()])


def one_after_another(rng: np.random.Generator, pool: np.ndarray, group: Days) -> pl.Series:
    """A postcode of the pool for each row, never that of the row before it in the same group; groups lie together."""
    first = first_of(group)
    step = rng.integers(1, pool.size, group.size)
    total = np.cumsum(step)
    start = rng.integers(0, pool.size, group.size)
    return pl.Series(pool[(start[first] + total - total[first]) % pool.size])
