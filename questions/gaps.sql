-- order = 3
-- title = { en = "Gaps", fr = "Lacunes", ar = "الثغرات" }
-- why = { en = "What nobody supports is easily overlooked: a list of projects never shows it.", fr = "Ce que personne ne soutient passe inaperçu : une liste de projets ne le montre jamais.", ar = "ما لا يدعمه أحد يسهل إغفاله: فقائمة المشاريع لا تُظهره." }
-- [rule]
-- en = "Every actor class and every function, with the activities that are active on the day of validity. A gap is one without: no support is known, which is not the same as no support. Missions and donors give support and are no gaps."
-- fr = "Chaque catégorie d’acteurs et chaque fonction, avec les activités en cours le jour de validité. Une lacune n’en a aucune : aucun appui n’est connu, ce qui ne veut pas dire qu’il n’y en a pas."
-- ar = "كل فئة وكل وظيفة مع الأنشطة الجارية في يوم السريان. الثغرة ما ليس له نشاط: لا دعم معروف، وهذا غير انعدام الدعم."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
select c.list as dimension, c.code as recipient,
  coalesce(s.activities, 0) as activities,
  coalesce(s.active, 0) as active,
  coalesce(s.supporters, 0) as supporters,
  s.last_end,
  case when coalesce(s.active, 0) = 0 and c.category <> 'partner' then 1 else 0 end as gap
from code c
left join (
  select 'actor_class' as list, actor_class as code, count(distinct activity) as activities,
    count(distinct case when phase = 'active' then activity end) as active,
    count(distinct case when phase = 'active' then supporter end) as supporters, max(ends) as last_end
  from support where :country = '' or country = :country group by actor_class
  union all
  select 'security_function', security_function, count(distinct activity),
    count(distinct case when phase = 'active' then activity end),
    count(distinct case when phase = 'active' then supporter end), max(ends)
  from support where :country = '' or country = :country group by security_function
) s on s.list = c.list and s.code = c.code
where c.list in ('actor_class', 'security_function') and c.code <> 'unspecified'
order by c.list, c.position
