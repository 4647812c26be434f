"""The code location, built once in a home of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg
import pytest
from platform_home import PlatformHome, environment_kept

from assets.stores import Stores
from orchestration.build import build_definitions
from orchestration.resources import deployment_of

# What the stores of these tests take for now.
NOW = datetime(2026, 4, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> PlatformHome:
    """A home in which nothing has landed."""
    return PlatformHome(tmp_path_factory.mktemp("home") / "definitions")


@pytest.fixture(scope="session")
def stores(home: PlatformHome) -> Stores:
    """The home's stores, on a morning in April."""
    home.settings.prepare_home()
    return Stores(deployment_of(home.settings), lambda: NOW, lambda _: None)


@pytest.fixture(scope="session")
def definitions(home: PlatformHome, stores: Stores) -> Iterator[dg.Definitions]:
    """All definitions, with those stores in the place of the real ones."""
    with environment_kept():
        yield build_definitions(home.settings, {"stores": stores})
