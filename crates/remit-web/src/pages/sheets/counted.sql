select a.identifier, a.title, coalesce(a.reporter_name, a.reporter, '') as reporter, a.starts, a.ends, a.status, a.marking, coalesce(a.code_doubted, 0) as doubted,
  (select group_concat(distinct c.code) from activity_country c where c.activity = a.id) as countries,
  a.identifier in (select reference from project where reference is not null) as stated
from activity a
where a.dataset = :dataset and a.id not in (select activity from support)
order by a.identifier limit 200
