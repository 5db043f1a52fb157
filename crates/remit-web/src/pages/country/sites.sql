-- Places of the register that have a point.
select record, name, latitude, longitude
from place
where country = :country and latitude is not null and longitude is not null
limit 1000
