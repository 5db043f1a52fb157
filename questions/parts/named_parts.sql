-- Counts of an institution that are told under another name than its own, where a list of the year counts it under several: “Ministry of
-- Interior, staff” beside “Ministry of Interior”. Whether they are part of the other counts or stand beside them is not told, so they are
-- never added to them.
named_parts as materialized (
  select record from (
    select s.record, s.institution, folded(s.service) as service,
      min(coalesce(folded(s.service), '')) over same <> max(coalesce(folded(s.service), '')) over same as several
    from strength s where s.institution is not null
    window same as (partition by s.institution, s.mission, substr(coalesce(s.day, s.year), 1, 4), s.list)
  ) t
  where several and service <> '' and not exists (select 1 from called c where c.record = t.institution and c.called = t.service)
)
