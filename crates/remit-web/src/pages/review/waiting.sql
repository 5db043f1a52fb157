-- Proposals that nobody has accepted or rejected.
select count(*) as n
from statement s
where s.waits = 1
