-- Projects that somebody states, as they stand on the day. Reads names from the part `called`. In which phase one is, is said once, here: what
-- is said of its status goes before its dates, so that one that was closed early does not run on, and one that was planned to start before
-- the day, of which nobody says that it did, is not confirmed. A status that was said after the end leaves the days before it what they were.
-- One that names no country is in that of its recipient, else in the only one that the workspace is said to be about. Whose institutions
-- are on record says nothing of it: a register may have only begun.
own_projects as materialized (
  select p.record, p.title, p.supporter, p.supporter_name, p.other_supporters, p.recipient, p.recipient_name, p.other_recipients, p.recipient_class,
    p.status, p.function, p.modality, p.implementer, p.implementer_name, coalesce(p.country, a.country, n.country, home_country()) as country, p.starts, p.ends, p.committed, p.spent, p.currency,
    case when p.status = '4' and coalesce(p.ends >= substr(p.said_at, 1, length(p.ends)), 1) then 'ended'
      when p.status = '1' and p.starts <= :valid_on then 'overdue' else p.phase end as phase,
    p.source, p.url, p.recorded_at
  from project p
  left join actor a on a.record = p.recipient
  left join called n on a.record is null and n.alone and n.called = folded(coalesce(p.recipient_name, p.recipient))
)
