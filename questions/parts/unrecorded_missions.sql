-- Missions that documents speak of and of which nobody has accepted anything yet: these have no record.
unrecorded_missions as materialized (
  select 'mission/' || replace(replace(lower(code), '_', '-'), ' ', '-') as record, en as called from code
  where list = 'mission' and record in (select mission from document) and record not in (select record from actor)
)
