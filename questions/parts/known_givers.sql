-- Who supports: what is known of each actor whenever it was, whether it is there on the day, when a mission ends (by its own end and
-- by its newest mandate, whichever is the later: `lasts_until`), whether it is over, and whether somebody says so (`is_gone`).
known_givers as materialized (
  select *, nullif(max(coalesce(ends, ''), coalesce(mandate_ends, '')), '') as lasts_until,
    coalesce(last_day < substr(:valid_on, 1, length(last_day)), 0) as is_gone,
    case when not is_there then 1 when coalesce(ends, mandate_ends) is null then 0
      else coalesce(ends < substr(:valid_on, 1, length(ends)), 1) and coalesce(mandate_ends < substr(:valid_on, 1, length(mandate_ends)), 1) end as is_over
  from (
    select actor, max(name) as name, max(case when class = 'mission' then country end) as mission_country, max(is_there) as is_there, max(ends) as ends,
      max(case when kind = 'actor' then coalesce(valid_to, '9999') end) as last_day,
      max(case when kind = 'mandate' and nth = 1 then valid_to end) as mandate_ends
    from (
      select *, row_number() over (partition by actor, kind order by coalesce(valid_from, adopted, '') desc, said_at desc, statement desc) as nth,
        case when kind = 'actor' then coalesce(valid_from <= :valid_on, 1) and coalesce(valid_to >= substr(:valid_on, 1, length(valid_to)), 1) end as is_there,
        max(said_class) over (partition by actor) as class
      from (
        select kind, case kind when 'actor' then record else json_extract(fields, '$.mission') end as actor, json_extract(fields, '$.name') as name,
          json_extract(fields, '$.class') as said_class, json_extract(fields, '$.country') as country, json_extract(fields, '$.ends') as ends,
          json_extract(fields, '$.adopted') as adopted, valid_from, valid_to, said_at, statement
        from statement where kind in ('actor', 'mandate') and current = 1
      )
    ) group by actor
  )
)
