"""Every store that the stages read and write, opened on first use from one description of where things are.

Loading the code location touches none of them. What is kept in a store is the business of its own module.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from assets.erasure.tombstones import TombstoneStore
from assets.files import FileStore
from assets.findings.return_frames import References
from assets.lake import Lake
from assets.records.pseudonyms import Pseudonymiser, load_key
from assets.retention.removed import RemovalLog
from assets.submissions.land import Places
from assets.submissions.landing import LandingStore
from assets.submissions.log import SubmissionLog, log_url
from assets.submissions.register import StreamRegister
from assets.submissions.register_file import read_register
from assets.submissions.returns_landing import ReturnsLanding
from assets.warehouse.engine import Warehouse, open_warehouse
from quality.reference.postcodes import PostcodeDirectory
from quality.reference.providers import read_providers


@dataclass(frozen=True)
class Deployment:
    """Where things are, and how the stages are to behave. Made from the settings, by the wiring only."""

    home: Path
    landing_url: str
    lake_url: str
    warehouse_url: str
    reports_dir: Path
    reference_dir: Path
    providers: Path | None
    keys_dir: Path
    retention_months: int
    purge_scope: str  # stream or la: whom a purge in one stream of an LA reaches
    pseudonym_key: str | None
    landing_key: str | None
    threads: int
    memory_limit_gb: float
    chunk_records: int
    match_tolerance_days: int
    indicator_tolerance_pct: float
    small_number: int
    failure_rate_warning_pct: float
    la_codes: frozenset[str]
    regions: frozenset[str]


class Stores:
    """The stores of one deployment."""

    def __init__(self, deployment: Deployment, clock: Callable[[], datetime], progress: Callable[[str], None]) -> None:
        self.deployment = deployment
        self.now = clock
        self.progress = progress  # says, in one line and without personal data, how far the work is

    @property
    def register_path(self) -> Path:
        """The file that holds the register of streams."""
        return self.deployment.home / "streams.csv"

    @property
    def register(self) -> StreamRegister:
        """The dated register of streams, as it is now."""
        return read_register(self.register_path, self.deployment.la_codes)

    @property
    def submissions(self) -> Places:
        """What landing a batch needs: who may send, where it is kept, where the attempt is written down."""
        return Places(self.register, self.landing, self.log, self.removals.kept_from())

    @cached_property
    def landing(self) -> LandingStore:
        """Batches, as received."""
        return LandingStore(self.deployment.landing_url, self.deployment.landing_key)

    @cached_property
    def returns_landing(self) -> ReturnsLanding:
        """Annual returns, as given."""
        return ReturnsLanding(self.deployment.landing_url, self.deployment.landing_key)

    @cached_property
    def log(self) -> SubmissionLog:
        """Every attempt to submit, accepted or not."""
        return SubmissionLog(log_url(self.deployment.warehouse_url, self.deployment.home))

    @cached_property
    def lake(self) -> Lake:
        """Entity frames by day and by return."""
        return Lake(self.deployment.lake_url)

    @cached_property
    def removals(self) -> RemovalLog:
        """What retention has removed; beside the lake."""
        return RemovalLog(self.lake.files)

    @cached_property
    def tombstones(self) -> TombstoneStore:
        """What was purged, and how far its erasure is: beside the lake, with copies where landing and the keys are.

        Any of them may be restored from a backup by itself, and must not bring back what was erased since.
        """
        copies = [FileStore(self.deployment.landing_url), FileStore(self.deployment.home)]
        return TombstoneStore(self.lake.files, copies)

    @cached_property
    def pseudonyms(self) -> Pseudonymiser:
        """The one maker of child keys."""
        has_data = bool(self.lake.files.names("records") or self.lake.files.names("returns"))
        return Pseudonymiser(load_key(self.deployment.pseudonym_key, self.deployment.keys_dir, store_has_data=has_data))

    @cached_property
    def references(self) -> References:
        """What the rules look values up in: postcodes, made once under the home folder, and Ofsted's providers."""
        postcodes = PostcodeDirectory.open(self.deployment.home / "reference")
        providers = self.deployment.providers
        return References(postcodes, read_providers(providers) if providers else None)

    def warehouse(self, *, read_only: bool = False) -> Warehouse:
        """A new connection to the warehouse; a context manager."""
        return open_warehouse(
            self.deployment.warehouse_url,
            read_only=read_only,
            threads=self.deployment.threads,
            memory_limit_gb=self.deployment.memory_limit_gb,
        )
