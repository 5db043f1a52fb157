-- The country of a project that names none is that of the part own_projects of the questions: its recipient's, else the only one that the
-- workspace is about.
select coalesce(p.country, a.country, home_country(), '') as country, count(distinct p.record) as n
from project p left join actor a on a.record = p.recipient
where p.record in (select record from statement where entry = :entry and kind = 'project') group by 1 order by n desc, 1
