select record from actor where class = 'mission'
union
-- Who only a proposal names is on no record yet.
select coalesce(json_extract(s.fields, '$.mission'), json_extract(s.fields, '$.body'))
from statement s
where s.status_of_statement = 'proposed' and s.withdrawn = 0 and coalesce(json_extract(s.fields, '$.mission'), json_extract(s.fields, '$.body')) <> ''
  and (s.kind <> 'recommendation' or s.record like 'read/%')
  and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')
