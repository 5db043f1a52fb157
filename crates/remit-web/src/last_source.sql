-- The source that somebody named last.
select source, url, reliability, credibility
from statement
where author = :author and source is not null
order by seq desc
limit 1
