-- Trainings up to the day with who gave them (where only the trainers are named, these), the trainers where they are others, the unit that was trained and what it has
-- become: the link that a person made, else the unit of the same name in the country; then what it became (renamed, merged, split) by relations that hold on the day.
trained as materialized (
  select t.record, coalesce(g.name, t.supporter, t.trainer_unit, t.trained_by_name) as supporter_name, t.given_by as supporter,
    nullif(coalesce(t.trained_by_name, t.trainer_unit), coalesce(g.name, t.supporter, t.trainer_unit, t.trained_by_name)) as trainer, t.program, t.course, t.course_level, t.recipient_unit,
    case when t.recipient is not null then 'linked' when n.record is not null then 'by_name' else 'none' end as record_link,
    -- A unit that has ended since keeps its name.
    coalesce(t.recipient, n.record) as unit, coalesce(r.name, t.recipient_name, n.name) as unit_name, coalesce(t.country, r.country) as country, t.place_name, t.location, t.quantity, t.women, t.men,
    coalesce(t.quantity, t.women + t.men) as people, t.cost, t.currency, t.starts, t.ends, t.source, t.url
  from training t
  left join actor g on g.record = t.given_by
  left join called n on t.recipient is null and n.called = folded(t.recipient_unit)
    -- Where one of the two names no country, the name alone tells, if one institution alone has it.
    and (n.country = t.country or n.alone and (n.country is null or t.country is null))
  left join actor r on r.record = coalesce(t.recipient, n.record)
  where (t.starts is null or t.starts <= :valid_on)
),
became(unit, later, steps) as (
  select subject as unit, object as later, 1 as steps from relation where relation = 'succeeded_by'
  union
  select b.unit, r.object, b.steps + 1 from became b join relation r on r.relation = 'succeeded_by' and r.subject = b.later where b.steps < 10
),
unit_today as materialized (
  select unit, min(later) as today, count(distinct later) as successors from became b
  where not exists (select 1 from relation r where r.relation = 'succeeded_by' and r.subject = b.later) group by unit
)
