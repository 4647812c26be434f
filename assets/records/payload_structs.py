"""The payload model once more, in the shape in which reading is cheapest: plain structs, and a list of their levels.

Made from payload_model.py, so that names, types and lengths are written down once. Lengths, types and names are held
to while reading; what that leaves open (letters of ids, real dates, repeated codes and properties) is proven
afterwards, in quick_verdict.py. A constraint that neither would hold to is refused here, when the module is loaded.
"""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from msgspec import Meta, inspect

from assets.records.payload_model import ChildRecord

# How a column is kept: as one of these, or, for the text of ids, under the pattern that its letters must match.
TEXT, DATE, FLAG, NUMBER = "text", "date", "flag", "number"
# What a list that was not sent is read as: it has a length like any other, and equals none that was sent.
NOT_SENT: tuple[()] = ()


@dataclass
class Level:
    """One kind of object, or of code, in the payload's tree.

    columns: field, how it is kept, and its place in the struct. below: field, its place, whether it is a list, and
    the level of what it holds. A level of codes has no struct.
    """

    number: int
    struct: Any = None
    columns: list[tuple[str, str, int]] = field(default_factory=list)
    below: list[tuple[str, int, bool, "Level"]] = field(default_factory=list)

    @property
    def is_codes(self) -> bool:
        """Whether it holds codes and no objects."""
        return self.struct is None


def _level(kind: inspect.StructType, levels: list[Level]) -> Level:
    if not kind.forbid_unknown_fields:
        raise TypeError(f"{kind.cls.__name__} would take unknown properties")
    level = Level(len(levels))
    levels.append(level)
    fields: list[tuple[Any, ...]] = []
    for place, named in enumerate(kind.fields):
        plain, absent = _field(level, named.encode_name, place, named.type, levels)
        fields.append((named.encode_name, plain) if named.required else (named.encode_name, plain, absent))
    level.struct = msgspec.defstruct(
        f"Plain{kind.cls.__name__}", fields, kw_only=True, forbid_unknown_fields=True, gc=False
    )
    return level


def _field(level: Level, name: str, place: int, kind: inspect.Type, levels: list[Level]) -> tuple[Any, Any]:
    """Take one property up in its level; gives the plain type in which it is read, and what it is when not sent."""
    bare = kind.type if isinstance(kind, inspect.Metadata) else kind
    if isinstance(bare, inspect.StructType):
        inner = _level(bare, levels)
        level.below.append((name, place, False, inner))
        return inner.struct, None
    if isinstance(bare, inspect.ListType):
        plain, below = _items(kind, bare, levels)
        level.below.append((name, place, True, below))
        return Annotated[list[plain], Meta(max_length=bare.max_length)], NOT_SENT  # type: ignore[valid-type]
    plain, kept_as = _scalar(kind)
    level.columns.append((name, kept_as, place))
    return plain, None


def _items(kind: inspect.Type, bare: inspect.ListType, levels: list[Level]) -> tuple[Any, Level]:
    if isinstance(bare.item_type, inspect.StructType) and kind is bare:
        below = _level(bare.item_type, levels)
        return below.struct, below
    plain, kept_as = _scalar(bare.item_type)
    is_unique = isinstance(kind, inspect.Metadata) and kind.extra_json_schema == {"uniqueItems": True}
    if kept_as != TEXT or not is_unique:
        raise TypeError("a list of anything but objects or codes that differ has no quick way of reading")
    below = Level(len(levels), columns=[("code", TEXT, 0)])
    levels.append(below)
    return plain, below


def _scalar(kind: inspect.Type) -> tuple[Any, str]:
    bare = kind.type if isinstance(kind, inspect.Metadata) else kind
    if isinstance(bare, inspect.DateType):
        return str, DATE
    if kind == inspect.BoolType():
        return bool, FLAG
    if kind == inspect.IntType():
        return int, NUMBER
    if isinstance(kind, inspect.StrType):
        at_least = kind.min_length
        if kind.pattern and not re.fullmatch(kind.pattern, ""):
            at_least = max(at_least or 0, 1)
        return Annotated[str, Meta(min_length=at_least, max_length=kind.max_length)], kind.pattern or TEXT
    raise TypeError(f"no quick way of reading {kind}")


def _made() -> list[Level]:
    levels: list[Level] = []
    record = inspect.type_info(ChildRecord)
    if not isinstance(record, inspect.StructType):
        raise TypeError("a child record is no object")
    _level(record, levels)
    return levels


# Every level before those inside it; the first is the child record.
LEVELS: tuple[Level, ...] = tuple(_made())
PATTERNS: tuple[str, ...] = tuple(
    dict.fromkeys(kind for level in LEVELS for _, kind, _ in level.columns if kind not in {TEXT, DATE, FLAG, NUMBER})
)
