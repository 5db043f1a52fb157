-- Activities that name the mission in their title, as a word of its own.
select identifier, title, supporter_name, supporter, phase, starts, ends
from support
where ' ' || replace(replace(upper(title), '-', ' '), ',', ' ') || ' ' like '% ' || upper(:mission) || ' %'
group by activity
order by coalesce(ends, '9999') desc
limit 50
