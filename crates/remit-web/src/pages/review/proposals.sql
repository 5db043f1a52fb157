-- Proposals that nobody has accepted or rejected: the surest first, or those of a document in its own order.
select s.statement, s.kind, s.record, s.fields, s.source, s.locator, s.quote,
  json_extract(s.fields, '$.certainty') as certainty, json_extract(s.fields, '$.document') as document
from statement s
where s.status_of_statement = 'proposed' and s.withdrawn = 0
  and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')
  and (:document = '' or json_extract(s.fields, '$.document') = :document)
  and (:mission = '' or json_extract(s.fields, '$.mission') = :mission)
  and (:kind = '' or s.kind = :kind)
order by case when :document = '' then certainty end desc, s.seq
limit :limit
