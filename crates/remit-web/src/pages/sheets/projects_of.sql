select coalesce(country, home_country(), '') as country, count(distinct record) as n from project
where record in (select record from statement where entry = :entry and kind = 'project') group by 1 order by n desc, 1
