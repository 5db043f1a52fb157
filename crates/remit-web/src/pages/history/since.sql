-- Of these statements those that may be seen, each with the record that it is about.
select s.statement, s.kind, s.record, s.title
from json_each(:statements) e
cross join statement s on s.statement = e.value
order by s.title, s.statement
