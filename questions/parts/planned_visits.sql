-- Each monitoring visit up to the day, and whether the same unit was visited again since: then the visit that it announced was made.
planned_visits as materialized (
  select v.record, v.support_request, v.support_request_name, v.actor, v.actor_name, v.visitor, v.visitor_name, v.date, v.next_visit, v.verified_at, v.source, v.url,
    exists (select 1 from monitoring_visit n where n.support_request = v.support_request and n.record <> v.record and n.date > v.date
      and n.date <= :valid_on and (n.actor = v.actor or n.actor is null or v.actor is null)) as made_since
  from monitoring_visit v where v.date is null or v.date <= :valid_on
)