select record from actor where class = 'mission'
union
-- Who only a proposal names is on no record yet.
select coalesce(json_extract(s.fields, '$.mission'), json_extract(s.fields, '$.body'))
from statement s
where s.statement in (select statement from waiting) and coalesce(json_extract(s.fields, '$.mission'), json_extract(s.fields, '$.body')) <> ''
  and (s.kind <> 'recommendation' or s.record like 'read/%')
