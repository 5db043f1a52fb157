-- Who came and went, of each institution, movement, sex, band and time once: of several reports of the same, the one that was said last.
movements_once as materialized (
  select actor, actor_name, movement, sex, rank_band, starts, ends, people, max(coalesce(said_at, '') || ' ' || record) as newest
  from movement group by actor, movement, sex, rank_band, starts, ends
)
