-- order = 51
-- title = { en = "What is due for erasure", fr = "Ce qui est à effacer", ar = "ما حان محوه" }
-- why = { en = "What is kept about people for no reason is a risk to them and serves nobody.", fr = "Ce que l’on garde sur des personnes sans raison les met en danger et ne sert à personne.", ar = "ما يُحفظ عن الناس بلا سبب خطرٌ عليهم ولا ينفع أحدًا." }
-- noted = true
-- [rule]
-- en = "Records of the kinds in the list `retention`, each with the months after which it is looked at again: counted from the last day of which anything is said of it, its days among them (what it holds until, when it was last cited, the day of its source, of a decision, visit or letter), and from the last day of anything that refers to it. A file that was refused or closed, and a person who holds no post, is due so when its months have passed. Who decides looks at it, and erases it (`remit erase`) or says why it is kept: that is said as a new source of that day, and counts anew. The months are a proposal, 60, and 120 for incidents; a workspace has its own in `model/codes/retention.csv` (column category). Nothing is erased by itself."
-- fr = "Fiches des types de la liste `retention`, avec le nombre de mois après lequel on les réexamine : comptés depuis le dernier jour dont il est dit quelque chose (fin de validité, dernière citation, jour de la source, de la décision, visite ou lettre) et de tout ce qui s’y réfère. Qui décide l’examine, puis l’efface (`remit erase`) ou dit pourquoi la garder : une nouvelle source de ce jour, d’où l’on recompte. Les mois sont une proposition : 60, et 120 pour les incidents ; un espace a les siens dans `model/codes/retention.csv`. Rien ne s’efface de soi-même."
-- ar = "سجلات الأنواع في القائمة `retention` مع الأشهر التي يُعاد بعدها النظر فيها، محسوبة من آخر يوم قيل فيه شيء عنها (نهاية السريان وآخر استشهاد ويوم المصدر أو القرار أو الزيارة أو الرسالة) ومن كل ما يشير إليها. ومن يقرر ينظر فيها ثم يمحوها (`remit erase`) أو يبيّن سبب حفظها بمصدر جديد في ذلك اليوم فيُعاد الحساب. والأشهر مقترح: 60، و120 للحوادث، ولمساحة العمل أن تضع أشهرها في `model/codes/retention.csv`. ولا يُمحى شيء من تلقاء نفسه."
-- [[parameter]]
-- name = "kind"
-- list = "retention"
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with said as materialized (
  select s.kind, s.record, s.title, s.fields, max(coalesce(s.valid_to, ''), coalesce(s.last_cited, ''), coalesce(s.source_date, ''), coalesce(s.valid_from, ''),
    coalesce(json_extract(s.fields, '$.date'), ''), coalesce(json_extract(s.fields, '$.ends'), ''), coalesce(json_extract(s.fields, '$.starts'), ''),
    coalesce(json_extract(s.fields, '$.next_visit'), ''), coalesce(json_extract(s.fields, '$.reply_due'), ''), coalesce(json_extract(s.fields, '$.due'), '')) as day, substr(s.recorded_at, 1, 10) as recorded
  from statement s where s.current = 1 and s.kind in (select code from code where list = 'retention')
),
own as materialized (
  select kind, record, max(title) as title, coalesce(nullif(max(day), ''), max(recorded)) as day from said group by kind, record
),
-- What refers to a record keeps it: a decision its request, and with it whoever the request is for. Days are put together by grouping: SQLite
-- would look through all of them for each record.
referring as materialized (
  select r.kind, r.target, o.day
  from (
    select 'support_request' as kind, json_extract(fields, '$.support_request') as target, kind as by_kind, record as by_record from said
    union all select 'risk', json_extract(fields, '$.risk'), kind, record from said where kind = 'measure'
    union all select 'incident', json_extract(fields, '$.incident'), kind, record from said
  ) r join own o on o.kind = r.by_kind and o.record = r.by_record
  where r.target is not null
),
kept as materialized (
  select kind, record, max(title) as title, max(day) as day
  from (select kind, record, title, day, 1 as own from own union all select kind, target, null, day, 0 from referring)
  group by kind, record having max(own)
),
-- Persons are named by postings, incidents and requests, each in its way.
naming as materialized (
  select n.person, k.day
  from (
    select json_extract(fields, '$.person') as person, kind, record from said
    union all select json_extract(fields, '$.commander'), kind, record from said
    union all select substr(e.value, length('person:') + 1), s.kind, s.record from said s, json_each(s.fields, '$.recipients') e where e.value like 'person:%'
  ) n join kept k on k.kind = n.kind and k.record = n.record
  where n.person is not null
),
dated as (
  select k.kind, k.record, k.title as record_title, k.day, cast(c.category as integer) as months
  from (
    select kind, record, max(title) as title, max(day) as day
    from (select kind, record, title, day, 1 as own from kept union all select 'person', person, null, day, 0 from naming)
    group by kind, record having max(own)
  ) k join code c on c.list = 'retention' and c.code = k.kind
)
-- A year, and a month, end with their last day.
select kind, record, record_title, day as last_said, months, due
from (
  select *, date(case length(day) when 4 then day || '-12-31' when 7 then date(day || '-01', '+1 month', '-1 day') else day end, '+' || months || ' months') as due from dated
)
where due <= :valid_on and (:kind = '' or kind = :kind)
order by due, kind, record
