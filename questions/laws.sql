-- order = 41
-- group = "oversight"
-- change = { kind = "law", record = "law" }
-- title = { en = "Bills and laws by stage", fr = "Projets de loi et lois par étape", ar = "مشاريع القوانين والقوانين حسب المرحلة" }
-- why = { en = "Advice on a draft counts while it is a draft: where is each, and what did the last version do to our comments?", fr = "Un avis sur un projet compte tant qu’il est projet : où en est chacun, et qu’a fait la dernière version de nos commentaires ?", ar = "المشورة بشأن المسودة تفيد ما دامت مسودة: أين كل منها وماذا فعلت النسخة الأخيرة بتعليقاتنا؟" }
-- below = ["law_comments"]
-- parts = ["stage_now"]
-- [rule]
-- en = "Bills are texts from concept to plenary; what was adopted is shown on request. Of stages with a day the newest counts. In this stage since: the first day on which it was told, without another stage since. Comments are counted by what was found at the time; mended are those that a newer version made compliant. What names no country is of the one that the workspace is about."
-- fr = "Les projets vont de l’idée à la séance plénière ; ce qui a été adopté est montré sur demande. De plusieurs étapes datées, la plus récente compte. À cette étape depuis : le premier jour où elle est énoncée, sans autre étape depuis. Les commentaires sont comptés selon le constat d’alors ; corrigés : ceux qu’une nouvelle version a rendus conformes. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "المشاريع نصوص من الفكرة إلى الجلسة العامة، ويُعرض ما اعتُمد عند الطلب. ومن المراحل المؤرخة تُحتسب الأحدث. في هذه المرحلة منذ: أول يوم ذُكرت فيه دون مرحلة أخرى بعدها. وتُعدّ التعليقات حسب النتيجة حينها؛ والمعالَج ما جعلته نسخة أحدث مطابقًا. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
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
      and n.version is not c.version and n.date > c.date and n.date <= :valid_on order by n.date desc, n.record limit 1) as gap_now
  from article_comment c where c.date is null or c.date <= :valid_on
),
found as (
  select law, count(*) as comments, sum(gap = 'missing') as missing, sum(gap = 'contrary') as contrary, sum(gap = 'vague') as vague, sum(gap = 'compliant') as compliant,
    sum(gap <> 'compliant' and gap_now = 'compliant') as mended
  from newer group by law
)
select l.record as law, l.title as law_title, coalesce(l.country, home_country()) as country, l.law_type, coalesce(n.stage, l.stage) as law_stage, coalesce(n.since, l.valid_from) as stage_since, l.due,
  l.due < substr(:valid_on, 1, length(l.due)) and coalesce(n.open, l.open, 1) as overdue, l.institution as from_body, l.institution_name as from_body_name,
  f.comments, f.missing, f.contrary, f.vague, f.compliant, f.mended, l.reform, l.reform_name as reform_title, substr(l.verified_at, 1, 10) as verified_at, l.unverified, coalesce(n.source, l.source) as source, case when n.source is null then l.url else n.url end as url,
  1 as items
from law l
left join stage_now n on n.kind = 'law' and n.record = l.record
left join found f on f.law = l.record
left join code s on s.list = 'law_stage' and s.code = coalesce(n.stage, l.stage)
where (:country = '' or coalesce(l.country, home_country()) = :country) and (:show = 'all' or coalesce(n.open, l.open) = 1 or coalesce(n.stage, l.stage) is null)
order by country, s.position, l.title
