{#- Value of an indicator, unrounded. The same double arithmetic on both engines, so the same value to the last bit. -#}
{% macro scale_of(unit) -%}
    case {{ unit }} when 'rate_per_10000' then 10000 when 'percent' then 100 else 1 end
{%- endmacro %}

{% macro value_of(unit, numerator, denominator) -%}
    case
        when {{ unit }} = 'count' then cast({{ numerator }} as double precision)
        when {{ denominator }} > 0
            then cast({{ numerator }} as double precision) * {{ scale_of(unit) }} / cast({{ denominator }} as double precision)
    end
{%- endmacro %}

{#- z: nothing to divide by. x: a denominator we do not hold. u: the source does not reach back far enough. -#}
{% macro status_of(unit, denominator, is_low_reliability) -%}
    case
        when {{ unit }} <> 'count' and {{ denominator }} is null then 'x'
        when {{ unit }} <> 'count' and {{ denominator }} = 0 then 'z'
        when {{ is_low_reliability }} then 'u'
        else 'ok'
    end
{%- endmacro %}
