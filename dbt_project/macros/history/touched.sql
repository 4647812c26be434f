{#-
  Incremental strategy of the history: the touched children's rows that lasted until the moment from which they are
  computed go, and what was computed comes. Rows that ended before it stand.
-#}
{% macro get_incremental_replace_touched_sql(arg_dict) %}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }} as history
    using {{ ref('int_children__touched') }} as touched
    where history.source_id = touched.source_id and history.child_key = touched.child_key
        and (touched.resume_at is null or history.known_to is null or history.known_to >= touched.resume_at);

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{% endmacro %}


{#- Whether the next run must compute every child: one of the history tables is missing, or all are to be rebuilt. -#}
{% macro history_is_to_be_rebuilt() %}
    {%- if not execute -%}{{ return(false) }}{%- endif -%}
    {%- if flags.FULL_REFRESH -%}{{ return(true) }}{%- endif -%}
    {%- for node in graph.nodes.values() if node.name.startswith('int_') and node.name.endswith('__versions') -%}
        {%- if load_relation(api.Relation.create(node.database, node.schema, node.alias)) is none -%}
            {{ return(true) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}


{#- A history table built from nothing must see every child; stop where only the touched ones were prepared. -#}
{% macro require_everyone_when_rebuilding() %}
    {%- if execute and flags.WHICH in ['run', 'build'] and model.resource_type == 'model' and not is_incremental() -%}
        {#- not by ref: a look at the log is no dependency of the model -#}
        {%- set log = api.Relation.create(database=this.database, schema='staging', identifier='stg_csc__records') -%}
        {%- set partial = run_query(
            'select 1 from ' ~ log ~ ' where not exists (select 1 from '
            ~ ref('int_children__touched') ~ ' where is_everyone) limit 1'
        ) -%}
        {%- if partial | length > 0 -%}
            {{ exceptions.raise_compiler_error(
                'history would be rebuilt from the touched children only; rebuild it with its parents: '
                ~ 'dbt build --full-refresh --select tag:history'
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}


{#-
  After a run in which every history model succeeded, the children it covered need no recomputing. Those touched by a
  load that came in meanwhile stay: they have another load_id.
-#}
{% macro forget_touched_children(results) %}
    {%- set covered = ref('int_children__touched') -%}
    {%- set touched = source('control', 'touched_children') -%}
    {%- if execute and flags.WHICH in ['run', 'build'] -%}
        {%- set wanted = [] -%}
        {%- for node in graph.nodes.values() if node.name.startswith('int_') and node.name.endswith('__versions') -%}
            {%- do wanted.append(node.unique_id) -%}
        {%- endfor -%}
        {%- set done = [] -%}
        {%- for result in results if result.status == 'success' and result.node.unique_id in wanted -%}
            {%- do done.append(result.node.unique_id) -%}
        {%- endfor -%}
        {%- if wanted | length == done | length -%}
            delete from {{ touched }} as touched
            using {{ covered }} as covered
            where touched.source_id = covered.source_id
                and touched.child_key = covered.child_key
                and touched.load_id = covered.load_id
        {%- endif -%}
    {%- endif -%}
{% endmacro %}


{#- Whether there is history to go on from; unit tests say so themselves. -#}
{% macro continues_history() %}
    {%- if model.resource_type != 'model' -%}{{ return(false) }}{%- endif -%}
    {{ return(is_incremental()) }}
{% endmacro %}
