-- order = 26
-- group = "due"
-- title = { en = "What changed", fr = "Ce qui a changé", ar = "ما الذي تغيّر" }
-- why = { en = "Who comes back, or takes over, asks this first: what is new since the last meeting?", fr = "C’est la première question de qui revient ou prend la relève : quoi de neuf depuis la dernière réunion ?", ar = "هذا أول ما يسأله من يعود أو يتسلّم: ما الجديد منذ الاجتماع الأخير؟" }
-- [rule]
-- en = "Statements recorded between two days (both included), newest first: what is new, what was corrected and what was taken back. Without days: all of them. A row for each record: the newest statement of it that counts, with what each field said before; proposals are left out. Of a country: what is said of its records, or names one of them."
-- fr = "Énoncés enregistrés entre deux jours (inclus), les plus récents d’abord : nouveaux, corrigés, retirés. Sans jours : tous. Une ligne par fiche : son énoncé le plus récent qui compte, avec ce que chaque champ disait auparavant ; les propositions sont exclues. D’un pays : ce qui est dit de ses fiches, ou en nomme une."
-- ar = "البيانات المسجلة بين يومين (شاملين)، الأحدث أولًا: الجديد والمصحح والمسحوب. ومن دون يومين: كلها. سطر لكل سجل: أحدث بيان معتدّ به عنه، مع ما كان كل حقل يقوله من قبل؛ والمقترحات مستبعدة. ولبلد: ما يقال عن سجلاته أو يسمّي أحدها."
-- [event]
-- title = "record_title"
-- day = "recorded"
-- about = ["change", "kind", "author", "source"]
-- [[parameter]]
-- name = "since"
-- day = true
-- label = { en = "Recorded since", fr = "Enregistré depuis", ar = "مسجَّل منذ" }
-- [[parameter]]
-- name = "until"
-- day = true
-- label = { en = "Recorded until", fr = "Enregistré jusqu’au", ar = "مسجَّل حتى" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "each"
-- choices = ["statement", "record"]
-- default = "statement"
-- label = { en = "A row for each", fr = "Une ligne par", ar = "سطر لكل" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
),
chosen as (
  select s.seq, s.recorded_at, s.author, s.withdrawn, s.status_of_statement, s.supersedes, s.kind, s.record, s.title, s.fields,
    s.valid_from, s.valid_to, s.source, s.act, s.entry, s.statement
  from statement s
  where s.kind not in ('publication', 'figure') and (:since = '' or s.recorded_at >= :since) and (:until = '' or substr(s.recorded_at, 1, length(:until)) <= :until)
    and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
    -- What nobody has decided on has changed nothing of the record.
    and (:each <> 'record' or s.status_of_statement = 'accepted'
      and s.seq = (select max(n.seq) from statement n where n.kind = s.kind and n.record = s.record and n.status_of_statement = 'accepted'
        and (:until = '' or substr(n.recorded_at, 1, length(:until)) <= :until)))
),
-- What was said before: by the statement that is corrected; else of each field what was said last of the record.
compared as (
  select c.*, (select b.fields from statement b where b.statement = c.supersedes) as fields_before,
    (select b.status_of_statement from statement b where b.statement = c.supersedes) as status_before,
    case when c.supersedes is not null then (select b.fields from statement b where b.statement = c.supersedes)
      else (select nullif(json_group_object(e.key, case when e.type in ('array', 'object') then json(e.value) else e.value end), '{}')
        from (select f.key, f.value, f.type, max(b.seq) from statement b, json_each(b.fields) f
              where b.kind = c.kind and b.record = c.record and b.seq < c.seq and b.status_of_statement = 'accepted' and not b.withdrawn group by f.key) e)
    end as earlier
  from chosen c
)
select substr(c.recorded_at, 1, 16) as recorded, c.author,
  case when c.withdrawn then 'withdrawn' when c.status_of_statement <> 'accepted' then c.status_of_statement
    when c.supersedes is not null and c.status_before is distinct from 'proposed' then 'corrected' else 'new' end as change,
  c.kind, c.record,
  -- What is not on record any more is called as it called itself.
  case when c.title is distinct from c.record then c.title
    else coalesce(json_extract(c.fields, '$.title'), json_extract(c.fields, '$.name'), json_extract(c.fields, '$.task'), c.title) end as record_title,
  c.fields, c.fields_before,
  (select nullif(json_group_object(f.key, case when f.type in ('array', 'object') then json(f.value) else f.value end), '{}') from json_each(c.earlier) f
   where not c.withdrawn and f.value is distinct from json_extract(c.fields, '$.' || f.key)
     and (c.supersedes is not null or json_type(c.fields, '$.' || f.key) is not null)) as fields_were,
  (select nullif(json_group_object(f.key, case when f.type in ('array', 'object') then json(f.value) else f.value end), '{}') from json_each(c.fields) f
   where not c.withdrawn and c.earlier is not null and f.value is distinct from json_extract(c.earlier, '$.' || f.key)) as fields_now,
  c.valid_from, c.valid_to, c.source, c.act, c.entry, c.statement
from compared c
order by c.seq desc
