"""Invented children as persons: ids, names, pupil numbers and birthdays, no two alike."""

from datetime import date, timedelta

_FIRST = ("Amber", "Bilal", "Carys", "Dexter", "Elsie", "Farah", "Gethin", "Harriet", "Idris", "Jasmine", "Kieran")
_FAMILY = ("Ashworth", "Begum", "Coyle", "Dlamini", "Eastwood", "Fenwick", "Gallagher", "Hussain", "Iqbal", "Jessop")
_LATER = ("Lane", "Moor", "Nook", "Orchard", "Park", "Quay", "Ridge", "Spring", "Thorpe", "Upland", "Vale", "Wold")
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# Birthdays of children drawn alike lie on so many days, so that none is more frequent than another.
_DAYS_APART = 28


def child_id(number: int) -> str:
    """The LA's id of a child."""
    return f"P{number:05}"


def names(number: int) -> tuple[str, str]:
    """First name and surname."""
    later, rest = divmod(number, len(_FIRST) * len(_FAMILY))
    family, first = divmod(rest, len(_FIRST))
    return _FIRST[first], f"{_FAMILY[family]} {_LATER[later]}"


def pupil_number(serial: int, la: str = "373") -> str:
    """A UPN with its right check letter."""
    digits = f"{la}{serial:09}"
    weighted = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return _CHECK_LETTERS[weighted % len(_CHECK_LETTERS)] + digits


def temporary_number(serial: int) -> str:
    """A UPN such as a school gives for the time being: its last character is a letter."""
    return "A373" + f"{serial:08}" + "B"


def birthday(latest: str, number: int) -> date:
    """A day in the four weeks up to this one."""
    return date.fromisoformat(latest) - timedelta(days=number % _DAYS_APART)


def on_birthday(born: date, age: int) -> str:
    """The day on which a child of that birthday is so old."""
    return born.replace(year=born.year + age).isoformat()
