{#- After the vintages were computed, what made them due is forgotten; what a load noted meanwhile has another load_id. -#}
{% macro forget_changed_sources(results) %}
    {%- set covered = ref('int_vintage_sources__changed') -%}
    {%- set changed = source('control', 'changed_sources') -%}
    {%- if execute and flags.WHICH in ['run', 'build'] -%}
        {%- for result in results if result.status == 'success' and result.node.name == 'int_indicator_vintages__by_source' -%}
            delete from {{ changed }} as changed
            using {{ covered }} as covered
            where changed.source_id = covered.source_id and changed.load_id = covered.load_id
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
