"""What the whole platform must come to on the made-up scenario, on whichever engine a test class runs it.

Subclasses give `home`: a platform that has taken in everything once. Nothing here depends on the order of the tests,
because running anything again must change nothing.
"""

from datetime import date, timedelta

import polars as pl
import pytest
from personal_values import found_in_files, found_in_tables, personal_values
from platform_home import SCENARIO, PlatformHome, environment_kept

from assets.comparison.compare import compare, write
from orchestration.build import build_definitions
from orchestration.jobs import DAILY_JOB

Tables = dict[str, pl.DataFrame]

COVERAGE = ["source_id", "return_id", "entity", "n_timely", "n_return", "n_both", "n_timely_only", "n_return_only"]
AGREEMENT = ["source_id", "return_id", "entity", "field"]
AGREEMENT += ["n_compared", "n_agree", "n_differ", "n_missing_timely", "n_missing_return"]
CURVE = ["source_id", "entity", "event", "lag_days", "n"]
# Per 10,000 children: the manifest counts the few for whom lives were made up, the platform the LA's real population.
RATES = ("cin_rate", "cla_rate")


def same_rows(found: pl.DataFrame, expected: pl.DataFrame, columns: list[str]) -> None:
    """Both hold the same rows; a failure lists the first that only one side has."""
    texts = [frame.select(columns).cast(pl.String).sort(columns) for frame in (found, expected)]
    ours, theirs = (set(text.iter_rows()) for text in texts)
    assert sorted(ours - theirs, key=str)[:10] == [], "rows that were not expected"
    assert sorted(theirs - ours, key=str)[:10] == [], "rows that are missing"
    assert texts[0].height == texts[1].height == len(ours)


def differing(now: Tables, before: Tables) -> list[str]:
    """Names of tables that are not value for value the same."""
    every = sorted(now.keys() | before.keys())
    return [name for name in every if name not in now or name not in before or not now[name].equals(before[name])]


class WholePlatform:
    """Proofs for one engine."""

    @pytest.fixture(scope="class")
    @classmethod
    def first(cls, home: PlatformHome) -> Tables:
        """Every table after everything was taken in."""
        return home.results()

    def test_every_table_has_rows(self, first: Tables) -> None:
        # No made-up LA deprives a child of liberty, starts pre-proceedings or is held against published figures.
        empty = {"history.dolo", "history.pre_proceedings"}
        assert {name for name, frame in first.items() if frame.is_empty()} == empty

    def test_coverage_is_as_the_manifest_says(self, home: PlatformHome, first: Tables) -> None:
        same_rows(first["comparison.coverage"], home.expected("expected_coverage"), COVERAGE)

    def test_field_agreement_is_as_the_manifest_says(self, home: PlatformHome, first: Tables) -> None:
        same_rows(first["comparison.field_agreement"], home.expected("expected_field_agreement"), AGREEMENT)

    def test_timeliness_is_as_the_manifest_says(self, home: PlatformHome, first: Tables) -> None:
        shares = {"n_within_1": "within_1_day", "n_within_7": "within_7_days", "n_within_30": "within_30_days"}
        counts = [(pl.col(share) * pl.col("n")).round(6).cast(pl.Int64).alias(count) for count, share in shares.items()]
        found = first["comparison.timeliness"].with_columns(counts)
        same_rows(found, home.expected("expected_timeliness"), ["source_id", "entity", "event", "n", *shares])

    def test_timeliness_curve_is_as_the_manifest_says(self, home: PlatformHome, first: Tables) -> None:
        same_rows(first["comparison.timeliness_curve"], home.expected("expected_lags"), CURVE)

    def test_every_stream_is_compared_with_both_returns(self, first: Tables) -> None:
        pairs = set(first["comparison.coverage"].select("source_id", "return_id").iter_rows())
        year = SCENARIO.return_year
        assert pairs == {
            (plan.stream_id, f"{plan.la_code}-{kind}-{year}")
            for plan in SCENARIO.streams
            for kind in ("cin", "ssda903")
        }

    def test_indicators_of_the_year_are_as_the_manifest_says(self, home: PlatformHome, first: Tables) -> None:
        is_rate = pl.col("indicator_id").is_in(RATES)
        values = first["marts.fct_indicator_value"].filter(
            (pl.col("area_type") == "la")
            & (pl.col("period_type") == "financial_year")
            & (pl.col("period_end") == SCENARIO.year_end)
            & (pl.col("breakdown") == "all")
            & (pl.col("source_type") != "published")
        )
        expected = home.expected("expected_indicators").filter(pl.col("source_id") != "truth")
        whole = [pl.col("numerator").cast(pl.Int64), pl.col("denominator").cast(pl.Int64)]
        without_population = pl.when(~is_rate).then(pl.col("denominator")).alias("denominator")
        columns = ["source_id", "area_code", "indicator_id", "numerator", "denominator"]
        same_rows(
            values.with_columns(whole).with_columns(without_population),
            expected.rename({"la_code": "area_code"}).with_columns(whole).with_columns(without_population),
            columns,
        )
        population = first["marts.dim_local_authority"].select("la_code", "population_0_17")
        rates = values.filter(is_rate).join(population, left_on="area_code", right_on="la_code")
        assert rates.height == len(SCENARIO.streams) * 2 + len(SCENARIO.authorities) * 2
        assert rates["denominator"].to_list() == rates["population_0_17"].to_list()

    def test_records_set_aside_are_the_spoilt_ones(self, home: PlatformHome) -> None:
        counted = "cast(submission_day as varchar) as field, cast(count(*) as integer) as count"
        found = home.query(
            f"""select source_id as stream, {counted} from (
                select distinct source_id, submission_day, batch_id, batch_index from raw.rejected
            ) as records group by source_id, submission_day"""
        )
        # A full stream sends a child who is never right again every day.
        expected = home.expected("faults").filter((pl.col("kind") == "record_refused") & (pl.col("count") > 0))
        same_rows(found, expected, ["stream", "field", "count"])

    def test_batches_sent_again_are_stored_once(self, home: PlatformHome) -> None:
        attempts = home.stores.log.attempts().filter(pl.col("received_at").is_first_distinct().over("stream_id"))
        again = attempts.filter(pl.col("duplicate")).select(
            stream="stream_id", field=pl.col("submission_day").cast(pl.String), count="records"
        )
        same_rows(again, home.expected("faults").filter(pl.col("kind") == "batch_sent_again"), again.columns)
        stored = home.query(
            "select count(distinct batch_id) as n, count(*) as records from raw.records where source_type = 'timely'"
        )
        refused = home.query("select count(*) as n from (select distinct batch_id, batch_index from raw.rejected) as r")
        first_time = attempts.filter(~pl.col("duplicate"))
        assert stored["records"][0] + refused["n"][0] == first_time["records"].sum()
        assert len(landed_files(home)) == first_time.height

    def test_no_personal_value_is_where_figures_are_read(self, home: PlatformHome) -> None:
        values = personal_values(home.made_up, home.stores.pseudonyms)
        assert min(len(kind) for kind in values.values()) > 10, "the search would prove nothing"
        assert found_in_tables(home, values, ("marts", "comparison", "findings")) == []

    def test_personal_values_are_only_where_they_belong(self, home: PlatformHome) -> None:
        """Names and pupil numbers nowhere; this also shows that the search finds what is there."""
        values = personal_values(home.made_up, home.stores.pseudonyms)
        kinds = [
            {found.split(": a ")[1] for found in found_in_tables(home, values, schemas)}
            for schemas in (("raw", "history"), ("secure",))
        ]
        assert kinds == [{"date of birth", "postcode", "hash of a pupil number"}, {"child id"}]

    def test_no_personal_value_is_in_reports_logs_or_run_storage(self, home: PlatformHome) -> None:
        values = personal_values(home.made_up, home.stores.pseudonyms)
        assert found_in_files(home, values) == []


def landed_files(home: PlatformHome) -> list[str]:
    """Names of all landed batches."""
    return sorted(batch.key for day in home.stores.landing.days() for batch in home.stores.landing.batches(day))


def run_models(home: PlatformHome, name: str) -> None:
    """Build one group of dbt models as the job does, by materialising that asset alone."""
    with environment_kept():
        definitions = build_definitions(home.settings)
        job = definitions.resolve_job_def(DAILY_JOB)
        graph = definitions.resolve_asset_graph()
        keys = [key for key in graph.materializable_asset_keys if graph.get(key).assets_def.op.name == name]
        result = job.execute_in_process(asset_selection=keys, raise_on_error=False)
    assert result.success


def compare_again(home: PlatformHome) -> None:
    """The comparison stage alone."""
    deployment = home.stores.deployment
    with home.stores.warehouse() as warehouse:
        tables = compare(
            warehouse,
            match_tolerance_days=deployment.match_tolerance_days,
            indicator_tolerance_pct=deployment.indicator_tolerance_pct,
        )
        write(warehouse, tables)


def day_after(days: int) -> date:
    """A day of the scenario, counted from its first."""
    return SCENARIO.first_day + timedelta(days=days)
