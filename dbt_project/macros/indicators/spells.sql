{#-
    Spells of one child that touch or overlap, made one. `spells` is a CTE with source_id, child_key, start_date,
    end_date (null = open; a spell is closed on its end date). Spells of no length and spells without a start are left
    out: they are open on no day.
-#}
{% macro merged_spells(spells) -%}
    select
        source_id,
        child_key,
        min(start_date) as start_date,
        nullif(max(end_date), cast('9999-12-31' as date)) as end_date
    from (
        select
            *,
            sum(case when start_date <= reached_date then 0 else 1 end) over (
                partition by source_id, child_key order by start_date, end_date
                rows between unbounded preceding and current row
            ) as spell_number
        from (
            select
                *,
                max(end_date) over (
                    partition by source_id, child_key order by start_date, end_date
                    rows between unbounded preceding and 1 preceding
                ) as reached_date
            from (
                select
                    source_id,
                    child_key,
                    start_date,
                    coalesce(end_date, cast('9999-12-31' as date)) as end_date
                from {{ spells }}
                where start_date is not null and (end_date is null or end_date > start_date)
            ) as dated
        ) as followed
    ) as numbered
    group by source_id, child_key, spell_number
{%- endmacro %}

{#- What spells add on the day they start and take away on the day they end, by source and day. -#}
{% macro changes_of_spells(spells, numerator='0', denominator='0') -%}
    select
        source_id,
        day,
        cast(sum(direction * ({{ numerator }})) as bigint) as numerator,
        cast(sum(direction * ({{ denominator }})) as bigint) as denominator
    from (
        select *, start_date as day, 1 as direction from {{ spells }}
        union all
        select *, end_date as day, -1 as direction from {{ spells }} where end_date is not null
    ) as edges
    group by source_id, day
{%- endmacro %}
