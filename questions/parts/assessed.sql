-- What was assessed until the day, with the class and country of the institution where one is named. What has ended needs nothing any more.
assessed as materialized (
  select n.record, n.actor, n.actor_name, coalesce(a.class, n.actor_class) as class, coalesce(a.country, n.country, home_country()) as country, n.function, n.level, n.date, n.said_at,
    n.capacity, n.integrity, n.sustainability, n.assessor, n.assessor_name, n.finding, n.source, n.url
  from need n left join actor a on a.record = n.actor
  where (n.date is null or n.date <= :valid_on)
    and (n.actor is null or a.record is not null or not exists (
      select 1 from statement s where s.kind = 'actor' and s.record = n.actor and s.current = 1 and s.valid_to < substr(:valid_on, 1, length(s.valid_to))))
)
