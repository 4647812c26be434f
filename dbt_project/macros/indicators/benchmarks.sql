{#- Pieces of fct_benchmark that would hide its shape if written out. -#}

{% macro benchmark_key() -%}
    source_type, indicator_id, period_type, period_end, group_kind, group_id
{%- endmacro %}

{#- A (best) to D by polarity. The first quarter holds both its edges, each other only its upper one. -#}
{% macro quartile_band() -%}
    case
        when value is null or p25 is null then null
        when polarity = 'neutral' then '-'
        when value <= p25 then case when polarity = 'lower_better' then 'A' else 'D' end
        when value <= median then case when polarity = 'lower_better' then 'B' else 'C' end
        when value <= p75 then case when polarity = 'lower_better' then 'C' else 'B' end
        else case when polarity = 'lower_better' then 'D' else 'A' end
    end
{%- endmacro %}

{#- Funnel limit around the pooled value for the LA's own denominator; counts and means have none. -#}
{% macro control_limit(z, side) -%}
    case
        when pooled_value is null or own_denominator is null or own_denominator = 0 then null
        when unit = 'percent' then {{ share_limit('pooled_value', 'own_denominator', z, side) }}
        when unit = 'rate_per_10000' then {{ rate_limit('pooled_value', 'own_denominator', z, side) }}
    end
{%- endmacro %}
