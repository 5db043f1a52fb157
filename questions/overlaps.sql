-- order = 2
-- group = "support"
-- rests_on = ["project", "training"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs"]
-- title = { en = "Overlaps", fr = "Chevauchements", ar = "التداخلات" }
-- why = { en = "Two or more partners at the same task can divide the labour, or double it.", fr = "Deux partenaires ou plus à la même tâche peuvent se la répartir, ou la doubler.", ar = "شريكان أو أكثر في المهمة نفسها قد يتقاسمانها أو يكررانها." }
-- [rule]
-- en = "Two or more supporters have an activity that is active on the day of validity, for the same class and function of a country; or a project or training that is stated, for the same named recipient and function, in rows of their own, since two signs may tell of one support. Together since the latest start, until the earliest end. An overlap is a place to look, not a fault. Institutions that are not named cannot overlap."
-- fr = "Deux partenaires ou plus ont une activité en cours le jour de validité pour la même catégorie et la même fonction d’un pays ; ou un projet ou une formation déclarés pour le même bénéficiaire nommé et la même fonction, dans des lignes à part, deux indices pouvant dire le même appui. Ensemble depuis le début le plus tardif, jusqu’à la fin la plus proche. Un chevauchement est un point à examiner, pas une faute."
-- ar = "لداعمين أو أكثر نشاط جارٍ في يوم السريان للفئة والوظيفة نفسيهما في بلد؛ أو مشروع أو تدريب مصرَّح به للمستفيد المسمى نفسه والوظيفة نفسها، في أسطر مستقلة لأن دليلين قد يصفان دعمًا واحدًا. معًا منذ أحدث بداية وحتى أقرب نهاية. التداخل موضع للنظر لا خطأ."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with told as (
  select 'activity' as told_by, country, actor_class, security_function, null as recipient, null as recipient_name, supporter, supporter_name, sign,
    cast(activity as text) as record, starts, ends
  from support where phase = 'active'
  union all
  select 'stated', country, actor_class, security_function, recipient, recipient_name, supporter, supporter_name, sign, kind || ' ' || record, starts, ends
  from other_signs where kind in ('project', 'training') and phase = 'active'
),
-- What one supporter does in a cell.
cell as (
  select told_by, country, actor_class, security_function, coalesce(recipient, '') as recipient, max(recipient_name) as recipient_name, supporter,
    max(supporter_name) as supporter_name, min(sign) as sign, max(sign) as last_sign, count(distinct record) as activities, min(record) as first_record, max(record) as last_record, min(starts) as starts, max(ends) as ends
  from told where actor_class <> 'unspecified' and country <> '' and (:country = '' or country = :country)
  group by told_by, country, actor_class, security_function, recipient, supporter
)
select country, actor_class, security_function, case when recipient <> '' then max(recipient_name) end as recipient_name, count(*) as supporters,
  group_concat(supporter_name, '; ') as supporter_names, sum(activities) as activities, case when min(sign) = max(last_sign) then min(sign) else 'both' end as sign,
  max(starts) as since, min(ends) as until
from cell
group by told_by, country, actor_class, security_function, recipient
-- What two pay for together is one support.
having count(*) >= 2 and min(first_record) <> max(last_record)
order by supporters desc, country, actor_class, security_function, told_by, recipient
