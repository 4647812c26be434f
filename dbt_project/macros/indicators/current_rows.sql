{#-
  Rows of an entity in the state that indicators are worked out from: what each source says now and, under the name of
  the statement, what it said as known at the moment of each vintage that is due. The one place where indicators choose
  their state, so that their SQL is written once for both.
-#}
{% macro current_rows(entity, columns) -%}
    {%- set versions = ref('int_' ~ entity ~ '__versions') -%}
    select
        source_id,
        child_key{% for column in columns %},
        {{ column }}{% endfor %}
    from {{ versions }}
    where known_to is null
    union all
    select
        due.statement_id as source_id,
        known.child_key{% for column in columns %},
        known.{{ column }}{% endfor %}
    from {{ versions }} as known
    inner join {{ ref('int_indicator_vintages__due') }} as due
        on known.source_id = due.source_id and {{ is_known_at('known', 'due.known_at') }}
{%- endmacro %}
