-- order = 26
-- group = "due"
-- title = { en = "What changed", fr = "Ce qui a changé", ar = "ما الذي تغيّر" }
-- why = { en = "Who comes back, or takes over, asks this first: what is new since the last meeting?", fr = "C’est la première question de qui revient ou prend la relève : quoi de neuf depuis la dernière réunion ?", ar = "هذا أول ما يسأله من يعود أو يتسلّم: ما الجديد منذ الاجتماع الأخير؟" }
-- [rule]
-- en = "Statements recorded between two days (both included), newest first: what is new, what was corrected and what was taken back. Without days: all of them. A row for each record: the newest statement of it. Of a country: what is said of its records, or names one of them."
-- fr = "Énoncés enregistrés entre deux jours (inclus), les plus récents d’abord : nouveaux, corrigés, retirés. Sans jours : tous. Une ligne par fiche : son énoncé le plus récent. D’un pays : ce qui est dit de ses fiches, ou en nomme une."
-- ar = "البيانات المسجلة بين يومين (شاملين)، الأحدث أولًا: الجديد والمصحح والمسحوب. ومن دون يومين: كلها. سطر لكل سجل: أحدث بيان عنه. ولبلد: ما يقال عن سجلاته أو يسمّي أحدها."
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
)
select substr(s.recorded_at, 1, 16) as recorded, s.author,
  case when s.withdrawn then 'withdrawn' when s.status_of_statement <> 'accepted' then s.status_of_statement
    when s.supersedes is not null then 'corrected' else 'new' end as change,
  s.kind, s.record, s.title as record_title, s.fields, (select b.fields from statement b where b.statement = s.supersedes) as fields_before,
  s.valid_from, s.valid_to, s.source, s.act, s.entry, s.statement
from statement s
where s.kind not in ('publication', 'figure') and (:since = '' or s.recorded_at >= :since) and (:until = '' or substr(s.recorded_at, 1, length(:until)) <= :until)
  and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
  and (:each <> 'record' or s.seq = (select max(n.seq) from statement n where n.kind = s.kind and n.record = s.record
    and (:until = '' or substr(n.recorded_at, 1, length(:until)) <= :until)))
order by s.seq desc
