-- What has touched the chain that was cleared since, a row each: the rule stands in the question on support files. It reads from the
-- parts `told_over`, `commanded`, `decided` and `cleared_recipient`. A posting or parent that held already when the decision was taken, and was recorded later, is told apart from a new one.
cleared_open as materialized (
  select * from decided where decision in ('approve', 'approve_with_measures') and (valid_to is null or valid_to >= substr(:valid_on, 1, length(valid_to)))
),
-- By what a statement was replaced.
cleared_replaced as materialized (
  select supersedes as id, min(seq) as replaced_seq, min(recorded_at) as replaced_at from statement
  where kind in ('posting', 'relation', 'incident', 'decision') and supersedes is not null and status_of_statement <> 'proposed' group by supersedes
),
-- What was ever said of postings, relations, incidents and decisions: from when to when it holds, and when it was replaced. Of names only
-- those of incidents are told, and each field is taken out once.
cleared_told_ever as materialized (
  select s.kind, s.record, s.seq, s.entry, s.supersedes, s.recorded_at, s.said_at, s.current, case s.kind when 'incident' then s.title end as title, s.source, s.url,
    r.replaced_seq, r.replaced_at, s.valid_to, o.valid_to as over_on, o.seq as over_seq, o.recorded_at as over_at,
    case s.kind when 'incident' then json_extract(s.fields, '$.starts')
      else coalesce(json_extract(s.fields, '$.date'), s.valid_from,
        -- Who speaks of a state after its end does not say when it began.
        case when substr(coalesce(s.first_cited, s.last_cited, s.source_date), 1, length(s.valid_to)) > s.valid_to then null
          else coalesce(s.first_cited, s.last_cited, s.source_date) end) end as since,
    json_extract(s.fields, '$.actor') as actor, json_extract(s.fields, '$.person') as person, json_extract(s.fields, '$.relation') as relation,
    json_extract(s.fields, case s.kind when 'relation' then '$.subject' when 'decision' then '$.support_request' when 'incident' then '$.commander' end) as one,
    json_extract(s.fields, case s.kind when 'relation' then '$.object' when 'decision' then '$.decision' when 'incident' then '$.ends' when 'posting' then '$.role' end) as other,
    case s.kind when 'incident' then coalesce(json_extract(s.fields, '$.basis'), '') || ' ' || coalesce(json_extract(s.fields, '$.violation'), '') end as quality
  from statement s left join cleared_replaced r on r.id = s.statement left join told_over o on o.statement = s.statement
  where s.kind in ('posting', 'relation', 'incident', 'decision') and s.status_of_statement = 'accepted' and not s.withdrawn
),
-- A decision ends where the next one on the same request begins.
cleared_next_decision as materialized (
  select seq, lead(since) over (partition by one, current order by since, said_at, record) as since from cleared_told_ever where kind = 'decision'
),
cleared_said as materialized (
  -- That a unit became another does not end with the day on which it did.
  select t.*, case when t.kind = 'incident' or t.relation = 'succeeded_by' then null when t.kind = 'decision' then coalesce(t.valid_to, n.since) else t.valid_to end as until,
    c.code as role, c.category
  from cleared_told_ever t left join cleared_next_decision n on t.kind = 'decision' and n.seq = t.seq
  left join code c on t.kind = 'posting' and c.list = 'posting_role' and c.code = told('posting_role', t.other)
),
-- As steps of a way: from a unit to its parent, to what it was before it was renamed, merged or split, to what it became, to who commands it, to an incident; from a person to a post, an incident, a refusal.
cleared_step as materialized (
  select * from (
    select w.step, s.seq, s.entry, s.recorded_at, s.current, s.title, s.source, s.url, s.since, s.until, s.replaced_seq, s.replaced_at,
      s.over_on, s.over_seq, s.over_at,
      case w.step when 'parent' then 'actor:' || iif(s.relation = 'part_of', s.one, s.other) when 'was' then 'actor:' || s.other when 'became' then 'actor:' || s.one when 'post' then 'person:' || s.person
        when 'head' then 'actor:' || s.actor when 'gone' then 'actor:' || s.actor when 'unit' then 'actor:' || s.actor when 'person' then 'person:' || s.person
        when 'commander' then 'person:' || coalesce(s.one, q.person) when 'refused' then r.key end as place,
      case w.step when 'parent' then 'actor:' || iif(s.relation = 'part_of', s.other, s.one) when 'was' then 'actor:' || s.one when 'became' then 'actor:' || s.other when 'post' then 'actor:' || s.actor
        when 'head' then 'person:' || s.person when 'gone' then 'posting:' || s.record when 'refused' then 'support_request:' || s.one else 'incident:' || s.record end as leads,
      -- What must be the same for a thing to be the same thing said again.
      case s.kind when 'posting' then s.role when 'incident' then s.quality else '' end as quality
    from cleared_said s
    join (
      select 'relation' as kind, 'parent' as step union all select 'relation', 'was' union all select 'relation', 'became' union all select 'posting', 'post' union all select 'posting', 'head' union all select 'posting', 'gone' union all select 'incident', 'unit'
      union all select 'incident', 'person' union all select 'incident', 'commander' union all select 'decision', 'refused'
    ) w on w.kind = s.kind
    left join commanded q on w.step = 'commander' and s.one is null and q.actor = s.actor
      and substr(q.since, 1, length(s.since)) <= coalesce(s.other, s.since)
      and substr(q.valid_to, 1, length(s.since)) >= substr(s.since, 1, length(q.valid_to))
    left join cleared_recipient r on w.step = 'refused' and r.request = s.one
    where case w.step when 'parent' then s.relation in ('part_of', 'commands') when 'was' then s.relation = 'succeeded_by' when 'became' then s.relation = 'succeeded_by'
      -- What was found to be unfounded tells against nobody.
      when 'unit' then s.quality not glob 'unfounded *' when 'person' then s.quality not glob 'unfounded *' when 'commander' then s.quality not glob 'unfounded *'
      when 'head' then s.category in ('command', 'head', 'acting', 'deputy')
      -- A commander who was erased: what is left of the posting took the place of what named the person, and nobody can look at it again.
      when 'gone' then s.category in ('command', 'head', 'acting', 'deputy') and s.person is null and s.supersedes is not null and s.current
      -- Posts are followed from whoever is to receive support, and from nobody else.
      when 'post' then 'person:' || s.person in (select key from cleared_recipient) when 'refused' then s.other in ('refuse', 'suspend') else 1 end)
  where place is not null and leads is not null
),
-- The chain as it was when the decision was taken (then), and as it was at any time since (since).
cleared_walk (request, moment, decided_on, screened_on, seq, entry, step, place, key, quality, title, starts, until, replaced_at, still, known, source, url) as (
  select o.request, m.moment, o.decided_on, o.screened_on, o.seq, o.entry, 'recipient', null, r.key, null, null, null, null, null, 1, 1, null, null
  from cleared_open o join cleared_recipient r on r.request = o.request join (select 'then' as moment union all select 'since') m
  union
  select w.request, w.moment, w.decided_on, w.screened_on, w.seq, w.entry, s.step, s.place, s.leads, s.quality, s.title, s.since, coalesce(s.until, s.over_on), s.replaced_at,
    s.current and (coalesce(s.until, s.over_on) is null or coalesce(s.until, s.over_on) >= substr(:valid_on, 1, length(coalesce(s.until, s.over_on)))),
    case when w.screened_on is null then s.seq < w.seq or s.entry = w.entry else substr(s.recorded_at, 1, 10) <= w.screened_on end, s.source, s.url
  from cleared_walk w join cleared_step s on s.place = w.key and (s.step <> 'post' or w.step = 'recipient')
    -- Who is above what a unit was, or commands it, is not above the unit.
    and (w.step <> 'was' or s.step in ('was', 'unit', 'refused')) and s.leads <> 'support_request:' || w.request
    -- A unit that is no more goes on in what it became, and so does one above for as long as nobody says that it is above no more; the way back is none.
    and (s.step <> 'became' or w.step in ('recipient', 'post', 'became') or w.step = 'parent' and w.still) and (s.step <> 'was' or w.step <> 'became' or s.leads <> w.place)
    and case w.moment
      when 'since' then s.current and coalesce(s.since, '') <= :valid_on and (s.until is null or s.until >= substr(w.decided_on, 1, length(s.until)))
        and (s.over_on is null or s.over_on >= substr(w.decided_on, 1, length(s.over_on)))
      else coalesce(s.since, '') <= w.decided_on and (s.until is null or s.until >= substr(w.decided_on, 1, length(s.until)))
        and case when w.screened_on is null then s.seq < w.seq or s.entry = w.entry else substr(s.recorded_at, 1, 10) <= w.screened_on end
        and not coalesce(case when w.screened_on is null then s.replaced_seq < w.seq else substr(s.replaced_at, 1, 10) <= w.screened_on end, 0)
        -- That it was over, the register told already.
        and not coalesce(s.over_on < substr(w.decided_on, 1, length(s.over_on))
          and case when w.screened_on is null then s.over_seq < w.seq else substr(s.over_at, 1, 10) <= w.screened_on end, 0) end
),
-- One row a thing, whatever ways lead to it.
cleared_thing as (
  select request, max(decided_on) as decided_on, case step when 'post' then 'posting' when 'head' then 'posting' when 'gone' then 'erased' when 'parent' then 'parent' when 'refused' then 'refusal' when 'was' then 'predecessor' when 'became' then 'successor' else 'incident' end as what,
    case when step in ('parent', 'head', 'gone', 'refused') then place when step in ('post', 'was', 'became') then key end as unit_key,
    case step when 'post' then place else key end as key, quality,
    sum(moment = 'then') as before, sum(moment = 'since') as after, max(moment = 'since' and still) as still, max(known) as known, max(title) as title, min(starts) as starts,
    -- What ended did so on the day that the register says now, else when it was replaced.
    coalesce(max(case moment when 'since' then until end), max(until), substr(max(replaced_at), 1, 10)) as ended,
    max(source) as source, url_of(source, url) as url
  from cleared_walk where step <> 'recipient'
  group by request, what, unit_key, key, quality
),
cleared_touched as materialized (
  select request, what || case when before > 0 then '_ended' when what in ('posting', 'parent') and not known and coalesce(starts, '') <= decided_on then '_not_known' else '' end as reopened_by,
    unit_key, key, quality, title, case when before = 0 then starts else ended end as starts, before, source, url
  from cleared_thing where before = 0 or what in ('posting', 'parent') and not still
),
reopened as materialized (
  select request, reopened_by, unit_key, key, quality, title, starts, source, url from cleared_touched
  union all
  -- Who says that this register was looked up before anything stood in it has the decision know nothing.
  select request, 'looked_up_before', null, null, null, null, screened_on, null, null from cleared_open
  where screened_on < (select substr(recorded_at, 1, 10) from statement order by seq limit 1) and request in (select request from cleared_touched where before = 0)
)
