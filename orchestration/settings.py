"""Every setting of the platform, read once from CSC_* environment variables. No other module reads the environment.

Reference figures and code lists are not settings; they are seeds of the dbt project.
"""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from quality.expectations.model import Limits


class SettingsError(ValueError):
    """A setting that is wrong; the message names it, says what is expected, and leaves secrets out."""


class Settings(BaseSettings):
    """Where things are and how the platform behaves. Field descriptions are the README's settings table."""

    model_config = SettingsConfigDict(env_prefix="CSC_", extra="ignore", frozen=True)

    home: Path = Field(Path(".csc"), description="folder under which everything lives, made with mode 0700")
    landing: str | None = Field(None, description="landing files: folder or fsspec URL (default HOME/landing)")
    lake: str | None = Field(None, description="parquet lake: folder or fsspec URL (default HOME/lake)")
    warehouse_url: str | None = Field(
        None, description="duckdb:///path or postgresql://... (default duckdb, HOME/warehouse.duckdb)"
    )
    reports: str | None = Field(None, description="reports (default HOME/reports)")
    reference: str | None = Field(None, description="DfE and ONS published files (default HOME/reference)")
    providers: Path | None = Field(
        None, description="Ofsted's list of providers, for the rules on URNs (default: those rules are not asked)"
    )
    pseudonym_key: str | None = Field(None, description="key of child pseudonyms (default: made once, HOME/keys)")
    landing_key: str | None = Field(None, description="key that encrypts landing files (default: not encrypted)")
    purge_scope: Literal["stream", "la"] = Field(
        "stream", description="whom a purge of a child reaches: the stream that sent it, or all streams of its LA"
    )
    retention_months: int = Field(
        36, ge=1, description="months for which landed files and the lake are kept; history is kept for good"
    )
    first_day: str = Field("2025-04-01", description="first submission day of the partition set, YYYY-MM-DD")
    threads: int = Field(2, ge=1, le=64, description="threads for DuckDB and dbt")
    memory_limit_gb: float = Field(3.0, gt=0, description="memory DuckDB may use, in GiB")
    chunk_records: int = Field(20_000, ge=100, description="records in memory at a time in the records stage")
    match_tolerance_days: int = Field(
        7, ge=0, description="days by which dates may differ and still match in the comparison (inferred)"
    )
    indicator_tolerance_pct: float = Field(
        5.0, ge=0, description="per cent of the return's value within which a feed value agrees (inferred)"
    )
    small_number: int = Field(5, ge=0, description="LA counts from 1 up to this are shown as c")
    minimum_contributors: int = Field(3, ge=1, description="fewest LAs behind a live benchmark (inferred)")
    count_same_carer_moves: bool = Field(
        False, description="count a move with the same carer as a placement (inferred)"
    )
    vintage_ladder_days: Annotated[list[int], NoDecode] = Field(
        [1, 7, 14, 30, 60, 90],
        description="days after a year end as known at which its indicators are kept, separated by commas",
    )
    return_deadline: str = Field(
        "07-31",
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="month-day on which returns are due",
    )
    failure_rate_warning_pct: float = Field(
        5.0, ge=0, le=100, description="share of rows failing a rule above which its asset check warns"
    )
    volume_deviations: float = Field(
        3.0, gt=0, description="standard deviations from its last 28 days by which a stream's records of a day may lie"
    )
    silent_working_days: int = Field(
        3, ge=1, description="working days without an accepted record after which a stream in force is silent"
    )
    code_mix_pct: float = Field(
        20.0, ge=0, le=100, description="per cent of a stream's codes that may be other than in the return (inferred)"
    )
    published_margin_pct: float = Field(
        25.0, ge=0, description="per cent by which an indicator may lie outside an LA's published years (inferred)"
    )

    token_issuer: str | None = Field(
        None, description="issuer of the receiver's tokens, elsewhere (default: the receiver gives out its own)"
    )
    token_jwks_url: str | None = Field(None, description="where that issuer's public keys are, https:// or http://")
    token_audience: str = Field("csc-receiver", description="whom tokens must be for")
    token_scope: str = Field("csc.send", description="scope that a token must have for sending")
    token_minutes: int = Field(60, ge=1, description="minutes for which the receiver's own tokens hold")
    token_wrong_secrets_a_minute: int = Field(
        10,
        ge=1,
        description="wrong secrets a minute after which a client must wait, in each of the receiver's processes",
    )
    token_skew_seconds: int = Field(60, ge=0, description="seconds by which the issuer's clock may differ")
    receiver_max_mb: int = Field(16, ge=1, description="largest body the receiver takes, in MiB")
    receiver_body_seconds: float = Field(60.0, gt=0, description="seconds in which a body must have arrived")
    receiver_batches_a_second: int = Field(
        100, ge=1, description="batches a second that the receiver takes of one sender, in each of its processes"
    )

    @model_validator(mode="after")
    def _issuer_has_keys(self) -> "Settings":
        if (self.token_issuer is None) != (self.token_jwks_url is None):
            raise ValueError("CSC_TOKEN_ISSUER and CSC_TOKEN_JWKS_URL must be set together, or neither")
        return self

    @field_validator("token_jwks_url")
    @classmethod
    def _on_the_web(cls, value: str | None) -> str | None:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("must start with https:// or http://")
        return value

    @field_validator("vintage_ladder_days", mode="before")
    @classmethod
    def _are_days(cls, value: object) -> object:
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list) or not all(str(days).strip().isdigit() and int(days) > 0 for days in given):
            raise ValueError("must be whole numbers of days above 0, such as 1,7,14")
        return sorted({int(days) for days in given})

    @field_validator("first_day")
    @classmethod
    def _is_day(cls, value: str) -> str:
        date.fromisoformat(value)
        return value

    @field_validator("warehouse_url")
    @classmethod
    def _known_engine(cls, value: str | None) -> str | None:
        if value and not value.startswith(("duckdb:///", "postgresql://", "postgresql+psycopg2://")):
            raise ValueError("must start with duckdb:/// or postgresql://")
        return value

    @field_validator("return_deadline")
    @classmethod
    def _follows_the_year_end(cls, value: str) -> str:
        # a year without a 29 February, so that the day is there in every year
        if date.fromisoformat(f"2001-{value}") <= date(2001, 3, 31):
            raise ValueError("must be a day after 31 March, since it falls in the year in which the return's year ends")
        return value

    def _under_home(self, name: str) -> str:
        return str(self.home.absolute() / name)

    @cached_property
    def landing_url(self) -> str:
        """Where landing files are kept."""
        return self.landing or self._under_home("landing")

    @cached_property
    def lake_url(self) -> str:
        """Where the parquet lake is kept."""
        return self.lake or self._under_home("lake")

    @cached_property
    def warehouse(self) -> str:
        """The warehouse as a URL: duckdb:///path or postgresql://..."""
        return self.warehouse_url or f"duckdb:///{self._under_home('warehouse.duckdb')}"

    @cached_property
    def reports_dir(self) -> Path:
        """Where reports go."""
        return Path(self.reports or self._under_home("reports"))

    @cached_property
    def reference_dir(self) -> Path:
        """Where users put the published statistics they downloaded."""
        return Path(self.reference or self._under_home("reference"))

    @cached_property
    def expectation_limits(self) -> Limits:
        """What the expectations on collections are made with."""
        return Limits(
            volume_deviations=self.volume_deviations,
            silent_working_days=self.silent_working_days,
            code_mix_pct=self.code_mix_pct,
            published_margin_pct=self.published_margin_pct,
            small_number=self.small_number,
        )

    @cached_property
    def keys_dir(self) -> Path:
        """Where the embedded default keeps its keys."""
        return self.home.absolute() / "keys"

    @cached_property
    def dagster_home(self) -> Path:
        """Dagster's own instance folder."""
        return self.home.absolute() / "dagster"

    def prepare_home(self) -> None:
        """Create the home folder, readable by its owner only."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home.chmod(0o700)


def load_settings() -> Settings:
    """Settings from the environment. Raises SettingsError naming each wrong variable and what was expected."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [
            f"CSC_{str(e['loc'][0]).upper()}: {e['msg']}" if e["loc"] else e["msg"]
            for e in error.errors(include_input=False)
        ]
        raise SettingsError("; ".join(wrong)) from None
