{#-
  What each record of the touched children said about each item: one row per record and item, purged ones left out.
  Two rows of one key in one record: the later row counts.

  items: staging model of the entity.
  key: the entity's own key columns.
  attributes: its other columns.
  purged_with: the purge levels that take it along.
  own_id: the column a purge of the item itself names, where there is one.
  keep_absent: also a row for a record that has no row of the entity (its attributes are null).
-#}
{% macro item_occurrences(items, key, attributes, purged_with, own_id=none, keep_absent=false) %}
    select
        records.source_type,
        records.source_id,
        records.la_code,
        records.child_key,
        records.seq,
        records.is_full,
        records.full_no,
        records.full_to,
        records.replaces_all,
        records.received_at,
        coalesce(items.row_index, 0) as row_index,
        {% for column in key + attributes -%}
        items.{{ column }},
        {% endfor -%}
        row_number() over (
            partition by {{ history_key(['records.source_id', 'records.child_key', 'records.seq'], key, 'items') }}
            order by items.row_index desc{% for column in attributes %}, items.{{ column }}{% endfor %}
        ) as from_last
    from {{ ref('int_records__sequenced') }} as records
    {{ 'left' if keep_absent else 'inner' }} join {{ items }} as items
        on records.content_no = items.content_no
        and coalesce(items.purge, false) = false
    where true
    {%- for level in purged_with %}
        and {{ not_purged(level, own_id) }}
    {%- endfor %}
{% endmacro %}


{% macro not_purged(level, own_id) -%}
not exists (
            select 1
            from {{ ref('int_purges__sequenced') }} as purges
            where purges.source_id = records.source_id
                and purges.child_key = records.child_key
                and purges.level = '{{ level }}'
                and purges.seq >= records.seq
            {%- if level not in ['child_details', 'health_and_wellbeing'] %}
                and purges.social_care_episode_id = items.social_care_episode_id
            {%- endif %}
            {%- if own_id and level not in ['child_details', 'health_and_wellbeing', 'episodes'] %}
                and purges.item_id = items.{{ own_id }}
            {%- endif %}
        )
{%- endmacro %}


{#- The columns a window or group goes by: those given, then the entity's key, qualified where needed. -#}
{% macro history_key(first, key, qualifier=none) -%}
    {%- set prefix = qualifier ~ '.' if qualifier else '' -%}
    {{ first | join(', ') }}{% for column in key %}, {{ prefix }}{{ column }}{% endfor %}
{%- endmacro %}
