-- The decision of each request for support that counts on the day: the latest of that day or before. Where its own time is over, no
-- older one comes back in its place.
decided as materialized (
  select * from (
    select *, row_number() over (partition by request order by decided_on desc, said_at desc, record desc) as nth from (
      select json_extract(fields, '$.support_request') as request, json_extract(fields, '$.decision') as decision,
        json_extract(fields, '$.decided_by') as decided_by, json_extract(fields, '$.screened_on') as screened_on,
        coalesce(json_extract(fields, '$.date'), valid_from, first_cited, source_date, substr(said_at, 1, 10)) as decided_on, min(said_at) over (partition by record) as said_at,
        valid_to, record, source, url, min(seq) over (partition by record) as seq, min(entry) over (partition by record) as entry, current
      from statement where kind = 'decision')
    where current = 1 and decided_on <= :valid_on)
  where nth = 1
)
