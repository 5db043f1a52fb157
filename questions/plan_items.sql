-- order = 37
-- group = "plan"
-- change = { kind = "reform", record = "reform" }
-- parts = ["stage_now", "waits_for"]
-- title = { en = "Reforms of the plan", fr = "Réformes du plan", ar = "إصلاحات الخطة" }
-- why = { en = "Which reform is late, who leads it, what it waits for and who supports it.", fr = "Quelle réforme est en retard, qui la dirige, ce qu’elle attend et qui l’appuie.", ar = "أي إصلاح متأخر ومن يقوده وماذا ينتظر ومن يدعمه." }
-- [rule]
-- en = "Every reform on the day, with its newest status and the source of it. Waits for: what it names and is not known to be there. Supported by: activities, trainings and engagements that are said to serve it. Status before: the newest one that held before the day given; one without a day counts from when it was recorded. What names no country is of the one that the workspace is about."
-- fr = "Chaque réforme au jour dit, avec son dernier état et la source de celui-ci. Attend : ce qu’elle nomme et dont on ignore s’il existe. Appuyée par : activités, formations et actions dites la servir. État antérieur : le plus récent qui valait avant le jour indiqué ; sans date, un état compte à partir de son enregistrement. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "كل إصلاح في اليوم بأحدث حالة له ومصدرها. ينتظر: ما يسميه ولا يُعرف وجوده. يدعمه: أنشطة وتدريبات وأعمال قيل إنها تخدمه. الحالة السابقة: أحدث حالة كانت قائمة قبل اليوم المعطى؛ وما لا تاريخ له يُحسب منذ تسجيله. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "timeline"
-- label = "reform_title"
-- group = "reform_status"
-- start = "starts"
-- end = "done_or_due"
-- unit = { en = "Reforms from start to the day they were done or are due", fr = "Réformes du début à leur réalisation ou échéance", ar = "الإصلاحات من بدايتها إلى إنجازها أو استحقاقها" }
-- [[draw]]
-- form = "stacked"
-- label = "strategy_name"
-- group = "reform_status"
-- value = "items"
-- title = { en = "Reforms by status", fr = "Réformes par état", ar = "الإصلاحات حسب الحالة" }
-- unit = { en = "Number of reforms", fr = "Nombre de réformes", ar = "عدد الإصلاحات" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "strategy"
-- record = "strategy"
-- label = { en = "Strategy (title or identifier)", fr = "Stratégie (titre ou identifiant)", ar = "الاستراتيجية (العنوان أو المعرّف)" }
-- [[parameter]]
-- name = "status"
-- list = "reform_status"
-- label = { en = "Status", fr = "État", ar = "الحالة" }
-- [[parameter]]
-- name = "horizon"
-- list = "reform_horizon"
-- label = { en = "Horizon", fr = "Horizon", ar = "الأفق" }
-- [[parameter]]
-- name = "since"
-- day = true
-- label = { en = "Changed since (day)", fr = "Changé depuis (jour)", ar = "تغيّر منذ (يوم)" }
with waits as materialized (
  select record, group_concat(name, '; ' order by name) as names from waits_for group by record
),
served as materialized (
  select target as record, group_concat(name, '; ') as names from (
    select s.target, c.activity_name as name from contribution_serves s join contribution c on c.record = s.record where s.target_kind = 'reform'
    union select s.target, coalesce(t.course, t.program, t.supporter) from training_serves s join training t on t.record = s.record where s.target_kind = 'reform'
    union select s.target, p.title from project_serves s join project p on p.record = s.record where s.target_kind = 'reform'
    union select s.target, e.task from engagement_serves s join engagement e on e.record = s.record where s.target_kind = 'reform'
  ) as each_one group by target
),
-- What was the newest status before a day is asked of when it held, as the newest is: a history that was entered in one evening is one too.
told_earlier as (
  select record, json_extract(fields, '$.status') as status, coalesce(valid_from, first_cited, last_cited, source_date, substr(recorded_at, 1, 10)) as said_on, grade, said_at, statement
  from statement where :since <> '' and kind = 'reform' and current = 1 and json_extract(fields, '$.status') is not null
),
earlier as materialized (
  select record, status, row_number() over (partition by record order by progress(said_on, grade, said_at) desc, statement desc) as nth
  from told_earlier where said_on < substr(:since, 1, length(said_on))
),
item as (
  select coalesce(r.country, p.country, home_country()) as country, r.strategy, coalesce(p.title, r.strategy_name) as strategy_name, r.pillar, r.record as reform,
    r.title as reform_title, r.lead, r.lead_name, r.horizon, coalesce(n.stage, r.status) as status, r.starts, r.due, r.done, 
    r.due < substr(:valid_on, 1, length(r.due)) and case coalesce(n.open, r.open) when 1 then 1 when 0 then 0 else coalesce(r.done > :valid_on, 1) end as overdue, r.blocker, w.names as waits_for,
    r.cost, r.spent, r.currency, s.names as supported_by, substr(r.verified_at, 1, 10) as verified_at, r.unverified, coalesce(n.source, r.source) as source,
    case when n.source is null then r.url else n.url end as url,
    b.status as status_before
  from reform r
  left join strategy p on p.record = r.strategy
  left join waits w on w.record = r.record
  left join served s on s.record = r.record
  left join stage_now n on n.kind = 'reform' and n.record = r.record
  left join earlier b on b.record = r.record and b.nth = 1
)
select reform, reform_title, country, strategy, strategy_name, pillar, status as reform_status, status_before as reform_status_before, overdue, lead, lead_name,
  horizon, starts, due, done, coalesce(done, due) as done_or_due, blocker, waits_for, cost as reform_cost, spent as reform_spent, currency, supported_by, verified_at, unverified, source, url,
  1 as items
from item
where (:country = '' or country = :country)
  and (:strategy = '' or strategy = :strategy or folded(strategy_name) = folded(:strategy))
  and (:status = '' or status = :status) and (:horizon = '' or horizon = :horizon)
  and (:since = '' or status is not status_before)
order by country, strategy_name, pillar, coalesce(due, '9999'), reform_title
