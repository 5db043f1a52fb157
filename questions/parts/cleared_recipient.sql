-- Who is to receive what a request for support asks for, and who asks for it to be received: a unit or a person.
cleared_recipient as materialized (
  select record as request, target_kind || ':' || target as key, target_name as name from support_request_recipient
  union
  select q.record, w.kind || ':' || case w.kind when 'actor' then q.recipient else q.person end,
    case w.kind when 'actor' then q.recipient_name else q.person_name end
  from support_request q join (select 'actor' as kind union all select 'person') w
  where case w.kind when 'actor' then q.recipient else q.person end is not null
)
