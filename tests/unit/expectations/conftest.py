"""Limits for the tests of expectations."""

import pytest

from quality.expectations.model import Limits


@pytest.fixture
def limits() -> Limits:
    """Those of the settings' defaults, with frames small enough to draw."""
    return Limits(
        volume_deviations=3,
        silent_working_days=3,
        code_mix_pct=20,
        published_margin_pct=25,
        small_number=5,
        volume_days=28,
        fewest_volume_days=10,
        fewest_coded_rows=10,
    )
