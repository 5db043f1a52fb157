-- What a supporter is called, whichever way a source names it: `key` is a name as names are compared, or an identifier (of the record, or
-- one that the record carries) behind a sign. Reads names from the part `called`.
one_name as materialized (
  select key, min(record) as record, min(name) as name from (
    select called as key, record, name from called where alone
    union all
    select '#' || record, record, name from called
    union all
    select '#' || i.identifier, i.record, c.name from actor_identifier i join called c on c.record = i.record
  ) where key <> '' group by key having count(distinct record) = 1
)
