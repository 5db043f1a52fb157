-- order = 31
-- page = "/duplicates"
-- title = { en = "Possible duplicates", fr = "Doublons possibles", ar = "سجلات قد تكون مكررة" }
-- why = { en = "One institution under two names is counted twice, and what is known of it falls apart. Only a person can tell.", fr = "Une institution sous deux noms est comptée deux fois, et ce que l’on en sait se disperse. Seule une personne peut trancher.", ar = "المؤسسة المسجلة باسمين تُحسب مرتين ويتفرق ما يُعرف عنها. ولا يفصل في ذلك إلا إنسان." }
-- [rule]
-- en = "Pairs of records of one kind: they carry the same identifier; or they are called the same, one is called by another name of the other, or their names have the same consonants in Latin letters, and nothing says that they are of two countries. Pairs that somebody has called “not the same” are left out. Nothing is merged by itself."
-- fr = "Paires de fiches d’un même type : elles portent le même identifiant ; ou elles ont le même nom, le nom de l’une est un autre nom de l’autre, ou leurs noms ont les mêmes consonnes en lettres latines, et rien ne dit qu’elles sont de deux pays. Les paires que quelqu’un a dites distinctes sont omises. Rien n’est fusionné de soi-même."
-- ar = "أزواج من السجلات من نوع واحد: تحمل المعرّف نفسه، أو لها الاسم نفسه، أو اسم أحدها اسم آخر للآخر، أو لأسمائها الحروف الساكنة نفسها بالحروف اللاتينية، ولا شيء يقول إنها من بلدين. وتُستثنى الأزواج التي قال أحد إنها مختلفة. ولا يُدمج شيء من تلقاء نفسه."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "kind"
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with standing as materialized (
  select s.kind, s.record, s.title, s.fields from statement s
  where s.current = 1 and s.status_of_statement = 'accepted' and s.kind in ('actor', 'person', 'place', 'document') and (:kind = '' or s.kind = :kind)
),
located as materialized (
  select kind, record, min(title) as title, max(json_extract(fields, '$.country')) as country from standing group by kind, record
),
called as materialized (
  select kind, record, title as name, 1 as is_own from standing where kind <> 'document' and title <> ''
  union
  select kind, record, json_extract(fields, '$.former_name'), 0 from standing where json_extract(fields, '$.former_name') <> ''
  union
  select s.kind, s.record, json_extract(n.value, '$.name'), 0 from standing s, json_each(s.fields, '$.names') n
  where s.kind <> 'document' and json_extract(n.value, '$.name') <> ''
),
keyed as materialized (
  select kind, record, name, is_own, folded(name) as folded_name, skeleton(name) as skeleton_of_name from called
),
identified as materialized (
  select s.kind, s.record, json_extract(i.value, '$.scheme') as scheme, trim(json_extract(i.value, '$.identifier')) as identifier
  from standing s, json_each(s.fields, '$.identifiers') i
),
pair as (
  select 1 as rank, 'same_identifier' as duplicate_reason, a.kind, a.record as a, b.record as b, a.scheme || ' ' || a.identifier as found_in, 0 as apart
  from identified a join identified b on b.kind = a.kind and b.scheme is a.scheme and b.identifier = a.identifier and b.record > a.record
  union all
  select case when a.is_own and b.is_own then 2 else 3 end, case when a.is_own and b.is_own then 'same_name' else 'other_name' end,
    a.kind, min(a.record, b.record), max(a.record, b.record), a.name, 1
  from keyed a join keyed b on b.kind = a.kind and b.folded_name = a.folded_name and b.record <> a.record where a.is_own
  union all
  select 4, 'written_alike', a.kind, a.record, b.record, a.name || ' / ' || b.name, 1
  from keyed a join keyed b on b.kind = a.kind and b.skeleton_of_name = a.skeleton_of_name and b.record > a.record
  where length(a.skeleton_of_name) > 5 and b.folded_name <> a.folded_name
),
judged as materialized (
  select x.record as decision, x.target_kind as kind, x.target as record from distinct_record x
),
best as (
  select p.*, row_number() over (partition by p.kind, p.a, p.b order by p.rank, p.found_in) as place from pair p
)
select p.duplicate_reason, p.kind, p.a as record, f.title as record_title, f.country as country, p.b as other_record, o.title as other_title, o.country as other_country, p.found_in
from best p
join located f on f.kind = p.kind and f.record = p.a
join located o on o.kind = p.kind and o.record = p.b
where p.place = 1 and (p.apart = 0 or f.country is null or o.country is null or f.country = o.country)
  and (:country = '' or :country in (coalesce(f.country, ''), coalesce(o.country, '')))
  and not exists (select 1 from judged x join judged y on y.decision = x.decision and y.kind = x.kind
                  where x.kind = p.kind and x.record = p.a and y.record = p.b)
order by p.rank, p.kind, f.title, o.title, p.a, p.b
