"""The verdict on a whole body at once: its columns, when they prove that every record in it is a good one.

It only ever says yes. Whatever it cannot prove, a single bad record included, goes to structure.py, record by record,
which alone decides what is wrong and says why. Reading proves names, types and lengths; the rest is proven here, on
whole columns: letters of ids, real dates, codes that come once, and that no object held a property twice.
"""

import re

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.records.payload_columns import ABSENT, Columns, columns_of, letters
from assets.records.payload_structs import DATE, LEVELS, PATTERNS

_QUOTATION_MARK = ord('"')
_YEAR_ONE = (np.datetime64("0001-01-01") - np.datetime64("1970-01-01")).astype(int)
# Both patterns of the payload are one class of letters, repeated; what is no ASCII letter is in neither.
_LETTERS = {
    pattern: bytes(code for code in range(128) if re.fullmatch(pattern, chr(code)) and chr(code) != "\n")
    for pattern in PATTERNS
}


def proven(body: bytes) -> Columns | None:
    """The columns of a body of good records, or None when that is not certain. The body has no byte order mark."""
    if _has_mark_by_number(body):
        return None
    try:
        columns = columns_of(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, pa.ArrowInvalid):
        return None
    if columns.has_repeats or columns.has_odd_number or _has_year_nought(columns) or _has_odd_letter(columns):
        return None
    return columns if _marks(body) == _expected_marks(columns, b"\\" in body) else None


def _has_mark_by_number(body: bytes) -> bool:
    """Whether a quotation mark may have been sent as its code point, which would upset the count of them.

    From one backslash to the next is a fifth of the cost of a search for the whole of it.
    """
    escape = body.find(b"\\")
    while escape >= 0:
        if body.startswith(b"u0022", escape + 1):
            return True
        escape = body.find(b"\\", escape + 1)
    return False


def _has_year_nought(columns: Columns) -> bool:
    first = pc.min(columns.arrays[DATE].cast(pa.int32())).as_py()
    return first is not None and first < _YEAR_ONE


def _has_odd_letter(columns: Columns) -> bool:
    return any(letters(columns.arrays[pattern]).translate(None, allowed) for pattern, allowed in _LETTERS.items())


def _expected_marks(columns: Columns, has_escapes: bool) -> int:
    """How many quotation marks the body has if no property was lost in reading: two a name, two a text, and its own.

    Every parser keeps the last of two equal properties and says nothing, so this is the cheap way to notice.
    """
    sent = {kind: len(array) - array.null_count for kind, array in columns.arrays.items()}
    texts = [kind for kind, array in columns.arrays.items() if pa.types.is_large_string(array.type)]
    codes = sum(columns.counts[level.number] for level in LEVELS if level.is_codes)
    holders = sum(len(sizes) - sizes.count(ABSENT) for sizes in columns.sizes)
    named = sum(sent.values()) - codes + holders
    quoted = sent[DATE] + sum(sent[kind] for kind in texts)
    contents = [letters(columns.arrays[kind]) for kind in texts] if has_escapes else []
    return 2 * named + 2 * quoted + sum(map(_marks, contents))


def _marks(content: bytes) -> int:
    # numpy counts four times as fast as bytes.count when there are hundreds to count in each record
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == _QUOTATION_MARK))
