-- Ministries of many countries are called the same: which one is meant, its country tells. Of what works in many, that is only its home.
select record, coalesce(acronym, name) as name, case when class in ('mission', 'donor', 'organisation') then null else country end as country
from actor
union all
-- What is no more on the day still has its name.
select record, max(title), null from statement where kind = 'actor' and current = 1 and record not in (select record from actor) group by record
