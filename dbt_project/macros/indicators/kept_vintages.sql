{#-
  The table of vintages kept from earlier runs, or none when there is none yet or all are to be made anew. A run adds to
  it after it has asked, so it is no dependency.
-#}
{% macro kept_vintages() -%}
    {%- if execute and not flags.FULL_REFRESH and model.resource_type == 'model' -%}
        {{ return(load_relation(api.Relation.create(
            database=this.database, schema=this.schema, identifier='int_indicator_vintages__by_source'
        ))) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
