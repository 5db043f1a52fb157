-- order = 51
-- group = "due"
-- title = { en = "What is due for erasure", fr = "Ce qui est à effacer", ar = "ما حان محوه" }
-- why = { en = "What is kept about people for no reason is a risk to them and serves nobody.", fr = "Ce que l’on garde sur des personnes sans raison les met en danger et ne sert à personne.", ar = "ما يُحفظ عن الناس بلا سبب خطرٌ عليهم ولا ينفع أحدًا." }
-- noted = true
-- [rule]
-- en = "Records of the kinds in the list `retention`, and of those about persons that a workspace has added, each with the months after which it is looked at again: counted from the last day of which anything is said of it, its days among them (what it holds until, when it was last cited, the day of its source, every date of the record), and from the last day of anything that refers to it, or to what refers to it: a decision keeps its request and what it rests on, and so the persons whom these name. A file that was refused or closed, and a person who holds no post, is due so when its months have passed; a posting that holds on the day, and whoever is in it, is not due. Who decides looks at it, and erases it (`remit erase`) or says why it is kept: that is said as a new source of that day, and counts anew. The months are a proposal: 120 for incidents, 60 for all others; a workspace has its own in `model/codes/retention.csv` (column category). Nothing is erased by itself."
-- fr = "Fiches des types de la liste `retention`, et des types portant sur des personnes qu’un espace a ajoutés, avec le nombre de mois après lequel on les réexamine : comptés depuis le dernier jour dont il est dit quelque chose (fin de validité, dernière citation, jour de la source, toute date de la fiche) et de tout ce qui s’y réfère, directement ou non : une décision garde sa demande et ce sur quoi elle repose, et ainsi les personnes qui y sont nommées. Un dossier refusé ou clos, et une personne sans poste, sont dus ainsi une fois leurs mois écoulés ; une affectation qui vaut au jour dit, et qui l’occupe, n’est pas due. Qui décide l’examine, puis l’efface (`remit erase`) ou dit pourquoi la garder : une nouvelle source de ce jour, d’où l’on recompte. Les mois sont une proposition : 60, et 120 pour les incidents ; un espace a les siens dans `model/codes/retention.csv`. Rien ne s’efface de soi-même."
-- ar = "سجلات الأنواع في القائمة `retention` والأنواع الخاصة بالأشخاص التي أضافتها مساحة عمل، مع الأشهر التي يُعاد بعدها النظر فيها، محسوبة من آخر يوم قيل فيه شيء عنها (نهاية السريان وآخر استشهاد ويوم المصدر وكل تاريخ في السجل) ومن كل ما يشير إليها مباشرة أو بواسطة غيره: فالقرار يُبقي طلبه وما يستند إليه، ومن ثم الأشخاص المذكورين فيهما. والملف المرفوض أو المغلق ومن لا يشغل منصبًا يحل موعدهما كذلك بعد انقضاء أشهرهما؛ والتعيين القائم في ذلك اليوم ومن يشغله لا يحل موعدهما. ومن يقرر ينظر فيها ثم يمحوها (`remit erase`) أو يبيّن سبب حفظها بمصدر جديد في ذلك اليوم فيُعاد الحساب. والأشهر مقترح: 60، و120 للحوادث، ولمساحة العمل أن تضع أشهرها في `model/codes/retention.csv`. ولا يُمحى شيء من تلقاء نفسه."
-- [[parameter]]
-- name = "kind"
-- list = "retention"
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with recursive kept as materialized (
  select code as kind, cast(category as integer) as months from code where list = 'retention'
  union all
  select distinct kind, 60 from kind_field where personal = 1 and added = 1 and kind not in (select code from code where list = 'retention')
),
date_field as materialized (select kind, field from kind_field where type = 'date'),
-- All that is said of such records, and of records that refer to one.
said as materialized (
  select s.kind, s.record, s.fields, substr(s.recorded_at, 1, 10) as recorded,
    max(coalesce(s.valid_to, ''), coalesce(s.last_cited, ''), coalesce(s.source_date, ''), coalesce(s.valid_from, ''),
      coalesce((select max(v.value) from json_each(s.fields) v where (s.kind, v.key) in (select kind, field from date_field)), '')) as day
  from statement s
  where s.current = 1 and s.kind in (select kind from kept union select f.kind from kind_field f where f.refers_to in (select kind from kept))
),
-- What is kept itself and has no day at all is as old as its recording.
own as materialized (
  select kind, record, coalesce(nullif(max(day), ''), case when kind in (select kind from kept) then max(recorded) end) as day
  from said group by kind, record
  union all
  -- Who is in post on the day is of that day.
  select 'posting', record, substr(:valid_on, 1, 10) from posting where confirmed = 1
),
referring as materialized (
  select distinct s.kind, s.record, f.refers_to, substr(j.value, length(f.prefix) + 1) as target
  from said s join kind_field f on f.kind = s.kind join json_each(s.fields, '$.' || f.field) j
  where f.refers_to in (select kind from kept) and substr(j.value, 1, length(f.prefix)) = f.prefix
),
-- What refers to a record keeps it, and with it what that refers to: a decision its request, and so whoever the request is for.
days as (
  select kind, record, day from own where day is not null
  union
  select r.refers_to, r.target, d.day from days d join referring r on r.kind = d.kind and r.record = d.record
),
dated as (
  select o.kind, o.record, d.day, k.months
  from (select distinct kind, record from own) o join kept k on k.kind = o.kind join (select kind, record, max(day) as day from days group by kind, record) d on d.kind = o.kind and d.record = o.record
)
-- A year, and a month, end with their last day.
select kind, record,
  -- What is not due needs no name.
  (select max(s.title) from statement s where s.kind = d.kind and s.record = d.record and s.current = 1) as record_title, day as last_said, months, due
from (
  select *, plus_months(case length(day) when 4 then day || '-12-31' when 7 then date(day || '-01', '+1 month', '-1 day') else day end, months) as due from dated
) d
where due <= :valid_on and (:kind = '' or kind = :kind)
order by due, kind, record
