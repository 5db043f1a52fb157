-- order = 41
-- group = "due_diligence"
-- noted = true
-- title = { en = "Risks of a file and what is done about them", fr = "Risques d’un dossier et mesures prises", ar = "مخاطر الملف وما يُتخذ بشأنها" }
-- why = { en = "A risk that nobody answers for, and a measure that nobody has done, are what a decision rests on until somebody asks.", fr = "Un risque dont nul ne répond, une mesure que nul n’a prise : c’est là-dessus que repose la décision tant que personne ne demande.", ar = "خطر لا يُسأل عنه أحد وتدبير لم ينفذه أحد: على ذلك يقوم القرار حتى يسأل سائل." }
-- [rule]
-- en = "Risks of a support request, the highest first (likelihood 1 to 3 by severity 1 to 3), with the incident that each comes from, and the measures that make it smaller; measures of the request that name no risk stand below. A measure is open until it is done, and overdue after its day."
-- fr = "Risques d’une demande d’appui, les plus élevés d’abord (probabilité 1 à 3 × gravité 1 à 3), avec l’incident dont chacun découle et les mesures qui le réduisent ; les mesures sans risque nommé viennent ensuite. Une mesure est ouverte jusqu’à son exécution, en retard après son échéance."
-- ar = "مخاطر طلب دعم، أعلاها أولًا (الاحتمال 1 إلى 3 في الشدة 1 إلى 3)، مع الحادثة التي ينشأ عنها كل منها والتدابير التي تقلله؛ وتليها تدابير الطلب التي لا تسمّي خطرًا. والتدبير مفتوح حتى ينفذ ومتأخر بعد موعده."
-- [[parameter]]
-- name = "request"
-- label = { en = "Support request (title or identifier)", fr = "Demande d’appui (titre ou identifiant)", ar = "طلب الدعم (العنوان أو المعرّف)" }
with asked as materialized (select record, title from support_request where :request = '' or record = :request or folded(title) = folded(:request)),
own_risk as materialized (select r.* from risk r join asked a on a.record = r.support_request),
own_measure as materialized (
  select m.record, m.measure, m.owner_name, m.due, m.done, m.evidence, m.open, m.overdue, m.risk, m.source, m.url, coalesce(m.support_request, r.support_request) as support_request
  from measure m left join own_risk r on r.record = m.risk
  where m.support_request in (select record from asked) or r.record is not null
)
select a.record as support_request, a.title as request_title, r.record as risk, r.risk as risk_title, r.incident, r.incident_name as allegation, r.likelihood, r.severity,
  r.score as risk_score, m.record as measure_record, m.measure as measure_title, m.owner_name, m.due, m.done, m.evidence, m.open, m.overdue,
  coalesce(m.source, r.source) as source, case when m.source is not null then m.url else r.url end as url
from asked a
join (select support_request, record, record as of_risk from own_risk union all select distinct support_request, null, null from own_measure where risk is null or risk not in (select record from own_risk)) k
  on k.support_request = a.record
left join own_risk r on r.record = k.record
left join own_measure m on m.support_request = a.record and (m.risk = k.record or k.record is null and (m.risk is null or m.risk not in (select record from own_risk)))
order by a.title, a.record, r.record is null, r.score desc, r.risk, m.due is null, m.due, m.measure
