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
)
