-- order = 37
-- group = "people"
-- page = "/records/strength"
-- made_of = ["strength"]
-- title = { en = "Counts of fewer than ten people", fr = "Effectifs de moins de dix personnes", ar = "أعداد تقل عن عشرة أشخاص" }
-- why = { en = "Who knows one of three women of a rank learns from the count of the other two.", fr = "Qui connaît une des trois femmes d’un grade apprend par le chiffre qui sont les deux autres.", ar = "من يعرف إحدى ثلاث نساء في رتبة يعرف من العدد عن الاثنتين الأخريين." }
-- [rule]
-- en = "Strength in your view that counts from one to nine people, women or men, or leaves so few of a total, and whose source has no address where it is published. What a source has published itself stands as published; posts are no people. They stay with the office: sites, reports, files for other offices and exported sheets are made without them, and without the next smallest one wherever a sum would tell them, unless whoever makes these says that small counts go too, or hands on what is strictly confidential. What remit roll counts is marked strictly confidential by itself."
-- fr = "Effectifs dans votre vue qui comptent de une à neuf personnes, femmes ou hommes, ou en laissent si peu d’un total, et dont la source n’a pas d’adresse de publication. Ce qu’une source a publié elle-même reste tel quel ; les postes ne sont pas des personnes. Ils restent au bureau : sites, rapports, fichiers pour d’autres bureaux et feuilles exportées sont faits sans eux, et sans le plus petit suivant là où une somme les révélerait, sauf si la personne qui les fait dit de les transmettre aussi, ou transmet ce qui est strictement confidentiel. Ce que compte remit roll est strictement confidentiel de lui-même."
-- ar = "أعداد القوام التي تراها وتعدّ من واحد إلى تسعة أشخاص أو نساء أو رجال، أو تُبقي مثل هذا القليل من مجموع، ولا عنوان نشر لمصدرها. وما نشره المصدر نفسه يبقى كما نُشر؛ والمناصب ليست أشخاصًا. وتبقى في المكتب: فالمواقع والتقارير والملفات المرسلة إلى مكاتب أخرى والجداول المصدَّرة تُعدّ دونها، ودون أصغر عدد يليها حيث يكشفها مجموع، ما لم يقل من يُعدّها إنها تُسلَّم أيضًا، أو يسلّم ما هو سري للغاية. وما يعدّه remit roll سري للغاية تلقائيًا."
select 'strength' as kind, s.record, coalesce(a.name, s.service, s.mission, s.institution) as body_name, s.institution as actor, coalesce(s.day, cast(s.year as text)) as day,
  s.list as strength_list, s.rank_band, s.sex, s.function as strength_function, s.women, s.men, coalesce(s.total, s.people) as people, s.source
from (
  -- What stands as people is all of them where no sex stands beside it, as in the question on strength.
  select *, coalesce(total, case when sex is null or sex = 'total' then people end) as whole from strength
) s left join actor a on a.record = s.institution
where coalesce(s.list, '') <> 'establishment' and s.url is null and (s.women between 1 and 9 or s.men between 1 and 9 or s.total between 1 and 9 or s.people between 1 and 9
  or s.whole - s.women between 1 and 9 or s.whole - s.men between 1 and 9)
order by body_name, day desc, s.rank_band, s.record
