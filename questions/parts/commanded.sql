-- Postings and relations as they stand, each with what it is one of (who holds which role where, what stands in which relation to what), and when
-- it was last told of.
same_state as materialized (
  select s.statement, s.kind, s.record, s.seq, s.recorded_at, s.valid_from, s.valid_to, s.fields, s.grade, s.said_at, s.undated,
    coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date, '') as since,
    max(coalesce(s.valid_from, ''), coalesce(s.last_cited, s.first_cited, s.source_date, ''), coalesce(s.verified_at, '')) as last_told,
    case s.kind when 'posting' then json_extract(s.fields, '$.person') || ' ' || json_extract(s.fields, '$.actor') || ' ' ||
        coalesce(told('posting_role', json_extract(s.fields, '$.role')), json_extract(s.fields, '$.role_as_written'), json_extract(s.fields, '$.post'))
      else json_extract(s.fields, '$.subject') || ' ' || json_extract(s.fields, '$.relation') || ' ' || json_extract(s.fields, '$.object')
        || ' ' || coalesce(json_extract(s.fields, '$.power'), '') end as same
  from statement s where s.kind in ('posting', 'relation') and s.current = 1
),
-- What is over without saying so itself: another statement of the same, in this record or in another, tells an end, after which this one neither
-- starts nor was cited. Each statement with that end, and since when the register tells of it.
told_over as materialized (
  select statement, max(valid_to) as valid_to, min(seq) as seq, min(recorded_at) as recorded_at
  from (
    select a.statement, a.last_told, e.valid_to, e.seq, e.recorded_at
    from same_state e join same_state a on a.kind = e.kind and a.record = e.record
    where e.valid_to is not null and a.valid_to is null and a.statement <> e.statement
      and not exists (select 1 from json_each(a.fields) f
        where f.key in ('person', 'actor', 'role', 'subject', 'relation', 'object', 'power') and f.value is not null
          and json_extract(e.fields, '$.' || f.key) is not f.value)
    union all
    select a.statement, a.last_told, e.valid_to, e.seq, e.recorded_at
    from same_state e join same_state a on a.kind = e.kind and a.same = e.same
    where e.valid_to is not null and a.valid_to is null and a.record <> e.record
  )
  where substr(last_told, 1, length(valid_to)) <= valid_to
  group by statement
),
-- The statements of which the day lies after such an end.
over_now as materialized (select statement from told_over where valid_to < substr(:valid_on, 1, length(valid_to))),
-- Postings of which a better statement of the same record (by grade, then the later) says for all of their time that another held them, or elsewhere:
-- as two branches of one correction do. Of these the record shows the better one, and so does whoever asks who commanded.
outdone as materialized (
  select distinct a.statement
  from same_state a join same_state b on b.kind = a.kind and b.record = a.record and b.statement <> a.statement
  where a.kind = 'posting' and not a.undated and not b.undated
    and (b.grade, b.said_at, b.statement) > (a.grade, a.said_at, a.statement)
    and (b.since = a.since or b.valid_from is not null and b.since <= a.since) and coalesce(b.valid_to, '9999') >= coalesce(a.valid_to, '9999')
    and (json_extract(b.fields, '$.person') <> json_extract(a.fields, '$.person') or json_extract(b.fields, '$.actor') <> json_extract(a.fields, '$.actor'))
),
-- Whoever held command at any time, by what the register says now: from when and until when, and of which days a source says so. Who speaks
-- of a command after its end does not say when it began: from then on it is empty, and nothing before the end is confirmed.
commanded as materialized (
  select json_extract(s.fields, '$.person') as person, json_extract(s.fields, '$.actor') as actor,
    coalesce(s.valid_from, case when substr(coalesce(s.first_cited, s.last_cited, s.source_date), 1, length(s.valid_to)) > s.valid_to then ''
      else coalesce(s.first_cited, s.last_cited, s.source_date, '') end) as since,
    coalesce(s.valid_to, o.valid_to, '9999') as valid_to,
    coalesce(s.valid_to, o.valid_to, nullif(max(coalesce(s.last_cited, s.first_cited, s.source_date, ''), coalesce(substr(s.verified_at, 1, 10), '')), ''), '9999') as told_until
  from statement s join code r on r.list = 'posting_role' and r.code = told('posting_role', json_extract(s.fields, '$.role'))
    and r.category in ('command', 'head', 'acting')
  left join told_over o on o.statement = s.statement
  where s.kind = 'posting' and s.current = 1 and not s.undated and s.statement not in (select statement from outdone)
)
