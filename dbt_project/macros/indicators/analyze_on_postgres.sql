{#- A table made or filled a moment ago has no statistics, and Postgres then plans joins with it as if it were empty. -#}
{% macro analyze_on_postgres(relation, model) -%}
    {%- if target.type == 'postgres' and model.config.materialized in ('table', 'incremental') %}analyze {{ relation }}{% endif -%}
{%- endmacro %}
