-- Proposals that nobody has accepted or rejected: the surest first, or those of a document in its own order. What was read says by its record
-- in which document: `read/HASH/…` stands in `document/HASH`.
with proposal as (
  select s.*, coalesce(json_extract(s.fields, '$.document'),
    case when s.record like 'read/%' then 'document/' || substr(s.record, 6, instr(substr(s.record, 6), '/') - 1) end) as document
  from statement s
  where s.statement in (select statement from waiting)
)
select s.statement, s.kind, s.record, s.fields, s.valid_to, s.source, s.locator, s.quote, json_extract(s.fields, '$.certainty') as certainty, s.document
from proposal s
where (:document = '' or s.document = :document)
  and (:mission = '' or coalesce(json_extract(s.fields, '$.mission'), json_extract(s.fields, '$.body')) = :mission)
  and (:kind = '' or s.kind = :kind)
order by case when :document = '' then certainty end desc, s.seq
limit :limit
