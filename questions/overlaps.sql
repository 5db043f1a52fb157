-- order = 2
-- title = { en = "Overlaps", fr = "Chevauchements", ar = "التداخلات" }
-- why = { en = "Two or more partners at the same task can divide the labour, or double it.", fr = "Deux partenaires ou plus à la même tâche peuvent se la répartir, ou la doubler.", ar = "شريكان أو أكثر في المهمة نفسها قد يتقاسمانها أو يكررانها." }
-- [rule]
-- en = "Two or more supporters have an activity that is active on the day of validity, for the same class and function of a country. Together since the latest start, until the earliest end. An overlap is a place to look, not a fault. Institutions that are not named cannot overlap."
-- fr = "Deux partenaires ou plus ont une activité en cours le jour de validité pour la même catégorie et la même fonction d’un pays. Ensemble depuis le début le plus tardif, jusqu’à la fin la plus proche. Un chevauchement est un point à examiner, pas une faute."
-- ar = "لداعمين أو أكثر نشاط جارٍ في يوم السريان للفئة والوظيفة نفسيهما في بلد. معًا منذ أحدث بداية وحتى أقرب نهاية. التداخل موضع للنظر لا خطأ."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
select
  country,
  actor_class,
  security_function,
  count(*) as supporters,
  group_concat(supporter_name, '; ') as supporter_names,
  sum(activities) as activities,
  max(starts) as since,
  min(ends) as until
from (
  select country, actor_class, security_function, supporter, max(supporter_name) as supporter_name,
    count(distinct activity) as activities, min(starts) as starts, max(ends) as ends
  from support
  where phase = 'active' and actor_class <> 'unspecified' and country <> ''
    and (:country = '' or country = :country)
  group by country, actor_class, security_function, supporter
) as cell
group by country, actor_class, security_function
having count(*) >= 2
order by supporters desc, country, actor_class, security_function
