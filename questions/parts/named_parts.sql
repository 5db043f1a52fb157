-- Counts of an institution that are told under another name than its own, where a list of the year counts it under several: “Ministry of
-- Interior, staff” beside “Ministry of Interior”. Whether they are part of the other counts or stand beside them is not told, so they are
-- never added to them. Few counts have a name of their own: where none has one, the others are not read for it.
named_counts as materialized (
  select record, institution, mission, substr(coalesce(day, year), 1, 4) as year, list, folded(service) as service
  from strength where institution is not null and service <> ''
),
counted_as as materialized (
  select distinct institution, mission, substr(coalesce(day, year), 1, 4) as year, list, coalesce(folded(service), '') as service
  from strength where institution in (select institution from named_counts)
),
named_parts as materialized (
  select record from named_counts t
  where service <> '' and exists (select 1 from counted_as o where o.institution = t.institution and o.year is t.year and o.mission is t.mission and o.list is t.list and o.service <> t.service)
    and not exists (select 1 from called c where c.record = t.institution and c.called = t.service)
)
