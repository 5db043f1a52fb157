select year, service, sum(women) as women, sum(men) as men, sum(total) as total
from strength
where mission = :mission
group by year, service
order by year desc, service
