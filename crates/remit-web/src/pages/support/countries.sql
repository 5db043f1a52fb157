select distinct country from support where country <> '' order by country
