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
