"""The client of Data to Insight, as it is, with a staging table of its own.

Its code is not part of this project: CSC_D2I_CLIENT names a folder that holds its `api_pipeline`.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "CSC_D2I_CLIENT"
TABLE = "ssd_api_data_staging_anon"
_STAND_INS = Path(__file__).parent / "d2i_stand_ins"
_COLUMNS = (
    "id INTEGER PRIMARY KEY, person_id TEXT UNIQUE, json_payload TEXT, previous_json_payload TEXT, "
    "partial_json_payload TEXT, current_hash BLOB, previous_hash BLOB, row_state TEXT, submission_status TEXT, "
    "submission_timestamp TEXT, api_response TEXT"
)

_STAGE = f"""
INSERT INTO {TABLE} (person_id, json_payload, previous_json_payload, row_state, submission_status)
VALUES (?, ?, ?, ?, 'pending')
ON CONFLICT (person_id) DO UPDATE SET
    json_payload = excluded.json_payload,
    previous_json_payload = coalesce(excluded.previous_json_payload, json_payload),
    row_state = excluded.row_state,
    submission_status = 'pending'
"""  # noqa: S608 - names of our own


@dataclass(frozen=True)
class Row:
    """What the table says of one person."""

    status: str
    response: str | None
    row_state: str
    sent_at: str | None


class D2iClient:
    """One LA's client and its table, in a folder."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *, delta: bool) -> None:
        self._folder, self._table = folder, folder / "staging.db"
        self._settings = dict(settings) | {
            "SQL_CONN_STR": str(self._table),
            "TABLE_NAME": TABLE,
            "USE_PARTIAL_PAYLOAD": str(delta).lower(),
        }
        self._run(f"CREATE TABLE {TABLE} ({_COLUMNS})")

    def stage(self, person_id: str, payload: Any, previous: Any = None, row_state: str = "new") -> None:
        """Put a person in line to be sent, as the client's SQL does; previous: what was sent last."""
        before = None if previous is None else json.dumps(previous)
        self._run(_STAGE, person_id, json.dumps(payload), before, row_state)

    def run(self, command: str = "run") -> str:
        """Run the client to its end; what it printed."""
        source = Path(os.environ[FOLDER_VARIABLE]).resolve()
        path = os.pathsep.join([str(_STAND_INS), str(source), str(source / "api_pipeline")])
        done = subprocess.run(
            [sys.executable, "-m", "api_pipeline", command],
            cwd=self._folder,
            env=os.environ | self._settings | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self) -> dict[str, Row]:
        """The table, by person."""
        columns = "person_id, submission_status, api_response, row_state, submission_timestamp"
        return {person: Row(*said) for person, *said in self._run(f"SELECT {columns} FROM {TABLE} ORDER BY id")}  # noqa: S608

    def _run(self, statement: str, *values: object) -> list[tuple]:
        with sqlite3.connect(self._table) as connection:
            found = connection.execute(statement, values).fetchall()
        connection.close()
        return found
