{#-
    Residents behind a rate: the mid-year estimate of the calendar year before the reporting year, or the nearest held.
    Joins `population` to `rows`, a CTE with la_code and reporting_year.
-#}
{% macro join_residents(rows) -%}
    cross join (
        select min(mid_year) as first_year, max(mid_year) as last_year
        from {{ ref('local_authority_population') }}
    ) as mid_years
    left join {{ ref('local_authority_population') }} as population
        on
            {{ rows }}.la_code = population.la_code
            and population.mid_year
            = least(greatest({{ rows }}.reporting_year - 1, mid_years.first_year), mid_years.last_year)
{%- endmacro %}

{#- What a numerator is divided by: nothing, the residents held now, or what the source itself counted. -#}
{% macro denominator_held_now(unit, own_denominator) -%}
    case
        when {{ unit }} = 'count' then null
        when {{ unit }} = 'rate_per_10000' then population.population_0_17
        else {{ own_denominator }}
    end
{%- endmacro %}
