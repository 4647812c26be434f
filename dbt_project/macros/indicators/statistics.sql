{#-
    Statistics written out, where the engines' own differ in the last bit: DuckDB and Postgres interpolate quantiles
    and add up doubles in different ways.
-#}

{#-
    Quartile 1, 2 or 3 by linear interpolation between ranked values (type 7 of Hyndman and Fan, the default of R).
    Over a window of rows with `value`, `value_rank` (1 for the lowest) and `contributors`, the same on every row.
-#}
{% macro quartile_of_ranked(quarter, over) -%}
    {%- set position -%} (cast({{ quarter }} * (contributors - 1) as double precision) / 4) {%- endset -%}
    {%- set below -%} max(case when value_rank = floor({{ position }}) + 1 then value end) over {{ over }} {%- endset -%}
    {%- set above -%} max(case when value_rank = ceil({{ position }}) + 1 then value end) over {{ over }} {%- endset -%}
    {{ below }} + ({{ above }} - {{ below }}) * ({{ position }} - floor({{ position }}))
{%- endmacro %}

{#- Mean of doubles to eight decimals, added up as integers so that the order of rows cannot matter. -#}
{% macro mean_of(value, over) -%}
    cast(sum(cast(floor({{ value }} * 100000000 + 0.5) as bigint)) over {{ over }} as double precision)
        / nullif(cast(count({{ value }}) over {{ over }} as double precision) * 100000000, 0)
{%- endmacro %}

{#-
    Funnel limits. side is -1 (lower) or 1 (upper). Every number is cast, because Postgres reads 1.96e0 as an exact
    decimal and would divide in decimals.
-#}
{% macro double(number) -%}
    cast({{ number }} as double precision)
{%- endmacro %}

{#- Of a share, in per cent: the Wilson score interval around the pooled share for the LA's own denominator. -#}
{% macro share_limit(pooled_value, denominator, z, side) -%}
    {%- set share -%} ({{ pooled_value }} / 100) {%- endset -%}
    {%- set z_squared = double(z * z) -%}
    {%- set n = double(denominator) -%}
    -- kept between 0 and 100: the last bit of a root may stray
    greatest(0, least(100, 100 * (
        {{ share }} + {{ z_squared }} / (2 * {{ n }})
        + ({{ double(side * z) }}) * sqrt({{ share }} * (1 - {{ share }}) / {{ n }} + {{ z_squared }} / (4 * {{ n }} * {{ n }}))
    ) / (1 + {{ z_squared }} / {{ n }})))
{%- endmacro %}

{#-
    Of a rate, per 10,000: Byar's approximation to the Poisson interval around the count that the pooled rate leads
    one to expect in the LA's own population.
-#}
{% macro rate_limit(pooled_value, denominator, z, side) -%}
    {%- set expected -%} ({{ pooled_value }} * {{ double(denominator) }} / 10000{{ ' + 1' if side > 0 else '' }}) {%- endset -%}
    {%- set root -%} (1 - 1 / (9 * {{ expected }}) + {{ double(side * z) }} / (3 * sqrt({{ expected }}))) {%- endset -%}
    case
        when {{ expected }} <= 0 then 0
        else greatest(0, {{ expected }} * {{ root }} * {{ root }} * {{ root }} * 10000 / {{ double(denominator) }})
    end
{%- endmacro %}
