-- order = 42
-- group = "oversight"
-- made_of = ["article_comment", "law"]
-- title = { en = "Comments on articles, and what became of them", fr = "Commentaires d’articles et leur suite", ar = "التعليقات على المواد وما آلت إليه" }
-- why = { en = "What a new version of a draft did to each comment: mended, better, unchanged, worse, or not looked at.", fr = "Ce qu’une nouvelle version a fait de chaque commentaire : corrigé, amélioré, inchangé, aggravé ou non examiné.", ar = "ماذا فعلت النسخة الجديدة بكل تعليق: عولج أو تحسن أو بقي أو ساء أو لم يُفحص." }
-- [rule]
-- en = "Each comment beside the first later comment on the same article and standard in another version of the text. From worst to best: contrary to the standard, missing, vague, compliant. Not examined: a newer version was commented on, but not this article. What names no country is of the one that the workspace is about."
-- fr = "Chaque commentaire à côté du premier commentaire ultérieur sur le même article et la même norme dans une autre version. Du pire au meilleur : contraire à la norme, manquant, vague, conforme. Non examiné : une version plus récente a été commentée, mais pas cet article. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "كل تعليق إلى جانب أول تعليق لاحق على المادة والمعيار نفسيهما في نسخة أخرى. من الأسوأ إلى الأفضل: مخالف للمعيار، غائب، غامض، مطابق. لم يُفحص: عُلّق على نسخة أحدث دون هذه المادة. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "stacked"
-- label = "law_title"
-- group = "comment_effect"
-- value = "items"
-- unit = { en = "Number of comments, by what became of them", fr = "Nombre de commentaires, selon leur suite", ar = "عدد التعليقات حسب مآلها" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "law"
-- record = "law"
-- label = { en = "Law (title or identifier)", fr = "Loi (titre ou identifiant)", ar = "القانون (العنوان أو المعرّف)" }
with told as materialized (
  select c.record, c.law, coalesce(l.title, c.law_name) as law_title, coalesce(l.country, home_country()) as country, c.article, c.standard, c.version, c.date, c.gap, c.comment, c.body, c.body_name, c.source, c.url,
    case c.gap when 'contrary' then 0 when 'missing' then 1 when 'vague' then 2 when 'compliant' then 3 end as good
  from article_comment c left join law l on l.record = c.law
  where (c.date is null or c.date <= :valid_on) and (:country = '' or coalesce(l.country, home_country()) = :country) and (:law = '' or c.law = :law or folded(l.title) = folded(:law))
),
beside as (
  select t.*, (select n.record from told n where n.law = t.law and n.article = t.article and coalesce(n.standard, '') = coalesce(t.standard, '')
      and n.version is not t.version and n.date > t.date order by n.date, n.record limit 1) as next,
    exists (select 1 from told n where n.law = t.law and n.version is not t.version and n.date > t.date) as has_newer
  from told t
)
select b.country, b.law, b.law_title, b.article, b.standard, b.version, b.date, b.gap as legal_gap, b.comment, b.body as from_body, b.body_name as from_body_name,
  n.version as newer_version, n.gap as legal_gap_now,
  case when n.record is null and b.has_newer then 'not_examined' when n.record is null then 'no_newer' when n.good = b.good then 'same'
    when n.good = 3 then 'mended' when n.good > b.good then 'better' when n.good < b.good then 'worse' end as comment_effect,
  b.source, b.url, 1 as items
from beside b left join told n on n.record = b.next
order by b.country, b.law_title, b.article, b.standard, b.date, b.record
