-- Projects that somebody states, as they stand on the day. Reads names from the part `called`. In which phase one is, the view says.
-- One that names no country is in that of its recipient, else in the only one that the workspace is said to be about. Whose institutions
-- are on record says nothing of it: a register may have only begun. Of one without an end that no source has spoken of for a year nobody
-- knows whether it goes on, as of a mission.
own_projects as materialized (
  select p.record, p.title, p.supporter, p.supporter_name, p.other_supporters, p.recipient, p.recipient_name, p.other_recipients,
    coalesce(p.recipient_class, case when p.recipient is null then json_extract(p.other_classes, '$[0].code') end) as recipient_class, p.other_classes,
    p.function, p.modality, p.implementer, p.implementer_name, p.other_implementers, coalesce(p.country, a.country, n.country, home_country()) as country, p.place_name, p.starts, p.ends,
    p.committed, p.spent, p.currency, p.phase,
    -- Of one that was planned to start before the day nobody knows whether it has begun; what says neither days nor status holds on no day.
    case when p.status = '1' and p.phase = 'overdue' then 'not_begun' when p.phase = 'unknown' then 'undated'
      when p.phase = 'active' and p.ends is null and p.last_told < substr(plus_months(:valid_on, -12), 1, length(p.last_told)) then 'overdue' else p.phase end as phase_shown,
    p.source, p.url, p.recorded_at
  from (
    select *, max(coalesce(last_cited, first_cited, substr(verified_at, 1, 10)), coalesce(substr(verified_at, 1, 10), '')) as last_told from project
  ) p
  left join actor a on a.record = p.recipient
  left join called n on a.record is null and n.alone and n.called = folded(coalesce(p.recipient_name, p.recipient))
)
