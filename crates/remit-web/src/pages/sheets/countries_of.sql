select country, count(distinct activity) as n from support
where activity in (select id from activity where dataset = :dataset) group by country order by n desc, country limit 10
