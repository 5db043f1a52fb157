-- The sources that were named last.
select distinct source
from (select source from statement where source is not null order by seq desc limit 500)
order by 1
