select coalesce(nullif(title, record), json_extract(fields, '$.' || :title)) as title
from statement
where kind = :kind and record = :record and (current = 1 or status_of_statement = 'proposed')
order by current desc, coalesce(valid_from, first_cited, ''), said_at, statement
