-- order = 43
-- group = "oversight"
-- change = { kind = "outcome", record = "outcome" }
-- title = { en = "What dialogues agreed, and what was done", fr = "Ce que les dialogues ont convenu, et ce qui a été fait", ar = "ما اتفقت عليه الحوارات وما أُنجز" }
-- why = { en = "Reform that a dialogue asked for ties security to reconciliation; what nobody answers for is not done.", fr = "La réforme demandée par un dialogue lie sécurité et réconciliation ; ce dont personne ne répond ne se fait pas.", ar = "الإصلاح الذي طلبه حوار يربط الأمن بالمصالحة، وما لا يُسأل عنه أحد لا يُنجز." }
-- below = ["dialogue_versions"]
-- parts = ["stage_now"]
-- [rule]
-- en = "Outcomes adopted until the day, with who answers for each, the reform, strategy or aim of reconciliation that it serves, and the newest follow-up. Below: what sources say differently of the texts and of how many outcomes there are. What names no country is of the one that the workspace is about."
-- fr = "Résultats adoptés jusqu’au jour dit, avec l’organe responsable, la réforme, la stratégie ou le but de réconciliation, et le suivi le plus récent. Au-dessous : ce que les sources disent différemment des textes et du nombre de résultats. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "النتائج المعتمدة حتى اليوم، مع من يُسأل عن كل منها، والإصلاح أو الاستراتيجية أو هدف المصالحة الذي تخدمه، وأحدث متابعة. وأدناه: ما تختلف فيه المصادر من نصوص وأعداد. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "stacked"
-- label = "dialogue_name"
-- group = "reform_status"
-- value = "items"
-- unit = { en = "Number of outcomes, by status", fr = "Nombre de résultats, par état", ar = "عدد النتائج حسب الحالة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "dialogue"
-- record = "dialogue"
-- label = { en = "Dialogue (title or identifier)", fr = "Dialogue (titre ou identifiant)", ar = "الحوار (العنوان أو المعرّف)" }
with dialogue_of as materialized (
  select record, best(json_extract(fields, '$.title'), grade, said_at, statement) as title, best(json_extract(fields, '$.country'), grade, said_at, statement) as country
  from statement where kind = 'dialogue' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record
),
serves as materialized (
  select outcome, group_concat(name, '; ') as names from (
    select record as outcome, reform_name as name from outcome where reform is not null
    union select s.target, r.title from reform_serves s join reform r on r.record = s.record where s.target_kind = 'outcome'
    union select s.target, p.title from strategy_serves s join strategy p on p.record = s.record
  ) as each_one group by outcome
),
step as materialized (
  select outcome, step, date, status, row_number() over (partition by outcome order by date desc, said_at desc, record desc) as place
  from follow_up where outcome is not null and (date is null or date <= :valid_on)
)
select coalesce(d.country, home_country()) as country, o.dialogue, coalesce(d.title, o.dialogue_name) as dialogue_name, o.number, o.record as outcome, o.text as outcome_title, o.responsible, o.responsible_name,
  case when o.responsible is null then 1 else 0 end as nobody_answers, s.names as served_by_reform, o.reconciliation, coalesce(n.stage, o.status) as reform_status, o.due,
  o.due < substr(:valid_on, 1, length(o.due)) and case coalesce(n.open, o.open) when 1 then 1 when 0 then 0 else coalesce(o.done > :valid_on, 1) end as overdue, o.done,
  f.step as last_step, f.date as last_step_on, substr(o.verified_at, 1, 10) as verified_at, o.unverified, coalesce(n.source, o.source) as source, case when n.source is null then o.url else n.url end as url, 1 as items
from outcome o
left join dialogue_of d on d.record = o.dialogue
left join serves s on s.outcome = o.record
left join stage_now n on n.kind = 'outcome' and n.record = o.record
left join step f on f.outcome = o.record and f.place = 1
where (o.date is null or o.date <= :valid_on) and (:country = '' or coalesce(d.country, home_country()) = :country)
  and (:dialogue = '' or o.dialogue = :dialogue or folded(d.title) = folded(:dialogue))
order by country, dialogue_name, cast(o.number as integer), o.number, o.text
