{#- What each source says now: the open versions of an entity. The one place where indicators choose their state. -#}
{% macro current_rows(entity) -%}
    select * from {{ ref('int_' ~ entity ~ '__versions') }} where known_to is null
{%- endmacro %}
