{#-
  How far the platform has come, by kind of source: nobody can say what will be known on a day that is still to come.
  A return is whole when it comes in, even if the feeds' days until then have not been taken in yet.
-#}
{% macro taken_in() -%}
    select
        feeds.last_day as feeds_to,
        greatest(feeds.last_day, annual_returns.last_day) as returns_to
    from (
        select max(coverage_end) as last_day
        from {{ ref('int_indicator_sources__covered') }}
        where source_type = 'timely'
    ) as feeds
    cross join (
        select max({{ london_day('received_at') }}) as last_day
        from {{ ref('stg_csc__returns') }}
    ) as annual_returns
{%- endmacro %}
