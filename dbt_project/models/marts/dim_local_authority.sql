with local_authorities as (

    select * from {{ ref('local_authority') }}

),

latest_population as (

    select la_code, population_0_17
    from {{ ref('local_authority_population') }}
    where mid_year = (select max(mid_year) from {{ ref('local_authority_population') }})

),

live_streams as (

    select
        la_code,
        cms_supplier,
        row_number() over (partition by la_code order by start_date desc, is_primary desc, stream_id) as newest
    from {{ ref('stg_csc__streams') }}
    where environment = 'live'

)

select
    local_authorities.la_code,
    local_authorities.la_name,
    local_authorities.ons_code,
    local_authorities.region,
    local_authorities.region_9,
    local_authorities.size_band,
    latest_population.population_0_17,
    live_streams.cms_supplier,
    live_streams.la_code is not null as in_scheme
from local_authorities
left join latest_population on local_authorities.la_code = latest_population.la_code
left join live_streams on local_authorities.la_code = live_streams.la_code and live_streams.newest = 1
