"""A small deployment in which one child after another is to be erased: batches, returns, and the texts to look for."""

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dbt_runs import build_history

from assets.erasure.finishing import finish
from assets.erasure.steps import Erased, erase
from assets.records.taking_in import take_in_days
from assets.returns.landed import land_return, take_in
from assets.submissions.land import Landed, land
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from assets.warehouse.loading import load
from orchestration.resources import stores_of
from orchestration.settings import Settings

LA = "204"
# Light to import on purpose: processes that are killed again and again start with it.
PSEUDONYM_KEY = "an-invented-secret-for-tests-only"
STREAMS = {"204-d2i": "data_to_insight", "204-byo": "build_your_own"}


def dbt_work(target: str) -> Path:
    """Where dbt keeps what it parsed for an engine: shared by the worlds of one process, for parsing takes seconds."""
    folder = Path(tempfile.gettempdir()) / f"csc-dbt-of-tests-{os.getpid()}-{target}"
    if not folder.exists():
        folder.mkdir()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def a_child(mark: str, **more: Any) -> dict[str, Any]:
    """A full record in which every text of the child's own holds the mark, six letters."""
    episode = {
        "social_care_episode_id": f"EP{mark}",
        "referral_date": "2025-04-01",
        "child_and_family_assessments": [
            {"child_and_family_assessment_id": f"AS{mark}", "start_date": "2025-04-02", "factors": ["1A", "2B"]}
        ],
        "child_in_need_plans": [{"child_in_need_plan_id": f"CN{mark}", "start_date": "2025-04-03"}],
        "section_47_assessments": [{"section_47_assessment_id": f"SE{mark}", "start_date": "2025-04-04"}],
        "child_protection_plans": [{"child_protection_plan_id": f"CP{mark}", "start_date": "2025-04-05"}],
        "child_looked_after_placements": [
            {"child_looked_after_placement_id": f"PL{mark}", "start_date": "2025-04-06", "postcode": _postcode(mark)}
        ],
        "adoption": {"initial_decision_date": "2025-04-07"},
        "care_leavers": {"contact_date": "2025-04-08", "activity": "F2"},
    }
    return {
        "la_child_id": f"ID{mark}",
        "mis_child_id": f"MIS{mark}",
        "child_details": {
            "first_name": f"First{mark}",
            "surname": f"Sur{mark}",
            "date_of_birth": "2015-05-05",
            "sex": "F",
            "ethnicity": "WBRI",
            "unique_pupil_number": _upn(mark),
            "postcode": _postcode(mark),
            "disabilities": ["HAND"],
        },
        "health_and_wellbeing": {"sdq_assessments": [{"date": "2025-06-01", "score": 11}]},
        "social_care_episodes": [episode],
    } | more


def texts_of(mark: str) -> list[str]:
    """Every text by which the child could be told."""
    return [mark, _postcode(mark), _upn(mark)]


def _upn(mark: str) -> str:
    return f"A{sum(ord(letter) * 31**place for place, letter in enumerate(mark)) % 10**12:012d}"


def _postcode(mark: str) -> str:
    return f"E{sum(map(ord, mark)) % 9 + 1} {sum(map(ord, mark)) % 8 + 1}{mark[:2].upper()}"


class ErasureWorld:
    """A home with two streams of one LA, whose stages are run one by one."""

    def __init__(self, folder: Path, warehouse_url: str | None = None, work: Path | None = None) -> None:
        self.settings = Settings(home=folder / "home", warehouse_url=warehouse_url, pseudonym_key=PSEUDONYM_KEY)
        self.stores = stores_of(self.settings)
        self.url = self.stores.deployment.warehouse_url
        self.dbt_work = work or dbt_work("postgres" if warehouse_url else "duckdb")
        for stream_id, route in STREAMS.items():
            row = Stream(stream_id, LA, route, "live", "delta", date(2025, 1, 1))  # type: ignore[arg-type]
            if row not in self.stores.register.rows:
                add_stream(self.stores.register_path, row)

    def land(self, day: str, records: Iterable[dict[str, Any]], stream_id: str = "204-d2i", hour: int = 9) -> None:
        """Land one batch."""
        body = json.dumps(list(records)).encode()
        moment = datetime.fromisoformat(f"{day}T{hour:02d}:00:00+00:00")
        assert isinstance(land(body, stream_id, moment, self.stores.submissions), Landed)

    def land_return(self, kind: str, paths: list[Path]) -> None:
        """Land an annual return and take it into the lake."""
        stores = self.stores
        landed = land_return(
            stores.returns_landing,
            stores.pseudonyms,
            kind=kind,
            la_code=LA,
            year=2025,
            received_at=datetime(2025, 7, 1, tzinfo=UTC),
            paths=paths,
        )
        take_in(stores.returns_landing, stores.lake, stores.pseudonyms, landed)

    def process(self, *days: str) -> Erased:
        """Everything from landing to history on these days, and the warehouse written anew where it has to be."""
        take_in_days(self.stores, list(days), frozenset()).raise_failures()
        done = erase(self.stores, list(days))
        load(self.stores, list(days))
        self.build()
        finish(self.stores)
        return done

    def build(self) -> None:
        """Recompute history by dbt."""
        build_history(self.url, self.dbt_work)

    @property
    def folder(self) -> Path:
        """CSC_HOME."""
        return self.settings.home
