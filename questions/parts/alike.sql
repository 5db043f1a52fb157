-- Records that may be the same, each two of them once, by the strongest sign. Which kind or country they are of is asked of what is found: so it
-- is worked out once for all who ask.
--
-- Each name and identifier of a record, with what the record is called and where it is. Each view is named as seldom as can be: SQLite
-- opens a place for each of its tables. What is called so is worked out once, and not again for each sort of key.
told as materialized (
  select distinct s.kind, s.record, s.called, s.country, iif(json_extract(i.value, '$.own'), s.called, json_extract(i.value, '$.name')) as name,
    coalesce(json_extract(i.value, '$.own'), 0) as is_own,
    json_extract(i.value, '$.scheme') as scheme, trim(json_extract(i.value, '$.identifier')) as identifier
  from (
    select kind, record, min(title) over same as called, max(json_extract(fields, '$.country')) over same as country,
      json_array(json_array(json_object('own', iif(kind <> 'document', 1, null)), json_object('name', json_extract(fields, '$.former_name')), json_object('name', json_extract(fields, '$.acronym'))),
        json(case when kind <> 'document' then json_extract(fields, '$.names') end), json(json_extract(fields, '$.identifiers'))) as lists
    from statement
    where current = 1 and status_of_statement = 'accepted' and kind in ('actor', 'person', 'place', 'document')
    window same as (partition by kind, record)
  ) s, json_each(s.lists) l, json_each(l.value) i
  where l.type = 'array'
),
-- What the lists call a country, an organisation or a mission in each language: sheets in two languages name one donor in two ways.
coded as materialized (
  select distinct c.list || ' ' || c.code as code, folded(n.value) as name
  from code c, json_each(json_array(c.en, c.fr, c.ar)) n where c.list in ('country', 'organisation', 'mission') and n.value <> ''
),
-- Names come first by `cross join`: SQLite would read through all names of the lists for each.
every_key as materialized (
  select kind, record, called, country, sort, name, is_own,
    case sort when 'identifier' then coalesce(scheme, '') || ' ' || identifier when 'name' then folded(name) else skeleton(name) end as key
  from told t
  join (select 'identifier' as sort union all select 'name' union all select 'spelling') k
    on case k.sort when 'identifier' then t.identifier is not null else t.name <> '' end
  union all
  select t.kind, t.record, t.called, t.country, 'language', t.name, 1, c.code
  from told t cross join coded c on c.name = folded(t.name) where t.kind = 'actor' and t.is_own
),
-- Few keys are of more than one record: these alone are compared.
key as materialized (
  select e.*, folded(e.name) as folded_name
  from (select kind, sort, key from every_key group by kind, sort, key having min(record) <> max(record)) s
  cross join every_key e on e.kind = s.kind and e.sort = s.sort and e.key = s.key
),
pair as (
  select case a.sort when 'identifier' then 1 when 'language' then 4 when 'spelling' then 5 else case when a.is_own and b.is_own then 2 else 3 end end as rank,
    case a.sort when 'identifier' then 'same_identifier' when 'language' then 'other_language' when 'spelling' then 'written_alike' else case when a.is_own and b.is_own then 'same_name' else 'other_name' end end as duplicate_reason,
    a.kind, min(a.record, b.record) as a, max(a.record, b.record) as b, case when a.record < b.record then a.called else b.called end as a_called,
    case when a.record < b.record then b.called else a.called end as b_called, case when a.record < b.record then a.country else b.country end as a_country,
    case when a.record < b.record then b.country else a.country end as b_country,
    case a.sort when 'identifier' then a.key when 'name' then a.name else a.name || ' / ' || b.name end as found_in
  from key a join key b on b.kind = a.kind and b.sort = a.sort and b.key = a.key and b.record <> a.record
  where case a.sort when 'identifier' then b.record > a.record when 'name' then a.is_own
    else b.record > a.record and (a.sort = 'language' or length(a.key) > 5) and b.folded_name <> a.folded_name end
),
numbered as (
  select p.*, row_number() over (partition by p.kind, p.a, p.b order by p.rank, p.found_in) as place from pair p
),
alike as materialized (
  select rank, duplicate_reason, kind, a, b, a_called, b_called, a_country, b_country, found_in from numbered where place = 1
)
