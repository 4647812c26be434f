"""Published files become indicator values; a file that is not what it should be is named."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.published.indicator_values import SCHEMA, PublishedFileError, indicator_values
from assets.published.publications import PUBLICATIONS

HEAD = "time_period,geographic_level,region_name,old_la_code"
AREAS = ("2025,National,,", "2025,Regional,London,", "2025,Regional,Inner London,")
LA_CODES = ("301", "302")
REGIONS = ("London",)


def a_file(folder: Path, name: str, columns: str, *rows: str) -> None:
    (folder / name).write_text("\ufeff" + "\n".join([f"{HEAD},{columns}", *rows]) + "\n", encoding="utf-8")


def cells(values: pl.DataFrame, *columns: str) -> list[Sequence[object]]:
    return values.select("area_code", *columns).rows()


def test_no_files_give_no_rows_of_the_right_types(tmp_path: Path) -> None:
    values = indicator_values(tmp_path, LA_CODES, REGIONS)
    assert values.is_empty()
    assert dict(values.schema) == SCHEMA


def test_symbols_become_statuses_and_ended_areas_are_left_out(tmp_path: Path) -> None:
    a_file(
        tmp_path,
        "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
        "referral_count,rereferral_count,rereferral_percent",
        "2025,National,,,1000,226,22.6",
        "2025,Regional,London,,100,20,20",
        "2025,Regional,Inner London,,50,10,20",
        "2025,Local authority,Inner London,301,40,c,c",
        "2025,Local authority,Inner London,302,40,,low",
        "2025,Local authority,North West,909,40,4,10",
    )
    values = indicator_values(tmp_path, LA_CODES, REGIONS)
    rereferrals = values.filter(pl.col("indicator_id") == "rereferral_pct")
    assert cells(rereferrals, "area_type", "numerator", "denominator", "value", "status") == [
        ("England", "england", 226, 1000, 22.6, "ok"),
        ("London", "region", 20, 100, 20.0, "ok"),
        ("301", "la", None, 40, None, "c"),
        ("302", "la", None, 40, None, "k"),
    ]
    referrals = values.filter(pl.col("indicator_id") == "referrals_count")
    assert cells(referrals, "numerator", "denominator", "value")[0] == ("England", 1000, None, 1000.0)
    assert values["period_end"].unique().to_list() == [date(2025, 3, 31)]


def test_a_rate_is_computed_over_the_mid_year_of_the_year_before(tmp_path: Path) -> None:
    columns = "category,At31_episodes"
    rows = [f"2025,Local authority,Inner London,{la},Children in Need,{n}" for la, n in (("301", "30"), ("302", "u"))]
    a_file(tmp_path, "b1_children_in_need_2013_to_2025.csv", columns, "2026,National,,,Children in Need,9", *rows)
    assert indicator_values(tmp_path, LA_CODES, REGIONS).is_empty()  # without residents there is no rate
    residents = [f"{year},Local authority,Inner London,{la},{n}" for year, la, n in ((2024, 301, 1000), (2024, 302, 7))]
    a_file(tmp_path, "ons_mid-year_population_estimates_2012_to_2024.csv", "population_estimate", *residents)
    values = indicator_values(tmp_path, LA_CODES, REGIONS)
    assert cells(values, "numerator", "denominator", "value", "status") == [
        ("England", 9, None, None, "z"),
        ("301", 30, 1000, 300.0, "ok"),
        ("302", None, 7, None, "u"),
    ]


def test_the_denominator_may_be_in_a_row_of_its_own(tmp_path: Path) -> None:
    group = "2025,National,,,CLA on 31 March"
    a_file(
        tmp_path,
        "la_cla_placement_stability.csv",
        "cla_group,placement_stability,children_count,children_percent",
        f"{group},With 3 or more placements during the year,85,10",
        f"{group},Total children,817,100",
        "2025,National,,,CLA 2 years on 31 March,Total children,500,100",
    )
    values = indicator_values(tmp_path, LA_CODES, REGIONS)
    assert cells(values, "numerator", "denominator", "value") == [("England", 85, 817, 10.0)]


def test_of_several_editions_the_last_is_read(tmp_path: Path) -> None:
    for edition, percent in (("2013_to_2024", 1), ("2013_to_2025", 2)):
        a_file(
            tmp_path,
            f"d5_cpps_at31march_by_duration_{edition}.csv",
            "CPP_At31,2_years_or_more,2_years_or_more_percent",
            f"2024,National,,,100,1,{percent}",
        )
    values = indicator_values(tmp_path, LA_CODES, REGIONS)
    assert values.select("source_id", "value").rows() == [("d5_cpps_at31march_by_duration_2013_to_2025", 2.0)]


@pytest.mark.parametrize(
    ("columns", "row", "message"),
    [
        ("CPP_At31", "2025,National,,,100", "2_years_or_more"),
        ("CPP_At31,2_years_or_more,2_years_or_more_percent", "2025,National,,,100,1,about 1", "'about 1'"),
        ("CPP_At31,2_years_or_more,2_years_or_more_percent", "2025,Ward,,,100,1,1", "no rows"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(tmp_path: Path, columns: str, row: str, message: str) -> None:
    a_file(tmp_path, "d5_cpps_at31march_by_duration_2013_to_2025.csv", columns, row)
    with pytest.raises(PublishedFileError, match=message) as error:
        indicator_values(tmp_path, LA_CODES, REGIONS)
    assert "d5_cpps_at31march_by_duration_2013_to_2025.csv" in str(error.value)


def test_the_real_files_give_the_headline_figures(shared_dir: Path, repository: Path) -> None:
    local_authorities = pl.read_csv(repository / "dbt_project/seeds/local_authority.csv", infer_schema=False)
    codes, regions = local_authorities["la_code"], local_authorities["region_9"].unique()
    values = indicator_values(shared_dir / "data/published", codes.to_list(), regions.to_list())
    england = values.filter((pl.col("area_type") == "england") & (pl.col("period_end") == date(2025, 3, 31)))
    assert {indicator: round(value, 1) for indicator, value in england.select("indicator_id", "value").rows()} == {
        "cin_rate": 330.3,
        "rereferral_pct": 22.6,
        "referrals_count": 632830,
        "cpp_2yrs_pct": 2.3,
        "cla_rate": 67,
        "cla_3plus_placements_pct": 10,
        "sdq_average_score": 14.9,
    }
    latest = values.filter(pl.col("period_end") == date(2025, 3, 31)).group_by("indicator_id", "area_type").len()
    assert set(latest.filter(pl.col("area_type") == "la")["len"]) == {153}
    assert set(latest.filter(pl.col("area_type") == "region")["len"]) == {9}
    keys = ["area_type", "area_code", "indicator_id", "period_end"]
    assert values.select(keys).is_unique().all()
    assert set(values["status"]) <= {"ok", "c", "x", "z", "k", "u"}
    assert values.filter((pl.col("status") == "ok") != pl.col("value").is_not_null()).is_empty()


def test_each_publication_names_what_it_shows() -> None:
    assert all(publication.shown for publication in PUBLICATIONS)
