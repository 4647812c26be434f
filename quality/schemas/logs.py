"""What stands beside the entities: the lineage on each of their rows, and the logs that a stage writes with them.

Columns and types only; the entities themselves are in entities.py.
"""

import polars as pl

# On every row of every entity frame and lake file.
LINEAGE: dict[str, pl.DataType] = {
    "source_type": pl.String(),  # 'timely' or 'return'
    "source_id": pl.String(),  # stream id such as 204-d2i, or return id such as 204-cin-2026
    "la_code": pl.String(),
    "child_key": pl.String(),  # keyed hash of la_code:la_child_id
    "received_at": pl.Datetime("us", "UTC"),
    "receipt_id": pl.String(),
    "batch_index": pl.Int32(),  # 0-based position of the child in its batch or return
    "row_index": pl.Int32(),  # 0-based position of the row: in its array (feed) or in its table or CSV file (return)
    "content_hash": pl.String(),  # keyed hash of the whole child record: equal content, equal hash
}

# One row per stored child record (feed) or per child of a return: the log from which history is computed.
RECORDS: dict[str, pl.DataType] = {
    "source_type": pl.String(),
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
    "submission_day": pl.Date(),
    "received_at": pl.Datetime("us", "UTC"),
    "batch_id": pl.String(),
    "batch_index": pl.Int32(),
    "receipt_id": pl.String(),
    "payload_mode": pl.String(),  # 'full' or 'delta', as the register had it when received; returns are 'full'
    "content_hash": pl.String(),
    "has_child_details": pl.Boolean(),
    "has_disabilities": pl.Boolean(),  # the list was sent, even if empty
    "has_sdq_assessments": pl.Boolean(),  # likewise
    "is_purge_message": pl.Boolean(),  # nothing but ids and purge flags: purges, and closes nothing
    "schema_version": pl.String(),
}

# One row per purge flag received: which level, and of which ids; keyed hashes and times only, for it outlives the data.
PURGES: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
    "submission_day": pl.Date(),
    "received_at": pl.Datetime("us", "UTC"),
    "batch_id": pl.String(),
    "batch_index": pl.Int32(),
    "level": pl.String(),  # child, child_details, health_and_wellbeing, episodes, or an item entity's name
    "episode_key": pl.String(),  # keyed hash of the episode's id, at the levels of an episode and below
    "item_key": pl.String(),  # keyed hash of the item's own id, likewise
}

# One row per record set aside because it is not a child record. Positions and reasons only, no content.
REJECTED: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),  # null where the record does not say whose it is
    "submission_day": pl.Date(),
    "received_at": pl.Datetime("us", "UTC"),
    "batch_id": pl.String(),
    "batch_index": pl.Int32(),  # null when the whole batch could not be read
    "rule_id": pl.String(),
    "path": pl.String(),  # field path in dotted notation, positions as #n
    "reason": pl.String(),
}

# Kept apart from everything else: the one place where the LA's own child id meets the key.
IDENTIFIERS: dict[str, pl.DataType] = {
    "la_code": pl.String(),
    "la_child_id": pl.String(),
    "mis_child_id": pl.String(),
    "child_key": pl.String(),
    "person_hash": pl.String(),  # keyed hash of first name, surname and date of birth; null where one is missing
    "source_id": pl.String(),
    "submission_day": pl.Date(),
}

# One row per thing that is wrong with what was read and would not be seen in the frames: a cell of a return that could
# not be read, a blank text, an id sent twice, a pupil number of the wrong pattern. Positions only, no content.
FAULTS: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
    "submission_day": pl.Date(),
    "batch_id": pl.String(),
    "batch_index": pl.Int32(),
    "row_index": pl.Int32(),
    "entity": pl.String(),
    "field": pl.String(),
    "fault": pl.String(),  # not_a_date, not_a_number, blank, repeated, ..., or the id of a rule asked while reading
}

# Everything else that a stage writes to the lake beside the entities.
LOGS: dict[str, dict[str, pl.DataType]] = {
    "records": RECORDS,
    "purges": PURGES,
    "rejected": REJECTED,
    "identifiers": IDENTIFIERS,
    "faults": FAULTS,
}
