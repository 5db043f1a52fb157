-- order = 41
-- group = "due_diligence"
-- noted = true
-- title = { en = "Steps of a file", fr = "Étapes d’un dossier", ar = "خطوات الملف" }
-- why = { en = "Who asked, who decided on what, who went to look, and who was written to.", fr = "Qui a demandé, qui a décidé et sur quoi, qui est allé voir, à qui l’on a écrit.", ar = "من طلب، ومن قرر وعلى أي أساس، ومن ذهب ليعاين، وإلى من كُتب." }
-- [rule]
-- en = "The request, its decisions, monitoring visits and intervention letters up to the day of validity, in the order of their days. What is due: the last day of a decision, the next visit, the day by which a reply is asked for."
-- fr = "La demande, ses décisions, visites de suivi et lettres d’intervention jusqu’au jour de validité, dans l’ordre des jours. Échéance : dernier jour d’une décision, prochaine visite, réponse attendue."
-- ar = "الطلب وقراراته وزيارات الرصد ورسائل التدخل حتى يوم السريان، بترتيب أيامها. المستحق: آخر يوم للقرار، والزيارة القادمة، وموعد الرد المطلوب."
-- [[parameter]]
-- name = "request"
-- label = { en = "Support request (title or identifier)", fr = "Demande d’appui (titre ou identifiant)", ar = "طلب الدعم (العنوان أو المعرّف)" }
with asked as materialized (select * from support_request where :request = '' or record = :request or folded(title) = folded(:request)),
step as (
  select record as support_request, title as request_title, 'support_request' as kind, record, date, requester_name as actor_name, null as decision, title as told, ends as due, null as done,
    source, url, 0 as place from asked
  union all
  select a.record, a.title, 'decision', d.record, coalesce(d.date, d.valid_from), d.decided_by_name, d.decision, d.reason, d.valid_to, null, d.source, d.url, 1
  from decision d join asked a on a.record = d.support_request
  union all
  select a.record, a.title, 'monitoring_visit', v.record, v.date, v.visitor_name, null, v.seen, v.next_visit, null, v.source, v.url, 2
  from monitoring_visit v join asked a on a.record = v.support_request
  union all
  select a.record, a.title, 'intervention_letter', l.record, l.date, l.addressee_name, null, coalesce(l.asked, '') || coalesce(' → ' || l.reply, ''), l.reply_due, l.replied, l.source, l.url, 3
  from intervention_letter l join asked a on a.record = l.support_request
)
select support_request, request_title, date, kind, record, actor_name, decision, told, due, done, source, url
from step where date is null or date <= :valid_on
order by request_title, support_request, date is null, date, place, record
