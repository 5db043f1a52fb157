-- order = 33
-- group = "mandate"
-- title = { en = "From mandate to money", fr = "Du mandat à l’argent", ar = "من الولاية إلى المال" }
-- why = { en = "What was asked, what was supported and with how much, what was done, and what was left undone.", fr = "Ce qui a été demandé, soutenu et avec combien, fait, et laissé de côté.", ar = "ما طُلب وما دُعم وبكم وما أُنجز وما تُرك." }
-- below = ["may_serve"]
-- overlapping = "record"
-- parts = ["stage_now", "called", "own_projects", "could_serve"]
-- [rule]
-- en = "Every mandated task, reform and outcome of a dialogue on the day, with what is said to serve it: activities (by a contribution), own projects, trainings and engagements. Money is the share of these activities that goes to the security sector of the country, counted as in the support matrix; an activity that serves several tasks stands whole beside each, so lines must not be added. What own projects state that they have committed stands beside, in its own currency, and is in no sum. Done: reported so, or full status. Left undone: a document says that it was not done or has ceased, or the status is not initiated. Where nothing is linked, and the mission reports something for the same task of reform or activity since it was asked, that is said: it waits to be linked. How many things may serve a task and are not linked stands beside it, and each of them below. Nothing on record is not the same as nothing done."
-- fr = "Chaque tâche mandatée, réforme et résultat de dialogue au jour dit, avec ce qui est dit les servir : activités (par une contribution), projets propres, formations et actions. L’argent est la part de ces activités allant au secteur de la sécurité du pays, comptée comme dans la matrice de l’appui ; une activité qui sert plusieurs tâches figure en entier à côté de chacune : n’additionnez pas les lignes. Ce que des projets propres disent avoir engagé figure à côté, dans sa devise, et n’est dans aucune somme. Fait : signalé ainsi, ou état complet. Non fait : un document le dit, ou l’état est non entamé. Là où rien n’est lié et où la mission rapporte, depuis la demande, une action pour la même tâche de réforme ou la même activité, c’est dit : elle attend d’être liée. Combien peuvent servir une tâche sans être liées figure à côté d’elle, et chacune au-dessous. Rien d’enregistré ne veut pas dire rien de fait."
-- ar = "كل مهمة مكلَّف بها وإصلاح ونتيجة حوار في اليوم مع ما قيل إنه يخدمها: أنشطة (عبر مساهمة) ومشاريع خاصة وتدريبات وأعمال. والمال هو حصة هذه الأنشطة للقطاع الأمني في البلد محسوبة كما في مصفوفة الدعم؛ والنشاط الذي يخدم عدة مهام يظهر كاملًا بجانب كل منها فلا تُجمع الأسطر. وما تذكر المشاريع الخاصة أنها التزمت به يظهر بجانبها بعملته ولا يدخل في أي مجموع. أُنجزت: أُبلغ بذلك أو حالة كاملة. لم تُنجز: تقول وثيقة ذلك أو توقفت أو الحالة لم يبدأ. وحيث لا رابط وتبلّغ البعثة منذ الطلب عن عمل لمهمة الإصلاح نفسها أو النشاط نفسه يُذكر ذلك: ينتظر أن يُربط. ويظهر بجانب كل مهمة عدد ما قد يخدمها ولم يُربط بعد، وكل واحد منه أدناه. و«لا شيء مسجل» غير «لا شيء أُنجز»."
-- [[draw]]
-- form = "stacked"
-- label = "actor_name"
-- group = "task_state"
-- value = "items"
-- unit = { en = "Number of tasks, reforms and outcomes, by what became of them", fr = "Nombre de tâches, réformes et résultats, selon leur suite", ar = "عدد المهام والإصلاحات والنتائج حسب مآلها" }
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "task"
-- records = ["mandated_task", "reform", "outcome"]
-- label = { en = "Task, reform or outcome (identifier)", fr = "Tâche, réforme ou résultat (identifiant)", ar = "المهمة أو الإصلاح أو النتيجة (المعرّف)" }
with dialogue_of as materialized (
  select record, best(json_extract(fields, '$.title'), grade, said_at, statement) as title, best(json_extract(fields, '$.country'), grade, said_at, statement) as country
  from statement where kind = 'dialogue' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record
),
mission as materialized (
  select record, coalesce(acronym, name) as called, country from actor
  where :mission <> '' and (record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission))
),
task as materialized (
  select 'mandated_task' as kind, t.record, t.task as title, t.mission as actor, coalesce(a.acronym, t.mission_name) as actor_name, coalesce(t.country, a.country) as country,
    t.strength, t.adopted, t.due, t.done, null as status, t.source, t.url, coalesce(t.mandate_name, t.document_name, t.document) as asked_in,
    t.ssr_task, t.activity_category, coalesce(t.valid_from, t.adopted) as since
  from mandated_task t left join actor a on a.record = t.mission
  union all
  select 'reform', r.record, r.title, r.lead, r.lead_name, coalesce(r.country, p.country), null, p.adopted, r.due, r.done, coalesce(n.stage, r.status), r.source, r.url, r.strategy_name, null, null, null
  from reform r left join strategy p on p.record = r.strategy left join stage_now n on n.kind = 'reform' and n.record = r.record
  union all
  select 'outcome', o.record, o.text, o.responsible, o.responsible_name, d.country, null, o.date, o.due, o.done, coalesce(n.stage, o.status), o.source, o.url, d.title, null, null, null
  from outcome o left join dialogue_of d on d.record = o.dialogue left join stage_now n on n.kind = 'outcome' and n.record = o.record where o.date is null or o.date <= :valid_on
),
asked as materialized (
  select * from task
  where (:country = '' or country = :country) and (:task = '' or record = :task) and (:mission = '' or (kind = 'mandated_task' and actor in (select record from mission)))
),
serving as materialized (
  select s.target_kind, s.target, 'activity' as kind, c.activity as record, c.activity_name as name, null as mode, null as day
  from contribution_serves s join contribution c on c.record = s.record
  union all
  select s.target_kind, s.target, 'training', t.record, coalesce(t.course, t.program, t.supporter), null, t.starts
  from training_serves s join training t on t.record = s.record where t.starts is null or t.starts <= :valid_on
  union all
  -- What begins only after the day supports nothing yet: it is planned.
  select s.target_kind, s.target, case when p.starts > :valid_on then 'later' else 'project' end, p.record, p.title, case when p.starts > :valid_on then 'plan' end, p.starts
  from project_serves s join project p on p.record = s.record
  union all
  select s.target_kind, s.target, 'engagement', e.record, e.task, e.mode, e.date
  from engagement_serves s join engagement e on e.record = s.record where e.date is null or e.date <= :valid_on
),
-- The money of an activity stands by country; each serving counts once all the same.
served as materialized (
  select v.*, p.country, p.committed_usd, p.disbursed_usd, p.committed_left_out, p.disbursed_left_out,
    row_number() over (partition by v.target_kind, v.target, v.kind, v.record, v.name, v.mode, v.day order by p.country) = 1 as counts
  from (select distinct * from serving) v
  left join (
    select identifier, country, sum(committed_usd) as committed_usd, sum(disbursed_usd) as disbursed_usd,
      sum(coalesce(committed_usd_set_apart, 0) + coalesce(committed_usd_left_out, 0)) as committed_left_out,
      sum(coalesce(disbursed_usd_set_apart, 0) + coalesce(disbursed_usd_left_out, 0)) as disbursed_left_out
    from support group by identifier, country
  ) p on v.kind = 'activity' and p.identifier = v.record
),
-- What own projects state that they have committed, each currency by itself: it is another sign than published money, and not added to it.
stated as (
  select target_kind, target, group_concat(amount, '; ') as stated_committed
  from (
    select v.target_kind, v.target, trim(printf('%.0f', sum(p.committed)) || ' ' || coalesce(p.currency, '')) as amount
    from served v join project p on p.record = v.record
    where v.counts and v.kind = 'project' and p.committed is not null
    group by v.target_kind, v.target, p.currency order by p.currency
  ) group by target_kind, target
),
-- What may serve a task and nobody has linked to it: `may_serve` lists each. `reports` are what the mission itself reports as done or going on.
alike as (
  select kind, record, count(*) as may_serve, sum(match_kind = 'engagement' and mode in ('done', 'ongoing')) as reports from could_serve group by kind, record
),
given as (
  select a.*, max(k.may_serve) as may_serve, max(k.reports) as reports, max(m.stated_committed) as stated_committed, sum(v.counts and v.kind in ('activity', 'training', 'project')) as supports,
    group_concat(case when v.counts and v.kind in ('activity', 'training', 'project') then v.name end, '; ') as support_names,
    sum(v.counts and v.mode in ('done', 'ongoing')) as reported, max(case when v.mode in ('done', 'ongoing') then v.day end) as last_reported,
    sum(v.counts and v.mode in ('negated', 'ceased')) as not_done, sum(v.counts and v.mode = 'plan') as planned,
    sum(case when a.country is null or v.country = a.country then v.committed_usd end) as committed_usd,
    sum(case when a.country is null or v.country = a.country then v.disbursed_usd end) as disbursed_usd,
    sum(case when a.country is null or v.country = a.country then v.committed_left_out end) as committed_usd_left_out,
    sum(case when a.country is null or v.country = a.country then v.disbursed_left_out end) as disbursed_usd_left_out
  from asked a left join served v on v.target_kind = a.kind and v.target = a.record
    left join stated m on m.target_kind = a.kind and m.target = a.record
    left join alike k on k.kind = a.kind and k.record = a.record
  group by a.kind, a.record
)
select a.kind, a.record, a.title as record_title, a.actor, a.actor_name, a.country, a.asked_in, a.strength, a.adopted, a.due,
  case when a.done <= :valid_on or a.status = '3' then 'done'
    when a.reported > 0 or a.status in ('1', '2') then 'under_way'
    when a.not_done > 0 or a.status = '0' then 'left_undone'
    when a.supports > 0 then 'supported' when a.planned > 0 then 'planned' when a.reports > 0 then 'not_linked' else 'nothing_known' end as task_state,
  coalesce(a.supports, 0) as supports, a.support_names, a.committed_usd, a.disbursed_usd, a.committed_usd_left_out, a.disbursed_usd_left_out, a.stated_committed, coalesce(a.reported, 0) as reported, a.last_reported, coalesce(a.not_done, 0) as reported_undone, coalesce(a.planned, 0) as planned, coalesce(a.may_serve, 0) as may_serve,
  a.source, a.url, 1 as items
from given a
order by a.country, case a.kind when 'mandated_task' then 1 when 'reform' then 2 else 3 end, a.actor_name, a.asked_in is null, a.asked_in, a.title, a.record
