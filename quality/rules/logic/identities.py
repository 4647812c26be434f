"""Rules on the names and numbers behind a record. They are asked while it is read, for nothing later knows them.

Findings are placed on children. What compares a hashed UPN with another is in pupil_numbers.py and children.py.
"""

from datetime import date

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import dated_codes
from quality.rules.dates import AS_OF
from quality.rules.model import IDENTITIES, IDENTITY_PEERS, Frames
from quality.rules.spells import failing

UPN = pl.col("unique_pupil_number")
# A 903 is read without regard to case.
UPN_UPPER = UPN.str.to_uppercase()
FORMER = pl.col("former_unique_pupil_number")
REASON = pl.col("unique_pupil_number_unknown_reason")
FIRST_NAME, SURNAME = pl.col("first_name"), pl.col("surname")

UPN_PATTERN = "^[A-HJ-NP-RT-Z]([0-9]{12}|[0-9]{11}[A-Z])$"
UPN_LENGTH = 13
# The 903 has one column for the UPN and the reason why there is none, and takes five reasons.
REASONS_IN_903 = "^UN[1-5]$"
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
LAST_CHARACTERS = "^[A-HJ-NP-RT-Z0-9]$"
# A temporary number ends in a letter; the census's own check does not take it for a former one.
FORMER_PATTERN = "^[A-Za-z][0-9]{11}[0-9A-Za-z]$"
FORMER_PATTERN_IN_CIN = "^[A-Za-z][0-9]{12}$"

PLACEHOLDERS = ("UNKNOWN", "UNBORN", "BABY", "TEST")
DIGITS_ONLY = r"^[0-9]+$"
# Some senders double every apostrophe.
DOUBLED = "''"


def _digit(number: pl.Expr, position: int) -> pl.Expr:
    return number.str.slice(position - 1, 1).cast(pl.Int64, strict=False)


def _wrong_check_letter(number: pl.Expr) -> pl.Expr:
    """Asked of numbers of 12 digits after the letter only; a temporary one has another check."""
    weighted = pl.sum_horizontal(_digit(number, place) * place for place in range(2, UPN_LENGTH + 1))
    letters = dict(enumerate(CHECK_LETTERS))
    expected = (weighted % len(CHECK_LETTERS)).replace_strict(letters, default=None, return_dtype=pl.String)
    return pl.when(number.str.contains("^.[0-9]{12}$")).then(number.str.slice(0, 1) != expected)


def _names_an_la(number: pl.Expr) -> pl.Expr:
    """Whether characters 2 to 4 are a code that a UPN may have, one of an LA made later only from its first day on."""
    by_first_day: dict[date | None, list[str]] = {}
    for code, first_day, _ in dated_codes("upn_la_prefix"):
        lowest, _, highest = code.partition("-")
        numbers = range(int(lowest), int(highest or lowest) + 1)
        by_first_day.setdefault(first_day, []).extend(f"{number:03}" for number in numbers)
    named = number.str.slice(1, 3)
    return pl.any_horizontal(
        named.is_in(known) & ((AS_OF >= first_day).fill_null(True) if first_day else True)
        for first_day, known in by_first_day.items()
    )


_OF_FULL_LENGTH = UPN.str.len_chars() == UPN_LENGTH


def _is_placeholder(name: pl.Expr) -> pl.Expr:
    written = name.str.strip_chars().str.to_uppercase()
    return written.is_null() | written.is_in(PLACEHOLDERS) | written.str.contains(DIGITS_ONLY)


def _same_person_as_another(frames: Frames) -> pl.LazyFrame:
    """People of one LA who share names and date of birth under different ids."""
    key = ["la_code", "as_of", "person_hash"]
    people = frames[IDENTITIES].filter(pl.col("person_hash").is_not_null())
    everyone = people.select(*key, "child_key")
    if IDENTITY_PEERS in frames:
        everyone = pl.concat([everyone, frames[IDENTITY_PEERS].select(*key, "child_key")])
    shared = everyone.group_by(key).agg(pl.col("child_key").n_unique().alias("ids")).filter(pl.col("ids") > 1)
    return failing(people.join(shared, on=key, how="semi"))


RULES = (
    rule(
        "CSC-102",
        on=IDENTITIES,
        fails={
            "payload": ~UPN.str.contains(UPN_PATTERN),
            "cin": ~UPN.str.contains(UPN_PATTERN),
            "ssda903": ~pl.coalesce(
                UPN_UPPER.str.contains(f"{UPN_PATTERN}|{REASONS_IN_903}"),
                REASON.str.to_uppercase().str.contains(REASONS_IN_903),
            ),
        },
    ),
    rule(
        "CSC-103",
        on=IDENTITIES,
        fails={
            "payload": _wrong_check_letter(UPN),
            "cin": _wrong_check_letter(UPN),
            "ssda903": _wrong_check_letter(UPN_UPPER),
        },
    ),
    rule("CSC-104", on=IDENTITIES, fails=~_names_an_la(UPN), when=_OF_FULL_LENGTH),
    rule("CSC-105", on=IDENTITIES, fails=~UPN.str.slice(4, 8).str.contains("^[0-9]{1,8}$")),
    rule("CSC-106", on=IDENTITIES, fails=~UPN.str.slice(12, 1).str.contains(LAST_CHARACTERS), when=_OF_FULL_LENGTH),
    rule(
        "CSC-107",
        on=IDENTITIES,
        fails={
            "payload": ~FORMER.str.contains(FORMER_PATTERN),
            "cin": ~FORMER.str.contains(FORMER_PATTERN_IN_CIN),
        },
    ),
    rule(
        "CSC-112",
        on=IDENTITIES,
        fails=FIRST_NAME.str.contains(DOUBLED, literal=True) | SURNAME.str.contains(DOUBLED, literal=True),
    ),
    rule("CSC-339", on=IDENTITIES, fails=_same_person_as_another, when=pl.col("person_hash").is_not_null()),
    rule(
        "CSC-346",
        on=IDENTITIES,
        fails=_is_placeholder(FIRST_NAME) | _is_placeholder(SURNAME),
        when=pl.col("date_of_birth").is_not_null(),
    ),
)
