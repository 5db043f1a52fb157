with paid as (
  select p.record, p.recipient, p.other_recipients, json_insert(coalesce(p.other_supporters, '[]'), '$[#]', p.supporter) as supporters from project p
  where :entry = '' or p.record in (select record from statement where entry = :entry and kind = 'project')
),
supports as (select y.value as record from paid, json_each(paid.supporters) y where y.value is not null),
named as (
  select record from statement where entry = :entry and kind = 'actor'
  union select record from supports
  union select recipient from paid where recipient is not null
  union select y.value from paid, json_each(paid.other_recipients) y
)
select a.record, coalesce(a.name, a.record) as name, a.record in (select record from supports) as supports,
  (select group_concat(distinct s.marking) from statement s where s.kind = 'actor' and s.record = a.record and s.current) as markings
from actor a where coalesce(a.class, '') = '' and (:entry = '' or a.record in (select record from named))
order by 3, 2, 1
