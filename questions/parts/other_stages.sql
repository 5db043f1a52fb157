-- Records of kinds with stages, also of those that a workspace has added, but for the few that have a rule of their own where this is
-- read, since their country is that of what they are part of. What several statements say is said by the best of them; a state that has
-- ended is no longer to be done.
other_stages as materialized (
  select s.kind, s.record, best(s.title, s.grade, s.said_at, s.statement) as title, k.open, k.verify_after_days,
    best(json_extract(s.fields, '$.' || k.field), s.grade, s.said_at, s.statement) as stage,
    best(json_extract(s.fields, '$.' || k.due), s.grade, s.said_at, s.statement) as due,
    best(json_extract(s.fields, '$.' || k.owner), s.grade, s.said_at, s.statement) as owner,
    best(json_extract(s.fields, '$.country'), s.grade, s.said_at, s.statement) as country,
    best(s.source, s.grade, s.said_at, s.statement) as source, best(s.url, s.grade, s.said_at, s.statement, s.source) as url,
    max(substr(s.verified_at, 1, 10)) as verified_at, max(coalesce(s.last_cited, s.first_cited, s.source_date)) as last_cited, max(substr(s.recorded_at, 1, 10)) as recorded
  from stage k cross join statement s on s.kind = k.kind
  where k.kind not in ('reform', 'recommendation', 'outcome', 'follow_up', 'law', 'strategy') and s.current = 1 and (s.valid_from is null or s.valid_from <= :valid_on)
    and (k.is_state = 0 or s.valid_to is null or s.valid_to >= substr(:valid_on, 1, length(s.valid_to)))
  group by s.kind, s.record
)
