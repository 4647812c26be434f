"""A landing place, a register of invented streams and a log, each in a folder of its own."""

from datetime import date
from pathlib import Path

import pytest

from assets.submissions.land import Places
from assets.submissions.landing import LandingStore
from assets.submissions.log import SubmissionLog
from assets.submissions.register import Stream, StreamRegister


@pytest.fixture
def landing(tmp_path: Path) -> LandingStore:
    return LandingStore(tmp_path / "landing")


@pytest.fixture
def places(tmp_path: Path, landing: LandingStore) -> Places:
    row = Stream("204-d2i", "204", "data_to_insight", "live", "delta", date(2026, 1, 1), date(2026, 12, 31))
    register = StreamRegister([row], la_codes={"204", "301"})
    return Places(register, landing, SubmissionLog(f"sqlite:///{tmp_path / 'submissions.db'}"))
