-- Proposals that nobody has accepted or rejected.
select count(*) as n
from statement s
where s.statement in (select statement from waiting)
