"""Where DfE publishes each indicator: file, rows, columns. A table only; how files are read is in indicator_values.py.

Checked against the files of the year ending March 2025. Assessments within 45 working days are not published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Publication:
    """One indicator in one published file.

    files: name pattern of the file; the names carry years, and of several the last by name is read.
    where: columns and the values that select the indicator's rows.
    value: column of the published value; none where it is computed as a rate per 10,000.
    denominator_where: rows that hold the denominator, where it is not in the same row.
    population: name pattern of the file of residents that is the denominator, of the year before.
    """

    indicator_id: str
    files: str
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    denominator_where: Mapping[str, str] | None = None
    population: str | None = None

    @property
    def shown(self) -> str:
        """The column whose symbols say why there is no value."""
        return self.value or self.numerator or ""


POPULATION = "ons_mid-year_population_estimates_*.csv"

PUBLICATIONS: tuple[Publication, ...] = (
    Publication(
        "cin_rate",
        "b1_children_in_need_*.csv",
        numerator="At31_episodes",
        where={"category": "Children in Need"},
        population=POPULATION,
    ),
    Publication(
        "rereferral_pct",
        "c1_children_in_need_referrals_and_rereferrals_*.csv",
        value="rereferral_percent",
        numerator="rereferral_count",
        denominator="referral_count",
    ),
    Publication(
        "referrals_count",
        "c1_children_in_need_referrals_and_rereferrals_*.csv",
        value="referral_count",
        numerator="referral_count",
    ),
    Publication(
        "cpp_2yrs_pct",
        "d5_cpps_at31march_by_duration_*.csv",
        value="2_years_or_more_percent",
        numerator="2_years_or_more",
        denominator="CPP_At31",
    ),
    Publication(
        "cla_rate",
        "cla_number_and_rate_per_10k_children*.csv",
        value="rate_per_10000",
        numerator="children_count",
        denominator="population_estimate",
        where={"population_type": "Children looked after on 31 March each year"},
    ),
    Publication(
        "cla_3plus_placements_pct",
        "la_cla_placement_stability*.csv",
        value="children_percent",
        numerator="children_count",
        denominator="children_count",
        where={
            "cla_group": "CLA on 31 March",
            "placement_stability": "With 3 or more placements during the year",
        },
        denominator_where={"cla_group": "CLA on 31 March", "placement_stability": "Total children"},
    ),
    Publication(
        "sdq_average_score",
        "la_conviction_health_outcome_cla*.csv",
        value="children_count",
        where={
            "characteristic": "Ages 5 to 16 years with SDQ score",
            "breakdown": "SDQ average score",
        },
    ),
)
