-- What each institution is called, whether it is still there on the day or not: worked out once for each, and not again for every row that
-- names it.
actor_names as materialized (
  select record, max(title) as name from statement where kind = 'actor' and current = 1 group by record
)
