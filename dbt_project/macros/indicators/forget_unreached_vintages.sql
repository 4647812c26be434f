{#-
  Vintages kept that there would be none of now: the setting of the ladder changed, or the record that reached so far
  was erased or taken back.
-#}
{% macro forget_unreached_vintages() -%}
    delete from {{ this }} as kept
    where not exists (
        select 1
        from {{ ref('int_indicator_vintages__reached') }} as reached
        where
            reached.source_id = kept.source_id
            and reached.period_end = kept.period_end
            and reached.rung = kept.rung
            and reached.known_at = kept.known_at
    )
{%- endmacro %}
