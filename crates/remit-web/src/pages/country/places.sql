-- Places that the activities in the country name.
select distinct l.activity, l.name, l.latitude, l.longitude, l.identifier
from activity_location l
where l.activity in (select activity from support where country = :country)
