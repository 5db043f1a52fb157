-- order = 41
-- change = { kind = "law", record = "law" }
-- title = { en = "Bills and laws by stage", fr = "Projets de loi et lois par étape", ar = "مشاريع القوانين والقوانين حسب المرحلة" }
-- why = { en = "Advice on a draft counts while it is a draft: where is each, and what did the last version do to our comments?", fr = "Un avis sur un projet compte tant qu’il est projet : où en est chacun, et qu’a fait la dernière version de nos commentaires ?", ar = "المشورة بشأن المسودة تفيد ما دامت مسودة: أين كل منها وماذا فعلت النسخة الأخيرة بتعليقاتنا؟" }
-- below = ["law_comments"]
-- [rule]
-- en = "Bills are texts from concept to plenary; what was adopted is shown on request. In this stage since: the day from which its newest statement holds. Comments are counted by what was found at the time; mended are those that a newer version made compliant."
-- fr = "Les projets vont de l’idée à la séance plénière ; ce qui a été adopté est montré sur demande. À cette étape depuis : le jour d’effet du dernier énoncé. Les commentaires sont comptés selon le constat d’alors ; corrigés : ceux qu’une nouvelle version a rendus conformes."
-- ar = "المشاريع نصوص من الفكرة إلى الجلسة العامة، ويُعرض ما اعتُمد عند الطلب. في هذه المرحلة منذ: يوم سريان أحدث بيان. وتُعدّ التعليقات حسب النتيجة حينها؛ والمعالَج ما جعلته نسخة أحدث مطابقًا."
-- [[draw]]
-- form = "bars"
-- label = "law_stage"
-- value = "items"
-- unit = { en = "Number of texts, by stage", fr = "Nombre de textes, par étape", ar = "عدد النصوص حسب المرحلة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "show"
-- choices = ["bills", "all"]
-- default = "bills"
-- label = { en = "Show", fr = "Montrer", ar = "عرض" }
with newer as materialized (
  select c.law, c.gap,
    (select n.gap from article_comment n where n.law = c.law and n.article = c.article and coalesce(n.standard, '') = coalesce(c.standard, '')
      and n.version is not c.version and n.date > c.date order by n.date desc, n.record limit 1) as gap_now
  from article_comment c where c.date is null or c.date <= :valid_on
),
found as (
  select law, count(*) as comments, sum(gap = 'missing') as missing, sum(gap = 'contrary') as contrary, sum(gap = 'vague') as vague, sum(gap = 'compliant') as compliant,
    sum(gap <> 'compliant' and gap_now = 'compliant') as mended
  from newer group by law
)
select l.country, l.record as law, l.title as law_title, l.law_type, l.stage as law_stage, l.valid_from as stage_since, l.due, l.overdue, l.institution as from_body, l.institution_name as from_body_name,
  f.comments, f.missing, f.contrary, f.vague, f.compliant, f.mended, l.reform, l.reform_name as reform_title, substr(l.verified_at, 1, 10) as verified_at, l.unverified, l.source, l.url,
  1 as items
from law l
left join found f on f.law = l.record
left join code s on s.list = 'law_stage' and s.code = l.stage
where (:country = '' or l.country = :country) and (:show = 'all' or l.open = 1 or l.stage is null)
order by l.country, s.position, l.title
