select record, coalesce(acronym, name) as name from actor where class = 'mission' order by 2
