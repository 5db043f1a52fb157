-- order = 14
-- group = "support"
-- parts = ["called", "own_projects", "all_named"]
-- title = { en = "What runs, what is planned, and what has ended lately", fr = "Ce qui est en cours, ce qui est prévu, et ce qui a pris fin récemment", ar = "ما هو جارٍ وما هو مخطَّط وما انتهى حديثًا" }
-- why = { en = "Who comes to a meeting asks first what runs today, not what ran ten years ago.", fr = "Qui vient à une réunion demande d’abord ce qui est en cours, et non ce qui l’était il y a dix ans.", ar = "من يأتي إلى اجتماع يسأل أولًا عما يجري اليوم لا عما جرى قبل عشر سنوات." }
-- [rule]
-- en = "Missions, projects, trainings and activities, one row each: first those that run on the day, then those that are planned to begin within twelve months after it, then those past their planned end of which nobody says that it is over, then those that ended; of the last two only what ended within twelve months before the day. A mission runs until its own end or that of its newest mandate, whichever is later; an end that a later mandate without one, or a later source that still finds it there, has overtaken is none. Of a mission of which no end is known, and no source has spoken for a year, it is not known whether it goes on. Trainings of one supporter and course stand in one row. Of a project what is said of its status goes before its dates: one that is closed has ended, of one that is planned though its start is past it is not known whether it has begun. One that names no country is in that of its recipient, else in the only country that the workspace is about."
-- fr = "Missions, projets, formations et activités, une ligne chacun : d’abord ce qui est en cours au jour dit, puis ce qui est prévu et commence dans les douze mois suivants, puis ce qui a dépassé sa fin prévue sans que personne ne dise que c’est terminé, puis ce qui a pris fin ; des deux derniers, seulement ce qui a pris fin dans les douze mois précédents. Une mission est en cours jusqu’à sa propre fin ou celle de son dernier mandat, la plus tardive ; une fin qu’a dépassée un mandat ultérieur sans fin, ou une source ultérieure qui la voit encore là, n’en est pas une ; si aucune fin n’est connue et qu’aucune source n’en parle depuis un an, on ignore si elle se poursuit. Les formations d’un partenaire et d’un cours forment une ligne. D’un projet, le statut déclaré passe avant les dates : fermé, il a pris fin ; planifié alors que son début est passé, on ignore s’il a commencé. Un projet sans pays est dans celui du bénéficiaire, sinon dans le seul pays dont traite l’espace."
-- ar = "بعثات ومشاريع وتدريبات وأنشطة، سطر لكل منها: أولًا ما يجري في اليوم، ثم المخطَّط الذي يبدأ خلال الاثني عشر شهرًا التالية، ثم ما فات موعد انتهائه المخطط ولا يقول أحد إنه انتهى، ثم ما انتهى؛ ومن هذين الأخيرين ما انتهى خلال اثني عشر شهرًا قبل اليوم فقط. وتستمر البعثة حتى نهايتها أو نهاية آخر ولاية لها أيهما أبعد؛ والنهاية التي تجاوزتها ولاية لاحقة بلا نهاية أو مصدر لاحق يجدها ما زالت هناك لا تُعد نهاية؛ وما لا تُعرف له نهاية ولم يذكره مصدر منذ سنة فلا يُعرف أمستمرة هي. وتدريبات الداعم الواحد في الدورة الواحدة سطر واحد. وحالة المشروع المصرَّح بها تسبق تواريخه: فالمغلق منتهٍ، والمخطط الذي مضى موعد بدئه لا يُعرف أبدأ. والمشروع الذي لا يُذكر بلده يُحسب في بلد المستفيد، وإلا ففي البلد الوحيد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with given as materialized (
  select json_extract(fields, '$.mission') as mission, record, max(valid_to) as ends, max(coalesce(valid_from, json_extract(fields, '$.adopted'), first_cited, last_cited)) as given_on
  from statement where kind = 'mandate' and current = 1
    and (coalesce(valid_from, json_extract(fields, '$.adopted'), first_cited, last_cited) is null or coalesce(valid_from, json_extract(fields, '$.adopted'), first_cited, last_cited) <= :valid_on)
  group by 1, 2
),
-- One that was given later and of which no end is told says that those before it are no longer the end.
mandated_until as materialized (
  select mission, max(case when given_on > coalesce(open_since, '') then ends end) as ends, max(open_since) as open_since
  from (select *, max(case when ends is null then given_on end) over (partition by mission) as open_since from given) group by mission
),
-- Missions that have ended too: the view of actors shows only what is there on the day.
mission as (
  select record, best(json_extract(fields, '$.acronym'), grade, said_at, statement) as acronym, best(json_extract(fields, '$.name'), grade, said_at, statement) as name, max(json_extract(fields, '$.country')) as country,
    max(json_extract(fields, '$.class')) as class, min(coalesce(json_extract(fields, '$.starts'), valid_from, first_cited)) as starts, min(recorded_at) as recorded_at, max(json_extract(fields, '$.ends')) as ends,
    max(case when json_extract(fields, '$.ends') is not null then coalesce(valid_from, first_cited, last_cited, source_date) end) as end_said_on,
    case when count(valid_to) = count(*) then max(valid_to) end as over,
    -- Where sources only spoke of it on some day, the last of these; what held until a day says nothing of the time after.
    case when count(last_cited) = count(case when valid_to is null then 1 end) then max(max(case when valid_to is null then last_cited end), coalesce(max(substr(verified_at, 1, 10)), '')) end as cited,
    max(case when valid_to is null and last_cited <= :valid_on then last_cited end) as there_on,
    best(source, grade, said_at, statement) as source, best(url, grade, said_at, statement, source) as url
  from statement where kind = 'actor' and current = 1 group by record
),
-- The last end that was planned, unless a mandate without an end that came after it was planned or a later source says that the mission goes on.
planned as materialized (
  select record, case when ends >= coalesce(there_on, '') or ends >= substr(:valid_on, 1, length(ends)) then ends end as ends
  from (
    select m.record, m.there_on, nullif(max(coalesce(case when u.open_since is null or m.end_said_on is null or m.end_said_on >= u.open_since then m.ends end, ''), coalesce(u.ends, '')), '') as ends
    from mission m left join mandated_until u on u.mission = m.record
  )
),
-- Where an activity says that it is.
located as materialized (
  select activity, group_concat(name, '; ') as places
  from (select distinct l.activity, l.name from activity_location l
        where l.name is not null and l.activity in (select activity from support where :country = '' or country = :country) order by 1, 2)
  group by activity
),
told as (
  select 'mission' as what_runs, 'actor' as kind, m.record, coalesce(m.acronym, m.name) as record_title, null as identifier, null as supporter_name, null as supported_name, m.country, null as places, m.starts,
    coalesce(m.over, p.ends) as ends,
    case when m.starts > :valid_on then case when m.starts > m.recorded_at then 'planned' end when m.over < substr(:valid_on, 1, length(m.over)) then 'ended' when p.ends < substr(:valid_on, 1, length(p.ends)) then 'overdue'
      when coalesce(m.over, p.ends) is null and m.cited < substr(plus_months(:valid_on, -12), 1, length(m.cited)) then 'overdue' else 'active' end as phase,
    null as committed, null as currency, m.source, m.url, null as committed_left_out
  from mission m join planned p on p.record = m.record where m.class = 'mission' and m.starts is not null
  union all
  select 'project', 'project', p.record, p.title, null,
    a.supporters, a.recipients, p.country, p.place_name, p.starts, p.ends, p.phase_shown, p.committed, p.currency, p.source, p.url, null
  from own_projects p left join all_named a on a.record = p.record
  union all
  select 'training', 'training', min(record), coalesce(course, program), null, coalesce(given_by_name, supporter), max(coalesce(recipient_name, recipient_unit)), country,
    replace(replace(group_concat(distinct coalesce(place_name, location)), ', ', ','), ',', ', '), min(starts), max(ends),
    case when min(starts) > :valid_on then 'planned' when max(ends) < substr(:valid_on, 1, length(max(ends))) then 'ended' else 'active' end, null, null, max(source), url_of(source, url), null
  from training where starts <= :valid_on and ends is not null or starts > :valid_on and starts > recorded_at or starts is null and ends is not null group by coalesce(given_by_name, supporter), coalesce(course, program), country, coalesce(starts > :valid_on, 0)
  union all
  select 'activity', 'activity', null, max(title), identifier, max(supporter_name), null, case when count(distinct s.country) = 1 then max(s.country) else :country end, max(l.places), max(s.starts), max(s.ends), max(s.phase), sum(s.committed_usd), 'USD', null, null, sum(coalesce(s.committed_usd_set_apart, 0) + coalesce(s.committed_usd_left_out, 0))
  from support s left join located l on l.activity = s.activity where :country = '' or s.country = :country group by identifier
)
select what_runs, phase, kind, record, record_title, identifier, supporter_name, supported_name, country, places, starts, ends, committed, committed_left_out, case when committed is not null then currency end as currency, source, url
from told
where (:country = '' or country = :country) and (phase = 'planned' or starts is null or starts <= :valid_on)
  and (phase = 'active' or phase = 'planned' and (starts is null or substr(starts, 1, 10) <= plus_months(:valid_on, 12)) or phase in ('overdue', 'not_begun') and ends is null or phase in ('overdue', 'not_begun', 'ended') and ends >= substr(plus_months(:valid_on, -12), 1, length(ends)))
order by case phase when 'active' then 0 when 'planned' then 1 when 'overdue' then 2 when 'not_begun' then 2 else 3 end, case what_runs when 'mission' then 0 when 'project' then 1 when 'training' then 2 else 3 end,
  case when phase = 'planned' then starts end, case when phase not in ('active', 'planned') then ends end desc, ends is null, ends, record_title, record, identifier
