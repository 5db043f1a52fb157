-- order = 27
-- group = "due"
-- needs = ["day"]
-- title = { en = "What is different from another day", fr = "Ce qui diffère d’un autre jour", ar = "ما يختلف عن يوم آخر" }
-- why = { en = "Mandates, parents and roles end and begin: two dates side by side show it.", fr = "Mandats, rattachements et rôles finissent et commencent : deux dates côte à côte le montrent.", ar = "الولايات والتبعيات والأدوار تنتهي وتبدأ: تاريخان جنبًا إلى جنب يُظهران ذلك." }
-- [rule]
-- en = "States that held on the other day and do not on the day of validity, or the other way round. What another source says of the same record on the other day is no difference: a renewed mandate has not ended. Where a start is not known, a state holds from when it was first cited: it may have begun earlier, and is told apart from what began."
-- fr = "États valables l’autre jour et pas au jour de validité, ou l’inverse. Ce qu’une autre source dit de la même fiche l’autre jour n’est pas une différence : un mandat renouvelé n’a pas pris fin. Si le début est inconnu, un état vaut dès sa première mention : il a pu commencer plus tôt, et se distingue de ce qui a commencé."
-- ar = "حالات سارية في اليوم الآخر وليست كذلك في يوم السريان، أو العكس. وما يقوله مصدر آخر عن السجل نفسه في اليوم الآخر ليس اختلافًا: فالولاية المجددة لم تنته. وإن لم تُعرف البداية فالحالة سارية منذ أول ذكر: وربما بدأت قبله، وهي مميزة عما بدأ."
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
  select s.kind, s.record, s.title, s.fields, s.source, s.valid_from,
    coalesce(s.valid_from, case when substr(s.first_cited, 1, length(s.valid_to)) > s.valid_to then null else s.first_cited end) as starts, s.valid_to as ends
  from statement s
  where s.current = 1 and s.kind in ('actor', 'relation', 'assignment', 'posting', 'positioning')
    and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
),
held as materialized (
  select *, (starts is null or starts <= :day) and (ends is null or ends >= substr(:day, 1, length(ends))) as before,
    (starts is null or starts <= (select day from today)) and (ends is null or ends >= substr((select day from today), 1, length(ends))) as after
  from state
),
-- What another statement of the same record says of the other day too, without saying it otherwise, is no difference: a mandate that was
-- renewed, or a body that a newer report speaks of again.
different as (
  select h.*, case when not h.after then 'ended' when h.valid_from is null then 'first_cited' else 'began' end as change
  from held h
  where :day <> '' and h.before <> h.after and not exists (
    select 1 from held o where o.record = h.record and o.kind = h.kind and (h.after and o.before or h.before and o.after)
      and not exists (select 1 from json_each(h.fields) a join json_each(o.fields) b on b.key = a.key where a.key not in ('note', 'starts', 'ends') and a.value is not b.value))
),
-- One row for each record and change: the first start, the last end.
ranked as (
  select *, row_number() over (partition by kind, record, change order by ends desc, starts, source) as nth from different
)
select change, kind, record, title as record_title, fields, starts as held_since, ends as last_known, source
from ranked where nth = 1
order by kind, case change when 'ended' then 1 when 'began' then 2 else 3 end, record
