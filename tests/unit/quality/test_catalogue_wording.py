"""Every rule of the catalogue speaks plainly: a message is one short line for an LA officer, a note is in sentences."""

import re

import pytest

from quality.rules.catalogue import Entry, catalogue

LONGEST_MESSAGE = 120
ENTRIES = pytest.mark.parametrize("entry", catalogue().values(), ids=catalogue().keys())


@ENTRIES
def test_a_message_is_one_plain_line(entry: Entry) -> None:
    message = entry.message
    assert message[0].isupper(), message
    assert message[-1].isalnum() or message.endswith(")"), message
    assert len(message) <= LONGEST_MESSAGE, message
    assert not re.search(r"[<>=_]| {2}", message), f"{message!r} has a sign or a name that belongs in the condition"


@ENTRIES
def test_a_condition_has_no_full_stop_and_notes_have(entry: Entry) -> None:
    assert not entry.condition.endswith(".")
    assert not entry.notes or (entry.notes.endswith(".") and not entry.notes[0].islower()), entry.notes
