-- order = 42
-- group = "due_diligence"
-- needs = ["actor"]
-- noted = true
-- parts = ["asked_body"]
-- title = { en = "Incidents and decisions", fr = "Incidents et décisions", ar = "الوقائع والقرارات" }
-- why = { en = "What was alleged of a body and its people, and what was decided on supporting it.", fr = "Ce qui est allégué d’un organe et de ses membres, et ce qui fut décidé sur son appui.", ar = "ما يُدّعى على الجهة وأفرادها وما تقرر بشأن دعمها." }
-- [rule]
-- en = "Incidents of a body, of what is part of it, and of who is or was posted to it; requests to support it, decisions, and visits; as far as the reader may see them, until the day of validity, the newest first."
-- fr = "Incidents d’un organe, de ce qui en fait partie et de qui y est ou y fut affecté ; demandes d’appui, décisions et visites ; dans la mesure où le lecteur peut les voir, jusqu’au jour de validité, le plus récent d’abord."
-- ar = "وقائع الجهة وما يتبعها ومن عُيّن أو كان معيّنًا فيها، وطلبات دعمها والقرارات والزيارات، بقدر ما يجوز للقارئ رؤيته حتى يوم السريان؛ الأحدث أولًا."
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with recursive below (record) as (
  select record from asked_body
  union
  select r.subject from below b join relation r on r.object = b.record and r.relation = 'part_of'
),
body as materialized (select record from below),
people as materialized (
  select distinct json_extract(fields, '$.person') as person from statement
  where kind = 'posting' and current = 1 and json_extract(fields, '$.actor') in (select record from body)
),
asked as materialized (
  select q.record, q.title, q.date, q.source, q.url from support_request q
  where q.recipient in (select record from body) or q.record in (select n.record from support_request_recipient n where n.target in (select record from body))
),
told as (
  select 'incident' as kind, i.record, i.allegation as record_title, i.starts as date, i.violation, i.basis, i.accountability_taken, null as decision, i.source, i.url
  from incident i
  where i.actor in (select record from body) or i.person in (select person from people) or i.commander in (select person from people)
  union all
  select 'support_request', record, title, date, null, null, null, null, source, url from asked
  union all
  select 'decision', d.record, a.title, d.date, null, null, null, d.decision, d.source, d.url from decision d join asked a on a.record = d.support_request
  union all
  select 'monitoring_visit', v.record, v.seen, v.date, null, null, null, null, v.source, v.url from monitoring_visit v where v.actor in (select record from body)
)
select date, kind, record_title, record, violation, basis, accountability_taken, decision, source, url
from told
where date is null or date <= :valid_on
order by date is null, date desc, kind, record
