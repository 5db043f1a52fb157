select record, coalesce(acronym, name) as name from actor
union all
-- What is no more on the day still has its name.
select record, max(title) from statement where kind = 'actor' and current = 1 and record not in (select record from actor) group by record
