-- order = 23
-- group = "who"
-- needs = ["record"]
-- title = { en = "Timeline", fr = "Chronologie", ar = "الخط الزمني" }
-- why = { en = "What a body was part of, who led it, and who supported it, when.", fr = "De quoi un organe a fait partie, qui l’a dirigé et qui l’a appuyé, et quand.", ar = "ما تبعت له الجهة ومن قادها ومن دعمها ومتى." }
-- [rule]
-- en = "What is on record of a body or a person, whenever it holds: what it is part of, who commands or oversees it, its places, who supports it, postings, incidents. From the first day said or cited to the last; without an end it reaches to the day of validity. What has no date is not here."
-- fr = "Ce qui est enregistré d’un organe ou d’une personne, quelle que soit sa date : appartenance, commandement, contrôle, lieux, appui, affectations, incidents. Du premier jour dit ou cité au dernier ; sans fin, jusqu’au jour de validité. Ce qui n’a pas de date n’y est pas."
-- ar = "المسجل عن جهة أو شخص أيًا كان زمنه: تبعيتها ومن يقودها أو يراقبها وأماكنها ومن يدعمها والتعيينات والوقائع. من أول يوم مذكور أو مستشهد به إلى آخره، وإن لم تُعرف النهاية فحتى يوم السريان. وما لا تاريخ له ليس هنا."
-- [[draw]]
-- form = "timeline"
-- label = "called"
-- group = "timeline_row"
-- start = "starts"
-- end = "until_day"
-- unit = { en = "What is dated on record", fr = "Ce qui est daté", ar = "المسجل المؤرخ" }
-- [[parameter]]
-- name = "record"
-- records = ["actor", "person"]
-- label = { en = "Actor or person (name or identifier)", fr = "Acteur ou personne (nom ou identifiant)", ar = "الجهة أو الشخص (الاسم أو المعرّف)" }
with asked as materialized (
  select record from actor where record = :record or folded(name) = folded(:record) or folded(acronym) = folded(:record)
  union select record from person where record = :record or folded(name) = folded(:record)
),
said as materialized (
  select s.kind, s.record, s.fields,
    coalesce(s.valid_from, case when substr(s.first_cited, 1, length(s.valid_to)) > s.valid_to then null else s.first_cited end) as starts, coalesce(s.valid_to, s.last_cited) as ends, s.valid_to, s.source, s.url
  from statement s
  where s.current = 1 and s.kind in ('relation', 'posting', 'positioning', 'equipment', 'incident')
    -- Most name somebody else: their values are not looked at one by one.
    and exists (select 1 from asked a where instr(s.fields, json_quote(a.record)) > 0)
),
named as materialized (
  select kind, record, starts, ends, valid_to, source, url, json_extract(fields, '$.relation') as relation, json_extract(fields, '$.subject') as subject, json_extract(fields, '$.object') as object,
    json_extract(fields, '$.actor') as actor, json_extract(fields, '$.person') as person, json_extract(fields, '$.commander') as commander, told('posting_role', json_extract(fields, '$.role')) as role,
    json_extract(fields, '$.place') as place, json_extract(fields, '$.recipient') as recipient, json_extract(fields, '$.supporter') as supporter,
    json_extract(fields, '$.item') as item, json_extract(fields, '$.handed_over') as handed_over, json_extract(fields, '$.allegation') as allegation,
    json_extract(fields, '$.starts') as began, json_extract(fields, '$.ends') as ended
  from said
),
event as (
  select case relation when 'oversees' then 'oversight' when 'supports' then 'support' else 'belonging' end as timeline_row, subject as other, null as called, kind, record, starts, ends, valid_to, source, url
  from named where kind = 'relation' and object in (select record from asked) and relation in ('commands', 'manages', 'recruits_for', 'oversees', 'supports')
  union all
  select case relation when 'oversees' then 'oversight' when 'supports' then 'support' else 'belonging' end, object, null, kind, record, starts, ends, valid_to, source, url
  from named where kind = 'relation' and subject in (select record from asked) and relation in ('part_of', 'recruits_for', 'oversees', 'supports')
  union all
  select 'people', case when actor in (select record from asked) then person else actor end, null, kind, record, starts, ends, valid_to, source, url
  from named where kind = 'posting' and (actor in (select record from asked) or person in (select record from asked))
  union all
  select 'places', place, null, kind, record, starts, ends, valid_to, source, url from named where kind = 'positioning' and actor in (select record from asked)
  union all
  select 'support', supporter, item, kind, record, coalesce(handed_over, starts), coalesce(handed_over, ends), coalesce(handed_over, valid_to), source, url
  from named where kind = 'equipment' and recipient in (select record from asked)
  union all
  select 'incidents', null, allegation, kind, record, coalesce(began, starts), coalesce(ended, began, ends), coalesce(ended, began), source, url
  from named where kind = 'incident' and (actor in (select record from asked) or person in (select record from asked) or commander in (select record from asked))
)
select e.timeline_row, coalesce(e.called, (select max(t.title) from statement t where t.record = e.other and t.current = 1), e.other) as called, e.kind, e.record, min(e.starts) as starts, max(e.ends) as ends,
  max(coalesce(e.valid_to, max(e.starts, :valid_on))) as until_day, max(e.source) as source, url_of(e.source, e.url) as url
from event e
where e.starts is not null
group by e.timeline_row, e.called, e.other, e.kind, e.record
order by case e.timeline_row when 'belonging' then 1 when 'people' then 2 when 'oversight' then 3 when 'places' then 4 when 'support' then 5 else 6 end, starts, called
