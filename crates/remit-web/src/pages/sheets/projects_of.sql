-- The country of a project that names none is that of the part own_projects of the questions: its recipient's, else the only one that the
-- workspace is about, or whose institutions are on record.
with only_country as (
  select max(a.country) as country from actor a join code c on c.list = 'actor_class' and c.code = a.class
  where a.country <> '' and c.category <> 'partner' having count(distinct a.country) = 1
)
select coalesce(p.country, a.country, home_country(), (select country from only_country), '') as country, count(distinct p.record) as n
from project p left join actor a on a.record = p.recipient
where p.record in (select record from statement where entry = :entry and kind = 'project') group by 1 order by n desc, 1
