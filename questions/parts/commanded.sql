-- Whoever held command at any time, by what the register says now.
commanded as materialized (
  select json_extract(s.fields, '$.person') as person, json_extract(s.fields, '$.actor') as actor,
    coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date, '') as since, coalesce(s.valid_to, '9999') as valid_to
  from statement s join code r on r.list = 'posting_role' and r.code = told('posting_role', json_extract(s.fields, '$.role'))
    and r.category in ('command', 'head', 'acting')
  where s.kind = 'posting' and s.current = 1 and not s.undated
)
