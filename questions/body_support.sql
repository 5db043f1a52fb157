-- order = 13
-- group = "support"
-- needs = ["actor"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "implementers"]
-- title = { en = "Who supports it", fr = "Qui l’appuie", ar = "من يدعمها" }
-- why = { en = "Who else trains and equips this body, before one does it again.", fr = "Qui d’autre forme et équipe cet organe, avant de le refaire.", ar = "من يدرّب هذه الجهة ويجهّزها غيرنا قبل أن يتكرر ذلك." }
-- [rule]
-- en = "Support that names a body or what is part of it: projects, trainings, equipment and relations of support on record, and what documents report as done with it, until the day of validity, and what is planned after it; the newest first. Then what mandates ask for, documents report and projects on record give for bodies of its class in the country, without naming one. Trainings of one supporter and course stand in one row; one whose course has no name stands alone. Of how many people only women and men are reported, these are added up. What has no date is undated: it holds on no day. Of projects it says what was committed, of published activities what was committed to the security sector of the country (USD), of trainings and items what they cost or are worth; nothing of it is added up. The amount of a project for several institutions or classes, or of several supporters, is that of all of them, and called not split. A project, a training or an item whose recipient is only named counts where the name, acronym or another name is that of one body alone in the country. Published activities of the country stand here where their title has one of these names as words, or where who implements them or receives their money is called so: a likeness of names, to be confirmed. Of a project what is said of its status goes before its dates: one that is closed has ended, of one that is planned though its start is past it is not known whether it has begun. What a mission that is over gave or was asked for goes on only if somebody confirms it. One that names no country is in that of its recipient, else in the only country that the workspace is about; so is a body that names none."
-- fr = "Appui qui nomme un organe ou ce qui en fait partie : projets, formations, équipements et relations d’appui enregistrés, et ce que des documents disent fait avec lui, jusqu’au jour de validité, et ce qui est prévu ensuite ; le plus récent d’abord. Puis ce que des mandats demandent, des documents rapportent et des projets enregistrés visent pour les organes de sa catégorie dans le pays, sans en nommer un. Les formations d’un partenaire et d’un cours forment une ligne ; celle dont le cours n’a pas de nom reste seule. Si seuls les femmes et les hommes formés sont donnés, ils sont additionnés. Ce qui n’a aucune date est sans date et ne vaut pour aucun jour. Des projets est dit le montant engagé, des activités publiées ce qui est engagé pour le secteur de la sécurité du pays (USD), des formations et équipements ce qu’ils coûtent ou valent ; rien n’en est additionné. Le montant d’un projet pour plusieurs institutions ou catégories, ou de plusieurs partenaires, est celui de tous, et est dit non réparti. Un bénéficiaire seulement nommé compte si ce nom, sigle ou autre nom est celui d’un seul organe du pays. Les activités publiées du pays y sont si leur titre contient un de ces noms en toutes lettres, ou si qui les met en œuvre ou en reçoit l’argent s’appelle ainsi : une ressemblance de noms, à confirmer. D’un projet, le statut déclaré passe avant les dates : fermé, il a pris fin ; planifié alors que son début est passé, on ignore s’il a commencé. Ce qu’une mission terminée donnait ou devait faire ne se poursuit que si quelqu’un le confirme. Un projet sans pays est dans celui du bénéficiaire, sinon dans le seul pays dont traite l’espace ; de même un organe qui n’en nomme aucun."
-- ar = "الدعم الذي يسمّي الجهة أو ما يتبعها: مشاريع وتدريبات ومعدات وعلاقات دعم مسجلة وما تذكر الوثائق أنه أُنجز معها حتى يوم السريان، وما هو مخطَّط بعده؛ الأحدث أولًا. ثم ما تطلبه الولايات وما تذكره الوثائق وما تشمله مشاريع مسجلة لجهات من فئتها في البلد دون تسمية إحداها. تدريبات الداعم الواحد في الدورة الواحدة سطر واحد، وما لا اسم لدورته سطر وحده. وإذا لم يُذكر من المتدربين إلا عدد النساء وعدد الرجال جُمعا. وما لا تاريخ له «بلا تاريخ» ولا يسري في أي يوم. ويُذكر من المشاريع المبلغ الملتزم به، ومن الأنشطة المنشورة ما التُزم به للقطاع الأمني في البلد (بالدولار)، ومن التدريبات والمعدات كلفتها أو قيمتها؛ ولا يُجمع شيء منها. ومبلغ مشروع لعدة مؤسسات أو فئات، أو من عدة داعمين، هو لهم جميعًا ويُقال إنه غير موزَّع. والمستفيد المذكور بالاسم فقط يُحتسب إذا كان الاسم أو المختصر أو الاسم الآخر لجهة واحدة في البلد. وترد هنا الأنشطة المنشورة للبلد إذا حوى عنوانها أحد هذه الأسماء كلماتٍ، أو كان اسم منفذها أو متلقي أموالها كذلك: تشابه أسماء يحتاج إلى تأكيد. وحالة المشروع المصرَّح بها تسبق تواريخه: فالمغلق منتهٍ، والمخطط الذي مضى موعد بدئه لا يُعرف أبدأ. وما قدمته بعثة انتهت أو طُلب منها لا يستمر إلا إذا أكّده أحد. والمشروع الذي لا يُذكر بلده يُحسب في بلد المستفيد، وإلا ففي البلد الوحيد الذي تُعنى به مساحة العمل؛ وكذلك الجهة التي لا يُذكر بلدها."
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with below (record) as (
  select record from actor where record = :actor or folded(name) = folded(:actor) or folded(acronym) = folded(:actor)
  union
  select r.subject from below b join relation r on r.object = b.record and r.relation = 'part_of'
),
-- One that names no country is of the one that the workspace is about, if it is none that gives support.
body as materialized (select a.record, a.name, a.acronym, a.class,
  coalesce(a.country, case when coalesce(a.class, '') not in (select code from code where list = 'actor_class' and category = 'partner') then home_country() end) as country,
  b.record = :actor or folded(a.name) = folded(:actor) or folded(a.acronym) = folded(:actor) as asked from below b join actor a on a.record = b.record),
-- The names that a body alone has in its country. Signs between words are none of them.
body_called as materialized (
  select b.record, b.name, b.country, c.called from body b join called c on c.record = b.record where length(c.called) > 2
),
published as materialized (
  select activity, identifier, supporter_name, title, country, starts, ends, phase, sum(committed_usd) as committed,
    ' ' || replace(replace(replace(replace(folded(title), ',', ' '), '.', ' '), '(', ' '), ')', ' ') || ' ' as words
  from support where country in (select country from body_called) group by activity, country
),
-- Who carries each of them out.
carried_out as materialized (
  select kind, record, group_concat(implementer_name, '; ') as names from (select * from implementers order by nth) group by kind, record
),
-- What is for several, or is paid for by several, has one amount: nobody says which of them has how much of it.
several as (
  select p.*, case when coalesce(p.committed, p.spent) is not null and (coalesce(json_array_length(p.other_supporters), 0) + coalesce(json_array_length(p.other_recipients), 0) > 0
    or exists (select 1 from json_each(p.other_classes) where json_extract(value, '$.code') is not p.recipient_class)) then 1 end as for_several
  from own_projects p
),
given as (
  select coalesce(t.given_by_name, t.supporter, t.trainer_unit, t.trained_by_name) as supporter_name, case when count(distinct t.given_by) = 1 then max(t.given_by) end as actor, b.name as supported_name, coalesce(t.course, t.program) as what, count(distinct t.record) as entries,
    sum(coalesce(t.quantity, t.women + t.men)) as people, min(t.starts) as starts, max(coalesce(t.ends, t.starts)) as ends, 'training' as kind, min(t.record) as record,
    case when max(coalesce(t.ends, t.starts)) is null then 'undated' when min(t.starts) > :valid_on then 'planned' when max(coalesce(t.ends, t.starts) >= substr(:valid_on, 1, length(coalesce(t.ends, t.starts)))) then 'active' else 'ended' end as phase, null as committed, case when count(distinct case when t.cost is not null then coalesce(t.currency, '') end) < 2 then max(case when t.cost is not null then t.currency end) end as currency, max(t.source) as source, url_of(t.source, t.url) as url, case when count(distinct i.names) = 1 then nullif(max(i.names), coalesce(t.given_by_name, t.supporter, t.trainer_unit, t.trained_by_name)) end as implementer_name, 'train' as modality, null as function,
    -- Costs in two currencies are no sum, nor is one in a currency with one of which none is said.
    case when count(distinct case when t.cost is not null then coalesce(t.currency, '') end) < 2 then sum(t.cost) end as cost, null as not_split
  from training t left join called n on t.recipient is null and n.called = folded(t.recipient_unit)
    and (n.country = t.country or n.alone and (n.country is null or t.country is null))
  join body b on b.record = coalesce(t.recipient, n.record)
  left join carried_out i on i.kind = 'training' and i.record = t.record
  where (t.starts is null or t.starts <= :valid_on or t.starts > t.recorded_at)
    -- Names are compared only where one of these bodies may be meant.
    and (t.recipient is not null or t.country is null or t.country in (select country from called where record in (select record from body))
      or exists (select 1 from called where record in (select record from body) and country is null))
  -- Two courses of which no name is on record are not one.
  group by coalesce(t.given_by_name, t.supporter, t.trainer_unit, t.trained_by_name), b.record, coalesce(t.course, t.program, t.record), coalesce(t.starts > :valid_on, 0)
  union all
  -- Each of several that support it together.
  select coalesce(g.name, y.value), y.value, b.name, p.title, 1, null, p.starts, p.ends, 'project', p.record, p.phase_shown, case when y.value is p.supporter then p.committed end, p.currency, p.source, p.url, i.names, p.modality, p.function, null, p.for_several
  from several p join json_each(json_insert(coalesce(p.other_supporters, '[]'), '$[#]', p.supporter)) y left join actor g on g.record = y.value
  left join carried_out i on i.kind = 'project' and i.record = p.record
  left join called n on n.called = folded(coalesce(p.recipient_name, p.recipient)) and (n.country = p.country or n.alone and (n.country is null or p.country is null))
  join body b on b.record in (p.recipient, n.record) or b.record in (select value from json_each(p.other_recipients))
  where (p.starts is null or p.starts <= :valid_on or p.phase_shown = 'planned')
  union all
  select coalesce(e.supporter_name, e.supporter), e.supporter, e.recipient_name, e.item || coalesce(' × ' || e.quantity, ''), 1, null, e.handed_over, null, 'equipment', e.record, case when e.handed_over is null then 'undated' when e.handed_over > :valid_on then 'planned' else 'ended' end, null, e.currency, e.source, e.url, null, null, null, e.value, null
  from equipment e left join called n on n.called = folded(e.recipient_name) and n.alone
  join body b on b.record in (e.recipient, n.record)
  where (e.handed_over is null or e.handed_over <= :valid_on or e.handed_over > e.recorded_at)
  union all
  -- What a mission that is over gave goes on only if somebody confirms it, here as in the matrix.
  select r.subject_name, r.subject, r.object_name, r.what, 1, null, r.starts, r.ends, 'relation', r.record,
    case when r.phase = 'active' and not r.own_dates and e.is_over then 'overdue' else r.phase end, null, null, r.source, r.url, null, null, null, null, null
  from backing r left join known_givers e on e.actor = r.subject where r.object in (select record from body)
  union all
  select t.mission_name, t.mission, t.partner_name, t.task, 1, null, t.starts, case when t.own_dates then t.ends end, 'engagement', t.record,
    t.phase, null, null, t.source, t.url, null, null, null, null, null
  from told_tasks t where t.kind = 'engagement' and t.partner in (select record from body)
  union all
  select p.supporter_name, null, n.name, p.title, 1, null, p.starts, p.ends, 'activity', p.identifier, p.phase, p.committed, 'USD', null, null, null, null, null, null, null
  from published p join body_called n on n.country = p.country and (
    instr(p.words, ' ' || n.called || ' ') > 0
    or exists (select 1 from activity_organisation o where o.activity = p.activity and o.role = '4' and folded(o.name) = n.called)
    or exists (select 1 from activity_transaction t where t.activity = p.activity and folded(t.receiver_name) = n.called))
  group by p.activity, n.record
  union all
  -- What names no body is about the class of the one that is asked for.
  select t.mission_name, t.mission, null, t.task, 1, null, t.starts, t.ends, t.kind, t.record,
    t.phase, null, null, t.source, t.url, null, null, t.function, null, null
  from (select distinct class, country from body where asked) b
  join task_about c on c.class = b.class
  join told_tasks t on t.kind = c.kind and t.record = c.record
  left join known_givers e on e.actor = t.mission
  where coalesce(t.country, e.mission_country) = b.country
  union all
  select coalesce(g.name, y.value), y.value, null, p.title, 1, null, p.starts, p.ends, 'project', p.record, p.phase_shown, case when y.value is p.supporter then p.committed end, p.currency, p.source, p.url, i.names, p.modality, p.function, null, p.for_several
  from (select distinct class, country from body where asked and class <> 'unspecified') b
  join several p on p.country = b.country
    and (p.recipient_class = b.class or b.class in (select json_extract(value, '$.code') from json_each(p.other_classes)))
    -- A class of which an institution is named is supported there, and so is the first of a project for one of which nobody knows the class.
    and (p.recipient is null
      or not exists (select 1 from called c where c.class = b.class and (c.record = p.recipient or c.record in (select value from json_each(p.other_recipients))))
        and (b.class is not p.recipient_class
          or exists (select 1 from called c where c.record = p.recipient and c.class in (select json_extract(value, '$.code') from json_each(p.other_classes)))))
  join json_each(json_insert(coalesce(p.other_supporters, '[]'), '$[#]', p.supporter)) y left join actor g on g.record = y.value
  left join carried_out i on i.kind = 'project' and i.record = p.record
  where (p.starts is null or p.starts <= :valid_on or p.phase_shown = 'planned')
)
select supporter_name as actor_name, actor, supported_name, kind, what as record_title, record, entries, people, starts, ends, phase, committed, cost, case when coalesce(committed, cost) is not null then currency end as currency, case when committed is not null then not_split end as not_split, implementer_name, modality, function as security_function, source, url
from given
order by supported_name is null, coalesce(ends, starts) is null, coalesce(ends, starts) desc, actor_name, record_title, supported_name, kind, record
