-- order = 29
-- group = "due"
-- page = "/review"
-- title = { en = "What waits for a decision", fr = "Ce qui attend une décision", ar = "ما ينتظر قرارًا" }
-- why = { en = "What a document seems to say, or a colleague proposes, counts only once somebody has accepted it.", fr = "Ce qu’un document semble dire, ou qu’un collègue propose, ne compte qu’une fois accepté.", ar = "ما يبدو أن وثيقة تقوله أو يقترحه زميل لا يُحتسب حتى يقبله أحد." }
-- [rule]
-- en = "Statements with the status proposed that nobody has accepted, rejected or withdrawn, the oldest first. Of a country: what is said of its records, or names one of them."
-- fr = "Énoncés au statut proposé que personne n’a acceptés, rejetés ou retirés, les plus anciens d’abord. D’un pays : ce qui est dit de ses fiches ou en nomme une."
-- ar = "بيانات حالتها مقترحة لم يقبلها أحد ولم يرفضها ولم يسحبها، الأقدم أولًا. ولبلد: ما قيل عن سجلاته أو ذكر أحدها."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "kind"
-- kind = true
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
)
-- What is only proposed is on no record yet: what the proposal itself calls it. What was read in a document is called by who does it: its
-- task is the name of a code, which the reader's language says otherwise.
select s.kind, s.record, case when k.code is not null then coalesce(m.acronym, m.name, replace(c.code, '_', ' '), json_extract(s.fields, '$.mission'))
    else coalesce(nullif(s.title, s.record), json_extract(s.fields, '$.title'), json_extract(s.fields, '$.name'), json_extract(s.fields, '$.task'),
      json_extract(s.fields, '$.text'), json_extract(s.fields, '$.measure'), json_extract(s.fields, '$.step'), s.record) end as record_title,
  k.code as ssr_task, s.fields, s.source, s.url, s.locator, s.author, substr(s.recorded_at, 1, 16) as recorded, s.statement
from statement s
left join code k on k.list = 'ssr_task' and k.code = json_extract(s.fields, '$.ssr_task') and k.en = json_extract(s.fields, '$.task')
left join actor m on m.record = json_extract(s.fields, '$.mission')
left join code c on c.list in ('mission', 'organisation') and c.list || '/' || replace(lower(c.code), '_', '-') = json_extract(s.fields, '$.mission')
where s.statement in (select statement from waiting)
  and (:kind = '' or s.kind = :kind)
  and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
order by s.seq
