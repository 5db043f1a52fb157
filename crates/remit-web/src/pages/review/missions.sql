select record from actor where class = 'mission'
union
-- Who only a proposal names is on no record yet.
select json_extract(s.fields, '$.mission')
from statement s
where s.waits = 1 and json_extract(s.fields, '$.mission') <> ''
