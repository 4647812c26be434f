"""What a column of a return becomes: the form in which the layouts of both returns are written down.

The layouts themselves are in cin_layout.py and ssda903_layout.py; reading is elsewhere.
"""

from dataclasses import dataclass
from typing import Literal

# day_first: a date that is to be written DD/MM/YYYY; one in another form is read, and that it was is a fault
# flag: in whatever way spreadsheets write it; boolean: as XML writes it, in capitals or not
# not_boolean: one whose meaning is the opposite of the attribute's
# first, second: one character of a code of two
Reading = Literal["text", "date", "day_first", "flag", "boolean", "not_boolean", "number", "sex", "first", "second"]


@dataclass(frozen=True)
class Field:
    """One source column and the canonical attribute that it becomes.

    optional: no one minds when the column is not there, since only some years or suppliers have it.
    """

    column: str
    entity: str
    attribute: str
    reading: Reading = "text"
    optional: bool = False


def fields_of(entity: str, *columns: tuple[str, str] | tuple[str, str, Reading]) -> tuple[Field, ...]:
    return tuple(Field(column[0], entity, *column[1:]) for column in columns)
