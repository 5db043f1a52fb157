-- Relations of support. One of which a source last spoke more than a year before the day, and nobody says when it ends, was reported
-- earlier, until then.
backing as materialized (
  select record, subject, subject_name, object, object_name, coalesce(classification, note) as what, starts, coalesce(valid_to, case when is_old then last_day end) as ends,
    case when starts is null and valid_to is null and last_day is null then 'undated' when is_old then 'reported_earlier' else 'active' end as phase, valid_to is not null as own_dates, source, url
  from (
    select *, coalesce(valid_from, first_cited, last_cited) as starts, max(coalesce(last_cited, first_cited, substr(verified_at, 1, 10)), coalesce(substr(verified_at, 1, 10), '')) as last_day,
      valid_to is null and max(coalesce(last_cited, first_cited, substr(verified_at, 1, 10)), coalesce(substr(verified_at, 1, 10), '')) < plus_months(:valid_on, -12) as is_old
    from relation where relation = 'supports'
  )
)
