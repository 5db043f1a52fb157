-- Countries that actors or support are recorded of.
select country from actor where length(country) = 2
union
select country from support where length(country) = 2
