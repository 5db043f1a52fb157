-- Powers of oversight that are exercised: when last, as far as a source says, and whether that is confirmed. One act of long ago does
-- not tell that the power is used today, nor does what has no day at all.
exercised as materialized (
  select record, last_exercised,
    coalesce(last_exercised >= substr(plus_months(:valid_on, -12), 1, length(last_exercised)), not undated) as still_exercised
  from (
    select record, min(undated) as undated,
      nullif(max(max(coalesce(last_cited, first_cited, source_date, ''), coalesce(substr(verified_at, 1, 10), ''))), '') as last_exercised
    from relation_statement where relation = 'oversees' and in_practice = 'exercised' group by record
  )
)
