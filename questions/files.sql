-- order = 41
-- noted = true
-- title = { en = "Support files", fr = "Dossiers d’appui", ar = "ملفات الدعم" }
-- why = { en = "A clearance holds only as long as the chain that was cleared: a new commander, parent or incident ends it, and so does its last day.", fr = "Un accord ne vaut que tant que dure la chaîne examinée : un nouveau commandant, rattachement ou incident y met fin, comme son dernier jour.", ar = "لا تسري الإجازة إلا ما دامت السلسلة التي فُحصت: فقائد أو تبعية أو حادثة جديدة تنهيها، وكذلك آخر أيامها." }
-- [rule]
-- en = "Each support request with its latest decision of the day of validity or before, and what lapses next first. A file that was approved, with or without measures, and still holds is reopened by whatever touches its chain (units upwards from the recipients, who commands, acts and deputises, incidents of all of them and of units that they commanded then, support to them that was refused or suspended) and holds at any time from the decision to the day, but did not hold on the day of the decision, or was not known to it; and by a posting or parent of the cleared chain that no longer holds on the day. Known to a decision is what was recorded before it was, or by the end of the day on which the register was looked up, where that is given. What says the same again reopens nothing. Each reason has a row. Measures are open until done and overdue after their day. What is marked above your view reopens nothing in it."
-- fr = "Chaque demande d’appui avec sa dernière décision au jour de validité ; d’abord ce qui échoit en premier. Un dossier approuvé, avec ou sans mesures, et en vigueur est rouvert par tout ce qui touche sa chaîne (unités au-dessus des bénéficiaires, commandants, intérimaires et adjoints, leurs incidents et ceux des unités qu’ils commandaient alors, appui refusé ou suspendu à l’un d’eux) et vaut à un moment quelconque entre la décision et le jour dit, mais ne valait pas au jour de la décision ou lui était inconnu ; et par une affectation ou un rattachement de la chaîne examinée qui ne vaut plus au jour dit. La décision connaissait ce qui a été enregistré avant elle, ou jusqu’à la fin du jour de consultation du registre s’il est donné. Ce qui répète la même chose ne rouvre rien. Une ligne par motif. Une mesure est ouverte jusqu’à son exécution, en retard après son échéance. Ce qui est classifié plus haut que votre accès n’y rouvre rien."
-- ar = "كل طلب دعم مع آخر قرار له في يوم السريان أو قبله، وأقربها انقضاءً أولًا. الملف الموافق عليه، بتدابير أو دونها، وما زال ساريًا يعيد فتحه كل ما يمس سلسلته (الوحدات فوق المستفيدين ومن يقود ومن ينوب والنواب، وحوادثهم وحوادث الوحدات التي كانوا يقودونها حينها، والدعم المرفوض أو المعلق لأحدهم) وكان قائمًا في أي وقت من القرار إلى ذلك اليوم ولم يكن قائمًا يوم القرار أو لم يكن معلومًا له؛ وكل تعيين أو تبعية من السلسلة المفحوصة لم يعد قائمًا. والمعلوم للقرار ما سُجّل قبله، أو حتى نهاية يوم الرجوع إلى السجل إن ذُكر. وما يكرر القول نفسه لا يعيد فتح شيء. ولكل سبب سطر. والتدبير مفتوح حتى ينفذ ومتأخر بعد موعده. وما كان أعلى سرية مما يمكنك رؤيته لا يعيد فتح شيء فيه."
-- [[parameter]]
-- name = "state"
-- list = "file_state"
-- label = { en = "State", fr = "État", ar = "الحالة" }
-- [[parameter]]
-- name = "request"
-- label = { en = "Support request (title or identifier)", fr = "Demande d’appui (titre ou identifiant)", ar = "طلب الدعم (العنوان أو المعرّف)" }
with recursive recipient as materialized (
  select record as request, target_kind || ':' || target as key, target_name as name from support_request_recipient
  union
  select q.record, w.kind || ':' || case w.kind when 'actor' then q.recipient else q.person end,
    case w.kind when 'actor' then q.recipient_name else q.person_name end
  from support_request q join (select 'actor' as kind union all select 'person') w
  where case w.kind when 'actor' then q.recipient else q.person end is not null
),
-- The decision of each request that counts on the day: the latest.
decided as materialized (
  select * from (
    select *, row_number() over (partition by request order by decided_on desc, seq desc) as nth from (
      select json_extract(fields, '$.support_request') as request, json_extract(fields, '$.decision') as decision,
        json_extract(fields, '$.decided_by') as decided_by, json_extract(fields, '$.screened_on') as screened_on,
        coalesce(json_extract(fields, '$.date'), valid_from, first_cited, source_date, substr(recorded_at, 1, 10)) as decided_on,
        valid_to, record, min(seq) over (partition by record) as seq, min(entry) over (partition by record) as entry, current
      from statement where kind = 'decision')
    where current = 1 and decided_on <= :valid_on)
  where nth = 1
),
open as materialized (
  select * from decided where decision in ('approve', 'approve_with_measures') and (valid_to is null or valid_to >= substr(:valid_on, 1, length(valid_to)))
),
commanded as materialized (
  select json_extract(s.fields, '$.person') as person, json_extract(s.fields, '$.actor') as actor,
    coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date, '') as since, coalesce(s.valid_to, '9999') as valid_to
  from statement s join code r on r.list = 'posting_role' and r.code = told('posting_role', json_extract(s.fields, '$.role'))
    and r.category in ('command', 'head', 'acting')
  where s.kind = 'posting' and s.current = 1 and not s.undated
),
-- What was ever said of postings, relations, incidents and decisions: from when to when it holds, and when it was replaced.
said as materialized (
  select kind, record, seq, entry, recorded_at, current, title, source, url, fields, replaced_seq, replaced_at, case kind when 'incident' then starts else since end as since,
    -- A decision ends where the next one on the same request begins.
    case kind when 'incident' then null when 'decision' then coalesce(valid_to, lead(since) over (partition by kind, request, current order by since, seq))
      else valid_to end as until
  from (
    select *, min(case when not own then seq end) over (partition by id) as replaced_seq,
      min(case when not own then recorded_at end) over (partition by id) as replaced_at
    from (
      select w.own, case when w.own then s.statement else s.supersedes end as id, s.kind, s.record, s.seq, s.entry, s.recorded_at, s.current, s.title,
        s.source, s.url, s.fields, s.valid_to, s.status_of_statement, s.withdrawn, json_extract(s.fields, '$.starts') as starts,
        json_extract(s.fields, '$.support_request') as request,
        coalesce(json_extract(s.fields, '$.date'), s.valid_from, s.first_cited, s.last_cited, s.source_date) as since
      from statement s join (select 1 as own union all select 0) w on w.own or s.supersedes is not null and s.status_of_statement <> 'proposed'
      where s.kind in ('posting', 'relation', 'incident', 'decision')))
  where own and status_of_statement = 'accepted' and not withdrawn
),
-- As steps of a way: from a unit to its parent, to who commands it, to an incident; from a person to a post, an incident, a refusal.
step as materialized (
  select * from (
    select w.step, s.seq, s.entry, s.recorded_at, s.current, s.title, s.source, s.url, s.since, s.until, s.replaced_seq, s.replaced_at,
      case w.step when 'parent' then 'actor:' || iif(json_extract(s.fields, '$.relation') = 'part_of', json_extract(s.fields, '$.subject'), json_extract(s.fields, '$.object'))
        when 'post' then 'person:' || json_extract(s.fields, '$.person') when 'head' then 'actor:' || json_extract(s.fields, '$.actor')
        when 'unit' then 'actor:' || json_extract(s.fields, '$.actor') when 'person' then 'person:' || json_extract(s.fields, '$.person')
        when 'commander' then 'person:' || coalesce(json_extract(s.fields, '$.commander'), q.person) when 'refused' then r.key end as place,
      case w.step when 'parent' then 'actor:' || iif(json_extract(s.fields, '$.relation') = 'part_of', json_extract(s.fields, '$.object'), json_extract(s.fields, '$.subject'))
        when 'post' then 'actor:' || json_extract(s.fields, '$.actor') when 'head' then 'person:' || json_extract(s.fields, '$.person')
        when 'refused' then 'support_request:' || json_extract(s.fields, '$.support_request') else 'incident:' || s.record end as leads,
      -- What must be the same for a thing to be the same thing said again.
      case s.kind when 'posting' then c.code when 'incident' then coalesce(json_extract(s.fields, '$.basis'), '') || ' ' || coalesce(json_extract(s.fields, '$.violation'), '') else '' end as quality
    from said s
    join (
      select 'relation' as kind, 'parent' as step union all select 'posting', 'post' union all select 'posting', 'head' union all select 'incident', 'unit'
      union all select 'incident', 'person' union all select 'incident', 'commander' union all select 'decision', 'refused'
    ) w on w.kind = s.kind
    left join code c on s.kind = 'posting' and c.list = 'posting_role' and c.code = told('posting_role', json_extract(s.fields, '$.role'))
    left join commanded q on w.step = 'commander' and json_extract(s.fields, '$.commander') is null and q.actor = json_extract(s.fields, '$.actor')
      and substr(q.since, 1, length(s.since)) <= coalesce(json_extract(s.fields, '$.ends'), s.since)
      and substr(q.valid_to, 1, length(s.since)) >= substr(s.since, 1, length(q.valid_to))
    left join recipient r on w.step = 'refused' and r.request = json_extract(s.fields, '$.support_request')
    where case w.step when 'parent' then json_extract(s.fields, '$.relation') in ('part_of', 'commands')
      when 'head' then c.category in ('command', 'head', 'acting', 'deputy') when 'refused' then json_extract(s.fields, '$.decision') in ('refuse', 'suspend') else 1 end)
  where place is not null and leads is not null
),
-- The chain as it was when the decision was taken (then), and as it was at any time since (since).
walk (request, moment, decided_on, screened_on, seq, entry, step, place, key, quality, title, starts, still, source, url) as (
  select o.request, m.moment, o.decided_on, o.screened_on, o.seq, o.entry, 'recipient', null, r.key, null, null, null, 1, null, null
  from open o join recipient r on r.request = o.request join (select 'then' as moment union all select 'since') m
  union
  select w.request, w.moment, w.decided_on, w.screened_on, w.seq, w.entry, s.step, s.place, s.leads, s.quality, s.title, s.since,
    s.current and (s.until is null or s.until >= substr(:valid_on, 1, length(s.until))), s.source, s.url
  from walk w join step s on s.place = w.key and (s.step <> 'post' or w.step = 'recipient') and s.leads <> 'support_request:' || w.request
    and case w.moment
      when 'since' then s.current and coalesce(s.since, '') <= :valid_on and (s.until is null or s.until >= substr(w.decided_on, 1, length(s.until)))
      else coalesce(s.since, '') <= w.decided_on and (s.until is null or s.until >= substr(w.decided_on, 1, length(s.until)))
        and case when w.screened_on is null then s.seq < w.seq or s.entry = w.entry else substr(s.recorded_at, 1, 10) <= w.screened_on end
        and not coalesce(case when w.screened_on is null then s.replaced_seq < w.seq else substr(s.replaced_at, 1, 10) <= w.screened_on end, 0) end
),
-- One row a thing, whatever ways lead to it.
thing as (
  select request, case step when 'post' then 'posting' when 'head' then 'posting' when 'parent' then 'parent' when 'refused' then 'refusal' else 'incident' end as what,
    case when step in ('parent', 'head', 'refused') then place when step = 'post' then key end as unit_key,
    case step when 'post' then place else key end as key, quality,
    sum(moment = 'then') as before, sum(moment = 'since') as after, max(moment = 'since' and still) as still, max(title) as title, min(starts) as starts,
    max(source) as source, max(url) as url
  from walk where step <> 'recipient'
  group by request, what, unit_key, key, quality
),
reason as materialized (
  select request, what || case when before = 0 then '' else '_ended' end as reopened_by, unit_key, key, quality, title, starts, source, url
  from thing where before = 0 or what in ('posting', 'parent') and not still
),
answer as (
  select q.record as support_request, q.title as request_title, q.requester, q.requester_name, q.support_type, d.decision,
    case when d.request is null then 'undecided' when d.valid_to < substr(:valid_on, 1, length(d.valid_to)) then 'lapsed'
      when r.request is not null then 'reopened' else 'holds' end as file_state,
    d.decided_on, d.decided_by, d.valid_to as lapses_on, r.reopened_by, r.unit_key, r.key, r.quality as role, r.title as told, r.starts as reason_since, r.source, r.url
  from support_request q left join decided d on d.request = q.record left join reason r on r.request = q.record
)
select a.support_request, a.request_title, (select group_concat(distinct name) from recipient r where r.request = a.support_request) as supported_name,
  a.support_type, a.decision, a.file_state, a.decided_on, (select name from actor where record = a.decided_by) as decided_by_name, a.lapses_on,
  a.reopened_by, u.record as actor, u.name as actor_name,
  n.record as person, n.name as person_name,
  case when a.key like 'person:%' then a.role end as posting_role,
  case when a.key like 'actor:%' then substr(a.key, 7) end as parent,
  case when a.key like 'actor:%' then (select name from actor p where p.record = substr(a.key, 7)) end as parent_name,
  case when a.key like 'incident:%' then substr(a.key, 10) end as incident, case when a.key like 'incident:%' then a.told end as allegation,
  case when a.key like 'support_request:%' then (select title from support_request p where p.record = substr(a.key, 17)) end as refused_request, a.reason_since,
  m.measures_open, m.measures_overdue, m.next_due, v.last_visit, v.next_visit, l.unanswered, a.source, a.url
from answer a
left join actor u on a.unit_key like 'actor:%' and u.record = substr(a.unit_key, 7)
left join person n on n.record = case when a.key like 'person:%' then substr(a.key, 8) when a.unit_key like 'person:%' then substr(a.unit_key, 8) end
left join (
  select support_request, sum(done is null) as measures_open, sum(done is null and due < substr(:valid_on, 1, length(due))) as measures_overdue,
    min(case when done is null then due end) as next_due from measure group by support_request
) m on m.support_request = a.support_request
left join (
  select support_request, max(case when date <= :valid_on then date end) as last_visit, min(case when next_visit > :valid_on then next_visit end) as next_visit
  from monitoring_visit group by support_request
) v on v.support_request = a.support_request
left join (
  select support_request, sum(replied is null and date <= :valid_on) as unanswered from intervention_letter group by support_request
) l on l.support_request = a.support_request
where (:state = '' or a.file_state = :state) and (:request = '' or a.support_request = :request or folded(a.request_title) = folded(:request))
order by case a.file_state when 'reopened' then 0 when 'lapsed' then 1 when 'undecided' then 2 else 3 end, a.lapses_on is null, a.lapses_on, a.request_title,
  a.support_request, case a.reopened_by when 'incident' then 0 when 'refusal' then 1 when 'posting' then 2 when 'parent' then 3 else 4 end, a.reason_since desc,
  actor_name, person_name, a.key
