-- Powers of oversight that were told to be dormant or blocked: whether that is confirmed. A committee that was blocked years ago may work
-- again today, and nobody has said so.
hindered as materialized (
  select record, in_practice,
    coalesce(last_told >= substr(plus_months(:valid_on, -12), 1, length(last_told)), not undated) as still_hindered
  from (
    select record, in_practice, min(undated) as undated,
      nullif(max(max(coalesce(last_cited, first_cited, source_date, ''), coalesce(substr(verified_at, 1, 10), ''))), '') as last_told
    from relation_statement where relation = 'oversees' and in_practice in ('dormant', 'blocked') group by record, in_practice
  )
)
