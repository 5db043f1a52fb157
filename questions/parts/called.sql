-- Every name, acronym, former and other name that one institution alone has in its country, ended or not, as names are compared;
-- `alone` where nobody has it in any other country either. `acronym` is that, as it is written.
called as materialized (
  select min(record) as record, min(name) as name, min(class) as class, called, country, count(*) over (partition by called) = 1 as alone, max(acronym) as acronym
  from (
    select s.record, s.name, s.class, s.country, folded(n.value) as called, case n.key when 'acronym' then n.value end as acronym
    from (
      select record, fields, max(json_extract(fields, '$.name')) over same as name, max(json_extract(fields, '$.class')) over same as class,
        max(json_extract(fields, '$.country')) over same as country
      from statement where kind = 'actor' and current = 1 window same as (partition by record)
    ) s, json_tree(s.fields) n
    where n.key in ('name', 'acronym', 'former_name') and n.value <> ''
  )
  group by called, country having count(distinct record) = 1
)
