{#-
  The state as known at a moment, of any entity: the condition that a row of history was known then. Without a moment,
  what is known now.
-#}
{% macro is_known_at(versions, moment=none) -%}
    {%- if moment is none -%}
        {{ versions }}.known_to is null
    {%- else -%}
        {{ versions }}.known_from <= {{ moment }} and ({{ versions }}.known_to is null or {{ versions }}.known_to > {{ moment }})
    {%- endif -%}
{%- endmacro %}


{#- The last moment of a London day. -#}
{% macro end_of_day(day) -%}
    (cast(cast({{ day }} as date) + 1 as timestamp) at time zone 'Europe/London' - interval '1 microsecond')
{%- endmacro %}


{#- The London date of a moment. -#}
{% macro london_day(moment) -%}
    cast(cast({{ moment }} as timestamp with time zone) at time zone 'Europe/London' as date)
{%- endmacro %}
