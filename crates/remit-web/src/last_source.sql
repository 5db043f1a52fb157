-- The source that somebody named last, or in one statement.
select statement, source, coalesce(url, '') as url, coalesce(reliability, '') as reliability, coalesce(credibility, '') as credibility
from statement
where author = :author and source <> '' and (:statement is null or statement = :statement)
order by seq desc
limit 1
