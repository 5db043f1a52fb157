-- What is over without saying so itself: another statement of the same record says the same and tells an end, after which this one neither
-- starts nor was cited. Postings and relations, each statement with that end, and since when the register tells of it.
told_over as materialized (
  select a.statement, max(e.valid_to) as valid_to, min(e.seq) as seq, min(e.recorded_at) as recorded_at
  from statement e cross join statement a on a.kind = e.kind and a.record = e.record and a.statement <> e.statement
  where e.kind in ('posting', 'relation') and e.current = 1 and e.valid_to is not null and a.current = 1 and a.valid_to is null
    and substr(coalesce(a.valid_from, ''), 1, length(e.valid_to)) <= e.valid_to
    and substr(coalesce(a.last_cited, a.first_cited, a.source_date, ''), 1, length(e.valid_to)) <= e.valid_to
    and substr(coalesce(a.verified_at, ''), 1, length(e.valid_to)) <= e.valid_to
    and not exists (select 1 from json_each(a.fields) f
      where f.key in ('person', 'actor', 'role', 'subject', 'relation', 'object', 'power') and f.value is not null
        and json_extract(e.fields, '$.' || f.key) is not f.value)
  group by a.statement
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
  where s.kind = 'posting' and s.current = 1 and not s.undated
)
