-- order = 41
-- group = "due_diligence"
-- made_of = ["support_request"]
-- noted = true
-- parts = ["same_state", "told_over", "commanded", "decided", "cleared_recipient", "reopened", "planned_visits"]
-- title = { en = "Support files", fr = "Dossiers d’appui", ar = "ملفات الدعم" }
-- why = { en = "A clearance holds only as long as the chain that was cleared: a new commander, parent or incident ends it, and so does its last day.", fr = "Un accord ne vaut que tant que dure la chaîne examinée : un nouveau commandant, rattachement ou incident y met fin, comme son dernier jour.", ar = "لا تسري الإجازة إلا ما دامت السلسلة التي فُحصت: فقائد أو تبعية أو حادثة جديدة تنهيها، وكذلك آخر أيامها." }
-- [rule]
-- en = "Each support request with its latest decision of the day of validity or before, and what lapses next first. A file that was approved, with or without measures, and still holds is reopened by whatever touches its chain (units upwards from the recipients, what they were before they were renamed, merged or split and what they became so, who commands, acts and deputises, incidents of all of them and of units that they commanded then, support to them that was refused or suspended) and holds at any time from the decision to the day, but did not hold on the day of the decision, or was not known to it; and by a posting or parent of the cleared chain that no longer holds on the day, or of which the person was erased. Known to a decision is what was recorded before it was, or by the end of the day on which the register was looked up, where that is given. What says the same again reopens nothing, nor does an incident that was found to be unfounded. A posting or parent that held on the day of the decision and was not known to it is told apart from a new one. Each reason has a row. A file whose latest decision suspends support is suspended. Measures are open until done and overdue after their day. Next visit: the first that a visit announced and that none has followed yet, also when its day has passed. What is marked above your view reopens nothing in it."
-- fr = "Chaque demande d’appui avec sa dernière décision au jour de validité ; d’abord ce qui échoit en premier. Un dossier approuvé, avec ou sans mesures, et en vigueur est rouvert par tout ce qui touche sa chaîne (unités au-dessus des bénéficiaires, ce qu’elles étaient avant d’être renommées, fusionnées ou scindées et ce qu’elles sont ainsi devenues, commandants, intérimaires et adjoints, leurs incidents et ceux des unités qu’ils commandaient alors, appui refusé ou suspendu à l’un d’eux) et vaut à un moment quelconque entre la décision et le jour dit, mais ne valait pas au jour de la décision ou lui était inconnu ; et par une affectation ou un rattachement de la chaîne examinée qui ne vaut plus au jour dit, ou dont la personne a été effacée. La décision connaissait ce qui a été enregistré avant elle, ou jusqu’à la fin du jour de consultation du registre s’il est donné. Ce qui répète la même chose ne rouvre rien, ni un incident jugé infondé. Une affectation ou un rattachement qui valait au jour de la décision sans lui être connu est distingué d’un nouveau. Une ligne par motif. Un dossier dont la dernière décision suspend l’appui est suspendu. Une mesure est ouverte jusqu’à son exécution, en retard après son échéance. Prochaine visite : la première annoncée par une visite et qu’aucune n’a encore suivie, même si son jour est passé. Ce qui est classifié plus haut que votre accès n’y rouvre rien."
-- ar = "كل طلب دعم مع آخر قرار له في يوم السريان أو قبله، وأقربها انقضاءً أولًا. الملف الموافق عليه، بتدابير أو دونها، وما زال ساريًا يعيد فتحه كل ما يمس سلسلته (الوحدات فوق المستفيدين وما كانت عليه قبل تغيير اسمها أو دمجها أو تقسيمها وما أصبحت عليه بذلك ومن يقود ومن ينوب والنواب، وحوادثهم وحوادث الوحدات التي كانوا يقودونها حينها، والدعم المرفوض أو المعلق لأحدهم) وكان قائمًا في أي وقت من القرار إلى ذلك اليوم ولم يكن قائمًا يوم القرار أو لم يكن معلومًا له؛ وكل تعيين أو تبعية من السلسلة المفحوصة لم يعد قائمًا أو مُحي صاحبه. والمعلوم للقرار ما سُجّل قبله، أو حتى نهاية يوم الرجوع إلى السجل إن ذُكر. وما يكرر القول نفسه لا يعيد فتح شيء، ولا الحادثة التي ثبت أنها بلا أساس. والتعيين أو التبعية القائمة يوم القرار التي لم يعلم بها تُميَّز عن الجديدة. ولكل سبب سطر. والملف الذي علّق آخر قرار فيه الدعم معلّق. والتدبير مفتوح حتى ينفذ ومتأخر بعد موعده. والزيارة القادمة: أول زيارة أعلنتها زيارة ولم تلها زيارة بعد، وإن فات يومها. وما كان أعلى سرية مما يمكنك رؤيته لا يعيد فتح شيء فيه."
-- [[parameter]]
-- name = "state"
-- list = "file_state"
-- label = { en = "State", fr = "État", ar = "الحالة" }
-- [[parameter]]
-- name = "request"
-- label = { en = "Support request (title or identifier)", fr = "Demande d’appui (titre ou identifiant)", ar = "طلب الدعم (العنوان أو المعرّف)" }
with supported as materialized (
  select q.request, (select group_concat(distinct name) from cleared_recipient r where r.request = q.request) as supported_name
  from (select distinct request from cleared_recipient) q
),
answer as (
  select q.record as support_request, q.title as request_title, q.requester, q.requester_name, q.support_type, d.decision,
    case when d.request is null then 'undecided' when d.valid_to < substr(:valid_on, 1, length(d.valid_to)) then 'lapsed'
      when r.request is not null then 'reopened' when d.decision = 'suspend' then 'suspended' else 'holds' end as file_state,
    d.decided_on, d.decided_by, d.valid_to as lapses_on, r.reopened_by, r.unit_key, r.key, r.quality as role, r.title as told, r.starts as reason_since, r.source, r.url
  from support_request q left join decided d on d.request = q.record left join reopened r on r.request = q.record
)
select a.support_request, a.request_title, s.supported_name,
  a.support_type, a.decision, a.file_state, a.decided_on, (select name from actor where record = a.decided_by) as decided_by_name, a.lapses_on,
  a.reopened_by, case when a.unit_key like 'actor:%' then substr(a.unit_key, 7) end as actor,
  -- What a unit was before is not there on the day.
  case when a.unit_key like 'actor:%' then coalesce(u.name, (select max(title) from statement t where t.kind = 'actor' and t.record = substr(a.unit_key, 7))) end as actor_name,
  n.record as person, n.name as person_name,
  case when a.key like 'person:%' then a.role end as posting_role,
  case when a.key like 'actor:%' and a.reopened_by not in ('predecessor', 'successor') then substr(a.key, 7) end as parent,
  case when a.key like 'actor:%' and a.reopened_by not in ('predecessor', 'successor') then (select name from actor p where p.record = substr(a.key, 7)) end as parent_name,
  case when a.key like 'incident:%' then substr(a.key, 10) end as incident, case when a.key like 'incident:%' then a.told end as allegation,
  case when a.key like 'support_request:%' then (select title from support_request p where p.record = substr(a.key, 17)) end as refused_request, a.reason_since,
  m.measures_open, m.measures_overdue, m.next_due, v.last_visit, v.next_visit, l.unanswered, a.source, a.url
from answer a
left join supported s on s.request = a.support_request
left join actor u on a.unit_key like 'actor:%' and u.record = substr(a.unit_key, 7)
left join person n on n.record = case when a.key like 'person:%' then substr(a.key, 8) when a.unit_key like 'person:%' then substr(a.unit_key, 8) end
left join (
  select coalesce(e.support_request, k.support_request) as support_request, sum(e.done is null) as measures_open,
    sum(e.done is null and e.due < substr(:valid_on, 1, length(e.due))) as measures_overdue, min(case when e.done is null then e.due end) as next_due
  from measure e left join risk k on k.record = e.risk group by 1
) m on m.support_request = a.support_request
left join (
  -- A visit that was due stays until somebody has been there: that nobody went is what must not be overlooked.
  select support_request, max(case when date <= :valid_on then date end) as last_visit, min(case when made_since = 0 then next_visit end) as next_visit
  from planned_visits group by support_request
) v on v.support_request = a.support_request
left join (
  select support_request, sum(replied is null and date <= :valid_on) as unanswered from intervention_letter group by support_request
) l on l.support_request = a.support_request
where (:state = '' or a.file_state = :state) and (:request = '' or a.support_request = :request or folded(a.request_title) = folded(:request))
order by case a.file_state when 'reopened' then 0 when 'lapsed' then 1 when 'suspended' then 2 when 'undecided' then 3 else 4 end, a.lapses_on is null, a.lapses_on, a.request_title,
  a.support_request, case a.reopened_by when 'looked_up_before' then -1 when 'incident' then 0 when 'refusal' then 1 when 'posting' then 2 when 'posting_not_known' then 2 when 'predecessor' then 3 when 'successor' then 3
    when 'parent' then 4 when 'parent_not_known' then 4 else 5 end, a.reason_since desc,
  actor_name, person_name, a.key
