{#- On most days nothing is due. -#}
{%- set kept = kept_vintages() -%}
with reached as (

    select * from {{ ref('int_indicator_vintages__reached') }}

),

computed as (

    {% if kept %}
    select distinct source_id, period_end, rung, known_at
    from {{ kept }}
    where counts_same_carer_moves = {{ var('count_same_carer_moves') }}
    {% else %}
    select source_id, period_end, rung, known_at from reached where false
    {% endif %}

),

due as (

    select reached.*
    from reached
    left join computed
        on
            reached.source_id = computed.source_id
            and reached.period_end = computed.period_end
            and reached.rung = computed.rung
            -- a setting may have moved the rung to another day
            and reached.known_at = computed.known_at
    left join {{ ref('int_vintage_sources__changed') }} as changed on reached.source_id = changed.source_id
    where computed.source_id is null or changed.from_at <= reached.known_at

)

select * from due
