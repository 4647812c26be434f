"""Who the children are: invented names, birth dates that fit what happens to them, pupil numbers, addresses.

One row a child. What happens to them is decided before this, in pathways.py and care.py.
"""

import numpy as np
import polars as pl

from synthetic import rates
from synthetic.draws import DAYS_A_YEAR, NEVER, Days, birthday, day, not_on_leap_day, pick, spread, surviving, when
from synthetic.postcodes import homes, one_after_another
from synthetic.scenario import Authority, Scenario

FIRST_NAMES = (
    "Aaliyah", "Adam", "Aisha", "Alfie", "Amelia", "Ava", "Ben", "Bilal", "Chloe", "Connor", "Daisy", "Daniel",
    "D'Arcy", "Ella", "Elijah", "Emily", "Ethan", "Evie", "Farah", "Finn", "Grace", "Harry", "Ibrahim", "Isla", "Jack",
    "Jade", "Jayden", "Kai", "Keira", "Leo", "Lily", "Lucas", "Maryam", "Mason", "Mia", "Noah", "Nadia", "Oliver",
    "Poppy", "Riley", "Ruby", "Samuel", "Sofia", "Tyler", "Yusuf", "Zara",
)  # fmt: skip
SURNAMES = (
    "Adeyemi", "Ahmed", "Allen", "Baker", "Begum", "Bennett", "Brown", "Campbell", "Carter", "Clarke", "Cooper",
    "D'Souza", "Davies", "Edwards", "Evans", "Fofanah", "Green", "Hall", "Harris", "Hussain", "Jackson", "Johnson",
    "Jones", "Kaur", "Khan", "King", "Kowalski", "Lewis", "Martin", "Mensah", "Moore", "Morris", "Nowak", "O'Brien",
    "O'Connor", "Okafor", "Patel", "Phillips", "Roberts", "Scott", "Singh", "Smith", "Taylor", "Thomas", "Turner",
    "Walker", "White", "Williams", "Wilson", "Wright",
)  # fmt: skip
_CHECK_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
_FIRST_PUPIL_YEAR = 2021  # born before September of this year: of school age, so with a pupil number


def people(rng: np.random.Generator, authority: Authority, scenario: Scenario, paths: pl.DataFrame) -> pl.DataFrame:
    """One row a child of `paths`, in the order of the child numbers."""
    lives = (
        paths.group_by("child")
        .agg(pl.col("referred").min(), pl.col("closed").max(), pl.col("born").first(), pl.col("unaccompanied").any())
        .sort("child")
    )
    size = lives.height
    born, expected = _births(rng, lives)
    upn, reason, former = _pupil_numbers(rng, authority, born, lives["unaccompanied"].to_numpy())
    # two homes a child, one after the other
    lived_at = one_after_another(rng, homes(authority.postcode_districts), np.repeat(np.arange(size), 2))
    moved = spread(rng, day(scenario.window_start), day(scenario.last_day) + 9 * 365, size)
    frame = pl.DataFrame(
        {
            "child": lives["child"],
            "date_of_birth": born,
            "expected_date_of_birth": expected,
            "sex": pick(rng, rates.SEX, size),
            "ethnicity": pick(rng, rates.ETHNICITY, size),
            "first_name": rng.choice(np.array(FIRST_NAMES), size),
            "surname": rng.choice(np.array(SURNAMES), size),
            "home_postcode": lived_at.gather_every(2),
            "new_postcode": lived_at.gather_every(2, offset=1),
            "moved": when(moved > lives["referred"].to_numpy(), moved),
            "uasc_flag": lives["unaccompanied"],
            "uasc_end_date": when(lives["unaccompanied"].to_numpy(), birthday(born, 18)),
        }
    )
    number = pl.col("child").cast(pl.String).str.zfill(6)
    return frame.with_columns(
        unique_pupil_number=upn,
        unique_pupil_number_unknown_reason=reason,
        former_unique_pupil_number=former,
        la_child_id=pl.lit(f"{authority.code}C") + number,
        mis_child_id=pl.lit("MIS-") + number,
    )


def _births(rng: np.random.Generator, lives: pl.DataFrame) -> tuple[Days, Days]:
    """Dates of birth that keep a child under 18 while services last, and due dates of those referred before birth."""
    size = lives.height
    referred, closed = lives["referred"].to_numpy(), lives["closed"].to_numpy()
    oldest = (18 * DAYS_A_YEAR - (closed - referred) - 5).astype(np.int64)
    age = np.clip(surviving(rng, rates.AGE_AT_REFERRAL, size), 3, np.maximum(oldest, 3))
    unborn = rng.random(size) < rates.UNBORN
    born = not_on_leap_day(referred - np.where(unborn, -spread(rng, 20, 150, size), age))
    known = lives["born"].fill_null(NEVER).to_numpy()
    expected = when(unborn & (known == NEVER), born + spread(rng, -10, 10, size))
    return np.where(known < NEVER, known, born), expected


def _pupil_numbers(
    rng: np.random.Generator, authority: Authority, born: Days, alone: np.ndarray
) -> tuple[pl.Series, pl.Series, pl.Series]:
    size = born.size
    has_number = (born.astype("datetime64[D]") < np.datetime64(f"{_FIRST_PUPIL_YEAR}-09-01")) & (
        ~alone | (rng.random(size) < 0.5)
    )
    number = upn_of(authority.code, np.arange(size))
    earlier = upn_of(authority.code, np.arange(size) + 5_000_000)
    given = pl.Series(has_number)
    reason = pl.Series(np.where(alone, "UN2", "UN1"))
    renumbered = pl.Series(has_number & (rng.random(size) < 0.03))
    nothing = pl.Series([None], dtype=pl.String)
    return (
        number.zip_with(given, nothing.new_from_index(0, size)),
        reason.zip_with(~given, nothing.new_from_index(0, size)),
        earlier.zip_with(renumbered, nothing.new_from_index(0, size)),
    )


def upn_of(la_code: str, serial: Days) -> pl.Series:
    """Pupil numbers with the right check letter: letter, LA, nine digits."""
    digits = pl.Series(serial).cast(pl.String).str.zfill(9)
    body = np.array([[int(digit) for digit in la_code]] * serial.size).reshape(serial.size, 3)
    tail = (serial[:, None] // 10 ** np.arange(8, -1, -1)) % 10
    total = np.concatenate([body, tail], axis=1) @ np.arange(2, 14)
    letter = pl.Series(_CHECK_LETTERS[total % 23])
    return letter + la_code + digits
