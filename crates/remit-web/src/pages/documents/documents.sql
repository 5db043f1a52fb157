select d.record, d.title, d.symbol, d.date, d.language, d.sort, d.mission,
  (select m.name from actor m where m.record = d.mission) as mission_name, count(p.n) as passages
from document d left join passage p on p.document = d.record
group by d.record
order by coalesce(d.date, '') desc, d.title
