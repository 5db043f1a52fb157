-- Documents about the mission, with the proposals of each that nobody has decided on.
select d.record, d.title as document_title, d.symbol, d.date, (
    select count(*) from statement s
    where s.status_of_statement = 'proposed' and s.withdrawn = 0 and json_extract(s.fields, '$.document') = d.record
      and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')
  ) as waiting
from document d
where d.mission = :mission
order by d.date desc
