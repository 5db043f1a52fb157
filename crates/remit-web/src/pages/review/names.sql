select record, coalesce(acronym, name) as name from actor
