-- What has touched the chain that was cleared since (`reason`, a row each): the rule stands in the question on support files. It reads
-- from the parts `commanded` and `decided`.
recipient as materialized (
  select record as request, target_kind || ':' || target as key, target_name as name from support_request_recipient
  union
  select q.record, w.kind || ':' || case w.kind when 'actor' then q.recipient else q.person end,
    case w.kind when 'actor' then q.recipient_name else q.person_name end
  from support_request q join (select 'actor' as kind union all select 'person') w
  where case w.kind when 'actor' then q.recipient else q.person end is not null
),
open as materialized (
  select * from decided where decision in ('approve', 'approve_with_measures') and (valid_to is null or valid_to >= substr(:valid_on, 1, length(valid_to)))
),
-- What was ever said of postings, relations, incidents and decisions: from when to when it holds, and when it was replaced.
said as materialized (
  select kind, record, seq, entry, recorded_at, current, title, source, url, fields, replaced_seq, replaced_at, case kind when 'incident' then starts else since end as since,
    -- A decision ends where the next one on the same request begins.
    case kind when 'incident' then null when 'decision' then coalesce(valid_to, lead(since) over (partition by kind, request, current order by since, said_at, record))
      else valid_to end as until
  from (
    select *, min(case when not own then seq end) over (partition by id) as replaced_seq,
      min(case when not own then recorded_at end) over (partition by id) as replaced_at
    from (
      select w.own, case when w.own then s.statement else s.supersedes end as id, s.kind, s.record, s.seq, s.entry, s.recorded_at, s.said_at, s.current, s.title,
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
walk (request, moment, decided_on, screened_on, seq, entry, step, place, key, quality, title, starts, until, replaced_at, still, source, url) as (
  select o.request, m.moment, o.decided_on, o.screened_on, o.seq, o.entry, 'recipient', null, r.key, null, null, null, null, null, 1, null, null
  from open o join recipient r on r.request = o.request join (select 'then' as moment union all select 'since') m
  union
  select w.request, w.moment, w.decided_on, w.screened_on, w.seq, w.entry, s.step, s.place, s.leads, s.quality, s.title, s.since, s.until, s.replaced_at,
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
    -- What ended did so on the day that the register says now, else when it was replaced.
    coalesce(max(case moment when 'since' then until end), max(until), substr(max(replaced_at), 1, 10)) as ended,
    max(source) as source, url_of(source, url) as url
  from walk where step <> 'recipient'
  group by request, what, unit_key, key, quality
),
reason as materialized (
  select request, what || case when before = 0 then '' else '_ended' end as reopened_by, unit_key, key, quality, title,
    case when before = 0 then starts else ended end as starts, source, url
  from thing where before = 0 or what in ('posting', 'parent') and not still
)
