select (select count(*) from snapshot where dataset = :dataset) as held, count(*) as activities,
  coalesce(sum(id in (select activity from support)), 0) as counted
from activity where dataset = :dataset
