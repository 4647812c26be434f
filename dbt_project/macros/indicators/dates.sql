{#- Calendar arithmetic on dates that reads the same on DuckDB and Postgres. -#}

{% macro months_later(day, months) -%}
    cast({{ day }} + ({{ months }}) * interval '1 month' as date)
{%- endmacro %}

{#- The 1 April on or before a day. -#}
{% macro start_of_financial_year(day) -%}
    cast(date_trunc('year', {{ months_later(day, -3) }}) + interval '3 months' as date)
{%- endmacro %}

{#-
    The first day D for which `D - months` is on or after the given day. It differs from adding months only where a
    day is 29 February: 24 months after 29 February 2024 is 28 February 2026, but `28 February 2026 - 24 months` is
    28 February 2024, a day too early.
-#}
{% macro first_day_reaching(day, months) -%}
    case
        when {{ months_later(months_later(day, months), -months) }} < {{ day }} then {{ months_later(day, months) }} + 1
        else {{ months_later(day, months) }}
    end
{%- endmacro %}
