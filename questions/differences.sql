-- order = 27
-- group = "due"
-- needs = ["day"]
-- title = { en = "What is different from another day", fr = "Ce qui diffère d’un autre jour", ar = "ما يختلف عن يوم آخر" }
-- why = { en = "Mandates, parents and roles end and begin: two dates side by side show it.", fr = "Mandats, rattachements et rôles finissent et commencent : deux dates côte à côte le montrent.", ar = "الولايات والتبعيات والأدوار تنتهي وتبدأ: تاريخان جنبًا إلى جنب يُظهران ذلك." }
-- [rule]
-- en = "States that held on the other day and do not on the day of validity, or the other way round. Where a start is not known, a state holds from when it was first cited."
-- fr = "États valables l’autre jour et pas au jour de validité, ou l’inverse. Si le début est inconnu, un état vaut dès sa première mention."
-- ar = "حالات سارية في اليوم الآخر وليست كذلك في يوم السريان، أو العكس. وإن لم تُعرف البداية فالحالة سارية منذ أول ذكر."
-- [[parameter]]
-- name = "day"
-- day = true
-- label = { en = "Compare with the day", fr = "Comparer avec le jour", ar = "قارن باليوم" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
),
today as (select max(value) as day from (select :valid_on as value)),
state as (
  select s.kind, s.record, s.title, s.fields, s.source, coalesce(s.valid_from, s.first_cited) as starts, s.valid_to as ends
  from statement s
  where s.current = 1 and s.kind in ('actor', 'relation', 'assignment', 'posting', 'positioning')
    and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
),
held as (
  select *, (starts is null or starts <= :day) and (ends is null or ends >= substr(:day, 1, length(ends))) as before,
    (starts is null or starts <= (select day from today)) and (ends is null or ends >= substr((select day from today), 1, length(ends))) as after
  from state
)
select case when after then 'began' else 'ended' end as change, kind, record, title as record_title, fields, starts as since, ends as last_known, source
from held where :day <> '' and before <> after
order by kind, change, record
