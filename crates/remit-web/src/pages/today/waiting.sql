-- Proposals that nobody has accepted or rejected.
select count(*) as n
from statement s
where s.status_of_statement = 'proposed' and s.withdrawn = 0
  and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')
