-- order = 40
-- group = "due_diligence"
-- needs = ["actor", "person", "request"]
-- noted = true
-- parts = ["same_state", "told_over", "commanded", "decided"]
-- title = { en = "May we support this unit?", fr = "Pouvons-nous appuyer cette unité ?", ar = "هل يجوز لنا دعم هذه الوحدة؟" }
-- why = { en = "Support to a unit reaches everybody who commands it on that day, and what they have done goes with them.", fr = "L’appui à une unité atteint tous ceux qui la commandent ce jour-là, et ce qu’ils ont fait les suit.", ar = "دعم وحدة يصل إلى كل من يقودها في ذلك اليوم، وما فعلوه يلازمهم." }
-- [rule]
-- en = "From each unit (of a person: the units of his or her postings) upwards by “is part of”, “commands” and “manages”, as they hold on the day of validity, back to what each was before it was renamed, merged or split (of that, incidents and refusals), and on to what each became by that day; who manages a body answers for it and does not command it, and the link says so. For each unit: its incidents; who commands, acts and deputises on that day, each with incidents of their own and of units that they commanded then (the commander whom the source names, else the dated postings of the day of the incident; “may have commanded” where these were last cited before it, or only their end is known), wherever that was, and in rows of their own findings and credible allegations about units that were below one that they commanded then; support that was refused or suspended and still is. Where no dated commander is on record for the day, where who held the post was erased (what is on record of them is not known then), or no record has the name that is asked for, a row says so. Incidents up to the day, allegations and findings told apart. Risk is likelihood (1 to 3) by severity (1 to 3): of an incident where it names one, else of the request. It answers what is on record in your view: what is marked above it is not in it, and nothing on record is not a clearance."
-- fr = "De chaque unité (pour une personne : les unités de ses affectations) vers le haut par « fait partie de », « commande » et « administre », au jour de validité, en arrière vers ce que chacune était avant d’être renommée, fusionnée ou scindée (incidents et refus), et vers ce que chacune est devenue à ce jour ; qui administre un organe en répond et ne le commande pas, et le lien le dit. Pour chaque unité : ses incidents ; qui commande, assure l’intérim ou est adjoint ce jour-là, avec leurs propres incidents et ceux des unités qu’ils commandaient alors (le commandant nommé par la source, sinon les affectations datées du jour de l’incident ; « peut-être » si elles ont été citées pour la dernière fois avant lui, ou si seule leur fin est connue), où que ce soit, et dans des lignes à part les constats et allégations crédibles sur des unités alors subordonnées à celle qu’ils commandaient ; l’appui refusé ou suspendu et qui l’est encore. Sans commandant daté pour ce jour, si la personne en poste a été effacée (on ignore alors ce qui est enregistré à son sujet), ou si aucune fiche ne porte le nom demandé, une ligne le dit. Incidents jusqu’au jour dit, allégations et constats distingués. Risque = probabilité (1 à 3) × gravité (1 à 3) : d’un incident s’il est nommé, sinon de la demande. La réponse dit ce qui est enregistré à votre niveau d’accès : ce qui est classifié plus haut n’y est pas, et rien d’enregistré ne vaut pas accord."
-- ar = "من كل وحدة (وللشخص: وحدات تعييناته) صعودًا بعلاقات «جزء من» و«يقود» و«يدير» في يوم السريان، ورجوعًا إلى ما كانت عليه كل وحدة قبل تغيير اسمها أو دمجها أو تقسيمها (حوادثها وحالات الرفض)، وإلى ما أصبحت عليه حتى ذلك اليوم؛ ومن يدير جهة يُسأل عنها ولا يقودها، والصلة تبيّن ذلك. ولكل وحدة: حوادثها، ومن يقودها ومن ينوب ونوابه في ذلك اليوم مع حوادثهم وحوادث الوحدات التي كانوا يقودونها حينها (القائد الذي يسميه المصدر وإلا فالتعيينات المؤرخة ليوم الحادثة، و«ربما» إن كان آخر ذكر لها قبلها أو لم تُعرف إلا نهايتها) أينما كانت، وفي أسطر مستقلة ما ثبت أو عُدّ ذا مصداقية بشأن وحدات كانت تابعة لما كانوا يقودونه حينها، والدعم الذي رُفض أو عُلّق وما زال كذلك. وإن لم يُسجَّل قائد مؤرخ لذلك اليوم، أو مُحي من كان في المنصب (فلا يُعرف عندئذ ما سُجل عنه)، أو لم يكن لأي سجل الاسم المطلوب، ذكر ذلك سطر. الحوادث حتى اليوم، مع التمييز بين الادعاء والثبوت. والخطر هو الاحتمال (1 إلى 3) في الشدة (1 إلى 3): لحادثة إن سُمّيت وإلا فللطلب. يجيب عما هو مسجل ضمن ما يمكنك رؤيته، فما كان أعلى سرية ليس فيه، وعدم وجود تسجيل ليس إجازة."
-- [tally]
-- column = "on_record"
-- unless = ["no_such_record"]
-- looked_at = ["actor_name", "person_name"]
-- none = { en = "No incident, refusal or suspension that you may see is on record, of whom you asked about or of anybody above them. This clears nobody: what is not known stands below.", fr = "Aucun incident, refus ni suspension que vous puissiez voir n’est enregistré, ni pour qui vous avez demandé ni pour qui est au-dessus. Cela ne blanchit personne : ce qui est inconnu figure ci-dessous.", ar = "لا تُسجَّل حادثة ولا رفض ولا تعليق مما يمكنك رؤيته، لا بشأن من سألت عنه ولا بشأن من فوقه. وهذا لا يبرئ أحدًا: يرد أدناه ما لا يُعرف." }
-- [fold]
-- actor_name = ["level", "way", "relation"]
-- person_name = ["posting_role", "rank", "command"]
-- allegation = ["violation", "basis", "happened_on", "commander_name", "accountability_taken", "request_title"]
-- risk_score = ["likelihood", "severity"]
-- source = ["reliability", "credibility", "locator"]
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Unit (name or identifier)", fr = "Unité (nom ou identifiant)", ar = "الوحدة (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "person"
-- record = "person"
-- label = { en = "Person (name or identifier)", fr = "Personne (nom ou identifiant)", ar = "الشخص (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "request"
-- record = "support_request"
-- label = { en = "Support request (title or identifier)", fr = "Demande d’appui (titre ou identifiant)", ar = "طلب الدعم (العنوان أو المعرّف)" }
with recursive turned as materialized (
  -- What became another unit by the day: renamed, merged or split, seen from both. That it did is true after the day on which it did.
  select case w.was when 1 then later else earlier end as seen_from, w.was, case w.was when 1 then earlier else later end as unit, max(n.title) as unit_name, t.source, t.url
  from (
    select json_extract(s.fields, '$.subject') as earlier, json_extract(s.fields, '$.object') as later, max(s.source) as source, url_of(s.source, s.url) as url
    from statement s where s.kind = 'relation' and s.current = 1 and json_extract(s.fields, '$.relation') = 'succeeded_by'
      and coalesce(s.valid_from <= :valid_on, 1) group by 1, 2
  -- In this order: few units became others, and all that is said of units would be read for each of them.
  ) t cross join (select 1 as was union all select 0) w
  cross join statement n on n.kind = 'actor' and n.record = case w.was when 1 then earlier else later end
  group by earlier, later, w.was
),
-- Who asks by a name of before asks for what the unit has become, where it is no more itself.
became (unit) as (
  select distinct record from statement where :actor <> '' and kind = 'actor' and current = 1 and record not in (select record from actor)
    and (record = :actor or folded(title) = folded(:actor))
  union
  select t.unit from became b join turned t on t.seen_from = b.unit and not t.was where b.unit not in (select record from actor)
),
asked as materialized (
  select record, recipient, person from support_request where record = :request or folded(title) = folded(:request)
),
recipient as materialized (
  select target_kind as kind, target as id, target_name as name from support_request_recipient where record in (select record from asked)
  union
  select r.kind, case r.kind when 'actor' then q.recipient else q.person end, case r.kind when 'actor' then q.recipient_name else q.person_name end
  from support_request q join (select 'actor' as kind union all select 'person') r
  where (q.record = :request or folded(q.title) = folded(:request)) and (r.kind = 'actor' and q.recipient is not null or r.kind = 'person' and q.person is not null)
  union select 'actor', record, name from actor where :actor <> '' and (record = :actor or folded(name) = folded(:actor) or folded(acronym) = folded(:actor))
  union select 'actor', record, name from actor where record in (select unit from became)
  union select 'person', record, name from person where :person <> '' and (record = :person or folded(name) = folded(:person))
),
-- What was asked for by a name that no record has: to say nothing of it would look like nothing on record.
named as (
  select w.name, max(w.what = r.kind) as known
  from (select 'actor' as what, :actor as name union all select 'person', :person union all select 'request', :request) w
  left join (select kind, id from recipient union all select 'request', record from asked) r on w.what = r.kind and r.id is not null
  where w.name <> '' group by w.what, w.name
),
edge as materialized (
  select case relation when 'part_of' then subject else object end as child, case relation when 'part_of' then object else subject end as parent,
    case relation when 'part_of' then object_name else subject_name end as parent_name, relation, source, url
  from relation where relation in ('part_of', 'commands', 'manages')
),
above (kind, id, name, unit, unit_name, level, way, seen, was, relation, source, url) as (
  select kind, id, name, id, name, 0, name, '/' || id || '/', 0, null, null, null from recipient where kind = 'actor'
  union
  -- A person who holds no post on the day has no chain, and is screened all the same.
  select r.kind, r.id, r.name, p.actor, p.actor_name, 0, p.actor_name, '/' || p.actor || '/', 0, null, null, null
  from recipient r
  left join (select person, actor, actor_name from posting_statement
    where (:person <> '' or :request <> '') and statement not in (select statement from outdone)) p on p.person = r.id
  where r.kind = 'person'
  union
  select a.kind, a.id, a.name, e.parent, e.parent_name, a.level + 1, a.way || ' → ' || e.parent_name, a.seen || e.parent || '/', 0, e.relation, e.source, e.url
  from above a join edge e on e.child = a.unit
  where a.level < 40 and not a.was and instr(a.seen, '/' || e.parent || '/') = 0
  union
  -- What a unit was before: what it did goes with it, and who is above that now, or commands it, does not. What it became by the day is asked of too.
  select a.kind, a.id, a.name, t.unit, t.unit_name, a.level, a.way || iif(t.was, ' ← ', ' ⇒ ') || t.unit_name, a.seen || t.unit || '/', t.was, 'succeeded_by', t.source, t.url
  from above a join turned t on t.seen_from = a.unit and t.was >= a.was where instr(a.seen, '/' || t.unit || '/') = 0
),
-- Each unit once for a recipient, by the shortest way; beside it those who command, act and deputise, and the recipient.
manned as materialized (
  select *, case when unit is null then id else post_person end as person, case when unit is null then name else post_person_name end as person_name,
    row_number() over (partition by kind, id, unit order by posting) as nth,
    sum(category in ('command', 'head', 'acting') and command <> 'undated' and (post_person is not null or erased)) over (partition by kind, id, unit) as heads
  from (
    select c.kind, c.id, c.name, c.unit, c.unit_name, c.level, c.was, c.way, c.relation, c.source as unit_source, c.url as unit_url, p.record as posting,
      p.person as post_person, max(p.person_name) as post_person_name, p.role, max(p.rank) as rank, coalesce(r.category, '') as category,
      max(p.source) as source, url_of(p.source, p.url) as url,
      -- Of a posting whose person was erased the unit, the role and the days are left; a person who is withheld from the reader is there all the same.
      max(p.record is not null and p.person is null and instr(' ' || coalesce(p.withheld, '') || ' ', ' person ') = 0) as erased,
      case when p.record is null then null when min(p.undated) then 'undated' when max(p.confirmed) then 'confirmed' else 'not_confirmed' end as command
    from (select kind, id, name, unit, unit_name, level, was, way, relation, source, url, min(level + 100 * was) as nearest from above group by kind, id, unit) c
    left join posting_statement p on not c.was and p.actor = c.unit and p.statement not in (select statement from over_now union all select statement from outdone) and (c.kind = 'person' and p.person = c.id
      or p.role in (select code from code where list = 'posting_role' and category in ('command', 'head', 'acting', 'deputy')))
    left join code r on r.list = 'posting_role' and r.code = p.role
    group by c.kind, c.id, c.unit, p.record, p.person, p.role)
),
screened as materialized (
  select m.*, s.part, case s.part when 'unit' then 'actor' when 'person' then 'person' end as about,
    case s.part when 'unit' then m.unit when 'person' then m.person end as about_id
  from manned m join (select 'unit' as part union all select 'not_known' union all select 'erased' union all select 'person') s
  where case s.part when 'unit' then m.unit is not null and m.nth = 1 when 'not_known' then m.unit is not null and not m.was and m.nth = 1 and coalesce(m.heads, 0) = 0
    when 'erased' then m.erased else m.person is not null end
),
-- The units above that of an incident on its day, by what the register says now: who commanded them answers for what was below. An allegation
-- that nobody has found credible goes no further than to who commanded the unit itself.
ever_above as materialized (
  select iif(relation = 'part_of', one, other) as unit, iif(relation = 'part_of', other, one) as parent, since, valid_to
  from (
    select json_extract(fields, '$.relation') as relation, json_extract(fields, '$.subject') as one, json_extract(fields, '$.object') as other,
      coalesce(valid_from, first_cited, last_cited, source_date, '') as since, valid_to
    from statement where kind = 'relation' and current = 1 and not undated)
  where relation in ('part_of', 'commands')
),
over_incident (incident, unit, starts, ends, level) as (
  select record, json_extract(fields, '$.actor'), json_extract(fields, '$.starts'), coalesce(json_extract(fields, '$.ends'), json_extract(fields, '$.starts')), 0
  from statement where kind = 'incident' and current = 1 and json_extract(fields, '$.basis') in ('finding', 'credible_allegation')
  union
  select o.incident, e.parent, o.starts, o.ends, o.level + 1
  from over_incident o join ever_above e on e.unit = o.unit
  where o.level < 10 and substr(e.since, 1, length(o.ends)) <= o.ends
    and (e.valid_to is null or substr(e.valid_to, 1, length(o.starts)) >= substr(o.starts, 1, length(e.valid_to)))
),
found as materialized (
  select case w.who when 'actor' then 'actor' else 'person' end as about,
    case w.who when 'actor' then i.actor when 'person' then i.person when 'commander' then i.commander else q.person end as about_id,
    -- What somebody is said to have done goes before what was done under the same person's command, and that before what was done further below.
    max(w.who in ('commander', 'then', 'over')) > max(w.who = 'person') as as_commander, min(w.who = 'over') as of_below,
    -- What a source says of that day, and not only of before or after it.
    coalesce(max(case when w.who <> 'over' then w.who = 'commander' or w.who = 'then' and (q.since <> '' or q.valid_to = substr(i.starts, 1, length(q.valid_to)))
      and q.told_until >= substr(i.starts, 1, length(q.told_until)) end), max((q.since <> '' or q.valid_to = substr(i.starts, 1, length(q.valid_to)))
      and q.told_until >= substr(i.starts, 1, length(q.told_until)))) as surely, i.record as incident, i.allegation, i.violation, i.basis, i.starts, i.commander_name,
    i.accountability_taken, i.source, i.url, i.reliability, null as refused, null as request, null as request_title
  from incident i
  join (select 'actor' as who union all select 'person' union all select 'commander' union all select 'then' union all select 'over') w
  left join over_incident o on w.who = 'over' and o.incident = i.record and o.level > 0
  left join commanded q on q.actor = case w.who when 'then' then iif(i.commander is null, i.actor, null) when 'over' then o.unit end
    and q.person is not i.person and q.person is not i.commander
    and substr(q.since, 1, length(coalesce(i.ends, i.starts))) <= coalesce(i.ends, i.starts)
    and substr(q.valid_to, 1, length(i.starts)) >= substr(i.starts, 1, length(q.valid_to))
  where i.starts is null or i.starts <= :valid_on
  group by about, about_id, i.record
  having about_id is not null
  union all
  select r.kind, r.id, 0, 0, 0, null, null, null, null, null, null, null, d.source, d.url, null,
    case d.decision when 'refuse' then 'refused' else 'suspended' end, d.request, (select title from support_request t where t.record = d.request)
  from decided d
  join (
    select record, target_kind as kind, target as id from support_request_recipient
    union select q.record, r.kind, case r.kind when 'actor' then q.recipient else q.person end
    from support_request q join (select 'actor' as kind union all select 'person') r
  ) r on r.record = d.request and r.id is not null
  where d.decision in ('refuse', 'suspend') and (d.valid_to is null or d.valid_to >= substr(:valid_on, 1, length(d.valid_to)))
),
answer as (
  select s.name as supported_name, s.level, s.way, s.relation, s.unit as actor, s.unit_name as actor_name,
    case s.part when 'person' then s.person end as person, case s.part when 'person' then s.person_name end as person_name,
    case when s.part in ('person', 'erased') then s.role end as role, case s.part when 'person' then s.rank end as rank,
    case s.part when 'person' then s.command when 'not_known' then 'not_known' when 'erased' then 'erased' end as command,
    case when s.part = 'not_known' then 'command_not_known' when s.part = 'erased' then 'commander_erased' when f.refused is not null then f.refused when f.of_below then iif(f.surely, 'incident_below', 'incident_below_not_confirmed') when f.as_commander then iif(f.surely, 'incident_commanded', 'incident_commanded_not_confirmed')
      when f.incident is not null then 'incident' else 'nothing' end as on_record,
    f.incident, f.allegation, f.violation, f.basis, f.starts as happened_on, f.commander_name, f.accountability_taken, f.request as support_request,
    f.request_title, f.reliability, coalesce(f.source, case s.part when 'unit' then s.unit_source when 'not_known' then null else s.source end) as source,
    case when f.source is not null then f.url when s.part in ('person', 'erased') then s.url when s.part = 'unit' then s.unit_url end as url,
    case s.part when 'unit' then 0 when 'not_known' then 1 else case s.category when 'command' then 2 when 'head' then 2 when 'acting' then 3 when 'deputy' then 4 else 5 end end as part
  from screened s left join found f on f.about = s.about and f.about_id = s.about_id
)
select * from (
select supported_name, level, way, relation, actor, actor_name, person, person_name, role as posting_role, rank, command, on_record, a.incident, allegation, violation, basis,
  happened_on, commander_name, accountability_taken, a.support_request, request_title, k.likelihood, k.severity, k.score as risk_score, a.reliability,
  (select credibility from incident_statement s where s.record = a.incident order by grade desc, said_at desc, statement desc limit 1) as credibility,
  (select locator from incident_statement s where s.record = a.incident order by grade desc, said_at desc, statement desc limit 1) as locator, a.source, a.url, part
from answer a
left join risk k on k.incident = a.incident and (:request = '' or k.support_request in (select record from asked))
union all
select null, null, null, null, null, null, null, null, null, null, null, 'risk', null, risk, null, null, null, null, null, support_request, support_request_name,
  likelihood, severity, score, null, null, null, source, url, 6
from risk where incident is null and support_request in (select record from asked)
union all
select name, 0, null, null, null, null, null, null, null, null, null, 'no_such_record', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 0
from named where known is null
)
order by supported_name is null, supported_name, level, relation is 'succeeded_by', actor_name, part, person_name, posting_role, on_record in ('incident_commanded', 'incident_commanded_not_confirmed') + 2 * (on_record in ('incident_below', 'incident_below_not_confirmed')), happened_on desc, incident, risk_score desc
