-- order = 45
-- group = "due"
-- parts = ["called", "own_projects", "all_named", "same_state", "told_over", "commanded", "decided", "cleared_recipient", "reopened", "asked_body"]
-- title = { en = "What ends soon", fr = "Ce qui prend bientôt fin", ar = "ما ينتهي قريبًا" }
-- why = { en = "A mandate, a posting or an agreement that ends unnoticed leaves a hole.", fr = "Un mandat, une affectation ou un accord qui expire sans qu’on s’en aperçoive laisse un vide.", ar = "ولاية أو تعيين أو اتفاق ينتهي دون أن يُلحظ يترك فراغًا." }
-- [rule]
-- en = "What holds on the day and has an end on record within so many months after it (from the last day of a month, until the last day of a month): mandates, missions, activities of the security sector, trainings, projects, postings, assignments of functions, agreements, strategies, decisions on support that hold (not those of a file that was suspended, decided anew or reopened). What has no end on record is not here, which does not mean that it goes on. Of a project what is said of its status goes before its dates: one that is closed has ended, of one that is planned though its start is past it is not known whether it has begun. One that names no country is in that of its recipient, else in the only country that the workspace is about. Of one body: its mandate, its own end, its postings, assignments, agreements and strategies, projects that it gives, carries out or receives, and support to it that was decided; activities and trainings name bodies in words, and are not among them."
-- fr = "Ce qui vaut au jour dit et dont la fin enregistrée tombe dans ce nombre de mois (du dernier jour d’un mois au dernier jour d’un mois) : mandats, missions, activités du secteur de la sécurité, formations, projets, affectations, attributions, accords, stratégies, décisions d’appui en vigueur (sauf dossier suspendu, décidé à nouveau ou rouvert). Ce qui n’a pas de fin enregistrée n’y est pas, ce qui ne veut pas dire qu’il continue. D’un projet, le statut déclaré passe avant les dates : fermé, il a pris fin ; planifié alors que son début est passé, on ignore s’il a commencé. Un projet sans pays est dans celui du bénéficiaire, sinon dans le seul pays dont traite l’espace. Pour un organisme : son mandat, sa propre fin, ses affectations, attributions, accords et stratégies, les projets qu’il finance, met en œuvre ou reçoit, et l’appui décidé en sa faveur ; activités et formations nomment les organismes en toutes lettres et n’y sont pas."
-- ar = "ما يسري في اليوم وله نهاية مسجلة خلال هذه الأشهر بعده (من آخر يوم في شهر حتى آخر يوم في شهر): ولايات وبعثات وأنشطة القطاع الأمني وتدريبات ومشاريع وتعيينات وإسنادات واتفاقات واستراتيجيات وقرارات دعم سارية (عدا ملف عُلّق أو صدر فيه قرار جديد أو أُعيد فتحه). وما لا نهاية مسجلة له ليس هنا، ولا يعني ذلك استمراره. وحالة المشروع المصرَّح بها تسبق تواريخه: فالمغلق منتهٍ، والمخطط الذي مضى موعد بدئه لا يُعرف أبدأ. والمشروع الذي لا يُذكر بلده يُحسب في بلد المستفيد، وإلا ففي البلد الوحيد الذي تُعنى به مساحة العمل. ولجهة واحدة: ولايتها ونهايتها هي وتعييناتها وإسناداتها واتفاقاتها واستراتيجياتها والمشاريع التي تموّلها أو تنفذها أو تتلقاها والدعم المقرر لها؛ أما الأنشطة والتدريبات فتسمي الجهات بالكلمات وليست بينها."
-- [event]
-- title = "record_title"
-- day = "ends"
-- known = "known_since"
-- about = ["what_ends", "actor_name", "country", "source", "url"]
-- [[draw]]
-- form = "timeline"
-- label = "record_title"
-- group = "what_ends"
-- start = "ends"
-- end = "ends"
-- unit = { en = "Day on which it ends", fr = "Jour de la fin", ar = "يوم الانتهاء" }
-- [[parameter]]
-- name = "months"
-- number = true
-- default = "6"
-- label = { en = "Months", fr = "Mois", ar = "أشهر" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Mission or other body (acronym, name or identifier)", fr = "Mission ou autre organisme (sigle, nom ou identifiant)", ar = "البعثة أو جهة أخرى (المختصر أو الاسم أو المعرّف)" }
with limits as materialized (
  select plus_months(:valid_on, cast(:months as integer)) as latest
),
ending as (
  select 'mandate' as what_ends, 'mandate' as kind, m.record, m.title as record_title, null as identifier, m.mission as actor, m.mission_name as actor_name, a.country, m.valid_to as ends, null as phase, null as committed, null as currency, m.source, m.url, m.recorded_at, null as committed_left_out
  from mandate m left join actor a on a.record = m.mission
  union all
  select 'mission', 'actor', record, name, null, record, coalesce(acronym, name), country, ends, null, null, null, source, url, recorded_at, null from actor where class = 'mission'
  union all
  -- An activity is on record since its file was imported.
  select 'activity', 'activity', null, max(title), identifier, null, max(supporter_name), case when count(distinct country) = 1 then max(country) end, max(ends), 'active', sum(committed_usd), 'USD', null, null,
    (select max(a.recorded_at) from activity a where a.identifier = support.identifier), sum(coalesce(committed_usd_set_apart, 0) + coalesce(committed_usd_left_out, 0))
  from support where phase = 'active' and ends >= substr(:valid_on, 1, length(ends)) and ends <= (select latest from limits) and (:country = '' or country = :country)
  group by identifier
  union all
  select 'training', 'training', record, coalesce(course, program), null, null, coalesce(recipient_unit, supporter), country, ends, null, null, null, source, url, recorded_at, null
  from training where starts is null or starts <= :valid_on
  union all
  select 'project', 'project', p.record, p.title, null, p.recipient, a.recipients, p.country, p.ends, p.phase_shown, p.committed, p.currency, p.source, p.url, p.recorded_at, null
  from own_projects p left join all_named a on a.record = p.record where p.phase in ('active', 'overdue', 'unknown')
  union all
  select 'posting', 'posting', p.record, p.person_name || coalesce(', ' || p.post, ''), null, p.actor, p.actor_name, a.country, p.valid_to, null, null, null, p.source, p.url, p.recorded_at, null
  from posting p left join actor a on a.record = p.actor
  union all
  select 'assignment', 'assignment', s.record, s.actor_name, null, s.actor, s.actor_name, a.country, s.valid_to, null, null, null, s.source, s.url, s.recorded_at, null
  from assignment s left join actor a on a.record = s.actor
  union all
  select 'agreement', 'law', record, title, null, institution, institution_name, country, valid_to, null, null, null, source, url, recorded_at, null from law where law_type = 'agreement'
  union all
  select 'strategy', 'strategy', record, title, null, lead, lead_name, country, coalesce(ends, valid_to), null, null, null, source, url, recorded_at, null from strategy
  union all
  select 'decision', 'decision', d.record, d.support_request_name, null, r.recipient, r.recipient_name, a.country, d.valid_to, null, null, null, d.source, d.url, d.recorded_at, null
  from decision d left join support_request r on r.record = d.support_request left join actor a on a.record = r.recipient
  where d.decision in ('approve', 'approve_with_measures')
    and d.record in (select record from decided) and d.support_request not in (select request from reopened)
)
select e.what_ends, e.kind, e.record, e.record_title, e.identifier, e.actor, e.actor_name, e.country, e.ends,
  case when length(e.ends) = 10 then cast(julianday(e.ends) - julianday(:valid_on) as integer) end as days_left,
  e.phase, e.committed, e.committed_left_out, case when e.committed is not null then e.currency end as currency, e.source, e.url,
  case when e.recorded_at > e.near then e.recorded_at else e.near end as known_since
from (
  -- It stands here since it was recorded, or since its end came so near.
  select *, plus_months(substr(ends || '-01-01', 1, 10), -cast(:months as integer)) as near from ending
) e
where e.ends >= substr(:valid_on, 1, length(e.ends)) and e.ends <= (select latest from limits) and (:country = '' or e.country = :country or e.what_ends = 'activity')
  and (:actor = '' or e.actor in (select record from asked_body)
    or e.kind = 'project' and e.record in (
      select p.record from own_projects p, json_each(json_array(json_array(p.supporter, p.implementer), json(p.other_supporters), json(p.other_implementers), json(p.other_recipients))) l, json_each(l.value) w
      where w.value in (select record from asked_body)))
order by e.ends, e.what_ends, e.record_title
